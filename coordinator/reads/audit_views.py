"""The saved views of the audit that are the reader's own."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.models.audit_views import AuditView


@dataclass(frozen=True)
class SavedView:
    """A view by its name; `question` is the query of the audit's address."""

    reference: str
    name: str
    question: str


def mine(session: Session, actor: Actor) -> tuple[SavedView, ...]:
    """Return the actor's own views, by name.  One statement."""
    rows = session.execute(
        select(AuditView.reference, AuditView.name, AuditView.question)
        .where(AuditView.account_id == actor.account_id)
        .order_by(AuditView.name, AuditView.id)
    )
    return tuple(SavedView(*row) for row in rows)
