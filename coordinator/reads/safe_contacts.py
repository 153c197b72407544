"""Which safe contacts there are for a reader, and the one page that shows the words of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.safe_contacts import SafeContact
from coordinator.reads import readers

SAFE = cast("Table", SafeContact.__table__)


@dataclass(frozen=True)
class SafeContactRow:
    """That there is a safe contact, for somebody who is named for it; none of its words."""

    reference: str
    whose: str
    by: str
    agency: str
    at: datetime
    ended_at: datetime | None


def listed(session: Session, actor: Actor, family: FamilyInSight) -> tuple[SafeContactRow, ...]:
    """Return the safe contacts for which the actor is named, the newest first.  One statement."""
    rows = session.execute(
        select(
            Entry.reference,
            Person.name.label("whose"),
            Account.name.label("by"),
            Agency.name.label("agency"),
            Entry.created_at.label("at"),
            SAFE.c.ended_at,
        )
        .join(SAFE, SAFE.c.id == Entry.id)
        .join(Person, Person.id == SAFE.c.person_id)
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(Entry.family_id == family.id, readable_in(actor, family))
        .order_by(Entry.created_at.desc(), Entry.id.desc())
    )
    return tuple(SafeContactRow(**row._asdict()) for row in rows)


def _in_force(actor: Actor, family: FamilyInSight) -> Any:
    return (
        select(Entry.reference, Person.name)
        .join(SAFE, SAFE.c.id == Entry.id)
        .join(Person, Person.id == SAFE.c.person_id)
        .where(Entry.family_id == family.id, SAFE.c.ended_at.is_(None), readable_in(actor, family))
        .order_by(Entry.created_at, Entry.id)
    )


IN_FORCE = Prepared(_in_force)


def in_force(session: Session, actor: Actor, family: FamilyInSight) -> tuple[tuple[str, str], ...]:
    """Return (reference, whose) of those that stand and for which the actor is named; no words."""
    return tuple((row.reference, row.name) for row in IN_FORCE.run(session, actor, family))


@dataclass(frozen=True)
class Shown:
    """The words of one safe contact, and who is named for it."""

    reference: str
    whose: str
    how: str
    never: str
    phone: str
    address: str
    by: str
    agency: str
    at: datetime
    ended_at: datetime | None
    readers: tuple[str, ...]
    may_change: bool
    may_name: bool


def shown(session: Session, actor: Actor, safe: EntryInSight) -> Shown:
    """Return the words of a safe contact in sight: for its own page and no other."""
    row = session.execute(
        select(
            Entry.reference,
            Person.name.label("whose"),
            SAFE.c.how,
            SAFE.c.never,
            SAFE.c.phone,
            SAFE.c.address,
            Account.name.label("by"),
            Agency.name.label("agency"),
            Entry.created_at.label("at"),
            SAFE.c.ended_at,
        )
        .join(SAFE, SAFE.c.id == Entry.id)
        .join(Person, Person.id == SAFE.c.person_id)
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(Entry.id == safe.id)
    ).one()
    in_force = row.ended_at is None
    return Shown(
        **row._asdict(),
        readers=tuple(name for _, name in readers.named(session, safe)),
        may_change=in_force and decide(actor, Permission.SAFE_CONTACTS_WRITE, safe).allowed,
        may_name=decide(actor, Permission.SAFE_CONTACTS_NAME, safe).allowed,
    )


def whose(session: Session, safe: EntryInSight) -> str:
    """Return the name of the person whose safe contact this is."""
    return session.execute(
        select(Person.name).join(SAFE, SAFE.c.person_id == Person.id).where(SAFE.c.id == safe.id)
    ).scalar_one()
