"""How help ended, and how often workers changed, by team (spec/measures.md, M34 and M26).

A manager's own teams in full; of another team on their families nothing under a handful.  No
worker and no family is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.scope import not_excluded, overseen_families
from coordinator.access.sights import OPEN_ONLY_ROLES, Moment
from coordinator.models.directory import Team
from coordinator.models.endings import Ending, EndingItem
from coordinator.models.families import Involvement
from coordinator.models.handover_notes import HandoverNote
from coordinator.reads.involvements import YEAR, in_a_year
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Level

# A return within this time of the last day is counted (M34: it can be success).
SIX_MONTHS = timedelta(days=182)


@dataclass(frozen=True)
class Endings:
    """The endings of a team's help in 12 months; days are means, rounded, and None without one.

    `notice` is from the plan to the last day, `between` from the other agency's word to it.
    `enough` says whether the figures may be shown.
    """

    team: str
    enough: bool
    ended: int
    notice: int | None
    acknowledged: int
    between: int | None
    moved: int
    overridden: int
    returned: int


@dataclass(frozen=True)
class Changes:
    """The cases on which a team works, and their changes of worker in 12 months."""

    team: str
    enough: bool
    cases: int
    changes: int
    most_workers: int
    handovers: int
    noted: int
    introduced: int


def endings(session: Session, actor: Actor, moment: Moment) -> tuple[Endings, ...]:
    """Return how help ended, team by team.  One statement."""
    moved = (
        select(func.count())
        .where(EndingItem.ending_id == Ending.id, EndingItem.account_id.is_not(None))
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Team.name.label("team"),
            Team.id,
            Ending.created_at,
            Ending.ends_on,
            Ending.acknowledged_at,
            Ending.overridden_at,
            Ending.returned_at,
            moved.label("moved"),
        )
        .join(Team, Team.id == Ending.team_id)
        .where(
            Ending.finished_at.is_not(None),
            Ending.ends_on >= moment.today - YEAR,
            Ending.level == Level.OPEN,
            or_(
                Ending.team_id.in_(actor.managed_team_ids),
                Ending.family_id.in_(overseen_families(actor, moment)),
            ),
            not_excluded(actor, Ending.family_id),
        )
        .order_by(Team.name, Team.id, Ending.id)
    )
    return tuple(_endings(actor, group) for group in _by_team(rows))


def changes(session: Session, actor: Actor, moment: Moment) -> tuple[Changes, ...]:
    """Return how often workers changed, team by team.  One statement."""
    year_ago = moment.today - YEAR
    rows = session.execute(
        select(
            Team.name.label("team"),
            Team.id,
            Involvement.family_id,
            in_a_year(Involvement.family_id, Involvement.agency_id, year_ago, moment.today).label(
                "workers"
            ),
            _notes(year_ago).label("handovers"),
            _notes(year_ago, HandoverNote.text != "").label("noted"),
            _notes(year_ago, HandoverNote.meets_on.is_not(None)).label("introduced"),
        )
        .join(Team, Team.id == Involvement.team_id)
        .where(
            current(Involvement, moment.today),
            Involvement.role.not_in(OPEN_ONLY_ROLES),
            Involvement.family_id.in_(overseen_families(actor, moment)),
            not_excluded(actor, Involvement.family_id),
        )
        .distinct()
        .order_by(Team.name, Team.id, Involvement.family_id)
    )
    return tuple(_changes(actor, group) for group in _by_team(rows))


def _notes(since: Any, *conditions: Any) -> Any:
    return (
        select(func.count(HandoverNote.id))
        .where(
            HandoverNote.family_id == Involvement.family_id,
            HandoverNote.agency_id == Involvement.agency_id,
            and_(HandoverNote.level == Level.OPEN, HandoverNote.starts_on >= since, *conditions),
        )
        .correlate(Involvement)
        .scalar_subquery()
    )


def _by_team(rows: Iterable[Any]) -> Iterable[list[Any]]:
    return [list(group) for _, group in groupby(rows, lambda row: row.id)]


def _enough(actor: Actor, rows: list[Any]) -> bool:
    return rows[0].id in actor.managed_team_ids or len(rows) >= SETTINGS.shown_from


def _mean(days: list[int]) -> int | None:
    return round(sum(days) / len(days)) if days else None


def _days(row: Any, since: Any) -> int:
    return int((row.ends_on - clock.local(since).date()).days)


def _endings(actor: Actor, rows: list[Any]) -> Endings:
    known = [row for row in rows if row.acknowledged_at]
    back = [
        row
        for row in rows
        if row.returned_at and clock.local(row.returned_at).date() <= row.ends_on + SIX_MONTHS
    ]
    return Endings(
        rows[0].team,
        _enough(actor, rows),
        len(rows),
        _mean([_days(row, row.created_at) for row in rows]),
        len(known),
        _mean([_days(row, row.acknowledged_at) for row in known]),
        sum(row.moved for row in rows),
        sum(row.overridden_at is not None for row in rows),
        len(back),
    )


def _changes(actor: Actor, rows: list[Any]) -> Changes:
    return Changes(
        rows[0].team,
        _enough(actor, rows),
        len(rows),
        sum(max(row.workers - 1, 0) for row in rows),
        max(row.workers for row in rows),
        sum(row.handovers for row in rows),
        sum(row.noted for row in rows),
        sum(row.introduced for row in rows),
    )
