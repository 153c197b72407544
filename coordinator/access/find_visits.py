"""Finding a visit, a week with many contacts, and a kind of visit."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.find_entries import entry, entry_facts, one_of
from coordinator.access.sights import EntryInSight, Moment
from coordinator.access.visit_rules import VisitInSight, VisitKindInSight
from coordinator.access.ways import way_of
from coordinator.models.visits import Visit, VisitKind
from coordinator.vocabulary import EntryKind

VISIT = one_of(
    Visit,
    Visit.state,
    Visit.owner_id,
    Visit.owner_agency_id,
    Visit.second_id,
    Visit.second_agency_id,
)


def visit(session: Session, actor: Actor, moment: Moment, reference: str) -> VisitInSight | None:
    """Return a visit that the actor may read, else None."""
    row = VISIT.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if row is None or way is None:
        return None
    owners = {(row.owner_id, row.owner_agency_id), (row.second_id, row.second_agency_id)}
    return VisitInSight(
        **entry_facts(row, way), state=row.state, owners=frozenset(owners - {(None, None)})
    )


def full_week(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> EntryInSight | None:
    """Return a week with many contacts that the actor may read of, else None."""
    return entry(session, actor, moment, reference, EntryKind.FULL_WEEK)


def visit_kind(
    session: Session,
    actor: Actor,
    moment: Moment,
    reference: str,
) -> VisitKindInSight | None:
    """Return a kind of visit; the policy keeps changing it for administrators."""
    row = session.execute(
        select(VisitKind.id, VisitKind.reference).where(VisitKind.reference == reference)
    ).one_or_none()
    return VisitKindInSight(*row) if row else None
