"""Who was left out of the meetings of a manager's families, by agency and never by person.

Both agencies stand in each table (T12, T15).  Which meetings count follows from what the manager
may read now: families on which their own teams work, by the one sharing rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import overseen_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.clock import day_bounds
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.meetings import Meeting, NotAsked
from coordinator.settings import SETTINGS
from coordinator.vocabulary import (
    MeetingState,
    NotAskedReason,
)


@dataclass(frozen=True)
class LeftOut:
    """How often an agency's meetings left out a parent or carer: because nobody asked, or else.

    Other reasons are one number: that it would not be safe is told to nobody (I14, M30).
    """

    agency: str
    nobody_asked: int
    other: int


def left_out(session: Session, actor: Actor, moment: Moment) -> tuple[LeftOut, ...]:
    """Return a line for each agency that called a meeting, by name.  One statement."""
    rows: Iterable[Any] = _not_asked(session, actor, moment)
    return tuple(
        _left_out(agency, list(group)) for agency, group in groupby(rows, lambda row: row.agency)
    )


def in_sight(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which entries count: of the families of the actor's teams, as the actor reads them."""
    family = Entry.family_id
    return and_(
        family.in_(overseen_families(actor, moment)),
        readable(
            actor, reads_own_agency(actor, moment, family), gave_reason(actor, moment, family)
        ),
    )


def _since(moment: Moment) -> Any:
    return day_bounds(moment.today - timedelta(days=SETTINGS.figures_days))[0]


def _not_asked(session: Session, actor: Actor, moment: Moment) -> Iterable[Any]:
    return session.execute(
        select(Agency.name.label("agency"), NotAsked.reason)
        .select_from(Meeting)
        .join(NotAsked, NotAsked.meeting_id == Meeting.id)
        .join(Agency, Agency.id == Meeting.agency_id)
        .where(
            NotAsked.person_id.is_not(None),
            NotAsked.ended_at.is_(None),
            NotAsked.at >= _since(moment),
            Meeting.state != MeetingState.CANCELLED,
            in_sight(actor, moment),
        )
        .order_by(Agency.name, NotAsked.id)
    )


def _left_out(agency: str, rows: list[Any]) -> LeftOut:
    nobody = sum(row.reason is NotAskedReason.NOT_ASKED for row in rows)
    return LeftOut(agency, nobody, len(rows) - nobody)
