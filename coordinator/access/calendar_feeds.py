"""The door of a subscribed calendar: its secret address says whose it is, and nobody signs in.

What is wrong with an address, and whether there ever was one, looks like any page that is not
there.  What leaves is written into the trail first, each time that it is something else than what
left before; that a calendar asks again and is told the same is no other look
(docs/decisions/0023).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access import in_force
from coordinator.access.actor import Actor, hash_of
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.extensions import begin_writing
from coordinator.models.accounts import Account
from coordinator.models.calendars import CalendarFeed, CalendarFetch
from coordinator.models.trail import TrailEvent
from coordinator.settings import SETTINGS
from coordinator.trail import NOBODY, Acting, Subject
from coordinator.vocabulary import EventKind

FETCH = "calendar.fetch"
FETCHED = Subject(record_kind="calendar")


@dataclass(frozen=True)
class FeedInSight:
    """An address that works, and who it is for."""

    id: int
    account_id: int

    @property
    def acting(self) -> Acting:
        """How its person stands in the trail while their calendar program asks for them."""
        return Acting(account_id=self.account_id)


def found(session: Session, token: str, moment: Moment) -> FeedInSight | None:
    """Return the feed of this secret, or None.  It begins a transaction that will write.

    A closed account has none.  From here on its person acts.
    """
    session.rollback()
    begin_writing(session)
    row = session.execute(
        select(CalendarFeed.id, CalendarFeed.account_id, in_force.newest().label("newest_setting"))
        .join(Account, Account.id == CalendarFeed.account_id)
        .where(
            CalendarFeed.token_hash == hash_of(token),
            CalendarFeed.ended_at.is_(None),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
        )
    ).one_or_none()
    if row is None:
        return None
    in_force.heed(session, row.newest_setting)
    feed = FeedInSight(row.id, row.account_id)
    trail.acting(session, feed.acting, FETCH)
    return feed


def wait(session: Session, feed: FeedInSight, moment: Moment) -> timedelta | None:
    """Count one more fetch; return how long to wait if there were too many in this hour."""
    fetch = session.get(CalendarFetch, feed.id, with_for_update=True)
    if fetch is None:
        fetch = CalendarFetch(feed_id=feed.id, last_at=moment.now, in_the_hour=0)
        session.add(fetch)
    hour = moment.now.replace(minute=0, second=0, microsecond=0)
    count = fetch.in_the_hour if fetch.last_at >= hour else 0
    if count >= SETTINGS.calendar_fetches_an_hour:
        return hour + timedelta(hours=1) - moment.now
    fetch.last_at, fetch.in_the_hour = moment.now, count + 1
    session.flush()
    return None


def actors(session: Session, feed: FeedInSight, moment: Moment) -> list[Actor]:
    """Return its person as they act for each of their agencies today; nobody if for none."""
    person = recipient(session, moment, feed.account_id)
    agencies = dict.fromkeys(s.agency_id for s in person.actor.standings) if person else {}
    found = (recipient(session, moment, feed.account_id, agency) for agency in agencies)
    return [one.actor for one in found if one]


def told(session: Session, feed: FeedInSight, body: bytes) -> str:
    """Write down that this leaves, unless the same left the last time; return its hash."""
    trail.acting(session, feed.acting, FETCH)
    fetch = session.get_one(CalendarFetch, feed.id)
    digest = sha256(body)
    if fetch.told_hash != digest.digest():
        fetch.told_hash = digest.digest()
        trail.write(session, EventKind.EXPORT, FETCHED, outcome="fetched")
        session.flush()
    return digest.hexdigest()[:32]


def refused(session: Session, now: datetime) -> None:
    """Write down that an address was wrong; a flood of them does not fill the trail."""
    already = session.scalar(
        select(func.count()).where(
            TrailEvent.hour == trail.hour_of(now),
            TrailEvent.action == FETCH,
            TrailEvent.kind == EventKind.REFUSAL,
        )
    )
    if (already or 0) < SETTINGS.wrong_calendars_an_hour:
        trail.write(session, EventKind.REFUSAL, action=FETCH, allowed=False, who=NOBODY)
