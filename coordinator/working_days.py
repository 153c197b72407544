"""Counting days as the rules do: hours, days, weeks, months and England's working days.

Days are days in London.  A limit of days ends with its last day, whatever the clocks do; one of
hours ends at an instant.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coordinator import clock
from coordinator.vocabulary import Unit

# The bank holidays of England and Wales as gov.uk/bank-holidays publishes them (a substitute day
# where one falls on a weekend).  tests/test_working_days.py fails when less than a year is left.
_BY_YEAR = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}
BANK_HOLIDAYS = frozenset(
    date.fromisoformat(f"{year}-{day}") for year, days in _BY_YEAR.items() for day in days.split()
)
# After this day only weekends are known, so that what is counted is early and never late.
KNOWN_UNTIL = date(2028, 12, 31)
SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """The last day on which something is in time, and the instant from which it is late."""

    on: date
    at: datetime


def is_working_day(day: date) -> bool:
    """Return whether a day is Monday to Friday and no bank holiday in England."""
    return day.weekday() < SATURDAY and day not in BANK_HOLIDAYS


def working_days_from(day: date, number: int) -> date:
    """Return the working day that is this many after a day, or before it for a negative number.

    The day itself does not count: one working day after a Friday is Monday.
    """
    step = timedelta(days=1 if number >= 0 else -1)
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Return how many working days lie after the first day, up to and with the last."""
    return sum(
        is_working_day(first + timedelta(days=number))
        for number in range(1, (last - first).days + 1)
    )


def months_from(day: date, number: int) -> date:
    """Return the day this many months later, or the month's last day if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due(start: datetime, limit: int, unit: Unit, *, before: bool = False) -> Due:
    """Return by when something is due that an event starts, or `before` it.

    `start` is the event's instant.  Raises `ValueError` for a unit that counts no time.
    """
    number = -limit if before else limit
    if unit is Unit.HOURS:
        instant = start + timedelta(hours=number)
        return Due(clock.local(instant - timedelta.resolution).date(), instant)
    day = clock.local(start).date()
    match unit:
        case Unit.WORKING_DAYS:
            last = working_days_from(day, number)
        case Unit.DAYS:
            last = day + timedelta(days=number)
        case Unit.WEEKS:
            last = day + timedelta(weeks=number)
        case Unit.MONTHS:
            last = months_from(day, number)
        case _:
            msg = f"{unit} counts no time"
            raise ValueError(msg)
    return Due(last, clock.day_bounds(last)[1])
