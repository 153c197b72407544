"""Questions to the audit that a reader keeps for themselves, each under a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts
from coordinator.vocabulary import EventKind

LONGEST = 1_000


class AuditView(Referenced, Model):
    """One reader's question under their own name for it.

    `question` is the query of the audit's address.  It holds no right: whoever presses it is shown
    what they may know then.
    """

    __tablename__ = "audit_views"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(String(LONGEST))
    saved_at: Mapped[datetime]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:
        """A change; whose it is changes only when the view is deleted."""
        deleted = "account_id" in changed and not new
        return TrailFacts(EventKind.CHANGE, "deleted-view" if deleted else None)
