"""The chronology of a family: one dated line of what both agencies did, said and shared (E53).

It is made of what its reader may read, and of nothing else: what is held back moves no date, no
count and no page.  What is never printed, and what the parent alone decides on, stands elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared_family import Prepared
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.reads import chronology_disputes as disputes
from coordinator.reads import chronology_lines as lines
from coordinator.reads import chronology_people as people
from coordinator.reads import progress
from coordinator.reads.chronology_words import KINDS
from coordinator.reads.dated_lines import day_of, readable_lines
from coordinator.settings import SETTINGS
from coordinator.trail import EPOCH
from coordinator.vocabulary import Level, ParentTold, Strand

NOT_HERE = (Level.SAFE_CONTACT, Level.PARENTS_OWN)
# Both agencies stand behind these; naming who pressed last would give it to one.
OF_BOTH = ("agreed", "reached", "signed")


@dataclass(frozen=True)
class DatedLine:
    """One line: its day in London, its instant where that is known, and what was done by whom.

    `told` is whom it was said to or asked of, after its word (`told_word`); `how` is how it stands,
    `parent` whether the parent was told, `circle` who may read it.  `stands`: it waits still.
    `path` is below the family's own address, or a whole one where it begins with a stroke.
    """

    what: str
    title: str
    strand: Strand
    day: date
    at: datetime | None
    text: str
    who: str
    agency: str
    told_word: str
    told: str
    how: str
    parent: str
    circle: str
    stands: bool
    path: str


@dataclass(frozen=True)
class Asked:
    """What of the chronology somebody wants to see; `before` is the day up to which they saw it."""

    strand: Strand | None = None
    agency: str = ""
    everything: bool = False
    before: date | None = None

    @property
    def folded(self) -> bool:
        """Whether only what matters now is shown."""
        return not (self.everything or self.strand or self.agency)


@dataclass(frozen=True)
class Month:
    """The lines of one month, the newest first; `ago` says how long ago it was."""

    name: str
    ago: str
    lines: tuple[DatedLine, ...]


@dataclass(frozen=True)
class ChronologyPage:
    """A page of whole days.  `found` of `all` lines are asked for; `since` is the first day.

    `newer` and `older` are the days before which those pages begin.
    """

    months: tuple[Month, ...]
    found: int
    all: int
    since: date | None
    agencies: tuple[str, ...]
    newer: date | None
    older: date | None


def _readable(actor: Actor, family: FamilyInSight) -> Any:
    kinds = (
        *progress.lines(),
        *lines.contacts(),
        *lines.meetings(),
        *lines.sharing(),
        *lines.plan(),
        *lines.worries(),
        *disputes.not_agreed(),
        *people.handed_on(),
        *disputes.disagreements(),
    )
    return readable_lines(actor, family, kinds, *people.on_the_case(family))


OF_FAMILY = Prepared(_readable)


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[DatedLine, ...]:
    """Return what was until today, as far as the actor may read it, newest first.  One statement.

    A line stands on the day of what it tells; where that has none, on the day it was written.
    """
    rows = sorted(
        OF_FAMILY.run(session, actor, family),
        key=lambda row: (day_of(row), EPOCH if row.day else row.at, row.what, row.id),
        reverse=True,
    )
    return tuple(
        _line(row)
        for row in rows
        if row.what in KINDS and row.level not in NOT_HERE and day_of(row) <= moment.today
    )


def page(
    found: tuple[DatedLine, ...], moment: Moment, asked: Asked, size: int = SETTINGS.page_size
) -> ChronologyPage:
    """Return one page of these lines: about `size` of them, and never half a day."""
    recent = moment.today - timedelta(days=SETTINGS.chronology_days)
    wanted = [
        line
        for line in found
        if asked.strand in (None, line.strand)
        and asked.agency in ("", line.agency)
        and (not asked.folded or line.stands or line.day >= recent)
    ]
    pages = list(_pages(wanted, size)) or [[]]
    here = next(
        (
            n
            for n, one in enumerate(pages)
            if one and (not asked.before or one[0].day < asked.before)
        ),
        len(pages) - 1,
    )
    shown = pages[here]
    return ChronologyPage(
        months=tuple(
            Month(f"{first:%B %Y}", _ago(first, moment.today), tuple(of_month))
            for first, of_month in groupby(shown, key=lambda line: line.day.replace(day=1))
        ),
        found=len(wanted),
        all=len(found),
        since=found[-1].day if found else None,
        agencies=tuple(sorted({line.agency for line in found} - {""})),
        newer=pages[here - 1][0].day + timedelta(days=1) if here else None,
        older=shown[-1].day if here + 1 < len(pages) else None,
    )


def _pages(wanted: list[DatedLine], size: int) -> Iterator[list[DatedLine]]:
    """Cut the lines into pages that end with a day."""
    one: list[DatedLine] = []
    for _day, of_day in groupby(wanted, key=lambda line: line.day):
        one.extend(of_day)
        if len(one) >= size:
            yield one
            one = []
    if one:
        yield one


def _ago(first: date, today: date) -> str:
    months = (today.year - first.year) * 12 + today.month - first.month
    if months < 2:
        return ("this month", "last month")[months]
    return f"{months} months ago" if months < 24 else f"{months // 12} years ago"


def _line(row: Any) -> DatedLine:
    kind = KINDS[row.what]
    how = kind.words(row.word).label if kind.words and row.word else ""
    by_both = row.what in OF_BOTH
    return DatedLine(
        what=row.what,
        title=how if kind.replaces else kind.title.format(row.number),
        strand=kind.strand,
        day=day_of(row),
        at=None if row.day else row.at,
        text=row.text,
        who="" if by_both else row.who,
        agency="" if by_both else row.agency,
        told_word=kind.told if row.told else "",
        told="; ".join(sorted(row.told.split("\n"))),
        how="" if kind.replaces else how,
        parent=ParentTold(row.parent).label if row.parent else "",
        circle="" if row.level == Level.OPEN else _circle(row),
        stands=bool(row.stands),
        path=kind.path.format(row.number or row.about),
    )


def _circle(row: Any) -> str:
    """Return who may read it."""
    return f"{row.agency} only" if row.level == Level.OWN_AGENCY else Level(row.level).label
