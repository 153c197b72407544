"""Reading a calendar's answer out of a mail (iTIP REPLY, RFC 5546): plain values, or a refusal.

Whatever comes is somebody else's: it is measured before it is read, nothing of it is executed,
fetched or kept, and whatever is odd is refused whole.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

from icalendar import Calendar

from coordinator.vocabulary import Reply

LARGEST = 256 * 1024
LONGEST = 250
ANSWERS = {
    "ACCEPTED": Reply.ACCEPTED,
    "DECLINED": Reply.DECLINED,
    "TENTATIVE": Reply.TENTATIVE,
    "DELEGATED": Reply.DELEGATED,
}


class RefusedError(Exception):
    """A mail that is no answer for us; `why` is a word for the trail."""

    def __init__(self, why: str) -> None:
        """Keep the word."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class CalendarReply:
    """What a calendar answers: to which event, in whose name, to which version of it, and when.

    `delegated_to` is an address, empty unless the answer is `DELEGATED`.
    """

    uid: str
    attendee: str
    sequence: int
    stamp: datetime
    reply: Reply
    delegated_to: str


def read(raw: bytes) -> CalendarReply:
    """Return the answer that a mail holds.  Raises `RefusedError`, and nothing else."""
    if len(raw) > LARGEST:
        raise RefusedError("too-large")
    try:
        mail = message_from_bytes(raw, _class=EmailMessage, policy=default)
        return _answer(mail, _calendar(mail))
    except RefusedError:
        raise
    except Exception:  # noqa: BLE001  (whatever a stranger's bytes do to a parser is a refusal)
        raise RefusedError("unreadable") from None


def _calendar(mail: EmailMessage) -> Any:
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    if not parts:
        raise RefusedError("no-calendar")
    body: Any = parts[0].get_payload(decode=True)
    calendar = Calendar.from_ical(body)
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        raise RefusedError("no-reply")
    return calendar


def _answer(mail: EmailMessage, calendar: Any) -> CalendarReply:
    events = calendar.walk("VEVENT")
    if len(events) != 1 or "RECURRENCE-ID" in events[0]:
        raise RefusedError("not-one-event")
    event = events[0]
    sender = _sender(mail)
    attendees = event.get("ATTENDEE", [])
    mine = [one for one in _several(attendees) if _address(one) == sender]
    if len(mine) != 1:
        # One person's answer in another's name, a list of attendees, or nobody.
        raise RefusedError("wrong-sender")
    reply = ANSWERS.get(str(mine[0].params.get("PARTSTAT", "")).upper())
    uid = str(event.get("UID", ""))
    if reply is None or not 0 < len(uid) <= LONGEST:
        raise RefusedError("unreadable")
    return CalendarReply(
        uid=uid,
        attendee=sender,
        sequence=_number(event.get("SEQUENCE", 0)),
        stamp=_instant(event.decoded("DTSTAMP")),
        reply=reply,
        delegated_to=_delegate(mine[0]) if reply is Reply.DELEGATED else "",
    )


def _sender(mail: EmailMessage) -> str:
    addresses = getaddresses(mail.get_all("From", []))
    if len(addresses) != 1 or not addresses[0][1]:
        raise RefusedError("wrong-sender")
    return addresses[0][1].strip().lower()


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _address(value: object) -> str:
    text = str(value).strip().lower()
    return text.removeprefix("mailto:")


def _delegate(attendee: Any) -> str:
    named = _several(attendee.params.get("DELEGATED-TO", ""))
    address = _address(str(named[0]).strip('"')) if named else ""
    return address if "@" in address and len(address) <= LONGEST else ""


def _number(value: object) -> int:
    number = int(str(value))
    if not 0 <= number < 2**31:
        raise RefusedError("unreadable")
    return number


def _instant(value: date) -> datetime:
    """Return the instant of a DTSTAMP, which the standard wants in UTC."""
    if not isinstance(value, datetime):
        raise RefusedError("unreadable")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
