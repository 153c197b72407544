"""What was opened in immediate danger, and the review of it (D22, spec/sharing.md)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, words
from coordinator.vocabulary import Danger, EventKind, ReviewOutcome


class EmergencyOpening(Referenced, Model):
    """One entry, opened by one case member until a stated time, reason first; then reviewed.

    In the trail it is a record of the family and no part of the entry: who answers for the worker
    may know that something was opened, also where they may not read what it says.
    """

    __tablename__ = "emergency_openings"
    __table_args__ = (Index(None, "entry_id", "account_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    danger: Mapped[Danger] = mapped_column(words(Danger))
    reason: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    reviewed_at: Mapped[datetime | None]
    outcome: Mapped[ReviewOutcome | None] = mapped_column(words(ReviewOutcome))
    review: Mapped[str] = mapped_column(Text, default="")

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """An opening, or its review."""
        outcome = self.outcome.value if self.outcome else self.danger.value
        return TrailFacts(EventKind.EMERGENCY, outcome, self.account_id)
