"""The after-separation plans of a family: who sees to what a parent needs (S14)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.separations import PartOfSeparation, SeparationPlan
from coordinator.reads.action_rows import COLUMNS, ActionRow, actions_of, row_of
from coordinator.vocabulary import SeparationPart


@dataclass(frozen=True)
class PlanAfter:
    """The plan after one child's separation: each part with the actions that see to it."""

    reference: str
    child: str
    separated_on: date
    bars_until: date
    parts: tuple[tuple[SeparationPart, tuple[ActionRow, ...]], ...]


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[PlanAfter, ...]:
    """Return the plans that the actor may read, the newest first.  Two statements."""
    plans = session.execute(
        select(
            SeparationPlan.id,
            SeparationPlan.reference,
            Person.name,
            SeparationPlan.separated_on,
            SeparationPlan.bars_until,
        )
        .join(Person, Person.id == SeparationPlan.person_id)
        .where(SeparationPlan.family_id == family.id, readable_in(actor, family))
        .order_by(SeparationPlan.id.desc())
    ).all()
    seen_to: dict[tuple[int, SeparationPart], list[ActionRow]] = {}
    statement = (
        select(*COLUMNS, PartOfSeparation.plan_id, PartOfSeparation.part)
        .select_from(Entry)
        .join(PartOfSeparation, PartOfSeparation.action_id == Entry.id)
        .where(Entry.family_id == family.id, readable_in(actor, family))
    )
    for row in session.execute(actions_of(statement).order_by(Entry.id)):
        action = row_of(row, actor, moment, family)
        seen_to.setdefault((row.plan_id, row.part), []).append(action)
    return tuple(
        PlanAfter(
            plan.reference,
            plan.name,
            plan.separated_on,
            plan.bars_until,
            tuple((part, tuple(seen_to.get((plan.id, part), ()))) for part in SeparationPart),
        )
        for plan in plans
    )
