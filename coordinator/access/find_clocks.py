"""Finding a version of a clock rule, a deadline, a child and a status of a child."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.clock_rules import ClockRuleInSight
from coordinator.access.find_entries import entry
from coordinator.access.scope import not_excluded
from coordinator.access.sights import EntryInSight, Moment, PersonInSight
from coordinator.access.ways import family_columns, sight_of, way_of
from coordinator.models.clock_rules import ClockRule
from coordinator.models.families import Family, Person
from coordinator.vocabulary import EntryKind, Relation


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


def child(session: Session, actor: Actor, moment: Moment, reference: str) -> PersonInSight | None:
    """Return a child of a family that the actor may know of, else None."""
    row = session.execute(
        select(*family_columns(actor, moment), Person.id, Person.reference, Person.version)
        .join(Person, Person.family_id == Family.id)
        .where(
            Person.reference == reference,
            Person.relation == Relation.CHILD,
            not_excluded(actor, Family.id),
        )
    ).one_or_none()
    way = way_of(row) if row else None
    if row is None or way is None:
        return None
    return PersonInSight(sight_of(row, way), row.id, row.reference, row.version)


def deadline(session: Session, actor: Actor, moment: Moment, reference: str) -> EntryInSight | None:
    """Return a deadline that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.DEADLINE)


def child_status(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return a status of a child that the actor may read, else None."""
    return entry(session, actor, moment, reference, EntryKind.CHILD_STATUS)
