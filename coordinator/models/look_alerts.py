"""Looks that somebody should ask about (D21; threats, 5)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, words
from coordinator.vocabulary import AlertKind, EventKind, ReviewOutcome


class LookAlert(Referenced, Model):
    """An alert about one person's looks, for the privacy officer, and what came of it."""

    __tablename__ = "look_alerts"
    __table_args__ = (Index(None, "account_id", "kind", "raised_at"),)

    kind: Mapped[AlertKind] = mapped_column(words(AlertKind))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    family_id: Mapped[int | None] = mapped_column(ForeignKey("families.id"), index=True)
    looks: Mapped[int]
    raised_at: Mapped[datetime]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    reviewed_at: Mapped[datetime | None]
    outcome: Mapped[ReviewOutcome | None] = mapped_column(words(ReviewOutcome))
    review: Mapped[str] = mapped_column(Text, default="")

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """An alert, or its review, is directed at the person who looked."""
        outcome = self.outcome.value if self.outcome else self.kind.value
        return TrailFacts(EventKind.CHANGE, outcome, self.account_id)


class AlertScan(Model):
    """How far the trail has been read for alerts: one row."""

    __tablename__ = "alert_scans"
    audited: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
