"""Finding a line of somebody's supervision, through its family and the one sharing rule."""

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.find_entries import entry_facts, one_of
from coordinator.access.sights import Moment
from coordinator.access.supervision_rules import SupervisionInSight
from coordinator.access.ways import way_of
from coordinator.models.supervision import Supervision

SUPERVISION = one_of(
    Supervision,
    Supervision.worker_id,
    Supervision.team_id,
    Supervision.discussed_on,
    Supervision.withdrawn_at,
)


def supervision(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> SupervisionInSight | None:
    """Return a line that the actor may read, else None."""
    row = SUPERVISION.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if way is None:
        return None
    return SupervisionInSight(
        **entry_facts(row, way),
        worker_id=row.worker_id,
        team_id=row.team_id,
        waits=row.discussed_on is None and row.withdrawn_at is None,
    )
