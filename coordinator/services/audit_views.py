"""Keeping a question to the audit under a name, renaming it, deleting it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.find_audit_views import AuditViewInSight
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.audit_views import LONGEST, AuditView

MOST = 20


def save(session: Session, actor: Actor, moment: Moment, name: str, question: str) -> None:
    """Keep a question (the query of an address) as a view of the actor's own.

    Raises `InvalidError` for a name that the actor used already, for one view more than `MOST`,
    and for a question that is too long to keep.
    """
    _free(session, actor, name)
    if len(_names(session, actor)) >= MOST:
        raise InvalidError({"": f"You keep {MOST} views already. Delete one first"})
    if len(question) > LONGEST:
        raise InvalidError({"": "This question is too long to keep. Ask for less at once"})
    session.add(
        AuditView(account_id=actor.account_id, name=name, question=question, saved_at=moment.now)
    )
    session.flush()


def rename(session: Session, actor: Actor, view: AuditViewInSight, name: str) -> None:
    """Give a view another name.  Raises `InvalidError` for one that the actor used already."""
    _free(session, actor, name, view.id)
    session.get_one(AuditView, view.id).name = name
    session.flush()


def delete(session: Session, view: AuditViewInSight) -> None:
    """Delete a view."""
    session.delete(session.get_one(AuditView, view.id))
    session.flush()


def _names(session: Session, actor: Actor) -> dict[int, str]:
    """Return the names of the actor's views, by number."""
    rows = session.execute(
        select(AuditView.id, AuditView.name).where(AuditView.account_id == actor.account_id)
    )
    return {row.id: row.name for row in rows}


def _free(session: Session, actor: Actor, name: str, but: int | None = None) -> None:
    names = {one.casefold() for key, one in _names(session, actor).items() if key != but}
    if name.casefold() in names:
        raise InvalidError({"name": "You have a view of this name already"})
