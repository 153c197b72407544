"""Who held a post, and deputised, from when to when; and what changed in the directory lately."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from coordinator.access.sights import Moment, PostInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, PostHolding, Team

LATELY = timedelta(days=30)
MOST = 60


@dataclass(frozen=True)
class Held:
    """Somebody’s time in a post, both days inclusive; no `ends_on` where no end is known."""

    name: str
    account: str
    deputy: bool
    starts_on: date
    ends_on: date | None
    confirmed_on: date | None


@dataclass(frozen=True)
class Change:
    """One change of the directory: what began or ended in a post, on which day."""

    on: date
    post: str
    reference: str
    what: str


def of(session: Session, post: PostInSight) -> tuple[Held, ...]:
    """Return everybody who held this post, the newest first.  One statement."""
    return tuple(
        Held(row.name, row.account, row.deputy, row.starts_on, row.ends_on, row.confirmed_on)
        for row in _rows(session, PostHolding.post_id == post.id)
        # Who was taken out again before the first day never held it.
        if row.ends_on is None or row.ends_on >= row.starts_on
    )


def lately(session: Session, moment: Moment) -> tuple[Change, ...]:
    """Return what changed in the last thirty days or will soon.  One statement."""
    since = moment.today - LATELY
    rows = _rows(session, (PostHolding.starts_on >= since) | (PostHolding.ends_on >= since))
    changes = []
    for row in rows:
        if row.ends_on is not None and row.ends_on < row.starts_on:
            continue
        post = f"{row.kind.label}, {row.team or row.agency}"
        what = "deputy" if row.deputy else "holder"
        if row.starts_on >= since:
            words = f"{row.name} is the new {what}"
            changes.append(Change(row.starts_on, post, row.reference, words))
        if row.ends_on is not None and row.ends_on >= since:
            last = row.ends_on + timedelta(days=1)
            changes.append(Change(last, post, row.reference, f"{row.name} is the {what} no longer"))
    changes.sort(key=lambda change: change.on, reverse=True)
    return tuple(changes[:MOST])


def _rows(session: Session, where: ColumnElement[bool]) -> list[Any]:
    return list(
        session.execute(
            select(
                Post.reference,
                Post.kind,
                Agency.name.label("agency"),
                Team.name.label("team"),
                Account.name,
                Account.reference.label("account"),
                PostHolding.deputy,
                PostHolding.starts_on,
                PostHolding.ends_on,
                PostHolding.confirmed_on,
            )
            .join(Post, Post.id == PostHolding.post_id)
            .join(Agency, Agency.id == Post.agency_id)
            .outerjoin(Team, Team.id == Post.team_id)
            .join(Account, Account.id == PostHolding.account_id)
            .where(where)
            .order_by(PostHolding.starts_on.desc(), PostHolding.deputy, PostHolding.id.desc())
        )
    )
