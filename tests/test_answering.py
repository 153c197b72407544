"""Who answers for a post at any hour: bank holidays, clock changes, absences, the night desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coordinator import clock, cover_hours
from coordinator.cover_hours import changes_at, is_open, read
from coordinator.reads import answering
from coordinator.reads.answering import Desk, Holder, Part
from coordinator.working_days import BANK_HOLIDAYS

INSTANTS = st.datetimes(
    datetime(2024, 3, 1),  # noqa: DTZ001  (local by definition)
    datetime(2028, 3, 31),  # noqa: DTZ001
    timezones=st.just(ZoneInfo("Europe/London")),
).map(lambda wall: wall.astimezone(UTC))
OFFICE = read("Monday to Friday, 9am to 5pm")
NIGHT = read("Every day, 5pm to 9am; weekends and bank holidays, all day")
SPRING = datetime(2026, 3, 29, 1, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def london(text: str) -> datetime:
    return clock.instant_of(datetime.fromisoformat(text))


@given(INSTANTS)
@example(SPRING)
@example(AUTUMN)
@example(AUTUMN + timedelta(hours=1))
def test_office_hours_are_those_on_the_wall(instant):
    wall = clock.local(instant)
    works = wall.weekday() < 5 and wall.date() not in BANK_HOLIDAYS
    assert is_open(OFFICE, instant) is (works and 9 <= wall.hour < 17)


@given(INSTANTS)
@example(SPRING)
@example(AUTUMN)
def test_somebody_answers_at_every_hour_where_the_night_desk_takes_the_rest(instant):
    """E05: office hours and the hours of the night desk leave no gap, on no day of the year."""
    assert is_open(OFFICE, instant) or is_open(NIGHT, instant)
    if clock.local(instant).weekday() < 5 and clock.local(instant).date() not in BANK_HOLIDAYS:
        assert is_open(OFFICE, instant) is not is_open(read("Every day, 5pm to 9am"), instant)


@given(INSTANTS, st.sampled_from(["Every day, 1:30am to 2:30am", "Sundays, 1am to 1:45am"]))
@example(SPRING, "Every day, 1:30am to 2:30am")
@example(AUTUMN, "Every day, 1:30am to 2:30am")
def test_nothing_changes_before_the_next_change(instant, words):
    """Across an hour that comes twice, and one that does not come."""
    hours = read(words)
    end = changes_at(hours, instant)
    assert end is not None
    assert end > instant
    step = (end - instant) / 7
    assert len({is_open(hours, instant + step * n) for n in range(7)}) == 1
    assert is_open(hours, end) is not is_open(hours, end - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("words", "at", "open_"),
    [
        ("Mon-Fri 9am–5:30pm", "2026-11-24 17:29", True),
        ("Weekdays 09:00 to 17:00", "2026-12-25 10:00", False),
        ("Monday to Friday, 9am to 5pm; bank holidays, 10am to midday", "2026-12-25 10:00", True),
        ("Friday to Monday, midnight to midday", "2026-11-22 11:59", True),
        ("Saturdays and Sundays, 8pm to 2am", "2026-11-23 01:59", True),
        ("At any hour", "2026-12-25 03:00", True),
    ],
)
def test_hours_are_read_as_people_write_them(words, at, open_):
    assert is_open(read(words), london(at)) is open_


@pytest.mark.parametrize("words", ["Always", "9 to 5", "Monday, 9 to 5", "Someday, 9am to 5pm", ""])
def test_words_that_could_mean_two_things_are_refused(words):
    assert cover_hours.known(words) is None


def person(name: str, away: date | None = None, acting: Holder | None = None) -> Holder:
    return Holder(name, "", f"0163296{len(name):04}", f"{name}@x.example", "", away, acting)


def test_whoever_is_there_answers_and_at_night_the_desk():
    """E05: holder; who acts for them while they are away; deputy; the out-of-hours number."""
    tuesday, last = london("2026-11-24 10:00"), date(2026, 11, 24)
    night = Desk("01632 960199", NIGHT, None, None, "Out of hours")
    there = Desk("01632 960100", OFFICE, person("Elif"), person("Ewan"))
    found = answering.at(there, night, tuesday)
    assert (found.part, found.phone) == (Part.HOLDER, "01632 960100")
    assert found.until == london("2026-11-24 17:00")

    acted = Desk("", OFFICE, person("Elif", last, person("Cerys")), person("Ewan"))
    assert answering.at(acted, night, tuesday).part is Part.ACTING
    away = Desk("", read("At any hour"), person("Elif", last), person("Ewan"))
    found = answering.at(away, night, tuesday)
    assert (found.part, found.until) == (Part.DEPUTY, london("2026-11-25 00:00"))

    late = answering.at(there, night, london("2026-11-24 19:00"))
    assert (late.part, late.phone, late.open) == (Part.NIGHT, "01632 960199", False)
    assert late.reopens == late.until == london("2026-11-25 09:00")
    christmas = answering.at(there, night, london("2026-12-24 18:00"))
    assert christmas.reopens == london("2026-12-29 09:00")
    assert answering.at(there, None, london("2026-11-24 19:00")).part is Part.NOBODY


@given(INSTANTS, st.booleans(), st.booleans(), st.booleans())
def test_who_answers_is_never_away_and_has_a_number(instant, holder_away, deputy_away, covered):
    day = clock.local(instant).date()
    holder = person("Elif", day if holder_away else None, person("Cerys") if covered else None)
    post = Desk("01632 960100", OFFICE, holder, person("Ewan", day if deputy_away else None))
    found = answering.at(post, Desk("01632 960199", NIGHT, None, None), instant)
    assert found.phone
    assert found.who is None or found.who.away_until is None
    assert (found.part is Part.NIGHT) is not is_open(OFFICE, instant)
