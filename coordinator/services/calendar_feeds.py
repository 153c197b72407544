"""Making and ending the address of one's own subscribed calendar."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, hash_of
from coordinator.access.sights import Moment
from coordinator.models.calendars import CalendarFeed


def make(session: Session, actor: Actor, moment: Moment) -> str:
    """Make a new address and return its secret, which is stored nowhere; an earlier one ends."""
    end(session, actor.account_id, moment.now)
    token = secrets.token_urlsafe(32)
    session.add(
        CalendarFeed(account_id=actor.account_id, token_hash=hash_of(token), made_at=moment.now)
    )
    session.flush()
    return token


def end(session: Session, account_id: int, now: datetime) -> None:
    """End the address of this person, if they have one."""
    for feed in session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.account_id == account_id, CalendarFeed.ended_at.is_(None)
        )
    ):
        feed.ended_at = now
    session.flush()
