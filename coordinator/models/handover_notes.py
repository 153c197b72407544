"""A worker hands a case over to a colleague: so that a family need not start again (S18)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind, WrittenWith


class HandoverNote(Entry):
    """What the next worker needs to know, and the days of the change in London.

    `starts_on` is the first day of who takes over, `last_on` the last of who hands over;
    `meets_on` is when they meet the family together.  `moved_at` is when the open work was given
    over: None until then.
    """

    __tablename__ = "handover_notes"
    content: ClassVar[tuple[str, ...]] = (
        "text",
        "written_with",
        "why_not",
        "meets_on",
        "why_no_meeting",
        "starts_on",
        "last_on",
    )
    __mapper_args__ = {"polymorphic_identity": EntryKind.HANDOVER_NOTE}

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    from_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    to_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_with: Mapped[WrittenWith] = mapped_column(words(WrittenWith))
    why_not: Mapped[str] = mapped_column(String(400), default="")
    meets_on: Mapped[date | None]
    why_no_meeting: Mapped[str] = mapped_column(String(400), default="")
    starts_on: Mapped[date]
    last_on: Mapped[date]
    moved_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A handover, directed at who takes over."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.to_account_id)
