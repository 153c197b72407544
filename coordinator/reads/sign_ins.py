"""Who of an agency signed in, was refused, or acted for another agency, for its privacy officer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.trail import TrailEvent
from coordinator.reads.colleagues import paged
from coordinator.settings import SETTINGS
from coordinator.trail import hour_of, instant
from coordinator.vocabulary import EventKind

SHOWN = timedelta(days=90)
OUTCOMES = ("signed-in", "signed-out", "switched", "refused")


@dataclass(frozen=True)
class SignInRow:
    """One sign-in, sign-out, switch of agency or refusal; `outcome` is one of `OUTCOMES`."""

    at: datetime
    name: str
    outcome: str


def lately(
    session: Session, actor: Actor, moment: Moment, *, refused: bool, page: int
) -> tuple[tuple[SignInRow, ...], bool]:
    """Return a page of the last ninety days, the newest first, and whether there is another.

    One statement: whoever works for the actor's agency today, and nobody else.
    """
    staff = (
        select(Membership.account_id)
        .join(Team, Team.id == Membership.team_id)
        .where(Team.agency_id == actor.agency_id, current(Membership, moment.today))
    )
    rows = session.execute(
        paged(
            select(TrailEvent.at, Account.name, TrailEvent.outcome)
            .join(Account, Account.id == TrailEvent.towards_id)
            .where(
                TrailEvent.kind == EventKind.SIGN_IN,
                TrailEvent.hour >= hour_of(moment.now - SHOWN),
                TrailEvent.outcome.in_(("refused",) if refused else OUTCOMES),
                TrailEvent.towards_id.in_(staff),
            )
            .order_by(TrailEvent.hour.desc(), TrailEvent.at.desc(), TrailEvent.seq.desc()),
            page,
        )
    ).all()
    shown = rows[: SETTINGS.page_size]
    return (
        tuple(SignInRow(instant(r.at), r.name, r.outcome) for r in shown),
        len(rows) > SETTINGS.page_size,
    )
