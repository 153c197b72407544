"""The list of kinds of meeting, which an administrator keeps."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import MeetingKindInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.meetings import MeetingKind
from coordinator.services.former_words import keeping
from coordinator.vocabulary import AgencyKind, Procedure, WordList


def add(
    session: Session,
    name: str,
    called_by: AgencyKind | None,
    procedure: Procedure | None = None,
) -> str:
    """Add a kind at the end of the list; return its reference.

    `called_by` is the kind of agency that usually calls it, or None for either; `procedure` what
    it is to the clocks.  Raises `InvalidError` for a name that is there already.
    """
    _free(session, name)
    last = session.scalar(select(func.max(MeetingKind.position)))
    kind = MeetingKind(
        name=name, called_by=called_by, procedure=procedure, position=(last or 0) + 1
    )
    session.add(kind)
    session.flush()
    return kind.reference


def rename(
    session: Session,
    actor: Actor,
    moment: Moment,
    kind: MeetingKindInSight,
    name: str,
    called_by: AgencyKind | None,
    procedure: Procedure | None = None,
) -> None:
    """Change a kind, also on the meetings that were held; what it said before is kept.

    Raises `InvalidError` as `add` does.
    """
    record = session.get_one(MeetingKind, kind.id)
    if name != record.name:
        _free(session, name)
    with keeping(session, actor, moment, WordList.MEETING_KINDS, kind.reference, record):
        record.name, record.called_by, record.procedure = name, called_by, procedure


def retire(session: Session, kind: MeetingKindInSight, *, retired: bool) -> None:
    """Take a kind off the list for new meetings, or put it back; old meetings keep it."""
    session.get_one(MeetingKind, kind.id).retired = retired
    session.flush()


def _free(session: Session, name: str) -> None:
    if name.casefold() in (known.casefold() for known in session.scalars(select(MeetingKind.name))):
        raise InvalidError({"name": "There is a kind of meeting with this name already"})
