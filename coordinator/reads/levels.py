"""An entry about which somebody decides who may read it: its words, and who may read it now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.entries import Entry
from coordinator.models.sharing import Note
from coordinator.models.supports import Support
from coordinator.reads import readers
from coordinator.vocabulary import PLAN_KINDS, EntryKind, Level, Notice

NOTES = cast("Table", Note.__table__)
CONTACTS = cast("Table", ContactAttempt.__table__)
SUPPORTS = cast("Table", Support.__table__)


@dataclass(frozen=True)
class LevelNow:
    """An entry whose level may change; `readers` are references of accounts."""

    kind: str
    words: str
    author: str
    at: datetime
    level: Level
    notice: Notice
    readers: tuple[str, ...]


def level_now(session: Session, entry: EntryInSight) -> LevelNow:
    """Return how an entry in sight stands.  Two statements."""
    row = session.execute(
        with_words(Entry.notice, Entry.created_at, Account.name).where(Entry.id == entry.id)
    ).one()
    return LevelNow(
        entry.kind.label,
        row.text or row.line or row.what or "",
        row.name,
        row.created_at,
        entry.level,
        row.notice,
        tuple(reference for reference, _ in readers.named(session, entry)),
    )


def with_words(*columns: Any) -> Any:
    """Return a select of entries with their authors, and the words of those with few of them."""
    return (
        select(*columns, NOTES.c.text, CONTACTS.c.line, SUPPORTS.c.what)
        .select_from(Entry)
        .join(Account, Account.id == Entry.author_id)
        .outerjoin(NOTES, NOTES.c.id == Entry.id)
        .outerjoin(CONTACTS, CONTACTS.c.id == Entry.id)
        .outerjoin(SUPPORTS, SUPPORTS.c.id == Entry.id)
    )


def unshared_plan(
    session: Session, actor: Actor, family: FamilyInSight
) -> tuple[tuple[str, str], ...]:
    """Return what of the plan is for the actor's agency alone, as (reference, kind); plan first.

    While the plan itself is, it stands for its parts.
    """
    rows = session.execute(
        select(Entry.reference, Entry.kind)
        .where(
            Entry.family_id == family.id,
            Entry.kind.in_(PLAN_KINDS),
            Entry.level == Level.OWN_AGENCY,
            Entry.agency_id == actor.agency_id,
            readable_in(actor, family),
        )
        .order_by(Entry.id)
    ).all()
    plan = [row for row in rows if row.kind is EntryKind.PLAN]
    return tuple((row.reference, row.kind.label) for row in plan or rows)


def share_page(kind: EntryKind, entry: str, family: str) -> str:
    """Return where an entry is opened further: the plan as a whole has a page of its own."""
    if kind in PLAN_KINDS:
        return f"/families/{family}/plan/share"
    return f"/entries/{entry}/level"
