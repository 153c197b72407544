"""How often somebody was tried in vain, and to whom mail about a meeting really went."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.sights import FamilyInSight, MeetingInSight
from coordinator.models.accounts import Account
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.directory import Team
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation
from coordinator.models.outbox import OutboxMessage
from coordinator.reads.contact_attempts import in_family, not_corrected
from coordinator.vocabulary import MailState, Outcome, Reply

CONTACTS = cast("Table", ContactAttempt.__table__)
KINDS = {
    MailKind.INVITATION.value: "Invitation",
    MailKind.UPDATE.value: "Change",
    MailKind.CANCELLATION.value: "Cancellation",
    MailKind.REMINDER.value: "Reminder",
    MailKind.VIEW_ASKED.value: "Asked for a written view",
    MailKind.TO_TEAM.value: "Invitation, to the team because the person was not reached",
}


@dataclass(frozen=True)
class SentMail:
    """One message about a meeting that the mail server took, and whom it was for."""

    kind: str
    to: str
    sent_at: datetime


def unanswered_attempts(
    session: Session, actor: Actor, family: FamilyInSight, account_id: int
) -> int:
    """Return how often a worker was tried about a family since they were last reached."""
    outcomes = session.scalars(
        in_family(actor, family, select(CONTACTS.c.outcome))
        .where(CONTACTS.c.account_id == account_id, not_corrected())
        .order_by(CONTACTS.c.attempted_at.desc())
    )
    tried = 0
    for outcome in outcomes:
        if outcome is Outcome.REACHED:
            break
        tried += 1
    return tried


def sent(session: Session, meeting: MeetingInSight) -> tuple[SentMail, ...]:
    """Return the list really sent: each message that was handed over, the last first."""
    rows = session.execute(
        select(
            OutboxMessage.kind,
            func.coalesce(Account.name, Guest.name, Team.name).label("to"),
            OutboxMessage.sent_at,
        )
        .outerjoin(Account, Account.id == OutboxMessage.account_id)
        .outerjoin(Guest, Guest.id == OutboxMessage.guest_id)
        .outerjoin(Team, Team.id == OutboxMessage.team_id)
        .where(
            OutboxMessage.about == meeting.reference,
            OutboxMessage.state == MailState.SENT,
            OutboxMessage.sent_at.is_not(None),
        )
        .order_by(OutboxMessage.sent_at.desc(), OutboxMessage.id.desc())
    )
    return tuple(
        SentMail(KINDS.get(row.kind, "Message"), row.to, sent_at)
        for row in rows
        if (sent_at := row.sent_at) is not None
    )


def waiting(session: Session, meeting: MeetingInSight) -> tuple[tuple[str, str], ...]:
    """Return the workers who have not answered, by the reference of their invitation."""
    rows = session.execute(
        select(Invitation.reference, Account.name)
        .join(Account, Account.id == Invitation.account_id)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.removed_at.is_(None),
            Invitation.reply == Reply.NEEDS_ACTION,
        )
        .order_by(Invitation.id)
    )
    return tuple((row.reference, row.name) for row in rows)
