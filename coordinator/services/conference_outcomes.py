"""What a conference decided about each child; it becomes the child's status (issue 4, 10)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.child_statuses import ConferenceOutcome, StatusOfChild
from coordinator.models.entries import EntryReader
from coordinator.models.meetings import Meeting, MeetingKind
from coordinator.reads import quoracy
from coordinator.services import addresses, child_statuses, deadlines, meeting_clocks
from coordinator.services.child_statuses import NewStatus
from coordinator.services.deadlines import in_its_circle, of_an_entry, readers_of
from coordinator.services.plans import stamp
from coordinator.vocabulary import CONFERENCES, EXPLAINED, ChildStatus, ClockEvent, MeetingState


@dataclass(frozen=True)
class Decided:
    """What was decided about one child (a reference), and who decided it."""

    child: str
    status: ChildStatus
    explanation: str = ""
    decided_by: str = ""


def record(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    wanted: Decided,
) -> str:
    """Write down what a conference decided about a child; return the outcome's reference.

    The child's status changes with it, from the day of the conference, and the clocks that
    follow start.  Raises `InvalidError`: for another meeting, one that was not held or neither was
    quorate nor went ahead, and for a child who has an outcome of it already.
    """
    addresses.stop(session, actor, meeting.family, explanation=wanted.explanation)
    held = session.get_one(Meeting, meeting.id)
    procedure = session.scalar(select(MeetingKind.procedure).where(MeetingKind.id == held.kind_id))
    if procedure not in CONFERENCES:
        raise InvalidError("Only a conference decides about a child’s plan")
    if held.state is not MeetingState.HELD:
        raise InvalidError("Say first who came to the conference")
    found = quoracy.of_meeting(session, moment, held.id)
    if found and not found.decides:
        raise InvalidError(f"{found.words} It cannot decide; it has to meet again")
    person_id = child_statuses.children(session, meeting.family).get(wanted.child)
    if person_id is None:
        raise InvalidError({"child": "Choose a child of this family"})
    if session.scalar(
        select(ConferenceOutcome.id).where(
            ConferenceOutcome.meeting_id == held.id, ConferenceOutcome.person_id == person_id
        )
    ):
        raise InvalidError({"child": "What was decided about this child is written down already"})
    day = clock.local(held.starts_at).date()
    stamped = stamp(actor, moment, meeting.family, held.level)
    readers = readers_of(session, held)
    outcome = ConferenceOutcome(
        **stamped,
        meeting_id=held.id,
        person_id=person_id,
        status=wanted.status,
        decided_on=day,
        explanation=wanted.explanation or EXPLAINED[wanted.status],
        decided_by=wanted.decided_by or "The conference",
    )
    session.add(outcome)
    session.flush()
    session.add_all(EntryReader(entry_id=outcome.id, account_id=reader) for reader in readers)
    if not _has(session, stamped, person_id, wanted.status, day):
        new = NewStatus(wanted.status, day, wanted.explanation)
        child_statuses.write(session, moment, stamped, person_id, new, readers)
    return outcome.reference


def go_ahead(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight, reason: str
) -> None:
    """Let a conference that was not quorate decide all the same (R6, "chair may accept").

    The reason is kept, and the trail says so; the clocks run on as after any conference.  Raises
    `InvalidError` for a meeting that need not.
    """
    addresses.stop(session, actor, meeting.family, reason=reason)
    record = session.get_one(Meeting, meeting.id, with_for_update=True)
    found = quoracy.of_meeting(session, moment, record.id)
    if found is None or found.decides:
        raise InvalidError("This meeting need not be let go ahead")
    record.without_quorum = reason
    session.flush()
    again = (ClockEvent.NOT_QUORATE,)
    deadlines.lapse(session, moment, of_an_entry(record), again, None, "The conference went ahead")
    meeting_clocks.held(session, moment, record)


def _has(
    session: Session, stamped: dict[str, Any], person_id: int, status: ChildStatus, day: date
) -> bool:
    """Whether the child has this status already: a review may decide that it goes on."""
    return (
        session.scalar(
            select(StatusOfChild.id).where(
                in_its_circle(StatusOfChild, stamped),
                StatusOfChild.person_id == person_id,
                StatusOfChild.status == status,
                StatusOfChild.starts_on <= day,
                StatusOfChild.ends_on.is_(None),
            )
        )
        is not None
    )
