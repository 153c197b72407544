"""The one place where each noun adds what it puts into calendars, and what takes people's time."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.reads import (
    calendar_deadlines,
    calendar_meetings,
    calendar_slots,
    calendar_supports,
    calendar_visits,
)
from coordinator.reads.calendar_rows import Asked, BusyTime, CalendarRow, Period

# Each returns the rows that touch the period and that this actor may know of, for the agency acted
# for: under the sharing rule, and nothing of a family that is hidden from them.
ROWS: tuple[Callable[[Session, Actor, Moment, Period], Iterable[CalendarRow]], ...] = (
    calendar_deadlines.rows,
    calendar_meetings.rows,
    calendar_slots.rows,
    calendar_supports.rows,
    calendar_visits.rows,
)

# Each returns the times within the period that those asked for have taken, as far as this actor may
# know that much while they arrange something for this family (docs/decisions/0023); `leaving_out`
# is the reference of what is being moved.
BUSY: tuple[
    Callable[[Session, Actor, Moment, FamilyInSight, Asked, Period, str], Iterable[BusyTime]], ...
] = (calendar_meetings.busy, calendar_supports.busy, calendar_visits.busy)


def rows(session: Session, actor: Actor, moment: Moment, period: Period) -> tuple[CalendarRow, ...]:
    """Return what stands in the actor's calendar in this period, the earliest first."""
    found = [row for noun in ROWS for row in noun(session, actor, moment, period)]
    return tuple(sorted(found, key=_order))


def busy(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    asked: Asked,
    period: Period,
    leaving_out: str = "",
) -> tuple[BusyTime, ...]:
    """Return the times within the period that those asked have taken, as the actor may know."""
    about = (session, actor, moment, family, asked, period, leaving_out)
    return tuple(time for noun in BUSY for time in noun(*about))


def _order(row: CalendarRow) -> tuple[datetime, str]:
    first = min((time.starts_at for time in row.times), default=row.whole.starts_at)
    return first, row.reference
