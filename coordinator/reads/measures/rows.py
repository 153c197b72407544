"""The rows behind a figure: what was counted, one by one, as far as its reader may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.reads.measures import counts
from coordinator.reads.measures.counts import Where
from coordinator.reads.measures.frame import Measure, months
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EntryKind, MeasurePeriod


@dataclass(frozen=True)
class Row:
    """One thing that was counted: where it stands, its day in London, whose, and what became."""

    href: str
    kind: EntryKind
    family: str
    on: date
    agency: str
    part: str


@dataclass(frozen=True)
class Rows:
    """A page of rows, the newest first, and whether there are more."""

    rows: tuple[Row, ...]
    more: bool


def behind(
    session: Session,
    actor: Actor,
    moment: Moment,
    measure: Measure,
    period: MeasurePeriod,
    team: Where | None,
    number: int,
) -> Rows:
    """Return a page of what a figure counts and the reader may read.  One statement, or none."""
    if measure.counted is None:
        return Rows((), more=False)
    counted, line, size = measure.counted(), months(moment), SETTINGS.page_size
    whose = aliased(Agency)
    statement = counts.rows_of(
        counted,
        line[period.months - 1],
        line[0],
        Entry.reference,
        Entry.kind,
        Family.reference.label("family"),
        counted.at.label("at"),
        whose.name.label("agency"),
        counted.part.label("part"),
    )
    statement = statement.join(Family, Family.id == Entry.family_id).join(
        whose, whose.id == counted.agency
    )
    found = session.execute(
        statement.where(counts.counter(actor, moment, team.id if team else None).reads)
        .order_by(counted.at.desc(), Entry.id.desc())
        .limit(size + 1)
        .offset((number - 1) * size)
    ).all()
    return Rows(
        tuple(
            Row(
                measure.leads_to.format(reference=reference, family=family),
                kind,
                family,
                _day(at),
                agency,
                measure.parts[part],
            )
            for reference, kind, family, at, agency, part in found[:size]
        ),
        len(found) > size,
    )


def _day(at: date) -> date:
    return clock.local(at).date() if isinstance(at, datetime) else at
