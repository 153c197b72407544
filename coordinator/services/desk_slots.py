"""Booking a short slot with whoever sits at a shared desk, and what comes of it (E08)."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find, find_desks
from coordinator.access.actor import Actor
from coordinator.access.desk_sights import SlotInSight
from coordinator.access.letters import MailKind
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account
from coordinator.models.desks import Desk, DeskSlot, DeskTalk
from coordinator.reads import desk_slots as reads
from coordinator.services import addresses, contact_attempts, involvements, outbox, own_names
from coordinator.services.contact_attempts import Attempt
from coordinator.vocabulary import DEFAULT_NOTICE, Level, Mechanism, Outcome, SlotOutcome

TAKEN = "This slot is taken or over. Choose another"


def book(
    session: Session,
    actor: Actor,
    moment: Moment,
    colleagues: set[int],
    chosen: str,
    line: str,
    family: FamilyInSight | None = None,
) -> str:
    """Book a slot with one of these colleagues; return its reference.

    `chosen` is a `FreeSlot`'s value.  About a family, it is an open entry of it, too, and `line`
    stands there alone.  Raises `InvalidError` for a slot that is taken, past or not theirs.
    """
    desk = chosen.partition(" ")[0]
    # Two at once: the second waits here, and then finds the first.
    host_id = session.scalar(
        select(Desk.account_id).where(Desk.reference == desk).with_for_update()
    )
    if host_id is None or host_id not in colleagues or host_id == actor.account_id:
        raise InvalidError({"slot": TAKEN})
    free = {one.value: one for one in reads.free(session, moment, {host_id})}
    if chosen not in free:
        raise InvalidError({"slot": TAKEN})
    slot = free[chosen]
    if family:
        addresses.stop(session, actor, family, line=line)
    else:
        own_names.stop(session, actor, moment, line=line)
    record = DeskSlot(
        desk_id=slot.desk_id,
        day=slot.day,
        minute=slot.minute,
        booked_by_id=actor.account_id,
        line="" if family else line,
        booked_at=moment.now,
    )
    session.add(record)
    session.flush()
    if family:
        session.add(
            DeskTalk(
                family_id=family.id,
                author_id=actor.account_id,
                agency_id=actor.agency_id,
                level=Level.OPEN,
                notice=DEFAULT_NOTICE[Level.OPEN],
                created_at=moment.now,
                slot_id=record.id,
                with_id=host_id,
                what=line,
            )
        )
        session.flush()
    outbox.queue(session, moment, host_id, MailKind.SLOT_BOOKED, record.reference)
    return record.reference


def cancel(session: Session, actor: Actor, moment: Moment, slot: SlotInSight, word: str) -> None:
    """Cancel a slot with a word to the other, who gets a mail without it."""
    own_names.stop(session, actor, moment, word=word)
    _end(session.get_one(DeskSlot, slot.id), actor, moment, SlotOutcome.CANCELLED, word)
    session.flush()
    outbox.queue(session, moment, slot.with_id, MailKind.SLOT_CANCELLED, slot.reference)


def give_up(
    session: Session,
    actor: Actor,
    moment: Moment,
    account_id: int,
    first: date,
    last: date | None = None,
    desk_id: int | None = None,
) -> None:
    """Cancel what is booked with somebody on these days (both inclusive), or at one desk."""
    conditions = [
        Desk.account_id == account_id,
        DeskSlot.outcome.is_(None),
        DeskSlot.day >= first,
    ]
    if desk_id:
        conditions.append(Desk.id == desk_id)
    if last:
        conditions.append(DeskSlot.day <= last)
    booked = select(DeskSlot).join(Desk, Desk.id == DeskSlot.desk_id).where(*conditions)
    for record in session.scalars(booked.order_by(DeskSlot.id)):
        if find_desks.begins(record.day, record.minute) > moment.now:
            _end(record, actor, moment, SlotOutcome.CANCELLED, "Not at this desk on that day")
            for one in {record.booked_by_id, account_id} - {actor.account_id}:
                outbox.queue(session, moment, one, MailKind.SLOT_CANCELLED, record.reference)
    session.flush()


def settle(
    session: Session,
    actor: Actor,
    moment: Moment,
    slot: SlotInSight,
    outcome: SlotOutcome,
    line: str = "",
) -> None:
    """Say whether the talk took place.  One about a family is then logged as a contact.

    Raises `InvalidError` before its time, and where `line` does not say what was talked about.
    """
    if slot.starts_at > moment.now:
        raise InvalidError("Its time has not come yet. You can cancel it.")
    if outcome is SlotOutcome.CANCELLED:
        raise InvalidError({"outcome": "Say whether you talked"})
    record = session.get_one(DeskSlot, slot.id)
    _end(record, actor, moment, outcome, "")
    reference = reads.one(session, actor, moment, slot).family
    family = find.family(session, actor, moment, reference) if reference else None
    if (
        outcome is SlotOutcome.HELD
        and family
        and decide(actor, Permission.CONTACTS_LOG, family).allowed
    ):
        whom = _whom(session, moment, family, slot.with_id)
        attempt = Attempt(
            mechanism=Mechanism.FACE_TO_FACE,
            attempted_at=slot.starts_at,
            outcome=Outcome.REACHED,
            line=line,
            **whom,
        )
        contact_attempts.log(session, actor, moment, family, attempt)
    session.flush()


def _end(record: DeskSlot, actor: Actor, moment: Moment, outcome: SlotOutcome, word: str) -> None:
    record.outcome, record.word = outcome, word
    record.ended_by_id, record.ended_at = actor.account_id, moment.now


def _whom(
    session: Session, moment: Moment, family: FamilyInSight, account_id: int
) -> dict[str, Any]:
    """Return whom the contact log names: by their part in the case, or by name if that ended."""
    for worker in involvements.on_the_case(session, moment, family):
        if worker.account_id == account_id:
            return {"whom": worker.reference}
    return {"whom": "", "someone_else": session.get_one(Account, account_id).name}
