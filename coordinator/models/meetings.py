"""Meetings and invitations.  Invitation, reply and attendance are three facts."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, one_of, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import (
    AgencyKind,
    AskedAs,
    AskedHow,
    Attendance,
    EntryKind,
    EventKind,
    LeftOutReason,
    MeetingState,
    NotAskedReason,
    Place,
    Procedure,
    Reply,
    ReplyBy,
)


class MeetingKind(Referenced, Model):
    """A kind of meeting, in editable words; a retired kind stays readable.

    `procedure` is what it is to the clocks and to quoracy, whatever it is called, if anything.
    """

    __tablename__ = "meeting_kinds"

    name: Mapped[str] = mapped_column(unique=True)
    called_by: Mapped[AgencyKind | None] = mapped_column(words(AgencyKind))
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)
    procedure: Mapped[Procedure | None] = mapped_column(words(Procedure))

    @property
    def said(self) -> str:
        """What is kept of it when it changes."""
        called_by = self.called_by.label.lower() if self.called_by else "either agency"
        counts_as = f"; counts as {self.procedure.label.lower()}" if self.procedure else ""
        return f"{self.name}; usually called by {called_by}{counts_as}"


class Meeting(Entry):
    """A meeting.  It keeps its local time and zone; `starts_at` is the instant these mean.

    `interpreter` is the language of the interpreter that it needs, `went_ahead` why it goes ahead
    without a voice of the agency that is open to the parent (S07), `without_quorum` why the chair
    let a conference go ahead that was not quorate (R6).
    """

    __tablename__ = "meetings"
    __table_args__ = (Index(None, "starts_at"),)
    content: ClassVar[tuple[str, ...]] = (
        "kind_id",
        "local_start",
        "minutes",
        "place",
        "site_id",
        "place_text",
        "purpose",
        "chair_id",
        "minute_taker_id",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.MEETING}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("meeting_kinds.id"), index=True)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    local_start: Mapped[datetime] = mapped_column(DateTime)
    zone: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[Place] = mapped_column(words(Place))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    place_text: Mapped[str] = mapped_column(String(400), default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    minute_taker_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    state: Mapped[MeetingState] = mapped_column(words(MeetingState))
    state_reason: Mapped[str] = mapped_column(String(400), default="")
    left_out_reason: Mapped[LeftOutReason | None] = mapped_column(words(LeftOutReason))
    left_out_note: Mapped[str] = mapped_column(String(400), default="")
    interpreter: Mapped[str] = mapped_column(String(100), default="")
    interpreter_booked: Mapped[bool | None]
    went_ahead: Mapped[str] = mapped_column(String(400), default="")
    without_quorum: Mapped[str] = mapped_column(String(400), default="")

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:
        """A change, with what became of the meeting when that is what changed."""
        if "without_quorum" in changed and not new:
            return TrailFacts(EventKind.CHANGE, "no-quorum")
        return TrailFacts(EventKind.CHANGE, self.state.value if "state" in changed else None)


class Invitation(Referenced, Model):
    """One person asked to one meeting: a worker, a guest, or a member of the family.

    A worker comes for an agency.  A deputy is a new invitation that names whom it is for.
    `sent_to_team_id` is the team whose duty inbox got it because the worker was not reached (E19).
    A guest and a member of the family are asked by a worker: how and when stands in `asked_how`
    and `asked_on`.  `report_at` is when a report came on paper; a written view has its own date.
    `copy_given_on`: since when a member of the family has their copy, in `copy_language` if it was
    translated (S31); `copy_numbers` stands for the numbers to call that were on it (P12).
    """

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint(one_of("account_id", "guest_id", "person_id"), name="one_person"),
        CheckConstraint(
            "(account_id IS NULL) = (agency_id IS NULL)", name="a_worker_comes_for_an_agency"
        ),
    )
    part_of: ClassVar[str | None] = "meeting_id"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    sent_to_team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    invited_at: Mapped[datetime]
    asked_as: Mapped[AskedAs | None] = mapped_column(words(AskedAs))
    asked_how: Mapped[AskedHow | None] = mapped_column(words(AskedHow))
    asked_on: Mapped[date | None]
    sent_to_team_at: Mapped[datetime | None]
    view_asked_at: Mapped[datetime | None]
    report_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    reply: Mapped[Reply] = mapped_column(words(Reply))
    replied_at: Mapped[datetime | None]
    reply_by: Mapped[ReplyBy | None] = mapped_column(words(ReplyBy))
    reply_stamp: Mapped[datetime | None]
    reply_note: Mapped[str] = mapped_column(String(400), default="")
    deputy_name: Mapped[str] = mapped_column(default="")
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    written_view: Mapped[str] = mapped_column(Text, default="")
    written_view_at: Mapped[datetime | None]
    attendance: Mapped[Attendance | None] = mapped_column(words(Attendance))
    minutes_read_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    copy_given_on: Mapped[date | None]
    copy_language: Mapped[str] = mapped_column(String(100), default="")
    copy_numbers: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:
        """An invitation, a reply and an attendance are different kinds of event."""
        if new:
            return TrailFacts(EventKind.INVITATION, self.reply.value, self.account_id)
        if "removed_at" in changed:
            return TrailFacts(EventKind.INVITATION, "withdrawn", self.account_id)
        if changed & {"reply", "written_view"}:
            return TrailFacts(EventKind.REPLY, self.reply.value, self.invited_by_id)
        if "copy_given_on" in changed:
            return TrailFacts(EventKind.CHANGE, "copy-given")
        outcome = self.attendance.value if self.attendance else None
        return TrailFacts(EventKind.CHANGE, outcome, self.account_id)


class NotAsked(Model):
    """Somebody who should have been proposed is left out of a meeting, and why (I11, P15).

    `ended_at`: they were asked after all.
    """

    __tablename__ = "not_asked"
    __table_args__ = (CheckConstraint(one_of("guest_id", "person_id"), name="one_left_out"),)
    part_of: ClassVar[str | None] = "meeting_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[NotAskedReason] = mapped_column(words(NotAskedReason))
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """Somebody was left out, with the reason, or asked after all."""
        outcome = "asked-after-all" if self.ended_at else f"left-out-{self.reason.value}"
        return TrailFacts(EventKind.INVITATION, outcome)
