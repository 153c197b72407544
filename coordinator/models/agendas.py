"""An agenda in parts, each open to both agencies or closed to one, and the ground rules (E12)."""

from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import ClosedReason, EntryKind, EventKind


class AgendaPart(Entry):
    """One part of a meeting: its title, its length in minutes, and the minutes taken of it.

    All that it says stands at its one level, so that closing it closes its minutes too.  What
    everybody at the meeting may know of a closed part is its place, its length, who closed it and
    `closed_reason`; `closed_note` is for those who read the part.  `correction` says why the
    minutes were changed after they were closed.
    """

    __tablename__ = "agenda_parts"
    __table_args__ = (Index(None, "meeting_id", "position"),)
    content: ClassVar[tuple[str, ...]] = ("title", "what", "length", "record", "correction")
    __mapper_args__ = {"polymorphic_identity": EntryKind.AGENDA_PART}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    title: Mapped[str]
    what: Mapped[str] = mapped_column(Text, default="")
    length: Mapped[int]
    record: Mapped[str] = mapped_column(Text, default="")
    correction: Mapped[str] = mapped_column(String(400), default="")
    closed_reason: Mapped[ClosedReason | None] = mapped_column(words(ClosedReason))
    closed_note: Mapped[str] = mapped_column(String(400), default="")
    dropped: Mapped[bool] = mapped_column(default=False)

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A change, or that the part was closed to the other agency."""
        shut = "closed_reason" in changed and self.closed_reason is not None
        return TrailFacts(EventKind.CHANGE, "closed" if shut else None)


class InvitationPart(Model):
    """That somebody is asked to this part; without a row they are asked to the whole meeting."""

    __tablename__ = "invitation_parts"
    part_of: ClassVar[str | None] = "part_id"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    part_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_parts.id"), primary_key=True, index=True
    )


class PartAttendance(Model):
    """That somebody was there for this part."""

    __tablename__ = "part_attendances"
    part_of: ClassVar[str | None] = "part_id"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    part_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_parts.id"), primary_key=True, index=True
    )


class GroundRules(Model):
    """How people speak with each other in meetings: the area’s own words, a rule a line (E34)."""

    __tablename__ = "ground_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def said(self) -> str:
        """What is kept of them when they change."""
        return self.text
