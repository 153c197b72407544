"""The areas in which teams and services work, and from which referrals come: one list of them."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts
from coordinator.vocabulary import EventKind


class Area(Referenced, Model):
    """A part of the country, in its people's own words; a closed one is not offered any more."""

    __tablename__ = "areas"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    closed_on: Mapped[date | None]

    @property
    def said(self) -> str:
        """What is kept of it when it changes."""
        return self.name

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:
        """Say that an area was closed, or opened again."""
        ended = not new and "closed_on" in changed
        state = ("closed-area" if self.closed_on else "opened-area-again") if ended else None
        return TrailFacts(EventKind.CHANGE, state)
