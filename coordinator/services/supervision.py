"""Take a family or an action to supervision, and write down what was decided (E52, E39)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.supervision_rules import SupervisionInSight
from coordinator.errors import InvalidError
from coordinator.models.families import Involvement
from coordinator.models.plans import Action
from coordinator.models.supervision import Supervision
from coordinator.services import addresses
from coordinator.services.plans import stamp
from coordinator.vocabulary import Level, Notice

ON_THE_LIST = "It is on the list already"


def take(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    worker: str,
    action: str = "",
    *,
    needs_help: bool = False,
) -> str:
    """Put a family, or one action, on the list of a worker (an involvement's reference).

    It is for the worker's own agency, and leaves no notice to the other (decision 0038).  Return
    its reference.  What is there already is only marked as needing help.  Raises `InvalidError`.
    """
    whose = session.scalars(
        select(Involvement).where(
            Involvement.reference == worker, Involvement.family_id == family.id
        )
    ).one()
    action_id = None
    if action:
        action_id = session.scalars(
            select(Action.id).where(
                Action.reference == action,
                Action.family_id == family.id,
                readable_in(actor, family),
            )
        ).one()
    there = session.scalars(
        select(Supervision).where(
            Supervision.family_id == family.id,
            Supervision.worker_id == whose.account_id,
            Supervision.action_id.is_not_distinct_from(action_id),
            Supervision.discussed_on.is_(None),
            Supervision.withdrawn_at.is_(None),
            readable_in(actor, family),
        )
    ).first()
    if there is not None:
        if there.needs_help or not needs_help:
            raise InvalidError(ON_THE_LIST)
        there.needs_help = True
        session.flush()
        return there.reference
    line = Supervision(
        **{**stamp(actor, moment, family, Level.OWN_AGENCY), "notice": Notice.OWN_AGENCY},
        worker_id=whose.account_id,
        team_id=whose.team_id,
        action_id=action_id,
        needs_help=needs_help,
    )
    session.add(line)
    session.flush()
    return line.reference


def discussed(
    session: Session,
    actor: Actor,
    moment: Moment,
    line: SupervisionInSight,
    on: date,
    decision: str,
) -> None:
    """Write down on which day (London) it was talked about, and what was decided.

    Raises `InvalidError` for the fields `discussed_on` and `decision`.
    """
    if on > moment.today:
        raise InvalidError({"discussed_on": "The day must be today or earlier"})
    addresses.stop(session, actor, line.family, decision=decision)
    record = session.get_one(Supervision, line.id)
    record.discussed_on, record.decision = on, decision
    session.flush()


def withdraw(session: Session, moment: Moment, line: SupervisionInSight) -> None:
    """Take it off the list: it is not needed any more."""
    session.get_one(Supervision, line.id).withdrawn_at = moment.now
    session.flush()
