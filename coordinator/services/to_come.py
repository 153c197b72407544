"""When something that people arrange is: in the future, at a time that exists (F15)."""

from datetime import datetime, timedelta

from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.clock import FIRST, SECOND, NoSuchLocalTimeError, day_in_words, time_in_words
from coordinator.errors import InvalidError

LONGEST_AHEAD = timedelta(days=731)


def instant(moment: Moment, wall: datetime, thing: str, which: str = FIRST) -> datetime:
    """Return the UTC instant of a local time to come; `thing` is what happens then, as `meeting`.

    `which` says `first` or `second` of a time that comes twice, or nothing yet.  Raises
    `InvalidError` beside `day` or `start` for a time that is past, more than two years ahead, or
    that the clocks skip, and beside `which_hour` for one that comes twice if nothing says which.
    """
    try:
        found = clock.instant_of(wall, second=which == SECOND)
    except NoSuchLocalTimeError as skipped:
        offered = time_in_words(skipped.next_valid)
        raise InvalidError(
            {
                "start": f"There is no {time_in_words(wall)} on {day_in_words(wall)}: the clocks"
                f" go forward. The next time that exists is {offered}"
            }
        ) from None
    if not which and clock.comes_twice(wall):
        raise InvalidError(
            {
                "which_hour": f"The clocks go back on {day_in_words(wall)}, so"
                f" {time_in_words(wall)} comes twice. Choose which one you mean"
            }
        )
    if found <= moment.now:
        raise InvalidError({"day": f"The {thing} must be in the future"})
    if found > moment.now + LONGEST_AHEAD:
        raise InvalidError({"day": f"The {thing} must be within two years: check the year"})
    return found
