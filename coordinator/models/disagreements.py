"""Professional disagreements: an entry of the family, taken up in stages (domain.md, R12)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import DisagreementOutcome, DisagreementStage, EntryKind, EventKind


class Disagreement(Entry):
    """What two practitioners do not agree about, in the words of the one who raises it.

    `about_entry_id` is the referral whose outcome it is about, if one.
    """

    __tablename__ = "disagreements"
    content: ClassVar[tuple[str, ...]] = ("about", "wanted")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    about: Mapped[str] = mapped_column(Text)
    wanted: Mapped[str] = mapped_column(Text)
    about_entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    settled_at: Mapped[datetime | None]

    # Two foreign keys lead to `entries`; only the shared primary key is the inheritance.
    __mapper_args__ = {
        "polymorphic_identity": EntryKind.DISAGREEMENT,
        "inherit_condition": id == Entry.id,
    }


class DisagreementStep(Model):
    """One stage of a disagreement: whose it is, by when, and what came of it.

    It is late from `due_at` on; `due_on` is the last day in London on which it is in time.
    """

    __tablename__ = "disagreement_steps"
    __table_args__ = (Index(None, "owner_id", "ended_at"),)
    part_of: ClassVar[str | None] = "disagreement_id"

    disagreement_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    stage: Mapped[DisagreementStage] = mapped_column(words(DisagreementStage), primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    owner_agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    started_at: Mapped[datetime]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    outcome: Mapped[DisagreementOutcome | None] = mapped_column(words(DisagreementOutcome))
    said: Mapped[str] = mapped_column(Text, default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    ended_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A stage that began or ended, directed at its owner."""
        outcome = self.outcome.value if self.outcome else self.stage.value
        return TrailFacts(EventKind.CHANGE, outcome, self.owner_id)
