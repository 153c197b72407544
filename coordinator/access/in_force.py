"""Which settings hold: what this process knows of them, and how it hears that they changed.

The first statement of a request, which asks for a person's session or a guest's link, also returns
the mark of the newest change.  If this process does not know it, it reads the changes once and
keeps the whole set, frozen; a request or a round of the worker holds one set to its end.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.models.settings import SettingChange
from coordinator.settings import FIRST, Settings, hold, with_numbers

# What this process read last, by the mark of the newest change: swapped whole, so that a thread
# sees the one before or the one after.
_known: tuple[str | None, Settings] = (None, FIRST)


CHANGES = select(SettingChange.reference, SettingChange.name, SettingChange.value).order_by(
    SettingChange.number
)


def newest() -> Any:
    """Return the mark of the newest change, or nothing, as a part of another statement.

    It is random, not a count: what one database calls the first change is not another's.
    """
    return (
        select(SettingChange.reference)
        .order_by(SettingChange.number.desc())
        .limit(1)
        .scalar_subquery()
    )


def begin() -> None:
    """Hold what this process read last, until the first statement says whether it still is so."""
    hold(_known[1])


def heed(session: Session, mark: str | None) -> bool:
    """Hold the settings of this mark; say whether they had to be read: one statement."""
    global _known  # noqa: PLW0603  (one for the whole process)
    mine = _known
    if unknown := mark != mine[0]:
        # Past the ORM and its wall: it is asked before anybody acts, and about no family.
        rows = session.connection().execute(CHANGES).all()
        numbers = {row.name: row.value for row in rows}
        mine = _known = (rows[-1].reference if rows else None, with_numbers(numbers))
    hold(mine[1])
    return unknown


def asked(session: Session) -> str | None:
    """Return the mark of the newest change.  One statement."""
    return session.connection().scalar(MARK)


def ask(session: Session) -> None:
    """Hold the settings of now, where no other statement asks for them first.  One statement."""
    heed(session, asked(session))


MARK = select(newest())
