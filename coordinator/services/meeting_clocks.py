"""What a meeting does to the clocks: arranged, moved, cancelled, held.

Whose deadlines these are is whose meeting it is, at its level and for its readers.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import Moment
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.meetings import Meeting, MeetingKind
from coordinator.reads import quoracy
from coordinator.services.deadlines import Happened, happened, of_an_entry, readers_of
from coordinator.vocabulary import CONFERENCES, ClockEvent, DeadlineState, Procedure

PLANNED: dict[Procedure | None, ClockEvent] = {
    Procedure.INITIAL_CONFERENCE: ClockEvent.INITIAL_PLANNED,
    Procedure.REVIEW_CONFERENCE: ClockEvent.REVIEW_PLANNED,
}
HELD: dict[Procedure | None, ClockEvent] = {
    Procedure.STRATEGY_DISCUSSION: ClockEvent.STRATEGY_DISCUSSION,
    Procedure.INITIAL_CONFERENCE: ClockEvent.INITIAL_CONFERENCE,
    Procedure.REVIEW_CONFERENCE: ClockEvent.REVIEW_CONFERENCE,
    Procedure.CORE_GROUP: ClockEvent.CORE_GROUP,
    Procedure.CARE_PLAN_REVIEW: ClockEvent.CARE_PLAN_REVIEW,
}


def arranged(session: Session, moment: Moment, meeting: Meeting) -> None:
    """Start what is due before a meeting that was arranged, or moved to another time."""
    if event := PLANNED.get(_procedure(session, meeting)):
        _tell(session, moment, meeting, event)


def cancelled(session: Session, meeting: Meeting) -> None:
    """End what was due before a meeting that does not take place."""
    for deadline in session.scalars(
        select(Deadline)
        .join(ClockRule, ClockRule.id == Deadline.rule_id)
        .where(
            Deadline.meeting_id == meeting.id,
            Deadline.state == DeadlineState.RUNNING,
            ClockRule.before.is_(True),
        )
    ):
        deadline.state = DeadlineState.NOT_NEEDED
        deadline.ended_reason = "The meeting was cancelled"
    session.flush()


def held(session: Session, moment: Moment, meeting: Meeting) -> None:
    """Meet and start what a meeting that was held meets and starts.

    A conference that was not quorate meets nothing: it has to meet again, unless its chair let it
    go ahead (R6).
    """
    procedure = _procedure(session, meeting)
    event = HELD.get(procedure)
    if procedure not in CONFERENCES:
        if event:
            _tell(session, moment, meeting, event)
        return
    found = quoracy.of_meeting(session, moment, meeting.id)
    if found and not found.decides:
        _tell(session, moment, meeting, ClockEvent.NOT_QUORATE)
    elif found and event:
        _tell(session, moment, meeting, event)
        _tell(session, moment, meeting, ClockEvent.CONFERENCE)


def _procedure(session: Session, meeting: Meeting) -> Procedure | None:
    return session.scalar(select(MeetingKind.procedure).where(MeetingKind.id == meeting.kind_id))


def _tell(session: Session, moment: Moment, meeting: Meeting, event: ClockEvent) -> None:
    happened(
        session,
        moment,
        of_an_entry(meeting),
        Happened(event, meeting.starts_at, meeting_id=meeting.id),
        readers_of(session, meeting),
    )
