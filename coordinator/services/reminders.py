"""Reminders that the worker queues by itself: a meeting without an answer, an action soon due.

The working day before, from the morning on, each once for one date: its Message-ID says what it
is about and when that is, so that a second scan, or a second worker, adds nothing (E11, E14).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.letters import MailKind
from coordinator.access.sights import Moment
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.outbox import OutboxMessage
from coordinator.models.plans import Action
from coordinator.services import outbox
from coordinator.settings import SETTINGS
from coordinator.vocabulary import ActionState, MeetingState, Reply
from coordinator.working_days import working_days_from

OPEN = (ActionState.REQUESTED, ActionState.ACCEPTED)


@dataclass(frozen=True)
class Reminder:
    """One message: `once` names it for good; `about` is a reference."""

    once: str
    kind: MailKind
    about: str
    account_id: int | None
    guest_id: int | None = None
    details: dict[str, str | int] = field(default_factory=dict)


def are_due(session: Session, moment: Moment) -> bool:
    """Say whether it is late enough in the morning, and somebody to remind.  Takes no lock."""
    morning = clock.local(moment.now).hour >= SETTINGS.reminders_from_hour
    return morning and bool(_new(session, moment))


def queue_due(session: Session, moment: Moment) -> tuple[int, bool]:
    """Queue each reminder that is due and new; return how many, and that there are no more.

    Whether its recipient may still have it is decided when it leaves (access/release.py).
    """
    due = _new(session, moment)
    for one in due:
        outbox.queue(
            session,
            moment,
            one.account_id,
            one.kind,
            one.about,
            one.details,
            guest_id=one.guest_id,
            once=one.once,
        )
    session.flush()
    return len(due), False


def _new(session: Session, moment: Moment) -> list[Reminder]:
    """Return each reminder that is due and was not queued before."""
    wanted = {
        one.once: one for one in (*_of_meetings(session, moment), *_of_actions(session, moment))
    }
    ids = {outbox.named(once): once for once in wanted}
    there = session.scalars(
        select(OutboxMessage.message_id).where(OutboxMessage.message_id.in_(ids))
    )
    for known in there:
        del wanted[ids[known]]
    return list(wanted.values())


def _of_meetings(session: Session, moment: Moment) -> Iterator[Reminder]:
    """Yield who was asked before today and has not answered; not whom somebody reminded today."""
    this_morning = clock.day_bounds(moment.today)[0]
    by_hand = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.about == Meeting.reference,
            OutboxMessage.kind == MailKind.REMINDER.value,
            OutboxMessage.queued_at >= this_morning,
            or_(
                OutboxMessage.account_id == Invitation.account_id,
                OutboxMessage.guest_id == Invitation.guest_id,
            ),
        )
        .exists()
    )
    rows = session.execute(
        select(
            Meeting.reference,
            Meeting.uid,
            Meeting.sequence,
            Meeting.starts_at,
            Invitation.reference.label("invitation"),
            Invitation.account_id,
            Invitation.guest_id,
        )
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .outerjoin(Guest, Guest.id == Invitation.guest_id)
        .where(
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > moment.now,
            Meeting.starts_at < clock.day_bounds(_until(moment))[1],
            Invitation.reply == Reply.NEEDS_ACTION,
            Invitation.removed_at.is_(None),
            Invitation.invited_at < this_morning,
            or_(Invitation.account_id.is_not(None), Guest.email != ""),
            ~by_hand,
        )
    )
    for row in rows:
        yield Reminder(
            f"meeting-{row.invitation}-{row.starts_at:%Y%m%d%H%M}",
            MailKind.REMINDER,
            row.reference,
            row.account_id,
            row.guest_id,
            {"uid": row.uid, "sequence": row.sequence, "method": "REQUEST"},
        )


def _of_actions(session: Session, moment: Moment) -> Iterator[Reminder]:
    """Yield what is soon to be done, for its owner: of a guest, the worker who asked them."""
    rows = session.execute(
        select(
            Action.reference, Action.owner_account_id, Action.owner_agency_id, Action.due_on
        ).where(
            Action.state.in_(OPEN),
            Action.owner_account_id.is_not(None),
            Action.due_on >= moment.today,
            Action.due_on <= _until(moment),
            Action.created_at < clock.day_bounds(moment.today)[0],
        )
    )
    for row in rows:
        yield Reminder(
            f"action-{row.reference}-{row.due_on:%Y%m%d}",
            MailKind.ACTION_DUE,
            row.reference,
            row.owner_account_id,
            details={"agency": row.owner_agency_id},
        )


def _until(moment: Moment) -> date:
    return working_days_from(moment.today, SETTINGS.reminded_working_days_before)
