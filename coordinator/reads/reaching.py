"""How often somebody was tried in vain, and to whom mail about a meeting really went."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.sights import FamilyInSight, MeetingInSight
from coordinator.models.accounts import Account
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.directory import Team
from coordinator.models.entries import Entry
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation
from coordinator.models.outbox import OutboxMessage
from coordinator.reads.contact_attempts import in_family, not_corrected
from coordinator.vocabulary import Level, MailState, Outcome, Reply

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


@dataclass(frozen=True)
class InVain:
    """An attempt at somebody who was not reached since; `id` is the entry's."""

    id: int
    level: Level
    attempted_at: datetime


def tried_in_vain(
    session: Session, actor: Actor, family: FamilyInSight, account_id: int
) -> tuple[InVain, ...]:
    """Return the attempts at a worker about a family since they were last reached, newest first.

    Those that the actor may read.  One statement.
    """
    rows = session.execute(
        in_family(
            actor,
            family,
            select(Entry.id, Entry.level, CONTACTS.c.attempted_at, CONTACTS.c.outcome),
        )
        .where(CONTACTS.c.account_id == account_id, not_corrected())
        .order_by(CONTACTS.c.attempted_at.desc(), Entry.id.desc())
    )
    since = takewhile(lambda row: row.outcome is not Outcome.REACHED, rows)
    return tuple(InVain(row.id, row.level, row.attempted_at) for row in since)


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
