"""Which members of the family have their copy of what a meeting decided (E64, S31)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import MeetingInSight
from coordinator.models.families import Person
from coordinator.models.meetings import Invitation
from coordinator.reads.whom_to_call import Numbers


@dataclass(frozen=True)
class CopyOf:
    """One parent or carer who was invited (a reference), and when their copy was handed over.

    `language` is empty where it was not translated.
    """

    invitation: str
    name: str
    given_on: date | None
    language: str
    numbers: str

    def is_old(self, now: Numbers) -> bool:
        """Whether the copy that they have carries other numbers than those of today (P12)."""
        return self.given_on is not None and bool(self.numbers) and self.numbers != now.seal


def of_meeting(session: Session, meeting: MeetingInSight) -> tuple[CopyOf, ...]:
    """Return who of the family was invited, for people who see it.  One statement."""
    rows = session.execute(
        select(
            Invitation.reference,
            Person.name,
            Invitation.copy_given_on,
            Invitation.copy_language,
            Invitation.copy_numbers,
        )
        .join(Person, Person.id == Invitation.person_id)
        .where(
            Invitation.meeting_id == meeting.id,
            Person.family_id == meeting.family.id,
            Invitation.removed_at.is_(None),
        )
        .order_by(Invitation.id)
    )
    return tuple(CopyOf(*row) for row in rows)
