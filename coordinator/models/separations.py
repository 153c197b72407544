"""What a parent needs after a child was taken to live elsewhere (S14)."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, SeparationPart


class SeparationPlan(Entry):
    """The plan for the parent of one child; it opens when the separation is written down.

    Until `bars_until` no agency's help ends unless its manager says why: days in London.
    """

    __tablename__ = "after_separations"
    content: ClassVar[tuple[str, ...]] = ("person_id", "separated_on", "bars_until")
    __mapper_args__ = {"polymorphic_identity": EntryKind.AFTER_SEPARATION}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    separated_on: Mapped[date]
    bars_until: Mapped[date]


class PartOfSeparation(Model):
    """That an action sees to one part of the plan: its owner is the part's."""

    __tablename__ = "separation_parts"
    part_of: ClassVar[str | None] = "plan_id"

    plan_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, index=True)
    part: Mapped[SeparationPart] = mapped_column(words(SeparationPart))
