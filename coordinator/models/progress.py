"""Turning points in what a family lives through, for its progress timeline (S20)."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, WhoseWords


class TurningPoint(Entry):
    """What changed for the better, in one sentence, on a day in London, and in whose words."""

    __tablename__ = "turning_points"
    content: ClassVar[tuple[str, ...]] = ("happened_on", "text", "whose")
    __mapper_args__ = {"polymorphic_identity": EntryKind.TURNING_POINT}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    happened_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    whose: Mapped[WhoseWords] = mapped_column(words(WhoseWords))
