"""Dated lines about a family: the columns that every kind of line has, whatever it tells.

The chronology is made of them, and the progress timeline of those that tell what went well.
"""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, String, false, literal, select, type_coerce, union_all

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.vocabulary import EntryKind


def columns(
    what: str,
    at: Any,
    text: Any = "",
    *,
    day: Any = None,
    who: Any = Account.name,
    agency: Any = Agency.name,
    whose: Any = "",
    about: Any = Entry.reference,
    number: Any = None,
    told: Any = "",
    word: Any = "",
    parent: Any = "",
    stands: Any = None,
    level: Any = Entry.level,
    own_id: Any = Entry.id,
) -> tuple[Any, ...]:
    """Return the columns that all kinds of line have, in their one order.

    A line stands at an instant, or on a `day` in London.  `told` is whom it was said to or asked
    of, `word` how it stands, `parent` whether the parent was told, `stands` whether it waits still.
    """
    return (
        literal(what, String()).label("what"),
        (literal(None, Date()) if day is None else day).label("day"),
        at.label("at"),
        _words(text).label("text"),
        _words(who).label("who"),
        _words(agency).label("agency"),
        _words(whose).label("whose"),
        _words(about).label("about"),
        (literal(None, Integer()) if number is None else number).label("number"),
        _words(told).label("told"),
        _words(word).label("word"),
        _words(parent).label("parent"),
        (false() if stands is None else stands).label("stands"),
        _words(level).label("level"),
        own_id.label("id"),
    )


def line(kind: EntryKind, what: str, at: Any, text: Any = "", **more: Any) -> Select[Any]:
    """Return one kind of line over entries of this kind; see `columns`."""
    return (
        select(*columns(what, at, text, **more))
        .select_from(Entry)
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(Entry.kind == kind)
    )


def _words(said: Any) -> Any:
    return literal(said, String()) if isinstance(said, str) else type_coerce(said, String())


def readable_lines(
    actor: Actor, family: FamilyInSight, lines: tuple[Select[Any], ...], *others: Select[Any]
) -> Any:
    """Return the lines over entries of this family that the actor may read, and `others` with them.

    One statement.  `others` are no entries, and known to whoever reads the family's pages.
    """
    may = readable_in(actor, family)
    return union_all(*(each.where(Entry.family_id == family.id, may) for each in lines), *others)


def day_of(row: Any) -> date:
    """Return the day in London on which a line stands."""
    return row.day or clock.local(row.at).date()
