"""The stop before what names a family of one's own goes where everybody reads it (E26).

Compared are only the families on whose case the writer is: of any other family nothing is said, so
that a text is no way to ask whether somebody is known.
"""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import not_excluded
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.families import Family, Involvement, Person
from coordinator.services import addresses

# Names that are everyday words, too: they count only as somebody writes a name.
_WORDS = """
    a april art august autumn baker bell bill black brook brown carol cook day dawn dean faith
    field ford frank grace grant green grey hall harmony hill holly hope hunt ivy jack jay joy
    june king knight lane law long love mark marsh mason mat may mercy mile miles moss nick
    noble old pat penny poppy price ray reed rich robin rob rose ruby rush sky star stone
    storm sue summer trinity victor ward wells west white will wood young
"""
EVERYDAY = frozenset(_WORDS.split())
TAKE_OUT = "Take out what leads to a family of yours: {found}. Others would read it"
SHORTEST = 2


def stop(session: Session, actor: Actor, moment: Moment, **texts: str) -> None:
    """Raise `InvalidError` beside each field that names somebody of the actor's own cases.

    A name or a part of one, a reference, a phone or NHS number; and, whoever's it is, an address.
    One statement.
    """
    known = session.execute(
        select(Family.reference, Person.name, Person.phone, Person.nhs_number)
        .outerjoin(Person, Person.family_id == Family.id)
        .where(
            Family.id.in_(
                select(Involvement.family_id).where(
                    Involvement.account_id == actor.account_id, current(Involvement, moment.today)
                )
            ),
            not_excluded(actor, Family.id),
        )
        .order_by(Family.id, Person.id)
    ).all()
    problems = {}
    for field, text in texts.items():
        found: dict[str, None] = {}
        for row in known:
            found |= dict.fromkeys(_held(text, row.reference, row.name or ""))
            numbers = [row.phone or "", row.nhs_number or ""]
            found |= dict.fromkeys(n for n in numbers if _holds_number(text, n))
        if found:
            problems[field] = TAKE_OUT.format(found=", ".join(f"“{one}”" for one in found))
        elif addresses.looks_like_one(text):
            problems[field] = "Take the address out: others would read it"
    if problems:
        raise InvalidError(problems)


def _held(text: str, reference: str, name: str) -> list[str]:
    """Return what of a family's reference and of a person's name the text holds."""
    typed = _words(text)
    plain = {_plain(word) for word in typed}
    found = [reference] if _squeezed(reference) in _squeezed(text) else []
    for part in _words(name):
        if len(part) < SHORTEST:
            continue
        everyday = _plain(part) in EVERYDAY
        if part in typed or part.upper() in typed if everyday else _plain(part) in plain:
            found.append(part)
    return found


def _holds_number(text: str, number: str) -> bool:
    digits = re.sub(r"\D", "", number)[-9:]
    return len(digits) == 9 and digits in re.sub(r"\D", "", text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text))


def _plain(word: str) -> str:
    """Return a word without accents and case, as somebody in a hurry types it."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
