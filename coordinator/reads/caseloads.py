"""Cases not talked about in supervision, and how much each worker has, for their manager (E39)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import not_excluded, overseen_families, readable
from coordinator.access.sights import OPEN_ONLY_ROLES, Moment
from coordinator.access.ways import reads_own_agency
from coordinator.clock import local
from coordinator.models.accounts import Account
from coordinator.models.disagreements import Disagreement
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.plans import Action
from coordinator.models.supervision import Supervision
from coordinator.settings import SETTINGS
from coordinator.vocabulary import OPEN_ACTION_STATES, Level


@dataclass(frozen=True)
class CaseLine:
    """A worker's case that was not talked about for too long, or over which people disagree."""

    family: str
    worker: str
    since: date
    last: date | None
    never: bool
    disagreement: bool


@dataclass(frozen=True)
class Load:
    """How much a worker has for the reader's teams: numbers for their own manager, and no score."""

    worker: str
    families: int
    actions: int
    overdue: int


def not_discussed(session: Session, actor: Actor, moment: Moment) -> tuple[CaseLine, ...]:
    """Return the cases of the actor and of the teams that they manage which are due.

    Those that a worker has had for longer than `SETTINGS.supervision_days` and that were talked
    about in none of them; and those with an open disagreement, not talked about since it began.
    One statement.
    """
    since = moment.today - timedelta(days=SETTINGS.supervision_days)
    reads = reads_own_agency(actor, moment, Involvement.family_id)
    last = (
        select(func.max(Supervision.discussed_on))
        .where(
            Supervision.family_id == Involvement.family_id,
            Supervision.worker_id == Involvement.account_id,
            readable(actor, reads, false()),
        )
        .correlate(Involvement)
        .scalar_subquery()
    )
    began = (
        select(func.max(Disagreement.created_at))
        .where(
            Disagreement.family_id == Involvement.family_id,
            Disagreement.settled_at.is_(None),
            Disagreement.level == Level.OPEN,
        )
        .correlate(Involvement)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Family.reference,
            Account.name,
            func.min(Involvement.starts_on).label("since"),
            last.label("last"),
            began.label("began"),
        )
        .join(Family, Family.id == Involvement.family_id)
        .join(Account, Account.id == Involvement.account_id)
        .where(_cases(actor, moment))
        .group_by(Involvement.family_id, Involvement.account_id, Family.reference, Account.name)
        .order_by(Account.name, func.min(Involvement.starts_on), Family.reference)
    )
    lines = []
    for row in rows:
        quarrel = row.began is not None and (row.last is None or row.last < local(row.began).date())
        never = row.since < since and (row.last is None or row.last < since)
        if never or quarrel:
            lines.append(CaseLine(row.reference, row.name, row.since, row.last, never, quarrel))
    return tuple(lines)


def caseload(session: Session, actor: Actor, moment: Moment) -> tuple[Load, ...]:
    """Return how much each worker of the actor's teams has, by name.  Two statements.

    Counted are the families of which the manager may know and the actions that they may read.
    """
    held = {
        row.id: row
        for row in session.execute(
            select(
                Account.id,
                Account.name,
                func.count(Involvement.family_id.distinct()).label("families"),
            )
            .join(Involvement, Involvement.account_id == Account.id)
            .where(_of_my_teams(actor, moment))
            .group_by(Account.id, Account.name)
        )
    }
    actions = {
        row.owner_account_id: row
        for row in session.execute(
            select(
                Action.owner_account_id,
                func.count().label("open"),
                func.count().filter(Action.due_on < moment.today).label("overdue"),
            )
            .where(
                Action.owner_account_id.in_(held),
                Action.owner_agency_id == actor.agency_id,
                Action.state.in_(OPEN_ACTION_STATES),
                Action.family_id.in_(overseen_families(actor, moment)),
                readable(actor, reads_own_agency(actor, moment, Entry.family_id), false()),
            )
            .group_by(Action.owner_account_id)
        )
    }
    loads = []
    for number, row in sorted(held.items(), key=lambda one: one[1].name):
        its = actions.get(number)
        loads.append(
            Load(row.name, row.families, its.open if its else 0, its.overdue if its else 0)
        )
    return tuple(loads)


def _cases(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which involvements are the actor's own cases, or of a team that they manage."""
    return and_(
        Involvement.agency_id == actor.agency_id,
        Involvement.role.not_in(OPEN_ONLY_ROLES),
        current(Involvement, moment.today),
        not_excluded(actor, Involvement.family_id),
        or_(
            Involvement.account_id == actor.account_id,
            Involvement.team_id.in_(actor.managed_team_ids),
        ),
    )


def _of_my_teams(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    return and_(_cases(actor, moment), Involvement.team_id.in_(actor.managed_team_ids))
