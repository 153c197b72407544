"""What a mail is on its way out: queued, composed, or withheld."""

import json
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from coordinator.trail import Subject
from coordinator.vocabulary import Word


class MailKind(Word):
    """What a message is for; it chooses the composer."""

    INVITATION = "invitation"
    UPDATE = "update"
    CANCELLATION = "cancellation"
    REMINDER = "reminder"
    VIEW_ASKED = "view-asked"
    ACTION_DUE = "action-due"
    TO_TEAM = "to-team"
    EMERGENCY = "emergency"
    REQUEST = "information-request"
    DEPARTURE = "departure"
    TAKEN_OVER = "taken-over"
    HANDOVER = "handover"
    ENDING = "ending"
    POST = "post-unconfirmed"
    REQUEST_CHASED = "information-request-chased"
    REFERRAL = "referral"
    LINK_REQUEST = "link-request"
    LINK_CLOSED = "link-request-closed"
    UNREACHED = "unreached"
    NEED = "raised-need"
    SLOT_BOOKED = "slot-booked"
    SLOT_CANCELLED = "slot-cancelled"
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Sender:
    """From whom mail comes (`Name <address>`), and where its links lead.

    `key` signs the links of guests; `replies_to` is the address whose mail is read for answers
    from a calendar, empty where none is.
    """

    mail_from: str
    base_url: str
    key: str = ""
    replies_to: str = ""

    @property
    def address(self) -> str:
        """The bare address."""
        return parseaddr(self.mail_from)[1]


@dataclass(frozen=True)
class Queued:
    """A message that waits, as the worker took it from the outbox."""

    message_id: str
    account_id: int | None
    kind: MailKind
    about: str
    details: dict[str, Any]
    queued_at: datetime
    guest_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True)
class Letter:
    """What may leave now, and how it stands in the trail."""

    recipient: str
    message: EmailMessage
    subject: Subject


class WithheldError(Exception):
    """The recipient may no longer receive this; the text says why, in a few words."""

    def __init__(self, why: str, subject: Subject) -> None:
        """Keep the reason and what it is about."""
        super().__init__(why)
        self.why = why
        self.subject = subject


def queued(record: Any) -> Queued:
    """Return an outbox row as plain values."""
    return Queued(
        record.message_id,
        record.account_id,
        MailKind(record.kind),
        record.about,
        json.loads(record.details),
        record.queued_at,
        record.guest_id,
        record.team_id,
    )


def letter(message: Queued, sender: Sender, to: str, subject: str, text: str) -> EmailMessage:
    """Return a mail to one person.  Its policy refuses a header with a line break in it.

    Date and Message-ID are those of the queueing, so that a repeat is the same message.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender.mail_from
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(message.queued_at)
    mail["Message-ID"] = message.message_id
    mail.set_content(text, cte="quoted-printable")
    return mail
