"""The mails that the demo's worker put into a folder, as a page shows them."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path


@dataclass(frozen=True)
class MailLine:
    """One mail in the list; `name` is that of its file, without the ending."""

    name: str
    to: str
    subject: str
    date: datetime


@dataclass(frozen=True)
class Mail:
    """One mail, with its calendar part as text if it has one; `link` is the path of its link."""

    line: MailLine
    sender: str
    message_id: str
    text: str
    link: str
    calendar: str


def listed(folder: Path) -> tuple[MailLine, ...]:
    """Return the mails of a folder, the last first; none if there is no folder yet."""
    lines = (_line(path.stem, _read(path)) for path in folder.glob("*.eml"))
    return tuple(sorted(lines, key=lambda line: (line.date, line.name), reverse=True))


def one(folder: Path, name: str) -> Mail | None:
    """Return one mail by its name, or None if there is none: only a listed name opens a file."""
    path = next((path for path in folder.glob("*.eml") if path.stem == name), None)
    if path is None:
        return None
    mail = _read(path)
    text = mail.get_body(("plain",))
    words = text.get_content() if text else ""
    calendar = next((p for p in mail.walk() if p.get_content_type() == "text/calendar"), None)
    return Mail(
        line=_line(name, mail),
        sender=str(mail["From"]),
        message_id=str(mail["Message-ID"]),
        text=words,
        link=link[1] if (link := re.search(r"https?://[^/\s]+(/\S+)", words)) else "",
        calendar=calendar.get_payload(decode=True).decode() if calendar else "",  # type: ignore[union-attr]
    )


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)


def _line(name: str, mail: EmailMessage) -> MailLine:
    return MailLine(name, str(mail["To"]), str(mail["Subject"]), mail["Date"].datetime)
