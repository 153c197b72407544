"""Dates, times and numbers on a page are written as GOV.UK writes them, in London time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from coordinator.web import presentation

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (time(14, 30), "2:30pm"),
        (time(9), "9am"),
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(0, 5), "12:05am"),
        (time(12, 5), "12:05pm"),
        (None, ""),
    ],
)
def test_a_time_of_day_is_written_with_am_or_pm(value, written):
    assert presentation.clock_text(value) == written


def test_an_instant_is_shown_in_london_on_both_sides_of_a_clock_change():
    with time_machine.travel(NOW, tick=False):
        winter = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
        assert presentation.moment_text(winter) == "Tuesday 24 November, 2:30pm"
        summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
        assert presentation.moment_text(summer) == "Thursday 2 July, 12:30am"


def test_the_year_is_said_when_it_is_not_this_one():
    with time_machine.travel(NOW, tick=False):
        assert presentation.weekday_text(date(2027, 3, 28)) == "Sunday 28 March 2027"
        assert presentation.day_text(date(2026, 11, 24)) == "24 November 2026"


def test_a_near_day_is_named_by_what_it_is_to_us():
    today = date(2026, 11, 24)
    with time_machine.travel(NOW, tick=False):
        words = [presentation.near_day(today + timedelta(days=n)) for n in (-1, 0, 1, 2)]
    assert words == ["yesterday", "today", "tomorrow", "Thursday 26 November"]


def test_late_in_the_evening_of_a_summer_day_is_tomorrow_in_london():
    with time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), tick=False):
        assert presentation.near_day(date(2026, 7, 2)) == "today"


def test_a_phone_number_is_readable_and_can_be_dialled():
    assert presentation.phone_text("+441632960001") == "01632 960001"
    assert presentation.phone_link("01632 960001 ext 5") == "tel:+44-1632-960001;ext=5"
    assert (presentation.phone_text("ask reception"), presentation.phone_link("ask reception")) == (
        "ask reception",
        "",
    )


def test_a_length_of_time_is_said_in_hours_and_minutes():
    lengths = (timedelta(minutes=45), timedelta(hours=1), timedelta(minutes=90), timedelta(0))
    assert [presentation.length_text(length) for length in lengths] == [
        "45 minutes",
        "1 hour",
        "1 hour 30 minutes",
        "0 minutes",
    ]
