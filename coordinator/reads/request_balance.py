"""What a manager's teams asked and were asked, by direction, and what now waits (D05, E16).

Totals by direction, never by worker (T12, T15).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from sqlalchemy import Integer, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import overseen_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, manages_a_side, reads_own_agency
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.reads.information_requests import RequestList
from coordinator.reads.request_rows import (
    ANSWERS,
    CHALLENGES,
    COLUMNS,
    REQUESTS,
    requests_from,
    row_of,
)
from coordinator.reads.waiting_requests import unsettled, within_sight
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Notice, RequestState

DIRECTIONS = {
    "out": "Your team asked another agency",
    "in": "Another agency asked your team",
    "inside": "Inside the agency",
}


@dataclass(frozen=True)
class Balance:
    """The requests of a team in one direction; `took` is the median time to the first answer."""

    direction: str
    asked: int
    answered: int
    waiting: int
    late: int
    challenged: int
    took: timedelta | None


@dataclass(frozen=True)
class TeamBalance:
    """A team that the reader manages, with a line for each direction."""

    team: str
    lines: tuple[Balance, ...]


def _team_of(account_id: Any, agency_id: Any) -> Any:
    """Return the team for which somebody last came to work with the family of `Entry`."""
    worker = aliased(Involvement)
    return (
        select(worker.team_id)
        .where(
            worker.family_id == Entry.family_id,
            worker.account_id == account_id,
            worker.agency_id == agency_id,
        )
        .order_by(worker.id.desc())
        .limit(1)
        .correlate(Entry, REQUESTS)
        .scalar_subquery()
    )


def _counted(actor: Actor, moment: Moment) -> Any:
    """Return the requests that the reader may read, and those of which they are told."""
    answer = aliased(Entry)
    told = and_(Entry.agency_id == actor.agency_id, Entry.notice != Notice.NOBODY)
    may_read = readable(
        actor,
        reads_own_agency(actor, moment, Entry.family_id),
        gave_reason(actor, moment, Entry.family_id),
    )
    return (
        select(
            _team_of(Entry.author_id, Entry.agency_id).label("askers_team"),
            _team_of(REQUESTS.c.asked_account_id, REQUESTS.c.asked_agency_id).label("worker_team"),
            REQUESTS.c.asked_team_id,
            (Entry.agency_id == REQUESTS.c.asked_agency_id).label("inside"),
            Entry.created_at.label("at"),
            REQUESTS.c.due_on,
            REQUESTS.c.state,
            select(answer.created_at)
            .join(ANSWERS, ANSWERS.c.id == answer.id)
            .where(ANSWERS.c.request_id == Entry.id)
            .order_by(answer.id)
            .limit(1)
            .correlate(Entry)
            .scalar_subquery()
            .label("answered_at"),
            CHALLENGES.c.at.label("challenged_at"),
        )
        .select_from(Entry)
        .join(REQUESTS, REQUESTS.c.id == Entry.id)
        .outerjoin(CHALLENGES, CHALLENGES.c.request_id == Entry.id)
        .where(
            Entry.family_id.in_(overseen_families(actor, moment)),
            Entry.created_at > bindparam("since"),
            REQUESTS.c.state != RequestState.WITHDRAWN,
            or_(may_read, told),
        )
    )


COUNTED = Prepared(_counted)


def by_team(session: Session, actor: Actor, moment: Moment) -> tuple[TeamBalance, ...]:
    """Return the requests of a year by team and direction.  One statement."""
    since = moment.now - timedelta(days=365)
    rows = COUNTED.run(session, actor, moment, since=since).all()
    managed = {s.team_id: s.team_name for s in actor.here if s.team_id in actor.managed_team_ids}
    return tuple(
        TeamBalance(
            name,
            tuple(
                _balance(words, [row for row in rows if _direction(row, team_id) == key], moment)
                for key, words in DIRECTIONS.items()
            ),
        )
        for team_id, name in managed.items()
    )


def _direction(row: Any, team_id: int) -> str:
    asks = row.askers_team == team_id
    asked = team_id in (row.asked_team_id, row.worker_team)
    if not asks and not asked:
        return ""
    return "inside" if row.inside else "out" if asks else "in"


def _balance(direction: str, rows: Iterable[Any], moment: Moment) -> Balance:
    rows = list(rows)
    waiting = [row for row in rows if row.state is RequestState.ASKED]
    times = [row.answered_at - row.at for row in rows if row.answered_at]
    return Balance(
        direction,
        asked=len(rows),
        answered=len(times),
        waiting=len(waiting),
        late=sum(row.due_on < moment.today for row in waiting),
        challenged=sum(row.challenged_at is not None for row in rows),
        took=median(times) if times else None,
    )


def _pressing(actor: Actor, moment: Moment) -> Any:
    return (
        requests_from(select(*COLUMNS))
        .where(
            or_(REQUESTS.c.state == RequestState.ASKED, unsettled()),
            manages_a_side(actor, REQUESTS.c),
            within_sight(actor, moment),
        )
        .order_by(unsettled().desc(), REQUESTS.c.due_on, Entry.id)
        .limit(bindparam("size", type_=Integer))
        .offset(bindparam("skipped", type_=Integer))
    )


PRESSING = Prepared(_pressing)


def pressing(
    session: Session,
    actor: Actor,
    moment: Moment,
    page: int = 1,
    size: int = SETTINGS.page_size,
) -> RequestList:
    """Return what waits for an answer or is challenged, challenges first.  One statement."""
    rows = PRESSING.run(session, actor, moment, size=size + 1, skipped=(page - 1) * size).all()
    return RequestList(tuple(row_of(row, actor, moment) for row in rows[:size]), len(rows) > size)
