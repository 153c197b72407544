"""The named readers of an entry: who may be named, who is named, and naming others.

Who else reads it follows from its level (access/scope.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.sights import OPEN_ONLY_ROLES, EntryInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.accounts import Account
from coordinator.models.base import version_of
from coordinator.models.entries import EntryReader
from coordinator.models.families import Involvement


@dataclass(frozen=True)
class Circle:
    """Who is on the case: account by reference, and those who read what is for one's agency."""

    accounts: dict[str, int]
    own_agency: frozenset[int]

    def named(self, references: Iterable[str]) -> frozenset[int]:
        """Return the accounts of the people who are named by reference.

        Raises `InvalidError` for somebody who is not on the case.
        """
        try:
            return frozenset(self.accounts[reference] for reference in references)
        except KeyError:
            raise InvalidError({"readers": "Choose people who are on the case"}) from None


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


def of(session: Session, entry_id: int) -> frozenset[int]:
    """Return the accounts of the named readers of an entry."""
    return frozenset(
        session.scalars(select(EntryReader.account_id).where(EntryReader.entry_id == entry_id))
    )


def version(accounts: frozenset[int]) -> int:
    """Return the number that stands for these readers in a form."""
    return version_of(*sorted(accounts))


def add(session: Session, entry_id: int, accounts: Iterable[int]) -> None:
    """Name these readers of an entry, too."""
    session.add_all(
        EntryReader(entry_id=entry_id, account_id=account) for account in sorted(accounts)
    )
    session.flush()


def name_too(session: Session, entry_id: int, account_id: int) -> None:
    """Name one more reader of an entry, if they are not named yet."""
    if session.get(EntryReader, (entry_id, account_id)) is None:
        add(session, entry_id, {account_id})


def change(session: Session, entry_id: int, old: frozenset[int], accounts: frozenset[int]) -> None:
    """Name these readers of an entry and no others."""
    for account in sorted(old - accounts):
        session.delete(session.get_one(EntryReader, (entry_id, account)))
    add(session, entry_id, accounts - old)


def choose(
    session: Session,
    actor: Actor,
    moment: Moment,
    entry: EntryInSight,
    seen: int | None,
    chosen: tuple[str, ...],
) -> tuple[frozenset[int], frozenset[int]]:
    """Name other readers of an entry, the actor left out; return who they were, and who they are.

    `seen` is the `version` of the readers that the form showed, `chosen` are references of
    accounts.  Raises `ConflictError`, and `InvalidError` for somebody who is not on the case and
    where nothing is different.
    """
    old = of(session, entry.id)
    if seen != version(old):
        raise ConflictError({}, version(old))
    people = circle(session, moment, entry.family.id, entry.agency_id).named(chosen)
    people -= {actor.account_id}
    if people == old:
        raise InvalidError({"readers": "These people read it already. Choose somebody else"})
    change(session, entry.id, old, people)
    return old, people
