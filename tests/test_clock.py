"""Local time and the days on which the clocks change."""

from datetime import UTC, date, datetime

import pytest

from coordinator import clock


def test_a_time_that_the_clocks_skip_is_refused_with_the_next_one_that_exists() -> None:
    with pytest.raises(clock.NoSuchLocalTimeError) as skipped:
        clock.instant_of(datetime(2027, 3, 28, 1, 30))  # noqa: DTZ001
    assert skipped.value.next_valid == datetime(2027, 3, 28, 2, 30)  # noqa: DTZ001


def test_a_time_that_happens_twice_means_the_first_one() -> None:
    instant = clock.instant_of(datetime(2027, 10, 31, 1, 30))  # noqa: DTZ001
    assert instant == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_day_on_which_the_clocks_go_back_has_25_hours() -> None:
    start, end = clock.day_bounds(date(2027, 10, 31))
    assert (end - start).total_seconds() == 25 * 3600


def test_it_can_be_another_instant_for_a_while() -> None:
    then = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
    with clock.standing_at(then):
        assert clock.now() == then
        assert clock.today() == date(2026, 5, 3)
    assert clock.now() != then
