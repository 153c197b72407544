"""Counting: all measures by one statement, by month, agency and team, for whoever reads them.

Only what its reader may read counts, so that no figure tells of anything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, case, cast, func, literal, null, or_, select
from sqlalchemy import union_all as all_of
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import led_families, overseen_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.reads.measures.frame import MONTHS, Counted, Measure, Month, Tally
from coordinator.vocabulary import AgencyKind

# Of a measure: (months ago, agency, team) → what was counted.
Cells = dict[tuple[int, int, int | None], Tally]


@dataclass(frozen=True)
class Counter:
    """What a reader's figures are counted over: entries of theirs, and which teams are their own.

    `sees` is what counts, and `reads` what they may be shown one by one.
    """

    sees: Any
    reads: Any
    own: frozenset[int]


def counter(actor: Actor, moment: Moment, team_id: int | None = None) -> Counter:
    """Return what counts for a manager or a lead; of a team the families that it works with now.

    A manager's are those of their own teams, a lead's those of their agency, of which a lead may
    be shown nothing one by one before they say why.
    """
    family = Entry.family_id
    reason = gave_reason(actor, moment, family)
    theirs = readable(actor, reads_own_agency(actor, moment, family), reason)
    overseen = family.in_(overseen_families(actor, moment))
    if team_id is not None:
        works = select(Involvement.family_id).where(
            Involvement.team_id == team_id, current(Involvement, moment.today)
        )
        theirs = and_(theirs, family.in_(works))
    led = family.in_(led_families(actor, moment))
    return Counter(
        sees=and_(or_(overseen, led), theirs),
        reads=and_(or_(overseen, and_(led, reason)), theirs),
        own=actor.team_ids,
    )


def rows_of(counted: Counted, since: Month, until: Month, *columns: Any) -> Select[Any]:
    """Return a select of what is counted between the beginning of a month and the end of one."""
    first, *joined = counted.source
    statement = select(*columns).select_from(first)
    for table, on in joined:
        statement = statement.join(table, on)
    start, end = _bound(counted, since, 0), _bound(counted, until, 1)
    return statement.where(counted.at >= start, counted.at < end, *counted.where)


def _bound(counted: Counted, month: Month, which: int) -> Any:
    """Return where a month begins or ends: a day is over before the day until which it counts."""
    if isinstance(counted.at.type, Date):
        return (month.since, month.until)[which]
    return month.bounds[which]


def cells(
    session: Session, measures: Iterable[Measure], months: tuple[Month, ...], sees: Any
) -> dict[str, Cells]:
    """Return what each measure counts in each month.  One statement."""
    found: dict[str, Cells] = {}
    selects = [
        _by_month(one.number, one.counted(), months).where(sees) for one in measures if one.counted
    ]
    if not selects:
        return found
    each = all_of(*selects).subquery()
    for row in session.execute(select(*each.c, func.count().label("number")).group_by(*each.c)):
        tally = found.setdefault(row.measure, {}).setdefault(
            (row.month, row.agency, row.team), Tally()
        )
        took = {} if row.hours is None else {row.hours: row.number}
        tally.add(Tally({row.part: row.number}, took))
    return found


def _by_month(number: str, counted: Counted, months: tuple[Month, ...]) -> Select[Any]:
    month = case(
        *((counted.at >= _bound(counted, one, 0), ago) for ago, one in enumerate(months[:-1])),
        else_=MONTHS - 1,
    )
    return rows_of(
        counted,
        months[-1],
        months[0],
        literal(number).label("measure"),
        month.label("month"),
        counted.agency.label("agency"),
        counted.team.label("team"),
        counted.part.label("part"),
        (cast(null(), Integer) if counted.hours is None else counted.hours).label("hours"),
    )


@dataclass(frozen=True)
class Where:
    """A team of an agency."""

    id: int
    reference: str
    name: str
    agency_id: int
    agency: str


def teams(session: Session) -> tuple[Where, ...]:
    """Return every team of the agencies that work with families, by name.  One statement."""
    rows = session.execute(
        select(Team.id, Team.reference, Team.name, Team.agency_id, Agency.name.label("agency"))
        .join(Agency, Agency.id == Team.agency_id)
        .where(Agency.kind != AgencyKind.HOST, Team.closed_on.is_(None))
        .order_by(Agency.name, Team.name)
    )
    return tuple(Where(*row) for row in rows)
