"""What is due by when because a clock was started: an entry of the family."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import words
from coordinator.models.entries import Entry
from coordinator.vocabulary import DeadlineState, EntryKind


class Deadline(Entry):
    """One running or settled clock.  It keeps the version of the rule by which it was counted.

    `started_at` is the instant of the event (the start of its day where only a day is known);
    `due_on` the last day in London, `due_at` the instant from which it is late.  `meeting_id`
    started it, `met_by_meeting_id` met it; `person_id` is the child whom it is about, if one.
    """

    __tablename__ = "deadlines"
    __table_args__ = (Index(None, "state", "due_at"),)
    content: ClassVar[tuple[str, ...]] = ("due_on", "state", "missed_reason", "ended_reason")
    __mapper_args__ = {"polymorphic_identity": EntryKind.DEADLINE}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("clock_rules.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    started_at: Mapped[datetime]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    state: Mapped[DeadlineState] = mapped_column(words(DeadlineState))
    met_on: Mapped[date | None]
    met_by_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    missed_reason: Mapped[str] = mapped_column(Text, default="")
    missed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    missed_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")
