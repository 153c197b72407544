"""When a baby is expected: what ends on pregnancy needs something that comes instead (P08).

A child with a day of birth to come is how a family says that a baby is expected.  For each support
of theirs at a service that ends on pregnancy a task is opened, once for each such child: at once
for what its writer may read, and by the worker for what another agency keeps to itself.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import may_know, readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.families import Involvement, Person
from coordinator.models.local_services import LocalService, LocalServiceVersion, Transition
from coordinator.models.plans import Action
from coordinator.models.supports import Support
from coordinator.reads.local_services import newest
from coordinator.vocabulary import (
    DEFAULT_NOTICE,
    ActionState,
    CaseRole,
    Level,
    OnPregnancy,
    Relation,
    SupportState,
)

PLAN_IT = "Plan with the parent what comes instead of: {what}. It would end"
IT_ENDED = "A regular appointment of the family has ended: agree with {name} what comes instead"
TO_PLAN, TO_AGREE = timedelta(days=14), timedelta(days=7)
MOST_AT_ONCE = 100


class _By(NamedTuple):
    """In whose name a task is opened."""

    account_id: int
    agency_id: int


def open_for(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[str, ...]:
    """Open the tasks of one family for the supports that the actor may read; return which."""
    found = session.execute(
        _due(moment).where(Support.family_id == family.id, readable_in(actor, family))
    ).all()
    by = _By(actor.account_id, actor.agency_id or 0)
    for support, child_id in found:
        _open(session, moment, support, child_id, by)
    session.flush()
    return tuple(dict.fromkeys(support.what for support, _ in found))


def are_due(session: Session, moment: Moment) -> bool:
    """Say whether a task is to be opened.  Takes no lock."""
    return session.execute(_due(moment).limit(1)).first() is not None


def open_due(session: Session, moment: Moment) -> tuple[int, bool]:
    """Open the tasks that nobody's page opened, in the name of who wrote each support."""
    found = session.execute(_due(moment).limit(MOST_AT_ONCE)).all()
    for support, child_id in found:
        by = _By(support.author_id, support.agency_id)
        _open(session, moment, support, child_id, by)
    session.flush()
    return len(found), len(found) == MOST_AT_ONCE


def tell_partners(session: Session, actor: Actor, moment: Moment, support: Support) -> None:
    """Ask the lead workers of the other agencies to agree on what comes instead (P08).

    Only where the support was to end because a baby is expected.  What it was stays unsaid.
    """
    if session.scalar(select(Transition.id).where(Transition.support_id == support.id)) is None:
        return
    for worker in _workers(session, moment, support.family_id):
        if worker.lead and worker.agency_id != actor.agency_id:
            session.add(
                Action(
                    **_stamp(
                        support.family_id, moment, _By(actor.account_id, actor.agency_id or 0)
                    ),
                    **_owned(worker, ActionState.REQUESTED, actor.account_id, moment),
                    level=Level.OPEN,
                    notice=DEFAULT_NOTICE[Level.OPEN],
                    text=IT_ENDED.format(name=actor.name),
                    due_on=moment.today + TO_AGREE,
                )
            )
    session.flush()


def _due(moment: Moment) -> Any:
    opened = exists().where(Transition.support_id == Support.id, Transition.child_id == Person.id)
    return (
        select(Support, Person.id)
        .join(Person, Person.family_id == Support.family_id)
        .join(LocalService, LocalService.id == Support.service_id)
        .join(LocalServiceVersion, newest())
        .where(
            Person.relation == Relation.CHILD,
            Person.born_on > moment.today,
            Support.state != SupportState.ENDED,
            LocalServiceVersion.on_pregnancy == OnPregnancy.ENDS,
            ~opened,
        )
        .order_by(Support.id, Person.id)
    )


def _open(session: Session, moment: Moment, support: Support, child_id: int, by: _By) -> None:
    """Ask the care coordinator, or else the lead worker, of the agency that gives the support."""
    workers = [
        worker
        for worker in _workers(session, moment, support.family_id)
        if worker.agency_id == support.agency_id
    ]
    action = None
    if workers:
        itself = (workers[0].account_id, workers[0].agency_id) == by
        state = ActionState.ACCEPTED if itself else ActionState.REQUESTED
        level = support.level if support.level is Level.OPEN else Level.OWN_AGENCY
        action = Action(
            **_stamp(support.family_id, moment, by),
            **_owned(workers[0], state, by.account_id, moment),
            level=level,
            notice=DEFAULT_NOTICE[level],
            text=PLAN_IT.format(what=support.what),
            due_on=moment.today + TO_PLAN,
        )
        session.add(action)
        session.flush()
    session.add(
        Transition(
            support_id=support.id,
            child_id=child_id,
            action_id=action.id if action else None,
            at=moment.now,
        )
    )


def _workers(session: Session, moment: Moment, family_id: int) -> list[Involvement]:
    """Return who is on the case and may know of the family: care coordinators, leads, others."""
    found = session.scalars(
        select(Involvement)
        .where(
            Involvement.family_id == family_id,
            current(Involvement, moment.today),
            may_know(Involvement.account_id, family_id),
        )
        .order_by(Involvement.id)
    ).all()
    return sorted(found, key=lambda one: (one.role is not CaseRole.CARE_COORDINATOR, not one.lead))


def _stamp(family_id: int, moment: Moment, by: _By) -> dict[str, Any]:
    return {
        "family_id": family_id,
        "author_id": by.account_id,
        "agency_id": by.agency_id,
        "created_at": moment.now,
    }


def _owned(worker: Involvement, state: ActionState, by_id: int, moment: Moment) -> dict[str, Any]:
    return {
        "owner_account_id": worker.account_id,
        "owner_agency_id": worker.agency_id,
        "state": state,
        "state_by_id": by_id,
        "state_at": moment.now,
    }
