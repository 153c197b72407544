"""Subscribed calendars: whose address works, and when it was last fetched."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, TrailFacts
from coordinator.vocabulary import EventKind


class CalendarFeed(Model):
    """A person's own address with a secret, of which only the hash is stored.

    A new address ends the one before; whoever has none cannot be asked by a calendar.
    """

    __tablename__ = "calendar_feeds"
    secret: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:
        """That an address was made, or ended, is directed at its person."""
        ended = "ended_at" in changed and not new
        return TrailFacts(EventKind.CHANGE, "ended" if ended else None, self.account_id)


class CalendarFetch(Model):
    """When an address was last fetched, how often in that hour, and the hash of what it told."""

    __tablename__ = "calendar_fetches"
    audited: ClassVar[bool] = False

    feed_id: Mapped[int] = mapped_column(ForeignKey("calendar_feeds.id"), primary_key=True)
    last_at: Mapped[datetime]
    in_the_hour: Mapped[int]
    told_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
