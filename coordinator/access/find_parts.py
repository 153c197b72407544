"""Finding a part of a meeting, its minutes and a line on its board, by the one sharing rule."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access import find_entries
from coordinator.access.actor import Actor
from coordinator.access.find_entries import entry_facts, one_of
from coordinator.access.part_sights import BoardEntryInSight, MinutesInSight, PartInSight
from coordinator.access.sights import Moment
from coordinator.access.ways import way_of
from coordinator.models.agendas import AgendaPart
from coordinator.models.boards import BoardEntry
from coordinator.models.meetings import Meeting
from coordinator.models.minutes import Minutes

_Of = aliased(Meeting, flat=True)
_Minutes = aliased(Minutes, flat=True)


def _of_meeting(part: Any, column: Any) -> Any:
    return select(column).where(_Of.id == part.meeting_id).scalar_subquery()


def _closed_at(meeting_id: Any) -> Any:
    return (
        select(_Minutes.closed_at)
        .where(_Minutes.meeting_id == meeting_id)
        .scalar_subquery()
        .label("closed_at")
    )


MINUTES = one_of(
    Meeting,
    Meeting.state,
    Meeting.chair_id,
    Meeting.minute_taker_id,
    find_entries.my_invitation,
    _closed_at(Meeting.id),
)
PART = one_of(
    AgendaPart,
    AgendaPart.meeting_id,
    _of_meeting(AgendaPart, _Of.reference).label("meeting_reference"),
    _of_meeting(AgendaPart, _Of.state).label("meeting_state"),
    _of_meeting(AgendaPart, _Of.chair_id).label("chair_id"),
    _of_meeting(AgendaPart, _Of.minute_taker_id).label("minute_taker_id"),
    _closed_at(AgendaPart.meeting_id),
)
BOARD_ENTRY = one_of(
    BoardEntry,
    BoardEntry.meeting_id,
    BoardEntry.by_link_at,
    _of_meeting(BoardEntry, _Of.reference).label("meeting_reference"),
    _closed_at(BoardEntry.meeting_id),
)


def minutes(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> MinutesInSight | None:
    """Return the minutes of the meeting of this reference, as `find_entries.meeting` does."""
    row = MINUTES.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row, invited=row.invitation_id is not None) if row else None
    if not way:
        return None
    return MinutesInSight(
        **entry_facts(row, way),
        state=row.state,
        chair_id=row.chair_id,
        minute_taker_id=row.minute_taker_id,
        invitation_id=row.invitation_id,
        closed=row.closed_at is not None,
    )


def part(session: Session, actor: Actor, moment: Moment, reference: str) -> PartInSight | None:
    """Return a part of a meeting that the actor may read, else None."""
    row = PART.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if not way or row.meeting_reference is None:
        return None
    return PartInSight(
        **entry_facts(row, way),
        meeting_id=row.meeting_id,
        meeting_reference=row.meeting_reference,
        meeting_state=row.meeting_state,
        chair_id=row.chair_id,
        minute_taker_id=row.minute_taker_id,
        closed=row.closed_at is not None,
    )


def board_entry(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> BoardEntryInSight | None:
    """Return a line on a board that the actor may read, else None."""
    row = BOARD_ENTRY.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if not way or row.meeting_reference is None:
        return None
    return BoardEntryInSight(
        **entry_facts(row, way),
        meeting_id=row.meeting_id,
        meeting_reference=row.meeting_reference,
        closed=row.closed_at is not None,
        by_link=row.by_link_at is not None,
    )
