"""Finding a version of a clock rule, a deadline, and a status of a child."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.clock_rules import ClockRuleInSight
from coordinator.access.find_entries import entry
from coordinator.access.sights import EntryInSight, Moment
from coordinator.models.clock_rules import ClockRule
from coordinator.vocabulary import EntryKind


def clock_rule(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> ClockRuleInSight | None:
    """Return a version of a rule: everybody reads it, and the policy keeps changing it."""
    row = session.execute(
        select(ClockRule.id, ClockRule.reference, ClockRule.code, ClockRule.whose).where(
            ClockRule.reference == reference
        )
    ).one_or_none()
    return ClockRuleInSight(*row) if row else None


def deadline(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a deadline that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.DEADLINE)


def child_status(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return a status of a child that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.CHILD_STATUS)
