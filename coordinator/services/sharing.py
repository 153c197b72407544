"""Who may read an entry: the three facts of each act of sharing, and the reason for holding back.

What a level means is in access/scope.py alone; here is who may be named, what must be said, and
the record that each act leaves (spec/sharing.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.sights import OPEN_ONLY_ROLES, EntryInSight, Moment
from coordinator.errors import ConflictError, DeniedError, InvalidError
from coordinator.models.accounts import Account
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Involvement
from coordinator.models.sharing import Sharing
from coordinator.vocabulary import DEFAULT_NOTICE, EntryKind, Level, Notice, ParentTold, Purpose

# From the widest circle to the smallest.
CIRCLES = (Level.OPEN, Level.OWN_AGENCY, Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN)
OFFERED = (Level.OWN_AGENCY, Level.NAMED, Level.OPEN)
# The plan and its parts are opened on the plan's page; a meeting is for those who are invited.
CHANGED_HERE = frozenset({EntryKind.NOTE, EntryKind.CONTACT_ATTEMPT})


@dataclass(frozen=True)
class Audience:
    """Who may read an entry, and who is told that it exists.

    `readers` are references of accounts, for named people.  Without a `notice` the level's own
    default stands; `why_hidden` is the reason for hiding even the notice.
    """

    level: Level
    readers: tuple[str, ...] = ()
    notice: Notice | None = None
    why_hidden: str = ""


@dataclass(frozen=True)
class Facts:
    """The three facts of an act of sharing.  Why a parent is not told stands in `parent_view`."""

    purpose: Purpose | None = None
    what: str = ""
    parent_told: ParentTold | None = None
    parent_view: str = ""


NO_FACTS = Facts()


@dataclass(frozen=True)
class Circle:
    """Who is on the case: account by reference, and those who read what is for one's agency."""

    accounts: dict[str, int]
    own_agency: frozenset[int]


def circle(session: Session, moment: Moment, family_id: int, agency_id: int | None) -> Circle:
    """Return who is on the case today, as an entry of this agency sees them."""
    rows = session.execute(
        select(Account.reference, Account.id, Involvement.agency_id, Involvement.role)
        .join(Involvement, Involvement.account_id == Account.id)
        .where(Involvement.family_id == family_id, current(Involvement, moment.today))
    ).all()
    return Circle(
        {row.reference: row.id for row in rows},
        frozenset(
            row.id for row in rows if row.agency_id == agency_id and row.role not in OPEN_ONLY_ROLES
        ),
    )


def change_level(
    session: Session,
    actor: Actor,
    moment: Moment,
    entry: EntryInSight,
    version: int | None,
    audience: Audience,
    facts: Facts = NO_FACTS,
    reason: str = "",
) -> None:
    """Change who may read an entry: opening it asks the three facts, narrowing it a reason.

    A manager who changes a colleague's entry says the reason, too; the author reads the record.
    Raises `InvalidError`, `ConflictError`, and `DeniedError` for what is opened elsewhere.
    """
    if entry.kind not in CHANGED_HERE:
        raise DeniedError("Who reads this is decided on the page of the plan or the meeting.")
    record = session.get_one(Entry, entry.id)
    if version != record.version:
        raise ConflictError({"level": record.level.label}, record.version)
    before = record.level, record.notice
    old_readers = frozenset(
        session.scalars(select(EntryReader.account_id).where(EntryReader.entry_id == record.id))
    )
    people = circle(session, moment, record.family_id, record.agency_id)
    readers = named_readers(people, audience) - {record.author_id}
    notice = chosen_notice(audience)
    opens = opens_further(people, before[0], old_readers, audience.level, readers)
    narrows = _narrows(people, before[0], old_readers, audience.level, readers)
    if not opens and not narrows and (audience.level, notice) == before:
        raise InvalidError({"level": "This is who may read it already. Choose somebody else"})
    if opens:
        check_facts(facts)
    if (narrows or actor.account_id != record.author_id) and not reason:
        raise InvalidError({"reason": "Enter a reason"})
    record.level, record.notice = audience.level, notice
    _set_readers(session, record.id, old_readers, readers)
    said = facts if opens else NO_FACTS
    leave_record(
        session, actor, moment, record, before[0], said, reason or audience.why_hidden, readers
    )


