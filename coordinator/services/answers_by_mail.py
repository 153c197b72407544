"""Answers to invitations that come from calendars, by mail (RFC 5546, REPLY).

A mail can be forged: it must name the meeting by a number that only its invitees were sent, come
in the name of one of them, and answer what they were told last.  What is taken is shown as "by
mail"; everything else is refused, and counted in the trail, without harm.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.scope import may_know
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.outbox import OutboxMessage
from coordinator.services import invitations
from coordinator.services.itip import CalendarReply, RefusedError, read
from coordinator.trail import NOTHING, Acting, Subject
from coordinator.vocabulary import EventKind, MailState, MeetingState, Reply, ReplyBy

SERVICE = "mail"
ACTION = "replies.by-mail"
TOLD = ("invitation", "update")


def take(session: Session, moment: Moment, raw: bytes) -> str:
    """Take an answer from a mail as it arrived, or refuse it.  The caller commits either way.

    Returns why it was refused, in a word; nothing where it was taken.
    """
    trail.acting(session, Acting(service=SERVICE), ACTION)
    subject = NOTHING
    try:
        answer = read(raw)
        asked = _asked(session, moment, answer)
        subject = Subject(asked.family_id, asked.meeting_id, "meetings", asked.meeting)
        _is_in_time(session, moment, asked, answer)
    except RefusedError as refused:
        trail.write(
            session,
            EventKind.MAIL,
            subject,
            allowed=False,
            outcome="refused",
            reason=refused.why,
        )
        return refused.why
    _record(session, moment, asked, answer)
    return ""


def _asked(session: Session, moment: Moment, answer: CalendarReply) -> Any:
    """Return the one invitation that is answered.

    To an unknown number, to somebody who is not asked and to somebody who may not know of the
    family it is the same refusal.
    """
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.account_id,
            Invitation.agency_id,
            Invitation.guest_id,
            Guest.reference.label("guest"),
            Meeting.id.label("meeting_id"),
            Meeting.reference.label("meeting"),
            Meeting.family_id,
            Meeting.sequence,
            Meeting.state,
            Meeting.starts_at,
            Meeting.minutes,
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .outerjoin(Account, Account.id == Invitation.account_id)
        .outerjoin(Guest, Guest.id == Invitation.guest_id)
        .where(
            Meeting.uid == answer.uid,
            Invitation.removed_at.is_(None),
            or_(
                (Account.email == answer.attendee)
                & or_(Account.closed_at.is_(None), Account.closed_at > moment.now)
                & may_know(Invitation.account_id, Meeting.family_id),
                (Guest.email.ilike(_plainly(answer.attendee), escape="\\"))
                & Guest.ended_at.is_(None),
            ),
        )
    ).all()
    if len(rows) != 1:
        raise RefusedError("unknown")
    return rows[0]


def _plainly(address: str) -> str:
    """Return an address as a pattern that means itself, in any case."""
    return address.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _is_in_time(session: Session, moment: Moment, asked: Any, answer: CalendarReply) -> None:
    """Raise `RefusedError` unless the meeting is to come and this is the newest word on it."""
    over = asked.starts_at + timedelta(minutes=asked.minutes) <= moment.now
    if asked.state is not MeetingState.PLANNED or over:
        raise RefusedError("over")
    if not _told(session, asked) <= answer.sequence <= asked.sequence:
        raise RefusedError("stale")
    mine = session.get_one(Invitation, asked.id, with_for_update=True)
    last = mine.reply_stamp or mine.replied_at
    stamp = _stamp(answer, moment)
    if last is not None and stamp <= last.replace(microsecond=0):
        same = stamp == last and mine.reply is answer.reply
        raise RefusedError("duplicate" if same else "stale")


def _told(session: Session, asked: Any) -> int:
    """Return the number of the last version of the meeting that this person was sent."""
    sent = session.scalars(
        select(OutboxMessage.details).where(
            OutboxMessage.about == asked.meeting,
            OutboxMessage.kind.in_(TOLD),
            OutboxMessage.state == MailState.SENT,
            OutboxMessage.guest_id == asked.guest_id
            if asked.guest_id
            else OutboxMessage.account_id == asked.account_id,
        )
    )
    return max((json.loads(details).get("sequence", 0) for details in sent), default=0)


def _stamp(answer: CalendarReply, moment: Moment) -> datetime:
    """Return when the answer was given, never later than now: no clock locks later ones out."""
    return min(answer.stamp, moment.now.replace(microsecond=0))


def _record(session: Session, moment: Moment, asked: Any, answer: CalendarReply) -> None:
    """Write the answer down in its person's name, as one that came by mail."""
    service = f"guest:{asked.guest}" if asked.guest_id else SERVICE
    trail.acting(
        session,
        Acting(account_id=asked.account_id, agency_id=asked.agency_id, service=service),
        ACTION,
    )
    mine = session.get_one(Invitation, asked.id)
    mine.reply, mine.replied_at = answer.reply, moment.now
    mine.reply_by, mine.reply_stamp = ReplyBy.MAIL, _stamp(answer, moment)
    mine.reply_note = f"Deputy: {answer.delegated_to}" if answer.delegated_to else ""
    if answer.reply is Reply.ACCEPTED:
        mine.deputy_name = ""
        record = session.scalars(select(Meeting).where(Meeting.id == asked.meeting_id)).one()
        invitations.come_oneself(session, moment, record, mine)
    session.flush()
