"""Who leaves, and what is left without a holder: sums, for an administrator, who sees no family."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.counting import counting
from coordinator.access.scope import not_excluded
from coordinator.access.sights import AccountInSight, Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.departures import Departure
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.families import Family
from coordinator.reads import handing_over, held, left_over
from coordinator.reads.handing_over import OPEN_DEPARTURE
from coordinator.reads.held import Kind, Part
from coordinator.reads.left_over import LeftOver
from coordinator.vocabulary import Role

PRIVATE = "Something of their own is not finished: they send it or discard it"


@dataclass(frozen=True)
class PostLeft:
    """A post, or a deputy's place, that the leaver has after the last day."""

    reference: str
    text: str
    deputy: bool
    why: str


@dataclass(frozen=True)
class FamiliesLeft:
    """How many families of one agency wait for a successor, what is held in them, who decides."""

    agency: str
    families: int
    what: str
    deciders: tuple[str, ...]


@dataclass(frozen=True)
class DeparturePage:
    """Somebody’s departure, as an administrator sees it: no family, only sums."""

    reference: str
    account: str
    name: str
    last_day: date
    confirmed: bool
    moves: bool
    posts: tuple[PostLeft, ...]
    families: tuple[FamiliesLeft, ...]
    decided: int
    access_ended: bool
    beside: LeftOver

    @property
    def left(self) -> tuple[str, ...]:
        """What has no new holder, in words; empty when the account can be closed."""
        return (
            *(f"{'Deputy: ' if post.deputy else ''}{post.text}: {post.why}" for post in self.posts),
            *(
                f"{_counted(part.families)} of {part.agency} ({part.what}): "
                f"{' or '.join(part.deciders) or 'a worker on the case'} says who takes over"
                for part in self.families
            ),
            *(
                f"{team}: nobody else works there, and it has open questions ({number})"
                for team, number in self.beside.teams
            ),
            *([PRIVATE] if self.beside.private else []),
        )


def open_departures(session: Session, account_id: int) -> Sequence[Any]:
    """Return the rows of somebody's open departures, the one that comes next first.  One statement.

    What nobody could take from a move keeps it open beside the next departure.
    """
    return session.execute(
        select(
            Departure.id,
            Departure.reference,
            Departure.account_id,
            Departure.agency_id,
            Departure.last_day,
            Departure.asked_at,
            Departure.confirmed_at,
            Departure.carried_out_at,
            Account.name,
            Account.reference.label("account"),
        )
        .join(Account, Account.id == Departure.account_id)
        .where(Departure.account_id == account_id, OPEN_DEPARTURE)
        .order_by(
            Departure.carried_out_at.is_not(None),
            Departure.agency_id.is_not(None),
            Departure.id.desc(),
        )
    ).all()


def own_last_day(session: Session, actor: Actor) -> date | None:
    """Return the actor's own last day, if they leave.  One statement."""
    return session.scalars(
        select(Departure.last_day)
        .where(Departure.account_id == actor.account_id, OPEN_DEPARTURE)
        .order_by(Departure.last_day)
        .limit(1)
    ).one_or_none()


def name_of(session: Session, account: AccountInSight) -> str:
    """Return whose account this is.  One statement."""
    return session.scalars(select(Account.name).where(Account.id == account.id)).one()


def of_account(
    session: Session, actor: Actor, moment: Moment, account: AccountInSight
) -> DeparturePage | None:
    """Return the next departure with all that is left of any, or None.  Seven statements.

    What is left in a family of which the actor may not know is in no number; it is handed over.
    """
    rows = open_departures(session, account.id)
    if not rows:
        return None
    row, agencies = rows[0], {row.agency_id for row in rows}
    with counting(session):
        may_know = select(Family.id).where(not_excluded(actor, Family.id))
        found = held.after(session, moment, {row.account_id: row.last_day}, may_know)
        beside = left_over.of(session, actor, moment, row, agencies)
    parts = [part for part in found if agencies & {None, part.agency_id}]
    decided = handing_over.decisions(session, moment, [row.account_id], row.last_day)
    undecided = [p for p in parts if (p.account_id, p.family_id, p.agency_id) not in decided]
    return DeparturePage(
        row.reference,
        row.account,
        row.name,
        row.last_day,
        row.confirmed_at is not None,
        row.agency_id is not None,
        _posts(session, rows),
        _families(session, moment, row.account_id, undecided),
        len(parts) - len(undecided),
        row.carried_out_at is not None,
        beside,
    )


def _posts(session: Session, departures: Sequence[Any]) -> tuple[PostLeft, ...]:
    """Return what the leaver still holds after the last day, and posts vacant without a deputy."""
    departure, agencies = departures[0], {row.agency_id for row in departures}
    after = departure.last_day + timedelta(days=1)
    asked = clock.local(min(row.asked_at for row in departures)).date() - timedelta(days=1)
    theirs = select(PostHolding.post_id).where(
        PostHolding.account_id == departure.account_id,
        or_(PostHolding.ends_on.is_(None), PostHolding.ends_on >= asked),
    )
    rows = session.execute(
        select(
            Post.reference,
            Post.kind,
            Team.name.label("team"),
            Agency.name.label("agency"),
            PostHolding.account_id,
            PostHolding.deputy,
        )
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .outerjoin(
            PostHolding,
            and_(
                PostHolding.post_id == Post.id,
                or_(PostHolding.ends_on.is_(None), PostHolding.ends_on >= after),
            ),
        )
        .where(
            Post.id.in_(theirs),
            true() if None in agencies else Post.agency_id.in_(agencies),
        )
        .order_by(Post.id, PostHolding.deputy)
    ).all()
    left = []
    for row in rows:
        text = f"{row.kind.label}, {row.team or row.agency}"
        if row.account_id is None:
            why = "it is vacant, so it needs a deputy"
            left.append(PostLeft(row.reference, text, deputy=True, why=why))
        elif row.account_id == departure.account_id:
            why = "say who deputises" if row.deputy else "say who holds it, or that it is vacant"
            left.append(PostLeft(row.reference, text, row.deputy, why))
    return tuple(left)


def _families(
    session: Session, moment: Moment, leaver_id: int, parts: list[Part]
) -> tuple[FamiliesLeft, ...]:
    if not parts:
        return ()
    manager = aliased(Membership)
    rows = session.execute(
        select(Agency.id, Agency.name, Account.name.label("manager"))
        .join(Team, Team.agency_id == Agency.id)
        .outerjoin(
            manager,
            and_(
                manager.team_id == Team.id,
                manager.role == Role.TEAM_MANAGER,
                manager.account_id != leaver_id,
                current(manager, moment.today),
                Team.id.in_(
                    select(Membership.team_id).where(
                        Membership.account_id == leaver_id, current(Membership, moment.today)
                    )
                ),
            ),
        )
        .outerjoin(Account, and_(Account.id == manager.account_id, Account.closed_at.is_(None)))
        .where(Agency.id.in_({part.agency_id for part in parts}))
        .order_by(Agency.name, Account.name)
    ).all()
    found = []
    for agency_id, name in dict.fromkeys((row.id, row.name) for row in rows):
        here = [part for part in parts if part.agency_id == agency_id]
        counts: Counter[Kind] = sum((part.counts for part in here), Counter())
        deciders = dict.fromkeys(r.manager for r in rows if r.id == agency_id and r.manager)
        found.append(FamiliesLeft(name, len(here), held.in_words(counts), tuple(deciders)))
    return tuple(found)


def _counted(families: int) -> str:
    return "1 family" if families == 1 else f"{families} families"