def named_readers(people: Circle, audience: Audience) -> frozenset[int]:
    """Return the accounts of the named readers; none unless the level is for named people.

    Raises `InvalidError` for nobody and for somebody who is not on the case.
    """
    if audience.level is not Level.NAMED:
        return frozenset()
    if not audience.readers:
        raise InvalidError({"readers": "Choose who may read it"})
    if any(reference not in people.accounts for reference in audience.readers):
        raise InvalidError({"readers": "Choose people who are on the case"})
    return frozenset(people.accounts[reference] for reference in audience.readers)


def chosen_notice(audience: Audience) -> Notice:
    """Return who is told that the entry exists.

    Raises `InvalidError` if even the notice is hidden and nobody says why.
    """
    if audience.level is Level.OPEN or audience.notice is None:
        return DEFAULT_NOTICE[audience.level]
    if audience.notice is Notice.NOBODY and not audience.why_hidden:
        raise InvalidError({"why_hidden": "Say why even the notice is hidden"})
    return audience.notice


def opens_further(
    people: Circle,
    level: Level,
    old_readers: frozenset[int],
    to_level: Level,
    readers: frozenset[int],
) -> bool:
    """Whether somebody could read the entry who could not before: that is an act of sharing."""
    if to_level is not Level.NAMED or level is Level.OPEN:
        return CIRCLES.index(to_level) < CIRCLES.index(level)
    could = old_readers | (people.own_agency if level is Level.OWN_AGENCY else frozenset())
    return bool(readers - could)


def _narrows(
    people: Circle,
    level: Level,
    old_readers: frozenset[int],
    to_level: Level,
    readers: frozenset[int],
) -> bool:
    """Whether somebody could read the entry who cannot from now on: that needs a reason."""
    if CIRCLES.index(to_level) > CIRCLES.index(level):
        return True
    can = readers | (people.own_agency if to_level is Level.OWN_AGENCY else frozenset())
    return to_level is not Level.OPEN and bool(old_readers - can)


def check_facts(facts: Facts) -> None:
    """Raise `InvalidError` unless all that an act of sharing asks for is said."""
    problems = {}
    if facts.purpose is None:
        problems["purpose"] = "Choose why you share it"
    if not facts.what:
        problems["what"] = "Say what exactly you share"
    if facts.parent_told is None:
        problems["parent_told"] = "Say whether the parent or carer was told"
    elif facts.parent_told is not ParentTold.YES and not facts.parent_view:
        problems["parent_view"] = "Say why the parent or carer is not told yet"
    if problems:
        raise InvalidError(problems)


def leave_record(
    session: Session,
    actor: Actor,
    moment: Moment,
    entry: Entry,
    from_level: Level,
    facts: Facts,
    reason: str,
    readers: frozenset[int],
) -> None:
    """Leave the record of what was just decided about an entry.

    It is for those who may read the entry, its author among them, and leaves no notice of its own:
    the entry does.
    """
    record = Sharing(
        family_id=entry.family_id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=entry.level,
        notice=Notice.EVERYONE if entry.level is Level.OPEN else Notice.NOBODY,
        created_at=moment.now,
        shared_entry_id=entry.id,
        from_level=from_level,
        to_level=entry.level,
        purpose=facts.purpose,
        what=facts.what,
        parent_told=facts.parent_told,
        parent_view=facts.parent_view,
        reason=reason,
    )
    session.add(record)
    session.flush()
    if entry.level is not Level.OPEN:
        add_readers(session, record.id, (readers | {entry.author_id}) - {actor.account_id})


def add_readers(session: Session, entry_id: int, accounts: Iterable[int]) -> None:
    """Name the readers of an entry."""
    session.add_all(
        EntryReader(entry_id=entry_id, account_id=account) for account in sorted(accounts)
    )
    session.flush()


def _set_readers(
    session: Session, entry_id: int, old: frozenset[int], readers: frozenset[int]
) -> None:
    for account in sorted(old - readers):
        session.delete(session.get_one(EntryReader, (entry_id, account)))
    add_readers(session, entry_id, readers - old)
