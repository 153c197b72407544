"""What a worker takes to supervision, and what was decided there (E52, E39)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.scope import (
    my_families,
    overseen_families,
    readable,
    readable_in,
)
from coordinator.access.sights import OPEN_ONLY_ROLES, FamilyInSight, Moment
from coordinator.access.ways import reads_own_agency
from coordinator.clock import local
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.plans import Action
from coordinator.models.supervision import Supervision
from coordinator.vocabulary import OPEN_ACTION_STATES


@dataclass(frozen=True)
class Line:
    """What somebody takes to supervision; `action` (reference, words) if the reader may read it.

    `decision` and `discussed_on` (a day in London) are empty while it waits.
    """

    reference: str
    family: str
    worker: str
    about_action: bool
    action: tuple[str, str] | None
    needs_help: bool
    taken_on: date
    discussed_on: date | None
    decision: str
    withdrawn: bool
    may_change: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has said what was decided."""
        return self.discussed_on is None and not self.withdrawn


def waiting(session: Session, actor: Actor, moment: Moment) -> tuple[Line, ...]:
    """Return the actor's own lines and those of the teams that they manage; help comes first.

    Two statements.
    """
    return _lines(
        session,
        _statement().where(
            in_reach(actor, moment),
            Supervision.discussed_on.is_(None),
            Supervision.withdrawn_at.is_(None),
        ),
        readable(actor, reads_own_agency(actor, moment, Entry.family_id), false()),
        actor,
    )


def of_family(session: Session, actor: Actor, family: FamilyInSight) -> tuple[Line, ...]:
    """Return what the actor may read of a family, what waits first.  Two statements."""
    found = _statement().where(Supervision.family_id == family.id, readable_in(actor, family))
    lines = _lines(session, found, readable_in(actor, family), actor)
    kept = [line for line in lines if not line.withdrawn]
    return tuple(
        sorted(
            kept, key=lambda line: (not line.waits, -(line.discussed_on or date.max).toordinal())
        )
    )


def choices(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return for whom something can be taken to supervision, and which actions: two statements.

    A worker takes it to their own; a manager for a worker of a team that they manage.
    """
    workers = session.execute(
        select(Involvement.reference, Account.name)
        .join(Account, Account.id == Involvement.account_id)
        .where(
            Involvement.family_id == family.id,
            Involvement.agency_id == actor.agency_id,
            Involvement.role.not_in(OPEN_ONLY_ROLES),
            current(Involvement, moment.today),
            or_(
                Involvement.account_id == actor.account_id,
                Involvement.team_id.in_(actor.managed_team_ids),
            ),
        )
        .order_by(Account.name)
    ).all()
    actions = session.execute(
        select(Action.reference, Action.text)
        .where(
            Action.family_id == family.id,
            Action.state.in_(OPEN_ACTION_STATES),
            readable_in(actor, family),
        )
        .order_by(Action.due_on, Action.id)
    ).all()
    return [(row[0], row[1]) for row in workers], [(row[0], row[1]) for row in actions]


def in_reach(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which lines are the actor's own, or of a worker of a team that they manage."""
    return and_(
        or_(
            and_(
                Supervision.worker_id == actor.account_id,
                Supervision.family_id.in_(my_families(actor, moment)),
            ),
            and_(
                Supervision.team_id.in_(actor.managed_team_ids),
                Supervision.family_id.in_(overseen_families(actor, moment)),
            ),
        ),
        Supervision.agency_id == actor.agency_id,
        readable(actor, reads_own_agency(actor, moment, Supervision.family_id), false()),
    )


def _statement() -> Any:
    worker = aliased(Account)
    return (
        select(
            Supervision.reference,
            Family.reference.label("family"),
            worker.name.label("worker"),
            Supervision.worker_id,
            Supervision.team_id,
            Supervision.action_id,
            Supervision.needs_help,
            Supervision.created_at,
            Supervision.discussed_on,
            Supervision.decision,
            Supervision.withdrawn_at,
        )
        .join(Family, Family.id == Supervision.family_id)
        .join(worker, worker.id == Supervision.worker_id)
        .order_by(Supervision.needs_help.desc(), worker.name, Supervision.id)
    )


def _lines(
    session: Session, statement: Any, readable_actions: ColumnElement[bool], actor: Actor
) -> tuple[Line, ...]:
    rows = session.execute(statement).all()
    actions = _actions(session, rows, readable_actions)
    return tuple(_line(row, actions, actor) for row in rows)


def _actions(
    session: Session, rows: Iterable[Any], may: ColumnElement[bool]
) -> dict[int, tuple[str, str]]:
    found = session.execute(
        select(Action.id, Action.reference, Action.text).where(
            Action.id.in_([row.action_id for row in rows if row.action_id]), may
        )
    )
    return {row.id: (row.reference, row.text) for row in found}


def _line(row: Any, actions: dict[int, tuple[str, str]], actor: Actor) -> Line:
    waits = row.discussed_on is None and row.withdrawn_at is None
    return Line(
        reference=row.reference,
        family=row.family,
        worker=row.worker,
        about_action=row.action_id is not None,
        action=actions.get(row.action_id),
        needs_help=row.needs_help,
        taken_on=local(row.created_at).date(),
        discussed_on=row.discussed_on,
        decision=row.decision,
        withdrawn=row.withdrawn_at is not None,
        may_change=waits
        and (row.worker_id == actor.account_id or row.team_id in actor.managed_team_ids),
    )
