"""Days as the rules count them, against a slower way that shares no line with it (issue 4, 9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from coordinator import clock, working_days
from coordinator.vocabulary import Unit
from coordinator.working_days import BANK_HOLIDAYS, KNOWN_UNTIL, due, working_days_from

KNOWN = st.dates(date(2024, 1, 1), date(2028, 9, 30))
INSTANTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001  (local by definition)
    datetime(2028, 3, 31),  # noqa: DTZ001
    timezones=st.just(ZoneInfo("Europe/London")),
).map(lambda wall: wall.astimezone(UTC))


def by_the_law(year: int) -> set[date]:
    """Return the bank holidays that the Banking and Financial Dealings Act leads to."""

    def monday(month: int, *, last: bool = False) -> date:
        days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
        mondays = [d for d in days if d.month == month and d.weekday() == 0]
        return mondays[-1 if last else 0]

    found = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    found |= {monday(5), monday(5, last=True), monday(8, last=True)}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        after = (fixed + timedelta(days=n) for n in range(9))
        found.add(next(d for d in after if d.weekday() < 5 and d not in found))
    return found


def slowly(day: date, number: int) -> date:
    """Count working days on a calendar that is written out whole."""
    way = 1 if number > 0 else -1
    row = [day + timedelta(days=way * n) for n in range(1, 200)]
    off = set().union(*(by_the_law(year) for year in range(2023, 2031)))
    return [d for d in row if d.isoweekday() not in (6, 7) and d not in off][abs(number) - 1]


@given(KNOWN, st.integers(1, 45))
def test_working_days_are_those_of_a_written_calendar(day, number):
    assert working_days_from(day, number) == slowly(day, number)


@given(st.dates(date(2024, 3, 31), KNOWN_UNTIL), st.integers(1, 45))
def test_working_days_back_are_those_of_a_written_calendar(day, number):
    assert working_days_from(day, -number) == slowly(day, -number)


@given(KNOWN, st.integers(1, 45))
def test_the_days_between_are_those_that_were_counted(day, number):
    assert working_days.working_days_between(day, working_days_from(day, number)) == number


@given(INSTANTS, st.integers(1, 90), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]))
def test_days_weeks_and_months_are_those_of_the_library(start, number, unit):
    found = due(start, number, unit)
    day = start.astimezone(ZoneInfo("Europe/London")).date()
    assert found.on == day + relativedelta(**{unit.value: number})
    ends = clock.local(found.at)
    assert (ends.date(), ends.hour, ends.minute) == (found.on + timedelta(days=1), 0, 0)


@given(INSTANTS, st.integers(1, 200))
def test_hours_pass_on_every_clock(start, number):
    found = due(start, number, Unit.HOURS)
    assert found.at - start == timedelta(hours=number)
    assert found.on == clock.local(found.at - timedelta(microseconds=1)).date()


@pytest.mark.parametrize(
    ("start", "limit", "unit", "day"),
    [
        ("2026-12-24", 1, Unit.WORKING_DAYS, "2026-12-29"),  # Boxing Day falls on a Saturday
        ("2027-12-24", 1, Unit.WORKING_DAYS, "2027-12-29"),  # both days are put off
        ("2026-11-07", 1, Unit.WORKING_DAYS, "2026-11-09"),  # a Saturday does not count
        ("2026-04-02", 2, Unit.WORKING_DAYS, "2026-04-08"),  # Easter
        ("2028-02-28", 1, Unit.DAYS, "2028-02-29"),
        ("2028-02-29", 12, Unit.MONTHS, "2029-02-28"),
        ("2026-11-30", 3, Unit.MONTHS, "2027-02-28"),
        ("2027-11-30", 3, Unit.MONTHS, "2028-02-29"),
        ("2026-08-31", 6, Unit.MONTHS, "2027-02-28"),
    ],
)
def test_the_days_that_are_easily_wrong(start, limit, unit, day):
    found = due(datetime.fromisoformat(f"{start}T12:00+00:00"), limit, unit)
    assert found.on == date.fromisoformat(day)


def test_a_day_ends_with_the_day_on_which_the_clocks_change():
    """Sunday 29 March 2026 has 23 hours, 25 October 2026 has 25."""
    spring = due(datetime(2026, 3, 28, 9, tzinfo=UTC), 1, Unit.DAYS)
    assert (spring.on, spring.at) == (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC))
    autumn = due(datetime(2026, 10, 24, 9, tzinfo=UTC), 1, Unit.DAYS)
    assert (autumn.on, autumn.at) == (date(2026, 10, 25), datetime(2026, 10, 26, tzinfo=UTC))


def test_seventy_two_hours_are_seventy_two_when_the_clocks_change():
    """R10: home on Friday at 4pm before the clocks go forward; late on Monday at 5pm."""
    home = datetime(2026, 3, 27, 16, tzinfo=UTC)
    assert due(home, 72, Unit.HOURS).at == datetime(2026, 3, 30, 16, tzinfo=UTC)
    assert clock.time_in_words(clock.local(due(home, 72, Unit.HOURS).at)) == "5pm"


def test_the_table_is_that_of_the_law():
    """No year of the table has a holiday by proclamation yet; one that comes is added by hand."""
    assert set().union(*(by_the_law(year) for year in range(2024, 2029))) == BANK_HOLIDAYS


def test_the_table_of_bank_holidays_does_not_run_out():
    """Copy the next years from gov.uk/bank-holidays when this fails."""
    assert max(BANK_HOLIDAYS).year == KNOWN_UNTIL.year
    assert KNOWN_UNTIL - date.today() > timedelta(days=366)  # noqa: DTZ011


def test_a_unit_that_counts_no_time_is_refused():
    with pytest.raises(ValueError, match="counts no time"):
        due(datetime(2026, 11, 2, tzinfo=UTC), 2, Unit.AGENCIES)
