"""What is taken to supervision: decided, waiting, and a worker who needs help (E52, E39)."""

from sqlalchemy.orm import Session

from coordinator.access import find_supervision
from coordinator.demo.teller import LostThreadError, scene
from coordinator.services import supervision

VISITS = "Amira and the social worker visit together until the new year, and then look again."
AUNT = "Ask the aunt what she can take on before the next core group."


def load(session: Session) -> None:
    """Tell it.  The caller commits."""
    _decided(session, "Amira", "Dana", "LANE-01", 20, VISITS)
    _decided(session, "Ben", "Dev", "HILL-06", 9, AUNT)
    _take(session, "Ben", "LANE-01", 2)
    _take(session, "Amira", "DOVE-04", 1, needs_help=True)


def _decided(
    session: Session, worker: str, manager: str, family: str, ago: int, decision: str
) -> None:
    taken = _take(session, worker, family, ago + 3)
    with scene(session, manager, family, ago=ago, at="14:10", does="supervision.change") as told:
        line = find_supervision.supervision(session, told.actor, told.moment, taken)
        if line is None:
            raise LostThreadError(taken)
        supervision.discussed(session, told.actor, told.moment, line, told.moment.today, decision)


def _take(session: Session, worker: str, family: str, ago: int, *, needs_help: bool = False) -> str:
    with scene(session, worker, family, ago=ago, at="16:40", does="supervision.take") as told:
        return supervision.take(
            session,
            told.actor,
            told.moment,
            told.family,
            told.worker(worker),
            needs_help=needs_help,
        )
