"""Finding a mark that somebody made by hand on the joint protocol of a family."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.find_entries import entry_facts, one_of
from coordinator.access.sights import EntryInSight, Moment
from coordinator.access.ways import way_of
from coordinator.models.protocol import ProtocolMark


@dataclass(frozen=True)
class ProtocolMarkInSight(EntryInSight):
    """A mark; `stands`: nobody took it back."""

    stands: bool


MARK = one_of(ProtocolMark, ProtocolMark.taken_back_at.is_(None).label("stands"))


def protocol_mark(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> ProtocolMarkInSight | None:
    """Return a mark that the actor may read, else None."""
    row = MARK.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    return ProtocolMarkInSight(**entry_facts(row, way), stands=bool(row.stands)) if way else None
