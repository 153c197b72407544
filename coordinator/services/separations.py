"""What a parent needs after a child was taken to live elsewhere, and what it bars (S14)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.models.entries import EntryReader
from coordinator.models.plans import Action
from coordinator.models.separations import PartOfSeparation, SeparationPlan
from coordinator.services import actions
from coordinator.services.deadlines import in_its_circle
from coordinator.settings import SETTINGS
from coordinator.vocabulary import SeparationPart


def begin(
    session: Session,
    moment: Moment,
    stamped: dict[str, Any],
    person_id: int,
    separated_on: date,
    readers: frozenset[int] = frozenset(),
) -> None:
    """Open the plan for a child's parent, unless one is open: for whoever reads of the separation.

    `stamped` is what the new entry says of itself; `separated_on` is a day in London.
    """
    there = session.scalar(
        select(SeparationPlan.id)
        .where(
            in_its_circle(SeparationPlan, stamped),
            SeparationPlan.person_id == person_id,
            SeparationPlan.bars_until >= moment.today,
        )
        .limit(1)
    )
    if there is not None:
        return
    plan = SeparationPlan(
        **stamped | {"created_at": moment.now},
        person_id=person_id,
        separated_on=separated_on,
        bars_until=separated_on + timedelta(days=SETTINGS.after_separation_days),
    )
    session.add(plan)
    session.flush()
    session.add_all(EntryReader(entry_id=plan.id, account_id=reader) for reader in readers)


def see_to(
    session: Session,
    actor: Actor,
    moment: Moment,
    plan: EntryInSight,
    part: SeparationPart,
    text: str,
    owner: str,
    due_on: date,
) -> str:
    """Ask somebody of either agency to see to a part; return the action's reference.

    `owner` is as in `actions.ask`.  Raises `InvalidError`.
    """
    reference = actions.ask(session, actor, moment, plan.family, text, owner, due_on)
    action_id = session.scalars(select(Action.id).where(Action.reference == reference)).one()
    session.add(PartOfSeparation(plan_id=plan.id, action_id=action_id, part=part))
    session.flush()
    return reference


def bars_until(session: Session, actor: Actor, family: FamilyInSight, ends_on: date) -> date | None:
    """Return until when help may not end after a separation that the actor reads of, if so."""
    return session.scalar(
        select(func.max(SeparationPlan.bars_until)).where(
            SeparationPlan.family_id == family.id,
            SeparationPlan.bars_until >= ends_on,
            readable_in(actor, family),
        )
    )
