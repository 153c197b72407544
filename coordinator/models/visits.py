"""Visits to a family, who took part, and the weeks in which many people come."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import (
    EntryKind,
    EventKind,
    MeetWhere,
    MovedBy,
    ParentAnswered,
    VisitState,
    WeekWord,
)


class VisitKind(Referenced, Model):
    """A kind of visit, in editable words; a retired kind stays readable.

    A `joint` kind needs an owner of each agency.  One that `observes` needs a purpose, an end
    date and the parent's view (S08).  One that `supervises` is a parent's supervised time with a
    child: it needs a purpose, its record begins with what went well, and the parent is asked (S12).
    """

    __tablename__ = "visit_kinds"

    name: Mapped[str] = mapped_column(unique=True)
    joint: Mapped[bool] = mapped_column(default=False)
    observes: Mapped[bool] = mapped_column(default=False)
    supervises: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def said(self) -> str:
        """What is kept of it when it changes."""
        facts = (
            (self.joint, "an owner of each agency"),
            (self.observes, "needs a purpose, an end and the parent’s view"),
            (self.supervises, "asks what went well, and the parent"),
        )
        return "; ".join((self.name, *(fact for holds, fact in facts if holds)))


class Visit(Entry):
    """A visit: one entry with one owner, or with one of each agency (S22).

    It keeps its local time and zone; `starts_at` is the instant these mean.  `minutes`, and the
    ways there and back, are lengths in minutes.  `parents_choice`: whether the parent chose where
    and how, None if nobody asked.  An address never stands here: home is a word (models/needs.py).
    """

    __tablename__ = "visits"
    __table_args__ = (
        Index(None, "starts_at"),
        CheckConstraint(
            "(second_id IS NULL) = (second_agency_id IS NULL)", name="a_second_owner_has_an_agency"
        ),
        CheckConstraint(
            "second_agency_id IS NULL OR second_agency_id <> owner_agency_id",
            name="one_owner_of_each_agency",
        ),
    )
    content: ClassVar[tuple[str, ...]] = (
        "kind_id",
        "local_start",
        "minutes",
        "travel_before",
        "travel_after",
        "place",
        "site_id",
        "place_text",
        "parents_choice",
        "purpose",
        "observe_until",
        "parents_view",
        "owner_id",
        "second_id",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.VISIT}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("visit_kinds.id"), index=True)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    local_start: Mapped[datetime] = mapped_column(DateTime)
    zone: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    travel_before: Mapped[int] = mapped_column(default=0)
    travel_after: Mapped[int] = mapped_column(default=0)
    place: Mapped[MeetWhere] = mapped_column(words(MeetWhere))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    place_text: Mapped[str] = mapped_column(String(400), default="")
    parents_choice: Mapped[bool | None]
    interpreter: Mapped[str] = mapped_column(String(100), default="")
    interpreter_booked: Mapped[bool | None]
    purpose: Mapped[str] = mapped_column(Text, default="")
    observe_until: Mapped[date | None]
    parents_view: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    owner_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    second_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    second_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    state: Mapped[VisitState] = mapped_column(words(VisitState))
    state_reason: Mapped[str] = mapped_column(String(400), default="")

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A change, with what became of the visit when that is what changed."""
        return TrailFacts(EventKind.CHANGE, self.state.value if "state" in changed else None)


class VisitMove(Model):
    """A visit was moved to another time, or given up (`moved_to` is None): who wanted it, why."""

    __tablename__ = "visit_moves"
    part_of: ClassVar[str | None] = "visit_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    moved_from: Mapped[datetime]
    moved_to: Mapped[datetime | None]
    moved_by: Mapped[MovedBy] = mapped_column(words(MovedBy))
    reason: Mapped[str] = mapped_column(String(400))
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """Who wanted it."""
        return TrailFacts(EventKind.CHANGE, f"by-the-{self.moved_by.value}")


class VisitPart(Model):
    """What one owner adds to the shared record of a visit; more is a new row.

    `went_well`, and `observers` beside the owners, are asked of a parent's supervised time (S12).
    """

    __tablename__ = "visit_parts"
    part_of: ClassVar[str | None] = "visit_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    went_well: Mapped[str] = mapped_column(Text, default="")
    observers: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime]


class VisitComment(Model):
    """What the parent answered when asked about a visit, and who asked; more is a new row."""

    __tablename__ = "visit_comments"
    part_of: ClassVar[str | None] = "visit_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    word: Mapped[ParentAnswered] = mapped_column(words(ParentAnswered))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class FullWeek(Entry):
    """More contacts with a family in the week from this Monday on than the level (S08).

    `contacts` and `at_most` are numbers as they stood when somebody last booked, moved or
    cancelled; `ended_at`: it is no longer so.
    """

    __tablename__ = "full_weeks"
    content: ClassVar[tuple[str, ...]] = ("monday", "contacts", "at_most")
    __mapper_args__ = {"polymorphic_identity": EntryKind.FULL_WEEK}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    monday: Mapped[date]
    contacts: Mapped[int]
    at_most: Mapped[int]
    ended_at: Mapped[datetime | None]


class WeekAnswer(Model):
    """What an agency says about a full week; more is a new row."""

    __tablename__ = "week_answers"
    part_of: ClassVar[str | None] = "week_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    week_id: Mapped[int] = mapped_column(ForeignKey("full_weeks.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    word: Mapped[WeekWord] = mapped_column(words(WeekWord))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
