"""What a measure is: a few lines that say what is counted, whose it is, and what became of it.

Every measure is a select over entries, with a column for its day, its agency, its team and its
part.  All of them are counted by one statement (`counts.py`) and listed by another (`rows.py`), so
that a figure and the rows behind it cannot differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Integer, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import GenericFunction

from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.working_days import months_from

# A year, and the year before it.
MONTHS = 24


class hours_between(GenericFunction[int]):  # noqa: N801  (the name is the SQL function's)
    """The whole hours from one instant to another, on both databases."""

    type = Integer()
    inherit_cache = True


@compiles(hours_between, "sqlite")
def _sqlite_hours(element: Any, compiler: Any, **options: Any) -> str:
    first, last = (compiler.process(one, **options) for one in element.clauses)
    # A day is a number with a fraction here: without this, ten hours could be nearly ten.
    return f"CAST(round((julianday({last}) - julianday({first})) * 24 - 0.4999, 0) AS INTEGER)"


@compiles(hours_between, "postgresql")
def _postgresql_hours(element: Any, compiler: Any, **options: Any) -> str:
    first, last = (compiler.process(one, **options) for one in element.clauses)
    return f"CAST(floor(extract(epoch FROM {last} - {first}) / 3600) AS INTEGER)"


def team_of(agency_id: Any, account_id: Any = None) -> Any:
    """Return the team for which somebody, or last anybody of an agency, came to the entry's family.

    A scalar subquery; None where nobody of that agency is on the case.
    """
    worker = aliased(Involvement)
    here = [worker.family_id == Entry.family_id, worker.agency_id == agency_id]
    if account_id is not None:
        here.append(worker.account_id == account_id)
    return (
        select(worker.team_id)
        .where(*here)
        .order_by(worker.id.desc())
        .limit(1)
        .correlate_except(worker)
        .scalar_subquery()
    )


@dataclass(frozen=True)
class Counted:
    """What is counted: the entries that a select finds, one row for each thing.

    `at` is an instant or a day; `part` says what became of it, by the number of the measure's
    part; `hours` how long it took, where that is measured.  `source` has `Entry` in it.
    """

    source: Any
    at: Any
    agency: Any
    team: Any
    part: Any
    where: tuple[ColumnElement[bool], ...] = ()
    hours: Any = None


@dataclass(frozen=True)
class Measure:
    """A measure.  `parts`: what became of each thing, in words; those in `met` make the share.

    Without `met` it is a number and no share.

    `counted` is None where the directory's history answers (`leads.py`): such a measure is how
    things stood on a day, and not what happened in a time.  `leads_to` is where each thing
    stands, with `{reference}` and `{family}`, and `behind` the page of all of them, with its name.
    """

    number: str
    title: str
    definition: str
    caution: str
    parts: Mapping[int, str]
    met: frozenset[int]
    whose: str
    counted: Callable[[], Counted] | None = None
    takes: str = ""
    kept_up: bool = False
    leads_to: str = ""
    behind: tuple[str, str] | None = None

    @property
    def stands(self) -> bool:
        """Whether it is how things stand on a day."""
        return self.counted is None


@dataclass(frozen=True)
class Month:
    """One of the months in line: from the day after `since` to the day `until`, both in London."""

    since: date
    until: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The instants at which it begins and ends."""
        return clock.day_bounds(self.since)[1], clock.day_bounds(self.until)[1]


def months(moment: Moment) -> tuple[Month, ...]:
    """Return the last 24 months, the newest first; it ends today, so that each is a whole one."""
    ends = [months_from(moment.today, -number) for number in range(MONTHS + 1)]
    return tuple(Month(since, until) for until, since in pairwise(ends))


@dataclass
class Tally:
    """How many things there were, by their part, and how long those took that took a time."""

    parts: dict[int, int] = field(default_factory=dict)
    hours: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Tally") -> "Tally":
        """Count another one's things, too; return this one."""
        for mine, theirs in ((self.parts, other.parts), (self.hours, other.hours)):
            for key, number in theirs.items():
                mine[key] = mine.get(key, 0) + number
        return self

    @property
    def all(self) -> int:
        """All things together."""
        return sum(self.parts.values())

    def of(self, measure: Measure) -> int:
        """Return how many were as they should be."""
        return sum(number for part, number in self.parts.items() if part in measure.met)

    def share(self, measure: Measure) -> int | None:
        """Return their per cent of all, or None where there was nothing or no share is made."""
        return round(100 * self.of(measure) / self.all) if self.all and measure.met else None

    def within(self, share: float) -> int | None:
        """Return in how many hours this share of those that took a time was over."""
        left = share * sum(self.hours.values())
        for hours in sorted(self.hours):
            left -= self.hours[hours]
            if left <= 0:
                return hours
        return None
