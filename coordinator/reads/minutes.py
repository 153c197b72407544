"""The minutes of a meeting: what was said in each part that the reader may read, and by whom."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import agenda
from coordinator.access.actor import Actor
from coordinator.access.part_sights import MinutesInSight
from coordinator.models.agendas import InvitationPart, PartAttendance
from coordinator.models.base import version_of
from coordinator.models.meetings import Invitation
from coordinator.models.minutes import Minutes
from coordinator.reads.agendas import FIRST_NUMBER, NAME, invited
from coordinator.vocabulary import Level, Reply

NOT_COMING = (Reply.DECLINED, Reply.DELEGATED)


@dataclass(frozen=True)
class Invited:
    """Somebody asked to a meeting."""

    id: int
    reference: str
    name: str
    comes: bool


@dataclass(frozen=True)
class TakenPart:
    """A part that its reader may read, with its minutes so far and who was there for it.

    `there` are references of invitations: who was, or before anything is written who is expected.
    """

    reference: str
    number: int
    title: str
    closed: bool
    record: str
    there: tuple[str, ...]


@dataclass(frozen=True)
class TakenMinutes:
    """The minutes as they are being written; `version` stands for all of them."""

    parts: tuple[TakenPart, ...]
    people: tuple[Invited, ...]
    decided: str
    parents_view: str
    version: int

    @property
    def words(self) -> dict[str, str]:
        """What is written, by the name of its field."""
        said = {field_of(part.reference): part.record for part in self.parts}
        return {**said, "decided": self.decided, "parents_view": self.parents_view}


def field_of(part: str) -> str:
    """Return the name of the field that holds the minutes of a part."""
    return f"record_{part}"


def taken(session: Session, actor: Actor, meeting: MinutesInSight) -> TakenMinutes:
    """Return the minutes as they stand.  Five statements."""
    rows = [row for row in agenda.rows(session, actor, meeting, minutes=True) if row.id is not None]
    numbered = [(number, row) for number, row in enumerate(rows, FIRST_NUMBER) if row.readable]
    people = tuple(
        Invited(row.id, row.reference, row.name, row.reply not in NOT_COMING)
        for row in session.execute(
            invited(select(Invitation.id, Invitation.reference, NAME, Invitation.reply), meeting.id)
        )
    )
    written = session.execute(
        select(Minutes.decided, Minutes.parents_view).where(Minutes.meeting_id == meeting.id)
    ).one_or_none()
    came = _by_part(session, PartAttendance, [row.id for _, row in numbered])
    asked = _by_part(session, InvitationPart, [row.id for _, row in numbered])
    narrowed = {one for invitations in asked.values() for one in invitations}
    parts = tuple(
        TakenPart(
            row.reference,
            number,
            row.title,
            row.level is not Level.OPEN,
            row.record,
            tuple(
                person.reference
                for person in people
                if (
                    person.id in came.get(row.id, ())
                    if written
                    else person.comes
                    and (person.id not in narrowed or person.id in asked.get(row.id, ()))
                    and row.level is Level.OPEN
                )
            ),
        )
        for number, row in numbered
    )
    decided, parents_view = written or ("", "")
    # Only what is written: a part that is added to the agenda meanwhile stops nobody.
    stands = [
        (part.reference, part.record, part.there if written else ())
        for part in parts
        if part.record or (written and part.there)
    ]
    version = version_of(stands, decided, parents_view)
    return TakenMinutes(parts, people, decided, parents_view, version)


def _by_part(session: Session, model: Any, parts: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in session.execute(
        select(model.part_id, model.invitation_id).where(model.part_id.in_(parts))
    ):
        found.setdefault(row.part_id, set()).add(row.invitation_id)
    return found
