"""A need that somebody raised and nobody answered: it goes to both managers by itself (E35)."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import TrailFacts
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind


class RaisedNeed(Entry):
    """What was raised with which team, and what was done.

    `raised_at` is when the team was told.  From `due_at` on it stands with the managers, and
    `told_at` is when they were written to.  It is closed with what was `done`, and not without.
    """

    __tablename__ = "raised_needs"
    __table_args__ = (Index(None, "closed_at", "due_at"),)
    content: ClassVar[tuple[str, ...]] = ("what", "done")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    what: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    due_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    done: Mapped[str] = mapped_column(Text, default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    closed_at: Mapped[datetime | None]

    __mapper_args__ = {"polymorphic_identity": EntryKind.RAISED_NEED}

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A need without an answer; once it is closed, towards who raised it."""
        towards = self.author_id if self.closed_at else None
        return TrailFacts(EventKind.CHANGE, "closed" if self.closed_at else "raised", towards)
