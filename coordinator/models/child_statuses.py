"""The legal and planning status of each child, with its dates (S25, I20)."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import words
from coordinator.models.entries import Entry
from coordinator.vocabulary import ChildStatus, EntryKind


class StatusOfChild(Entry):
    """One status of one child, from a day on; `ends_on` is the first day without it."""

    __tablename__ = "child_statuses"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
    )
    content: ClassVar[tuple[str, ...]] = (
        "person_id",
        "status",
        "starts_on",
        "ends_on",
        "explanation",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.CHILD_STATUS}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    status: Mapped[ChildStatus] = mapped_column(words(ChildStatus))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    explanation: Mapped[str] = mapped_column(Text)


class ConferenceOutcome(Entry):
    """What a conference decided about one child, in plain words that the parent can keep."""

    __tablename__ = "conference_outcomes"
    content: ClassVar[tuple[str, ...]] = (
        "person_id",
        "status",
        "decided_on",
        "explanation",
        "decided_by",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.CONFERENCE_OUTCOME}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    status: Mapped[ChildStatus] = mapped_column(words(ChildStatus))
    decided_on: Mapped[date]
    explanation: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str]
