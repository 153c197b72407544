"""The named readers of an entry that only its author, or the parent, may name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.base import version_of
from coordinator.models.entries import EntryReader
from coordinator.services import sharing


def named(
    session: Session,
    moment: Moment,
    family: FamilyInSight,
    agency_id: int | None,
    references: tuple[str, ...],
) -> frozenset[int]:
    """Return the accounts of the people who are named by reference.

    Raises `InvalidError` for somebody who is not on the case.
    """
    people = sharing.circle(session, moment, family.id, agency_id)
    if any(reference not in people.accounts for reference in references):
        raise InvalidError({"readers": "Choose people who are on the case"})
    return frozenset(people.accounts[reference] for reference in references)


def of(session: Session, entry_id: int) -> frozenset[int]:
    """Return the accounts of the named readers of an entry."""
    return frozenset(
        session.scalars(select(EntryReader.account_id).where(EntryReader.entry_id == entry_id))
    )


def version(accounts: frozenset[int]) -> int:
    """Return the number that stands for these readers in a form."""
    return version_of(*sorted(accounts))


def change(session: Session, entry_id: int, old: frozenset[int], accounts: frozenset[int]) -> None:
    """Name these readers of an entry and no others."""
    for account in sorted(old - accounts):
        session.delete(session.get_one(EntryReader, (entry_id, account)))
    sharing.add_readers(session, entry_id, accounts - old)
