"""The list of kinds of visit, which an administrator keeps."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.access.visit_rules import VisitKindInSight
from coordinator.errors import InvalidError
from coordinator.models.visits import VisitKind
from coordinator.services.former_words import keeping
from coordinator.vocabulary import WordList


def add(session: Session, name: str, *, joint: bool, observes: bool, supervises: bool) -> str:
    """Add a kind at the end of the list; return its reference.

    Raises `InvalidError` for a name that is there already.
    """
    _free(session, name)
    last = session.scalar(select(func.max(VisitKind.position)))
    kind = VisitKind(
        name=name,
        joint=joint,
        observes=observes,
        supervises=supervises,
        position=(last or 0) + 1,
    )
    session.add(kind)
    session.flush()
    return kind.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    kind: VisitKindInSight,
    name: str,
    *,
    joint: bool,
    observes: bool,
    supervises: bool,
    retired: bool,
) -> None:
    """Change a kind, or take it off the list for new visits; what it said before is kept.

    Raises `InvalidError` as `add` does.
    """
    record = session.get_one(VisitKind, kind.id)
    if name != record.name:
        _free(session, name)
    with keeping(session, actor, moment, WordList.VISIT_KINDS, kind.reference, record):
        record.name, record.joint, record.observes = name, joint, observes
        record.supervises, record.retired = supervises, retired


def _free(session: Session, name: str) -> None:
    if name.casefold() in (known.casefold() for known in session.scalars(select(VisitKind.name))):
        raise InvalidError({"name": "There is a kind of visit with this name already"})
