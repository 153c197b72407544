"""What any address book opens: people, teams and agencies of the directory as vCards (RFC 6350).

A card holds what the directory says and no more.  Lines are folded by the library that writes the
calendar files.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from icalendar.parser import Contentline

PRODUCT = "-//Coordinator//Directory//EN"
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Card:
    """A person, or an organisation (`is_person` false); `urn` is the same in every file of it.

    `within` are organisations from the widest to the narrowest, one tuple for each place of work.
    """

    urn: str
    name: str
    is_person: bool
    within: tuple[tuple[str, ...], ...]
    title: str = ""
    roles: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    note: str = ""


def contact_file(cards: Iterable[Card], now: datetime) -> bytes:
    """Return the cards as one file, UTF-8, as they were at this aware instant."""
    lines = (line for card in cards for line in _lines(card, now.astimezone(UTC)))
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _folded(line: str) -> bytes:
    fold: Any = Contentline
    return bytes(fold(line).to_ical())


def _lines(card: Card, now: datetime) -> Iterator[str]:
    # The directory keeps a name as one text; address books sort by its last word.
    given, _, last = card.name.rpartition(" ")
    name = (last, given, "", "", "") if given else ("", last, "", "", "")
    yield from ("BEGIN:VCARD", "VERSION:4.0")
    yield _line("PRODID", PRODUCT)
    yield f"UID:{card.urn}"
    yield _line("KIND", "individual" if card.is_person else "org")
    yield _line("FN", card.name)
    if card.is_person:
        yield _line("N", *name)
    for place in card.within:
        yield _line("ORG", *place)
    for property_, values in (
        ("TITLE", (card.title,)),
        ("ROLE", card.roles),
        ("TEL;TYPE=work", (card.phone,)),
        ("EMAIL;TYPE=work", (card.email,)),
        ("NOTE", (card.note,)),
    ):
        yield from (_line(property_, value) for value in values if value)
    yield _line("REV", now.strftime(STAMP))
    yield "END:VCARD"


def _line(name: str, *parts: str) -> str:
    """Return one property; what means something in the format is escaped (RFC 6350, 3.4).

    Not with the library's escaping for calendars, which takes a typed backslash and N for a
    line's end.
    """
    escaped = (re.sub(r"([\\;,])", r"\\\1", "\n".join(part.splitlines())) for part in parts)
    return f"{name}:{';'.join(escaped)}".replace("\n", r"\n")
