"""Who leaves, after which day, and who takes over each family (E06, E24)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts
from coordinator.vocabulary import EventKind


class Departure(Referenced, Model):
    """Somebody's last day: their access ends after it, whatever is left.

    Who moves on leaves one agency and keeps the account; who leaves altogether leaves them all.

    It is confirmed when everything they hold has a new holder.  On the day after, the worker ends
    their access and hands over (`carried_out_at`, the last time); it is done when nothing is left,
    and what nobody can take stays listed until then.  It may be withdrawn until access has ended.
    """

    __tablename__ = "departures"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    last_day: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    carried_out_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A departure is directed at whoever leaves."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.account_id)


class Handover(Model):
    """Who takes over what a leaver holds in one family for one agency, in which of their roles."""

    __tablename__ = "handovers"
    __table_args__ = (Index(None, "departure_id", "family_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    departure_id: Mapped[int] = mapped_column(ForeignKey("departures.id"))
    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    decided_at: Mapped[datetime]
