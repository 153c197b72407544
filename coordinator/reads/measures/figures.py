"""The figures of measures: now, 3 and 12 months before, by agency and team, and month by month.

By team and never by person, in the order of their names.  Of other teams nothing is told that
counts fewer than a handful: such teams are folded together, and left out where even that is few.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.reads.measures import counts, leads
from coordinator.reads.measures.counts import Cells, Where
from coordinator.reads.measures.frame import Measure, Month, Tally, months
from coordinator.settings import SETTINGS
from coordinator.vocabulary import KeptUp, MeasurePeriod

BEFORE = (3, 12)


@dataclass(frozen=True)
class Figure:
    """One figure: how many of how many, their share, and how long it took; None where untold.

    `usual` is the middle time in hours, `slow` the time in which nine of ten were over.
    """

    of: int
    all: int
    share: int | None
    parts: tuple[tuple[str, int], ...] = ()
    usual: int | None = None
    slow: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Line:
    """The figure of a team of an agency, or of several teams together."""

    agency: str
    team: str
    figure: Figure


@dataclass(frozen=True)
class Shown:
    """A measure in a period: of everybody, of each agency, and before, with what became of it."""

    measure: Measure
    now: Figure
    agencies: tuple[tuple[str, Figure], ...]
    before: tuple[Figure, ...]
    kept_up: KeptUp | None


@dataclass(frozen=True)
class Point:
    """One month: of everybody, and of each agency."""

    month: Month
    now: Figure
    agencies: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True)
class Detail:
    """One measure: its figures, its teams, and its months, the oldest first."""

    shown: Shown
    teams: tuple[Line, ...]
    line: tuple[Point, ...]


@dataclass(frozen=True)
class _Reader:
    own: frozenset[int]
    agencies: dict[int, str]
    teams: dict[int | None, str]


def of_all(
    session: Session,
    actor: Actor,
    moment: Moment,
    measures: Iterable[Measure],
    period: MeasurePeriod,
    where: tuple[Where, ...],
    team: Where | None = None,
) -> tuple[Shown, ...]:
    """Return the figures of these measures.  Two statements."""
    measures = tuple(measures)
    cells = _cells(session, actor, moment, measures, where, team)
    reader = _reader(actor, where)
    return tuple(_shown(one, cells.get(one.number, {}), period, reader) for one in measures)


def of_one(
    session: Session,
    actor: Actor,
    moment: Moment,
    measure: Measure,
    period: MeasurePeriod,
    where: tuple[Where, ...],
    team: Where | None = None,
) -> Detail:
    """Return one measure with its teams and its months.  One statement."""
    cells = _cells(session, actor, moment, (measure,), where, team).get(measure.number, {})
    reader = _reader(actor, where)
    return Detail(
        _shown(measure, cells, period, reader),
        _lines(measure, _summed(cells, _span(measure, period)), reader),
        tuple(
            Point(month, *_figures(measure, _summed(cells, range(ago, ago + 1)), reader))
            for ago, month in reversed(tuple(enumerate(months(moment)))[:12])
        ),
    )


def _reader(actor: Actor, where: tuple[Where, ...]) -> _Reader:
    names: dict[int | None, str] = {team.id: team.name for team in where}
    return _Reader(actor.team_ids, {team.agency_id: team.agency for team in where}, names)


def _cells(
    session: Session,
    actor: Actor,
    moment: Moment,
    measures: tuple[Measure, ...],
    where: tuple[Where, ...],
    team: Where | None,
) -> dict[str, Cells]:
    line = months(moment)
    sees = counts.counter(actor, moment, team.id if team else None).sees
    found = counts.cells(session, measures, line, sees)
    if leads.CONFIRMED in measures:
        of = where if team is None else (team,)
        found["M01"] = leads.confirmed(session, moment, line, of)
    return found


def _span(measure: Measure, period: MeasurePeriod, before: int = 0) -> range:
    return range(before, before + (1 if measure.stands else period.months))


Teams = dict[tuple[int, int | None], Tally]


def _summed(cells: Cells, span: range) -> Teams:
    summed: Teams = {}
    for (ago, agency, team), tally in cells.items():
        if ago in span:
            summed.setdefault((agency, team), Tally()).add(tally)
    return summed


def _told(measure: Measure, teams: Teams, reader: _Reader) -> dict[int, dict[str, Tally | None]]:
    """Return for each agency what is told, by team; None stands for too few to be told."""
    told: dict[int, dict[str, Tally | None]] = {agency: {} for agency in reader.agencies}
    for agency, lines in told.items():
        few, folded = Tally(), False
        for (whose, team), tally in teams.items():
            if whose != agency:
                continue
            if measure.stands or team in reader.own or tally.all >= SETTINGS.shown_from:
                lines[reader.teams.get(team, "No team on the case")] = tally
            else:
                few.add(tally)
                folded = True
        if folded:
            lines["Other teams together"] = few if few.all >= SETTINGS.shown_from else None
    return told


def _figure(measure: Measure, tally: Tally) -> Figure:
    return Figure(
        tally.of(measure),
        tally.all,
        tally.share(measure),
        tuple((words, tally.parts.get(part, 0)) for part, words in measure.parts.items()),
        tally.within(0.5),
        tally.within(0.9),
    )


HIDDEN = Figure(0, 0, None, hidden=True)


def _figures(
    measure: Measure, teams: Teams, reader: _Reader
) -> tuple[Figure, tuple[tuple[str, Figure], ...]]:
    """Return the figure of all that is told, and that of each agency."""
    whole, agencies = Tally(), []
    for agency, lines in _told(measure, teams, reader).items():
        there = Tally()
        for tally in lines.values():
            there.add(tally or Tally())
        whole.add(there)
        untold = not there.all and None in lines.values()
        agencies.append((reader.agencies[agency], HIDDEN if untold else _figure(measure, there)))
    return _figure(measure, whole), tuple(agencies)


def _lines(measure: Measure, teams: Teams, reader: _Reader) -> tuple[Line, ...]:
    return tuple(
        Line(reader.agencies[agency], team, HIDDEN if tally is None else _figure(measure, tally))
        for agency, lines in _told(measure, teams, reader).items()
        for team, tally in sorted(lines.items(), key=lambda line: (line[1] is None, line[0]))
    )


def _shown(measure: Measure, cells: Cells, period: MeasurePeriod, reader: _Reader) -> Shown:
    def at(before: int) -> tuple[Figure, tuple[tuple[str, Figure], ...]]:
        return _figures(measure, _summed(cells, _span(measure, period, before)), reader)

    now, agencies = at(0)
    before = tuple(at(ago)[0] for ago in BEFORE)
    return Shown(
        measure, now, agencies, before, _kept_up(measure, now, before) if measure.kept_up else None
    )


def _kept_up(measure: Measure, now: Figure, before: tuple[Figure, ...]) -> KeptUp:
    """Say whether a share held (M38): slipping is worse than either time before, better than both.

    A share of a few says nothing of a change.
    """
    least = 1 if measure.stands else SETTINGS.shown_from
    known = [one.share for one in before if one.share is not None and one.all >= least]
    if now.share is None or now.all < least or not known:
        return KeptUp.UNKNOWN
    if any(one - now.share >= SETTINGS.slips_by for one in known):
        return KeptUp.SLIPPING
    better = all(now.share - one >= SETTINGS.slips_by for one in known)
    return KeptUp.BETTER if better else KeptUp.KEPT
