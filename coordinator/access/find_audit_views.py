"""Finding a saved view of the audit: for whoever saved it, and for nobody else."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.audit_views import AuditView


@dataclass(frozen=True)
class AuditViewInSight:
    """A saved view of the actor's own."""

    id: int
    reference: str
    name: str


def audit_view(
    session: Session,
    actor: Actor,
    moment: Moment,  # noqa: ARG001  (as every finder is asked)
    reference: str,
) -> AuditViewInSight | None:
    """Return a view that the actor saved, else None.  One statement."""
    row = session.execute(
        select(AuditView.id, AuditView.reference, AuditView.name).where(
            AuditView.reference == reference, AuditView.account_id == actor.account_id
        )
    ).one_or_none()
    return AuditViewInSight(*row) if row else None
