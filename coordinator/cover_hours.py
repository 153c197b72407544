"""When a post answers: weekly hours as people write them, read at any instant (E05, E29).

Hours are written once, in the words that everybody reads (`Monday to Friday, 9am to 5pm; bank
holidays, 10am to 4pm`), and nothing else is kept.  Times are London's.  A span that ends before it
starts runs into the next day.  On a bank holiday only what is said of bank holidays, or of every
day, holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coordinator import clock
from coordinator.working_days import BANK_HOLIDAYS

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BANK_HOLIDAY = 7
NAMED = {
    "every day": frozenset(range(8)),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
    "bank holidays": frozenset((BANK_HOLIDAY,)),
}
ALL_DAY = ("all day", "at any hour")
EXAMPLE = "Monday to Friday, 9am to 5pm; bank holidays, 10am to 4pm"
MIDNIGHT = time()
DAY = timedelta(days=1)
# Further ahead nobody asks; a post that opens on Mondays alone may miss some at Christmas.
LOOKED_AHEAD = 35

_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>am|pm)?")
_SPAN = re.compile(
    r"(?P<days>.*[a-z]),? (?P<opens>[\d:.]+ ?(?:am|pm)?|midday|midnight)"
    r" to (?P<closes>[\d:.]+ ?(?:am|pm)?|midday|midnight)"
)


@dataclass(frozen=True)
class Span:
    """From one time to another on these days (Monday is 0, a bank holiday 7)."""

    days: frozenset[int]
    opens: time
    closes: time


Hours = tuple[Span, ...]


def read(words: str) -> Hours:
    """Return the hours that these words mean.  Raises `ValueError` where they mean none."""
    text = " ".join(words.lower().replace("–", " to ").replace("-", " to ").split())
    return tuple(_span(clause.strip()) for clause in text.rstrip(".").split(";"))


def known(words: str) -> Hours | None:
    """Return the hours that these words mean, or None where they mean none that can be counted."""
    try:
        return read(words)
    except ValueError:
        return None


def is_open(hours: Hours, instant: datetime) -> bool:
    """Return whether somebody answers at this aware instant."""
    return any(start <= instant < end for start, end in _around(hours, instant))


def changes_at(hours: Hours, instant: datetime) -> datetime | None:
    """Return the next instant (UTC) at which a post begins or stops to answer.

    None if it does not within five weeks: it answers at every hour, or at none.
    """
    spans = list(_joined(_around(hours, instant)))
    horizon = instant + timedelta(days=LOOKED_AHEAD - 2)
    edges = [edge for span in spans for edge in span if instant < edge < horizon]
    return min(edges, default=None)


def _around(hours: Hours, instant: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans from the day before an instant until far enough after it, in order."""
    first = clock.local(instant).date() - DAY
    found = []
    for day in (first + timedelta(days=number) for number in range(LOOKED_AHEAD)):
        kind = BANK_HOLIDAY if day in BANK_HOLIDAYS else day.weekday()
        for span in hours:
            if kind in span.days:
                over = span.closes <= span.opens
                found.append((_at(day, span.opens), _at(day + DAY if over else day, span.closes)))
    # A span in the hour that the clocks skip is empty.
    return sorted((start, end) for start, end in found if start < end)


def _joined(spans: list[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Yield spans that touch as one."""
    open_since: datetime | None = None
    until: datetime | None = None
    for start, end in spans:
        if open_since is None or until is None:
            open_since, until = start, end
        elif start <= until:
            until = max(until, end)
        else:
            yield open_since, until
            open_since, until = start, end
    if open_since is not None and until is not None:
        yield open_since, until


def _at(day: date, at: time) -> datetime:
    """Return the first instant on or after this local time: the clocks may skip it."""
    wall = datetime.combine(day, at)
    try:
        return clock.instant_of(wall)
    except clock.NoSuchLocalTimeError as skipped:
        return clock.instant_of(skipped.next_valid.replace(minute=0))


def _span(clause: str) -> Span:
    for always in ALL_DAY:
        if clause == always:
            return Span(NAMED["every day"], MIDNIGHT, MIDNIGHT)
        if clause.endswith(f" {always}"):
            days = clause.removesuffix(f" {always}").rstrip(",")
            return Span(_days(days), MIDNIGHT, MIDNIGHT)
    if found := _SPAN.fullmatch(clause):
        return Span(_days(found["days"]), _time(found["opens"]), _time(found["closes"]))
    raise ValueError(clause)


def _days(words: str) -> frozenset[int]:
    days: frozenset[int] = frozenset()
    for part in re.split(r", and |, | and ", words.rstrip(",")):
        first, _, last = part.partition(" to ")
        if part in NAMED:
            days |= NAMED[part]
        elif last:
            start, end = _day(first), _day(last)
            days |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
        else:
            days |= {_day(part)}
    return days


def _day(word: str) -> int:
    name = word.strip().removesuffix("s") if len(word) > len("mon") else word.strip()
    found = [n for n, day in enumerate(DAYS) if name == day or (len(name) >= 3 and name == day[:3])]
    if not found:
        raise ValueError(word)
    return found[0]


def _time(word: str) -> time:
    if word in ("midday", "midnight"):
        return time(12) if word == "midday" else MIDNIGHT
    found = _TIME.fullmatch(word)
    if not found:
        raise ValueError(word)
    hour, half = int(found["hour"]), found["half"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(word)
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not found["minute"]:
        # "9 to 5" could mean either half of the day.
        raise ValueError(word)
    return time(hour, int(found["minute"] or 0))
