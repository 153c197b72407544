"""Telling of agendas in parts, of what stands on a board, and of minutes."""

from sqlalchemy.orm import Session

from coordinator.access import find_parts
from coordinator.access.part_sights import MinutesInSight
from coordinator.demo.gatherings import seen
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.reads import minutes as reads
from coordinator.services import agendas, boards, minutes
from coordinator.services.agendas import Closing, Part
from coordinator.services.minutes import Taken
from coordinator.vocabulary import BoardSide, ClosedReason


def parted(session: Session, name: str, meeting: str, ago: int, parts: tuple[Part, ...]) -> None:
    """Let somebody plan the parts of a meeting, all open to both agencies."""
    with scene(session, name, ago=ago, at="14:05", does="agendas.write") as telling:
        for part in parts:
            agendas.add(session, telling.actor, telling.moment, seen(telling, meeting), part)


def closed_part(session: Session, name: str, meeting: str, ago: int, part: Part, note: str) -> None:
    """Let somebody add a part that is closed to the other agency, as therapy content."""
    with scene(session, name, ago=ago, at="14:20", does="agendas.write") as telling:
        agendas.add(
            session,
            telling.actor,
            telling.moment,
            seen(telling, meeting),
            part,
            Closing(ClosedReason.THERAPY, note),
        )


def on_the_board(
    session: Session, name: str, meeting: str, ago: int, side: BoardSide, text: str
) -> None:
    """Let somebody write on the board of a meeting."""
    with scene(session, name, ago=ago, at="15:10", does="boards.write") as telling:
        boards.add(session, telling.actor, telling.moment, seen(telling, meeting), side, text)


def minuted(session: Session, name: str, meeting: str, ago: int, taken: Taken) -> None:
    """Let the minute taker write the minutes and close them; `taken.records` is by title."""
    with scene(session, name, ago=ago, at="17:40", does="minutes.write") as telling:
        sight = _sight(telling, meeting)
        now = reads.taken(session, telling.actor, sight)
        records = {part.reference: taken.records.get(part.title, "") for part in now.parts}
        whole = Taken(
            records,
            {part.reference: part.there for part in now.parts},
            taken.decided,
            taken.parents_view,
        )
        minutes.save(session, telling.actor, telling.moment, sight, now.version, whole)
        minutes.close(session, telling.actor, telling.moment, sight, taken.parents_view, "", "")


def _sight(telling: Scene, meeting: str) -> MinutesInSight:
    sight = find_parts.minutes(telling.session, telling.actor, telling.moment, meeting)
    if sight is None:
        raise LostThreadError(meeting)
    return sight
