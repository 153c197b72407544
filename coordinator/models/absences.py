"""Who is away, and who acts for them until when: visible to all, and no right of its own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts
from coordinator.vocabulary import EventKind


class Absence(Referenced, Model):
    """Days on which a person is away (both inclusive), never why; `cover_id` acts for them."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
        CheckConstraint("cover_id <> account_id", name="covered_by_another"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    told_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    told_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """An absence is directed at whoever is away."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.account_id)
