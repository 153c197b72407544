"""Who could not be reached about a family, so that their manager knows (E19)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts
from coordinator.vocabulary import EventKind


class Unreached(Model):
    """A worker was tried in vain so often within few working days; until somebody reaches them.

    `team_id` is the team for which they are on the case: its manager is told.
    """

    __tablename__ = "unreached"
    __table_args__ = (Index(None, "family_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    tries: Mapped[int]
    noticed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """That somebody could not be reached, or was since: directed at them."""
        return TrailFacts(
            EventKind.CHANGE, "reached" if self.ended_at else "not-reached", self.account_id
        )
