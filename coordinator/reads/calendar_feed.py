"""What a subscribed calendar is told, and what its person is shown of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor
from coordinator.access.calendar_files import Dated
from coordinator.access.sights import Moment
from coordinator.models.calendars import CalendarFeed, CalendarFetch
from coordinator.reads import calendar
from coordinator.reads.calendar_rows import Period

BACK, AHEAD = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True)
class Subscription:
    """That somebody's address works: since when, and when a calendar last fetched it."""

    made_at: datetime
    last_at: datetime | None


def of(session: Session, actor: Actor) -> Subscription | None:
    """Return the actor's own address as it stands, or None."""
    row = session.execute(
        select(CalendarFeed.made_at, CalendarFetch.last_at)
        .outerjoin(CalendarFetch, CalendarFetch.feed_id == CalendarFeed.id)
        .where(CalendarFeed.account_id == actor.account_id, CalendarFeed.ended_at.is_(None))
    ).one_or_none()
    return Subscription(*row) if row else None


def things(session: Session, actors: list[Actor], moment: Moment, action: str) -> list[Dated]:
    """Return all that is this person's, for each of their agencies, under their rights of now.

    A month back and a year ahead.  While each agency is read for, they act for it.
    """
    day = moment.now.replace(hour=0, minute=0, second=0, microsecond=0)
    period = Period(day - BACK, day + AHEAD)
    found: dict[str, Dated] = {}
    for actor in actors:
        trail.acting(session, actor.acting(), action)
        for row in calendar.rows(session, actor, moment, period):
            if row.mine and row.uid and row.changed_at:
                found[row.uid] = Dated(
                    uid=row.uid,
                    sequence=row.sequence,
                    reference=row.reference,
                    starts_at=row.whole.starts_at,
                    ends_at=row.whole.ends_at,
                    changed_at=row.changed_at,
                    cancelled=row.cancelled,
                )
    return sorted(found.values(), key=lambda thing: (thing.starts_at, thing.uid))
