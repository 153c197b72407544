"""An agenda in parts: each open to both agencies on the case, or closed to one with a reason (E12).

The first item of every agenda, what is still to be done, is nobody's work: reads/agendas.py puts
it there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.part_sights import PartInSight
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, MeetingInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.agendas import AgendaPart, GroundRules, InvitationPart
from coordinator.models.entries import EntryReader
from coordinator.models.meetings import Invitation, Meeting
from coordinator.services import addresses, invitations, readers
from coordinator.services.former_words import keeping
from coordinator.services.plans import stamp, unchanged_since
from coordinator.services.sharing_facts import (
    NARROWED,
    NO_FACTS,
    Facts,
    check_facts,
    leave_record,
)
from coordinator.vocabulary import (
    DEFAULT_NOTICE,
    ClosedReason,
    Level,
    MeetingState,
    Notice,
    WordList,
)


@dataclass(frozen=True)
class Part:
    """What a part is called, what it is about, and its length in minutes."""

    title: str
    what: str
    length: int


@dataclass(frozen=True)
class Closing:
    """Why a part is closed to the other agency: a category that it reads, and a line it does not.

    `also` are references of accounts on the case who are there all the same, such as the minute
    taker.
    """

    reason: ClosedReason | None
    note: str
    also: tuple[str, ...] = ()


def add(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    part: Part,
    closing: Closing | None = None,
) -> str:
    """Add a part to the end of the agenda, and return its reference.  Raises `InvalidError`."""
    also = _check(session, actor, moment, meeting.family, part, closing)
    last = session.scalar(
        select(func.max(AgendaPart.position)).where(AgendaPart.meeting_id == meeting.id)
    )
    record = AgendaPart(
        **stamp(actor, moment, meeting.family, Level.OWN_AGENCY if closing else Level.OPEN),
        meeting_id=meeting.id,
        position=(last or 0) + 1,
        title=part.title,
        what=part.what,
        length=part.length,
    )
    session.add(record)
    session.flush()
    if closing:
        _close(session, actor, moment, record, Level.OPEN, closing, also)
    return record.reference


def change(
    session: Session, actor: Actor, part: PartInSight, version: int | None, wanted: Part
) -> None:
    """Change what a part is called, its text or its length.  Raises `ConflictError`."""
    record = session.get_one(AgendaPart, part.id)
    length = f"{record.length} minutes"
    unchanged_since(session, record, version, title=record.title, what=record.what, length=length)
    addresses.stop(session, actor, part.family, title=wanted.title, what=wanted.what)
    record.title, record.what, record.length = wanted.title, wanted.what, wanted.length
    session.flush()


def close(
    session: Session, actor: Actor, moment: Moment, part: PartInSight, closing: Closing
) -> None:
    """Close an open part to the other agency, with its reason.  Raises `InvalidError`."""
    record = session.get_one(AgendaPart, part.id)
    if record.level is not Level.OPEN:
        raise InvalidError("This part is closed already")
    wanted = Part(record.title, record.what, record.length)
    also = _check(session, actor, moment, part.family, wanted, closing)
    record.level = Level.OWN_AGENCY
    _close(session, actor, moment, record, Level.OPEN, closing, also)


def open_again(
    session: Session, actor: Actor, moment: Moment, part: PartInSight, facts: Facts
) -> None:
    """Open a closed part to the other agency: an act of sharing, with its facts (sharing.md).

    Raises `InvalidError`.
    """
    record = session.get_one(AgendaPart, part.id)
    if record.level is Level.OPEN:
        raise InvalidError("This part is open already")
    grounds = check_facts(session, actor, moment, part.family, facts, part.id)
    before = record.level
    record.level, record.notice = Level.OPEN, DEFAULT_NOTICE[Level.OPEN]
    record.closed_reason, record.closed_note = None, ""
    for reader in session.scalars(select(EntryReader).where(EntryReader.entry_id == part.id)):
        session.delete(reader)
    session.flush()
    leave_record(session, actor, moment, record, before, facts, "", frozenset(), grounds)


def move_up(session: Session, actor: Actor, part: PartInSight) -> None:
    """Let a part come before the one that the actor sees before it."""
    record = session.get_one(AgendaPart, part.id)
    before = session.scalars(
        select(AgendaPart)
        .where(
            AgendaPart.meeting_id == record.meeting_id,
            AgendaPart.position < record.position,
            AgendaPart.dropped.is_(False),
            readable_in(actor, part.family),
        )
        .order_by(AgendaPart.position.desc())
        .limit(1)
    ).one_or_none()
    if before is not None:
        before.position, record.position = record.position, before.position
        session.flush()


def drop(session: Session, part: PartInSight) -> None:
    """Take a part off the agenda; what it said stays on record."""
    session.get_one(AgendaPart, part.id).dropped = True
    session.flush()


def ask_to_parts(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    invitation: str,
    parts: Sequence[str],
) -> None:
    """Ask somebody to some parts only, by their references, or with none of them to all.

    A worker gets an update with the times.  Raises `InvalidError`.
    """
    asked = session.scalars(
        select(Invitation).where(
            Invitation.meeting_id == meeting.id,
            Invitation.reference == invitation,
            Invitation.removed_at.is_(None),
        )
    ).one_or_none()
    if asked is None:
        raise InvalidError({"invitation": "Choose somebody who is invited"})
    offered = {
        row.reference: row.id
        for row in session.execute(
            select(AgendaPart.reference, AgendaPart.id).where(
                AgendaPart.meeting_id == meeting.id,
                AgendaPart.dropped.is_(False),
                readable_in(actor, meeting.family),
            )
        )
    }
    if any(part not in offered for part in parts):
        raise InvalidError({"parts": "Choose from the parts that are listed"})
    wanted = {offered[part] for part in parts}
    there = {
        row.part_id: row
        for row in session.scalars(
            select(InvitationPart).where(InvitationPart.invitation_id == asked.id)
        )
    }
    for part_id in there.keys() - wanted:
        session.delete(there[part_id])
    session.add_all(
        InvitationPart(invitation_id=asked.id, part_id=part_id)
        for part_id in sorted(wanted - there.keys())
    )
    session.flush()
    if wanted != there.keys() and asked.account_id:
        record = session.get_one(Meeting, meeting.id)
        if record.state is MeetingState.PLANNED:
            record.sequence += 1
            invitations.tell(session, moment, record, [asked.account_id], MailKind.UPDATE)
            session.flush()


def write_ground_rules(
    session: Session, actor: Actor, moment: Moment, version: int | None, text: str
) -> None:
    """Change the ground rules of the area, a rule a line; those before are kept.

    Raises `ConflictError`.
    """
    record = session.scalars(select(GroundRules)).one()
    if version != record.version:
        raise ConflictError({"text": record.text}, record.version)
    with keeping(session, actor, moment, WordList.GROUND_RULES, "", record):
        record.text = text


def _check(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    part: Part,
    closing: Closing | None,
) -> frozenset[int]:
    """Return who else reads a closed part.  Raises `InvalidError` for what is missing."""
    texts = {"title": part.title, "what": part.what}
    also: frozenset[int] = frozenset()
    if closing:
        problems = {}
        if closing.reason is None:
            problems["closed_reason"] = "Choose why it is closed"
        if not closing.note:
            problems["closed_note"] = "Say in a line why it is closed"
        people = readers.circle(session, moment, family.id, actor.agency_id).accounts
        if any(reference not in people for reference in closing.also):
            problems["also"] = "Choose from the people who are listed"
        if problems:
            raise InvalidError(problems)
        texts["closed_note"] = closing.note
        also = frozenset(people[reference] for reference in closing.also)
    addresses.stop(session, actor, family, **texts)
    return also


def _close(
    session: Session,
    actor: Actor,
    moment: Moment,
    record: AgendaPart,
    before: Level,
    closing: Closing,
    also: frozenset[int],
) -> None:
    """Close a part; its notice stays with everybody, so that it is seen to be closed."""
    record.closed_reason, record.closed_note = closing.reason, closing.note
    record.notice = Notice.EVERYONE
    named = also - {actor.account_id, record.author_id}
    session.flush()
    readers.add(session, record.id, named)
    why = f"{closing.reason.label if closing.reason else ''}: {closing.note}"
    leave_record(session, actor, moment, record, before, NO_FACTS, why, named, NARROWED)
