"""The past of a case that ended for its reader with their agency's help (E24)."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.ending_sights import PastInSight
from coordinator.access.find_endings import past_parts
from coordinator.access.scope import readable_past
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry, EntryVersion
from coordinator.vocabulary import EntryKind

# What each kind says, in the order of its page; other kinds are left to the pages of the case.
SAYS: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.WHAT_HELPS: ("text",),
    EntryKind.GOAL: ("text",),
    EntryKind.ACTION: ("text",),
    EntryKind.ROLE_STATEMENT: ("i_do", "i_do_not"),
    EntryKind.NOTE: ("text",),
    EntryKind.CONTACT_ATTEMPT: ("line",),
    EntryKind.MEETING: ("purpose",),
    EntryKind.MINUTES: ("decided",),
    EntryKind.BOARD_ENTRY: ("text",),
    EntryKind.INFORMATION_REQUEST: ("what", "why"),
    EntryKind.INFORMATION_ANSWER: ("text",),
    EntryKind.CHILD_STATUS: ("explanation",),
    EntryKind.SUPPORT: ("what",),
    EntryKind.DISAGREEMENT: ("about", "wanted"),
    EntryKind.TURNING_POINT: ("text",),
    EntryKind.HANDOVER_NOTE: ("text",),
    EntryKind.ENDING: ("reason", "continues", "way_back"),
}
PAGE = 50


@dataclass(frozen=True)
class PastEntry:
    """One entry as it stood on the last day."""

    kind: EntryKind
    at: datetime
    author: str
    agency: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class PastPage:
    """What the reader could read on their last day, the newest first; `more`: a page follows."""

    reference: str
    until: date
    entries: tuple[PastEntry, ...]
    more: bool


@dataclass(frozen=True)
class PastCase:
    """A case whose past its reader keeps in sight, and the last day of their part in it."""

    reference: str
    until: date


def cases(session: Session, actor: Actor, moment: Moment) -> tuple[PastCase, ...]:
    """Return the cases that ended for the actor with their agency's help.  One statement."""
    rows = session.execute(past_parts(actor, moment))
    newest = {row.reference: row.until for row in reversed(rows.all())}
    return tuple(PastCase(*case) for case in newest.items())


def one(session: Session, actor: Actor, past: PastInSight, number: int = 1) -> PastPage:
    """Return a page of what the actor could read on their last day, in its words of then.

    One statement.
    """
    ended = clock.day_bounds(past.until)[1]
    version = aliased(EntryVersion)
    newest = (
        select(func.max(version.version))
        .where(version.entry_id == Entry.id, version.at < ended)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Entry.kind,
            Entry.created_at,
            Account.name.label("author"),
            Agency.name.label("agency"),
            EntryVersion.words,
        )
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .outerjoin(
            EntryVersion,
            and_(EntryVersion.entry_id == Entry.id, EntryVersion.version == newest),
        )
        .where(Entry.kind.in_(SAYS), readable_past(actor, past))
        .order_by(Entry.created_at.desc(), Entry.id.desc())
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    ).all()
    found = tuple(
        PastEntry(row.kind, row.created_at, row.author, row.agency, _said(row))
        for row in rows[:PAGE]
    )
    return PastPage(past.reference, past.until, found, len(rows) > PAGE)


def _said(row: Any) -> tuple[str, ...]:
    words = json.loads(row.words) if row.words else {}
    return tuple(str(words[field]) for field in SAYS[row.kind] if words.get(field))
