"""What a worker takes to supervision about a family, and what was decided there (E52, E39)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import TrailFacts
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind


class Supervision(Entry):
    """A family, or one action there, that a worker takes to supervision.

    `worker_id` is whose supervision it is, and `team_id` the team for which they are on the case:
    its manager supervises them.  It says on which day (in London) the two talked and what they
    decided, and never what was said.  `withdrawn_at` is when it came off the list without that.
    """

    __tablename__ = "supervisions"
    __table_args__ = (CheckConstraint("discussed_on IS NULL OR decision <> ''", name="decided"),)
    content: ClassVar[tuple[str, ...]] = ("decision", "discussed_on")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    needs_help: Mapped[bool]
    discussed_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None]

    # Two foreign keys lead to `entries`; only the shared primary key is the inheritance.
    __mapper_args__ = {
        "polymorphic_identity": EntryKind.SUPERVISION,
        "inherit_condition": id == Entry.id,
    }

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """It is directed at whose supervision it is."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.worker_id)
