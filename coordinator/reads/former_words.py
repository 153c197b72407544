"""What the rows of an administrator's list said before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.models.accounts import Account
from coordinator.models.former_words import FormerWords
from coordinator.vocabulary import WordList


@dataclass(frozen=True)
class Before:
    """What a row said until somebody changed it or took it away; `row` is its reference."""

    row: str
    said: str
    changed_by: str
    changed_at: datetime


def of(session: Session, which: WordList) -> tuple[Before, ...]:
    """Return what a list said before, the newest change first.  One statement."""
    rows = session.execute(
        select(
            FormerWords.row,
            FormerWords.said,
            Account.name.label("changed_by"),
            FormerWords.changed_at,
        )
        .join(Account, Account.id == FormerWords.changed_by_id)
        .where(FormerWords.list == which)
        .order_by(FormerWords.id.desc())
    )
    return tuple(Before(**row._asdict()) for row in rows)
