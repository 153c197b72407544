"""Who was left out of a meeting, and why; for people who see the family."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import NotAsked
from coordinator.vocabulary import NotAskedReason


@dataclass(frozen=True)
class LeftOutPerson:
    """Somebody who should have been asked, and the reason."""

    name: str
    reason: NotAskedReason


def of_meeting(session: Session, meeting_id: int) -> tuple[LeftOutPerson, ...]:
    """Return who is left out of a meeting in sight.  One statement."""
    rows = session.execute(
        select(func.coalesce(Person.name, Guest.name), NotAsked.reason)
        .outerjoin(Person, Person.id == NotAsked.person_id)
        .outerjoin(Guest, Guest.id == NotAsked.guest_id)
        .where(NotAsked.meeting_id == meeting_id, NotAsked.ended_at.is_(None))
        .order_by(NotAsked.id)
    )
    return tuple(LeftOutPerson(*row) for row in rows)
