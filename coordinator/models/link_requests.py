"""Requests to a link worker: an entry of the family, sent to a post (E03, E04)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts, words
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind, EventKind, LinkHelp, LinkOutcome


class LinkRequest(Entry):
    """What help is asked of whoever answers for a post, and what came of it.

    `asked_id` is who answered for the post on that day; a successor takes the request over with
    the post.  `about_id` is the colleague whom it is about, for an agency.  `closed_at` and
    `call_at` (a call that is planned for both) are whole minutes; `heard_at` is when its asker
    read what came of it.
    """

    __tablename__ = "link_requests"
    __table_args__ = (Index(None, "post_id", "closed_at"),)
    content: ClassVar[tuple[str, ...]] = ("what", "answer")

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    help: Mapped[LinkHelp] = mapped_column(words(LinkHelp))
    what: Mapped[str] = mapped_column(Text)
    by_on: Mapped[date]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    about_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    outcome: Mapped[LinkOutcome | None] = mapped_column(words(LinkOutcome))
    answer: Mapped[str] = mapped_column(Text, default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    closed_at: Mapped[datetime | None]
    call_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]

    __mapper_args__ = {"polymorphic_identity": EntryKind.LINK_REQUEST}

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A request to whoever answers for the post, or what came of it for who asked."""
        if self.outcome is None:
            return TrailFacts(EventKind.REQUEST, self.help.value, self.asked_id)
        return TrailFacts(EventKind.REQUEST, self.outcome.value, self.author_id)


class LinkAttempt(Model):
    """A contact attempt that a request names; its words stay where they are."""

    __tablename__ = "link_attempts"
    part_of: ClassVar[str | None] = "request_id"

    request_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, index=True)
