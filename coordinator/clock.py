"""The only place that knows what time it is.

Instants are aware datetimes in UTC.  What people read and type is local time in London.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

LONDON = ZoneInfo("Europe/London")


_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let it be this instant inside: the demo tells its story on the days when it happened."""
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """Return today's date in London, which is what a due date is measured against."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """Return the London wall-clock time of an aware instant."""
    return instant.astimezone(LONDON)


class NoSuchLocalTimeError(ValueError):
    """The clocks skip this local time; `next_valid` is the first time that exists after it."""

    def __init__(self, next_valid: datetime) -> None:
        """Keep the naive local time that can be offered instead."""
        super().__init__("the clocks go forward over this time")
        self.next_valid = next_valid


FIRST, SECOND = "first", "second"


def which_of_two(wall: datetime, instant: datetime, zone: ZoneInfo = LONDON) -> str:
    """Return `first` or `second` for an instant whose local time comes twice, else nothing."""
    if not comes_twice(wall, zone):
        return ""
    return FIRST if instant_of(wall, zone) == instant else SECOND


def comes_twice(wall: datetime, zone: ZoneInfo = LONDON) -> bool:
    """Whether a naive local time happens twice because the clocks go back."""
    first = wall.replace(tzinfo=zone, fold=0)
    return first.utcoffset() != first.replace(fold=1).utcoffset() and not _is_skipped(first)


def _is_skipped(local_time: datetime) -> bool:
    back = local_time.astimezone(UTC).astimezone(local_time.tzinfo)
    return back.replace(tzinfo=None, fold=0) != local_time.replace(tzinfo=None, fold=0)


def instant_of(wall: datetime, zone: ZoneInfo = LONDON, *, second: bool = False) -> datetime:
    """Return the UTC instant of a naive local time.

    A time that happens twice when the clocks go back means the first one, or the `second`.  Raises
    `NoSuchLocalTimeError` for a time that the clocks skip: `datetime` would accept it silently.
    """
    local_time = wall.replace(tzinfo=zone, fold=int(second))
    if _is_skipped(local_time):
        raise NoSuchLocalTimeError((wall + timedelta(hours=1)).replace(second=0, microsecond=0))
    return local_time.astimezone(UTC)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the UTC instants at which a London day starts and the next one starts."""
    start = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (local by definition)
    return instant_of(start), instant_of(start + timedelta(days=1))


REGIONS = {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}


@cache
def zones() -> dict[str, str]:
    """Return what people can choose from: IANA name of a time zone → `Paris (Europe)`, by place."""
    named = {}
    for zone in sorted(available_timezones(), reverse=True):
        region, _, _place = zone.partition("/")
        if region in REGIONS:
            # Of two names of one place the older one goes.
            named[f"{place_of(zone)} ({region})"] = zone
    return {named[words]: words for words in sorted(named)}


def place_of(zone: str) -> str:
    """Return the place after which a time zone is named: `Buenos Aires`."""
    return zone.rpartition("/")[2].replace("_", " ")


def elsewhere(start: datetime, end: datetime, zone: str) -> str:
    """Write two instants as the clocks of this zone show them: `3:30pm to 4:30pm in Paris`.

    Nothing where these show what London's show; the day where it is another one.
    """
    there = start.astimezone(ZoneInfo(zone))
    if there.replace(tzinfo=None) == local(start).replace(tzinfo=None):
        return ""
    day = "" if there.date() == local(start).date() else f"{there:%A} {there.day} {there:%B}, "
    until = time_in_words(end.astimezone(ZoneInfo(zone)))
    return f"{day}{time_in_words(there)} to {until} in {place_of(zone)}"


def time_in_words(moment: datetime | time) -> str:
    """Write a local time of day: `2:30pm`, `9am`, `midday`, `midnight`."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def day_in_words(day: date) -> str:
    """Write a local day in full: `Tuesday 24 November 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"
