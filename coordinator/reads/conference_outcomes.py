"""What conferences decided about the children of a family."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, MeetingInSight, PersonInSight
from coordinator.models.child_statuses import ConferenceOutcome
from coordinator.models.families import Person
from coordinator.models.meetings import Meeting
from coordinator.vocabulary import ChildStatus

Conference: Any = aliased(Meeting, flat=True)


@dataclass(frozen=True)
class Outcome:
    """What was decided about one child, when and by whom; `meeting` is a reference."""

    reference: str
    child: str
    meeting: str
    status: ChildStatus
    decided_on: date
    explanation: str
    decided_by: str


def of_meeting(session: Session, actor: Actor, meeting: MeetingInSight) -> tuple[Outcome, ...]:
    """Return what a conference decided, child by child.  One statement."""
    return _found(session, actor, meeting.family, ConferenceOutcome.meeting_id == meeting.id)


def of_child(session: Session, actor: Actor, person: PersonInSight) -> tuple[Outcome, ...]:
    """Return what was decided about a child, the first first.  One statement."""
    return _found(session, actor, person.family, ConferenceOutcome.person_id == person.id)


def of_family(session: Session, actor: Actor, family: FamilyInSight) -> tuple[Outcome, ...]:
    """Return what was decided about the children of a family.  One statement."""
    return _found(session, actor, family, ConferenceOutcome.family_id == family.id)


def _found(
    session: Session, actor: Actor, family: FamilyInSight, which: Any
) -> tuple[Outcome, ...]:
    rows = session.execute(
        select(
            ConferenceOutcome.reference,
            Person.name,
            Conference.reference,
            ConferenceOutcome.status,
            ConferenceOutcome.decided_on,
            ConferenceOutcome.explanation,
            ConferenceOutcome.decided_by,
        )
        .join(Person, Person.id == ConferenceOutcome.person_id)
        .join(Conference, Conference.id == ConferenceOutcome.meeting_id)
        .where(which, ConferenceOutcome.family_id == family.id, readable_in(actor, family))
        .order_by(ConferenceOutcome.decided_on, Person.id)
    )
    return tuple(Outcome(*row) for row in rows)
