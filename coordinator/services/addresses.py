"""The stop before an address goes where others read it (threats, 2).

Whoever types it, and whether or not the family has a safe contact: a postcode or a street with
its number is refused in every free text about a family.  So the refusal tells nobody that there
is something to hide.  Whoever is named for a safe contact is stopped at its very words, too.
"""

import re
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight
from coordinator.errors import InvalidError
from coordinator.models.entries import Entry
from coordinator.models.safe_contacts import SafeContact
from coordinator.vocabulary import EntryKind

SAFE = cast("Table", SafeContact.__table__)
# A postcode as the Post Office writes it, with or without its space (BS 7666).
POSTCODE = re.compile(
    r"\b(?:GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)[\s-]{0,3}[0-9][ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE
)
# "12 Rose Lane", in any case; words that mean other things too only with capital letters.
STREET = re.compile(
    r"\b[0-9]{1,4}[A-Za-z]?,?\s+(?:"
    r"(?:[A-Za-z’']+\s+){1,2}(?i:street|road|lane|avenue|crescent|terrace|gardens|mews)"
    r"|(?:[A-Z][a-z’']+\s+){1,2}(?:Close|Drive|Way|Court|Place|Square|Hill|Grove|Row))\b"
)
LOOKS_LIKE_ONE = (
    "Take the address out: everybody who may read this would see it. "
    "Write it under Safe contact, for named people only"
)
IN_A_PLACE = (
    "Take the address out: the invitation carries it. "
    "Choose a listed site, or name the place without its address"
)
IS_SAFE_CONTACT = (
    "Take this out: it stands under Safe contact, and everybody who may read this would see it"
)
FOR_A_GUEST = "Take the address out: both agencies read this"
SHORTEST = 6


def _safe_contacts(actor: Actor, family: FamilyInSight) -> Any:
    return (
        select(SAFE.c.phone, SAFE.c.address)
        .join(Entry, Entry.id == SAFE.c.id)
        .where(
            Entry.family_id == family.id,
            Entry.kind == EntryKind.SAFE_CONTACT,
            readable_in(actor, family),
        )
    )


SAFE_CONTACTS = Prepared(_safe_contacts)


def looks_like_one(text: str) -> bool:
    """Whether a text holds a postcode or a street with its number."""
    return bool(POSTCODE.search(text) or STREET.search(text))


def stop(session: Session, actor: Actor, family: FamilyInSight, **texts: str) -> None:
    """Raise `InvalidError` beside each field whose text holds an address.

    The safe contacts compared with are those that the actor may read.  One statement.
    """
    safe = SAFE_CONTACTS.run(session, actor, family).all()
    problems = {}
    for field, text in texts.items():
        if any(_holds(text, row.phone, row.address) for row in safe):
            problems[field] = IS_SAFE_CONTACT
        elif looks_like_one(text):
            problems[field] = IN_A_PLACE if field == "place_text" else LOOKS_LIKE_ONE
    if problems:
        raise InvalidError(problems)


def refuse(*, to_a_guest: bool = False, **texts: str) -> None:
    """Raise `InvalidError` beside each field whose text looks like an address.

    For who writes about a family without seeing it, and so reads no safe contact of it.
    """
    sentence = FOR_A_GUEST if to_a_guest else LOOKS_LIKE_ONE
    problems = {field: sentence for field, text in texts.items() if looks_like_one(text)}
    if problems:
        raise InvalidError(problems)


def _holds(text: str, phone: str, address: str) -> bool:
    """Whether a text holds this number, or this address or its first line, however written."""
    digits, number = re.sub(r"\D", "", text), re.sub(r"\D", "", phone)[-9:]
    if len(number) == 9 and number in digits:
        return True
    plain = _plain(text)
    parts = [_plain(address), _plain(re.split(r"[,\n]", address, maxsplit=1)[0])]
    return any(len(part) >= SHORTEST and part in plain for part in parts)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
