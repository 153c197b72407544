"""Who is named for an entry that the reader may read; its author is not among them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import EntryInSight
from coordinator.models.accounts import Account
from coordinator.models.entries import EntryReader


def named(session: Session, entry: EntryInSight) -> tuple[tuple[str, str], ...]:
    """Return who is named for an entry in sight, by name: (account, name).  One statement."""
    rows = session.execute(
        select(Account.reference, Account.name)
        .join(EntryReader, EntryReader.account_id == Account.id)
        .where(EntryReader.entry_id == entry.id)
        .order_by(Account.name)
    )
    return tuple((row.reference, row.name) for row in rows)


def names(session: Session, entry_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of those who are named for each of these entries.  One statement.

    Whoever asks has found that the reader may read them all.
    """
    found: dict[int, tuple[str, ...]] = {}
    for entry_id, name in session.execute(
        select(EntryReader.entry_id, Account.name)
        .join(Account, Account.id == EntryReader.account_id)
        .where(EntryReader.entry_id.in_(entry_ids))
        .order_by(Account.name)
    ):
        found[entry_id] = (*found.get(entry_id, ()), name)
    return found
