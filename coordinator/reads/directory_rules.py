"""After how long posts are confirmed anew, as it is in force and as it was before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.models.accounts import Account
from coordinator.models.directory_rules import DirectoryRule


@dataclass(frozen=True)
class Periods:
    """One version of the periods, in calendar days.  `set_by` is empty for the first."""

    id: int
    confirmed_every_days: int
    asked_before_days: int
    deputy_after_days: int
    manager_after_days: int
    answers_every_days: int
    from_date: date
    reason: str
    set_by: str
    set_at: datetime | None


def in_force(column: Any, day: date) -> Any:
    """Return one period of the version that holds on a day, as a part of another statement."""
    return (
        select(column)
        .where(DirectoryRule.from_date <= day)
        .order_by(DirectoryRule.from_date.desc(), DirectoryRule.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def history(session: Session) -> tuple[Periods, ...]:
    """Return all versions, the newest first.  One statement."""
    rows = session.execute(
        select(
            DirectoryRule.id,
            DirectoryRule.confirmed_every_days,
            DirectoryRule.asked_before_days,
            DirectoryRule.deputy_after_days,
            DirectoryRule.manager_after_days,
            DirectoryRule.answers_every_days,
            DirectoryRule.from_date,
            DirectoryRule.reason,
            func.coalesce(Account.name, "").label("set_by"),
            DirectoryRule.set_at,
        )
        .outerjoin(Account, Account.id == DirectoryRule.set_by_id)
        .order_by(DirectoryRule.from_date.desc(), DirectoryRule.id.desc())
    )
    return tuple(Periods(**row._asdict()) for row in rows)


def now(session: Session, day: date) -> Periods:
    """Return the version that holds on a day.  One statement."""
    return next(periods for periods in history(session) if periods.from_date <= day)
