"""The board of a meeting: everybody writes, nobody takes away what somebody else wrote (S06)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.part_sights import BoardEntryInSight
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.boards import BoardEntry
from coordinator.models.families import Person
from coordinator.models.meetings import Invitation
from coordinator.services import addresses
from coordinator.services.plans import stamp, unchanged_since
from coordinator.vocabulary import BoardSide, Level


def add(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    side: BoardSide,
    text: str,
    said_by: str = "",
) -> str:
    """Write a strength, a worry or a need on the board; return its reference.

    `said_by` names whose words they are: the reference of an invitation to the meeting or of a
    member of the family; empty for the actor's own.  Raises `InvalidError`.
    """
    addresses.stop(session, actor, meeting.family, text=text)
    entry = BoardEntry(
        **stamp(actor, moment, meeting.family, Level.OPEN),
        meeting_id=meeting.id,
        side=side,
        text=text,
        **_said_by(session, actor, meeting, said_by),
    )
    session.add(entry)
    session.flush()
    return entry.reference


def answer(
    session: Session, actor: Actor, moment: Moment, entry: BoardEntryInSight, text: str
) -> str:
    """Answer what stands on the board; it stands beneath it.  Returns its reference."""
    addresses.stop(session, actor, entry.family, text=text)
    answered = session.get_one(BoardEntry, entry.id)
    reply = BoardEntry(
        **stamp(actor, moment, entry.family, answered.level),
        meeting_id=answered.meeting_id,
        answers_id=answered.answers_id or answered.id,
        side=answered.side,
        text=text,
    )
    session.add(reply)
    session.flush()
    return reply.reference


def change(
    session: Session, actor: Actor, entry: BoardEntryInSight, version: int | None, text: str
) -> None:
    """Let an author change their own words.  Raises `ConflictError` if they changed meanwhile."""
    addresses.stop(session, actor, entry.family, text=text)
    record = session.get_one(BoardEntry, entry.id)
    unchanged_since(session, record, version, text=record.text)
    record.text = text
    session.flush()


def _said_by(
    session: Session, actor: Actor, meeting: MeetingInSight, reference: str
) -> dict[str, int | None]:
    """Return whose words are written down, as columns; nothing for the actor's own."""
    if not reference:
        return {}
    asked = session.scalars(
        select(Invitation).where(
            Invitation.meeting_id == meeting.id,
            Invitation.reference == reference,
            Invitation.removed_at.is_(None),
        )
    ).one_or_none()
    if asked is not None:
        if asked.account_id == actor.account_id:
            return {}
        return {
            "said_by_account_id": asked.account_id,
            "said_by_guest_id": asked.guest_id,
            "said_by_person_id": asked.person_id,
        }
    person_id = session.scalar(
        select(Person.id).where(
            Person.family_id == meeting.family.id, Person.reference == reference
        )
    )
    if person_id is None:
        raise InvalidError({"said_by": "Choose somebody who is invited, or of the family"})
    return {"said_by_person_id": person_id}
