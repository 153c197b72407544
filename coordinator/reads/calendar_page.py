"""A person's calendar as a page: a fortnight as a list, or a month in weeks."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.reads import calendar
from coordinator.reads.calendar_rows import CalendarRow, Period

LISTED = timedelta(days=14)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
# A calendar is opened for days around now; what lies further off is a mistyped address.
FARTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Item:
    """One thing at one time; a meeting of which somebody is asked to two parts is two of them."""

    time: Period
    row: CalendarRow


@dataclass(frozen=True)
class Day:
    """A day in London with what begins on it; `outside` the month that is shown."""

    day: date
    is_today: bool
    outside: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class CalendarPage:
    """The days that are shown, in weeks for a month, and the days on which its neighbours begin."""

    first: date
    last: date
    days: tuple[Day, ...]
    earlier: date
    later: date
    has_today: bool

    @property
    def weeks(self) -> list[tuple[Day, ...]]:
        """The days, seven by seven."""
        return [self.days[start : start + 7] for start in range(0, len(self.days), 7)]

    @property
    def others(self) -> bool:
        """Whether something stands in it at which the reader is not expected."""
        return any(not item.row.mine for day in self.days for item in day.items)

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(day.items for day in self.days)


def fortnight(session: Session, actor: Actor, moment: Moment, first: date) -> CalendarPage:
    """Return the fourteen days from this one."""
    first = _near(first, moment)
    last = first + LISTED - DAY
    days = _days(session, actor, moment, first, last)
    return CalendarPage(
        first, last, days, first - LISTED, first + LISTED, first <= moment.today <= last
    )


def month(session: Session, actor: Actor, moment: Moment, inside: date) -> CalendarPage:
    """Return the month in which this day is, in whole weeks from Monday to Sunday."""
    first = _near(inside, moment).replace(day=1)
    later = (first + timedelta(days=31)).replace(day=1)
    last = later - DAY
    days = _days(
        session,
        actor,
        moment,
        first - first.weekday() * DAY,
        last + (6 - last.weekday()) * DAY,
        month=first,
    )
    return CalendarPage(
        first, last, days, (first - DAY).replace(day=1), later, first <= moment.today <= last
    )


def _near(day: date, moment: Moment) -> date:
    return day if abs(day - moment.today) <= FARTHEST else moment.today


def _days(
    session: Session,
    actor: Actor,
    moment: Moment,
    first: date,
    last: date,
    *,
    month: date | None = None,
) -> tuple[Day, ...]:
    period = Period(clock.day_bounds(first)[0], clock.day_bounds(last)[1])
    on: dict[date, list[Item]] = {}
    for row in calendar.rows(session, actor, moment, period):
        for time in row.times:
            # What began before the first day that is shown goes on there.
            begins = max(clock.local(time.starts_at).date(), first)
            if begins <= last and not (month and row.all_day):
                on.setdefault(begins, []).append(Item(time, row))
    return tuple(
        Day(
            day,
            day == moment.today,
            month is not None and (day.year, day.month) != (month.year, month.month),
            tuple(sorted(on.get(day, ()), key=_order)),
        )
        for day in (first + n * DAY for n in range((last - first).days + 1))
    )


def _order(item: Item) -> tuple[bool, object, str]:
    return (not item.row.all_day, item.time.starts_at, item.row.reference)
