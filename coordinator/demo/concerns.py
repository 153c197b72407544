"""Two concerns about working together: one answered, one that waits (E22)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_concerns
from coordinator.access.concern_rules import ConcernInSight
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.models.directory import Team
from coordinator.services import joint_concerns
from coordinator.vocabulary import ConcernKind

NORTH, EAST = "Northside CMHT", "Eastway Family Support"
VISITS = (
    "Twice this month the visits that we had agreed with the parent did not happen, and we heard of"
    " it from her."
)
LATE = "Papers for our reviews come on the morning itself, so nobody can read them."
CAME = (
    "Papers now go out three working days before. What is late is read out first, so that nobody"
    " decides on what they have not seen."
)


def load(session: Session) -> None:
    """Tell them.  The caller commits."""
    late = _raise(session, "Ben", 40, ConcernKind.NOT_TOLD, EAST, NORTH, LATE)
    with scene(session, "Dana", ago=36, at="09:15", does="working-together.take-up") as told:
        joint_concerns.take_up(session, told.actor, _seen(told, late))
    with scene(session, "Dana", ago=29, at="16:30", does="working-together.close") as told:
        joint_concerns.close(session, told.moment, _seen(told, late), CAME)
    with scene(session, "Ben", ago=28, at="08:50", does="working-together.hear") as told:
        joint_concerns.hear(session, told.moment, _seen(told, late))
    _raise(session, "Amira", 3, ConcernKind.SUPPORT_NOT_GIVEN, NORTH, EAST, VISITS)


def _raise(
    session: Session, name: str, ago: int, kind: ConcernKind, team: str, about: str, text: str
) -> str:
    with scene(session, name, ago=ago, at="12:20", does="working-together.raise") as told:
        ours, theirs = (
            session.scalars(select(Team.reference).where(Team.name == one)).one()
            for one in (team, about)
        )
        return joint_concerns.raise_one(session, told.actor, told.moment, kind, ours, theirs, text)


def _seen(told: Scene, reference: str) -> ConcernInSight:
    found = find_concerns.joint_concern(told.session, told.actor, told.moment, reference)
    if found is None:
        raise LostThreadError(reference)
    return found
