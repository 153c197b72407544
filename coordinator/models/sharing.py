"""Notes, and the record that each act of sharing leaves (spec/sharing.md, three facts)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import (
    AdviceOutcome,
    Decision,
    EntryKind,
    EventKind,
    Level,
    MentalHealthView,
    ParentTold,
    Purpose,
)


class Note(Entry):
    """A short note for colleagues; own agency by default (T08).

    Of a concern that rests on how somebody's mental health shows it says whether the care
    coordinator's view of it was sought, and why not (S05).
    """

    __tablename__ = "notes"
    content: ClassVar[tuple[str, ...]] = ("text", "mental_health", "why_not_sought")
    __mapper_args__ = {"polymorphic_identity": EntryKind.NOTE}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    mental_health: Mapped[MentalHealthView] = mapped_column(
        words(MentalHealthView), default=MentalHealthView.NOT_ABOUT
    )
    why_not_sought: Mapped[str] = mapped_column(Text, default="")


class Sharing(Entry):
    """Who may read an entry was decided: opened further, or held back.

    What opens it says why, what exactly, and what the parent was told and said; what holds it, or
    its notice, back says the reason.
    """

    __tablename__ = "sharings"
    content: ClassVar[tuple[str, ...]] = (
        "purpose",
        "what",
        "parent_told",
        "parent_view",
        "reason",
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    shared_entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    from_level: Mapped[Level] = mapped_column(words(Level, "from_level"))
    to_level: Mapped[Level] = mapped_column(words(Level, "to_level"))
    purpose: Mapped[Purpose | None] = mapped_column(words(Purpose))
    what: Mapped[str] = mapped_column(Text, default="")
    parent_told: Mapped[ParentTold | None] = mapped_column(words(ParentTold))
    parent_view: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    # Two foreign keys lead to `entries`; only the shared primary key is the inheritance.
    __mapper_args__ = {
        "polymorphic_identity": EntryKind.SHARING,
        "inherit_condition": id == Entry.id,
    }

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """An act of sharing and what the parent was told, or one of holding back."""
        told = self.parent_told.value if self.parent_told else "held-back"
        return TrailFacts(EventKind.SHARING, told)


class SharingBasis(Model):
    """What was decided, on which lawful basis, for whom: the wording is kept as it was shown.

    `review_on` is the day on which what is held back, or not told to the parent, is looked at
    again.  `agreed_by_id` is the lead who agreed in writing although the parent objects.
    """

    __tablename__ = "sharing_bases"
    part_of: ClassVar[str | None] = "sharing_id"

    sharing_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    decision: Mapped[Decision] = mapped_column(words(Decision))
    basis_id: Mapped[int | None] = mapped_column(ForeignKey("lawful_bases.id"), index=True)
    wording: Mapped[str] = mapped_column(Text, default="")
    who_needs: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)


class Advice(Entry):
    """Not sure, ask first: a question to a lead, with a timer; the entry stays as it is (E17)."""

    __tablename__ = "advice"
    content: ClassVar[tuple[str, ...]] = ("question", "answer")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    about_entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    lead_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    due_at: Mapped[datetime]
    outcome: Mapped[AdviceOutcome | None] = mapped_column(words(AdviceOutcome))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    answered_at: Mapped[datetime | None]

    __mapper_args__ = {
        "polymorphic_identity": EntryKind.ADVICE,
        "inherit_condition": id == Entry.id,
    }

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A question to a lead, or the advice."""
        asked_or_given = self.outcome.value if self.outcome else "asked-first"
        return TrailFacts(EventKind.SHARING, asked_or_given, self.lead_id)
