"""The outbox: mail is queued in the transaction of its cause and sent after the commit.

A message says nothing about a family: whom it goes to, which composer writes it
(access/release.py) and the reference that it is about.  Nothing here talks to a mail server.
"""

import json
import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.letters import MailKind
from coordinator.access.sights import Moment
from coordinator.models.outbox import OutboxMessage
from coordinator.settings import SETTINGS
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind, MailState

UNANSWERED = "the mail server could not be used"


def queue(
    session: Session,
    moment: Moment,
    account_id: int | None,
    kind: MailKind,
    about: str,
    details: dict[str, str | int] | None = None,
    *,
    guest_id: int | None = None,
    team_id: int | None = None,
    once: str = "",
) -> None:
    """Queue one message to one person: a worker, a guest, or the duty inbox of a team.

    Its Message-ID is fixed now, so that a repeat after a crash is the same message.  `once` names
    a message that may be queued only one time, whoever tries.
    """
    session.add(
        OutboxMessage(
            message_id=named(once or str(uuid.uuid4())),
            account_id=account_id,
            sender_id=_sender(session),
            guest_id=guest_id,
            team_id=team_id,
            kind=kind.value,
            about=about,
            details=json.dumps(details or {}),
            state=MailState.QUEUED,
            queued_at=moment.now,
            next_try_at=moment.now,
        )
    )


def named(name: str) -> str:
    """Return the Message-ID of the message of this name."""
    return f"<{name}@coordinator>"


def _sender(session: Session) -> int | None:
    """Return whose act this is: nobody's, where a guest or the tool itself acts."""
    who: Acting | None = session.info.get("acting")
    return who.account_id if who else None


def is_any_due(session: Session, now: datetime) -> bool:
    """Say whether a message waits whose time has come.  Takes no lock."""
    return session.scalar(select(OutboxMessage.id).where(_due(now)).limit(1)) is not None


def claim(session: Session, now: datetime) -> OutboxMessage | None:
    """Take the next message that is due; the caller commits at once.

    Its next try is set before this one begins: whatever happens to the worker that took it, the
    message comes up again, and until then no other worker takes it.
    """
    message = session.scalars(
        select(OutboxMessage)
        .where(_due(now))
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if message is not None:
        pauses = SETTINGS.mail_retries
        message.next_try_at = now + pauses[min(message.tries, len(pauses) - 1)]
        message.tries += 1
        session.flush()
    return message


def close(
    session: Session,
    message_id: str,
    now: datetime,
    state: MailState,
    subject: Subject,
    problem: str = "",
) -> None:
    """Write down what became of a message for good, in the trail too."""
    message = _of(session, message_id)
    message.state = state
    message.problem = problem
    message.sent_at = now if state is MailState.SENT else None
    trail.write(
        session,
        EventKind.MAIL,
        subject,
        action="mail.send",
        allowed=state is not MailState.WITHHELD,
        outcome=state.value,
        reason=problem[:40] or None,
    )
    session.flush()


def postpone(
    session: Session, message_id: str, now: datetime, subject: Subject, problem: str
) -> None:
    """Leave a message for its next try, or give it up when it has waited too long."""
    message = _of(session, message_id)
    if now - message.queued_at > SETTINGS.mail_given_up_after:
        close(session, message_id, now, MailState.FAILED, subject, problem)
        return
    message.problem = problem
    session.flush()


def try_unanswered_now(session: Session, now: datetime) -> None:
    """Let what waits for a dead mail server be tried at once: it answers again."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == MailState.QUEUED, OutboxMessage.problem == UNANSWERED)
        .values(next_try_at=now)
    )


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(OutboxMessage.state == MailState.QUEUED, OutboxMessage.next_try_at <= now)


def _of(session: Session, message_id: str) -> OutboxMessage:
    return session.scalars(
        select(OutboxMessage).where(OutboxMessage.message_id == message_id)
    ).one()
