"""Requests for information that wait for one person, in all families that they work with."""

from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families, overseen_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import began, gave_reason, manages_a_side, reads_own_agency
from coordinator.models.entries import Entry
from coordinator.reads.request_rows import (
    ANSWERS,
    CHALLENGES,
    COLUMNS,
    LATEST,
    REQUESTS,
    RequestRow,
    requests_from,
    row_of,
)
from coordinator.settings import SETTINGS
from coordinator.vocabulary import ChallengeOutcome, RequestState


def within_sight(actor: Actor, moment: Moment) -> Any:
    """Return which entries of their families the actor may read, as a worker or a manager."""
    return and_(
        or_(
            Entry.family_id.in_(my_families(actor, moment)),
            Entry.family_id.in_(overseen_families(actor, moment)),
        ),
        readable(
            actor,
            reads_own_agency(actor, moment, Entry.family_id),
            gave_reason(actor, moment, Entry.family_id),
        ),
    )


def unsettled() -> Any:
    """Return the condition that both managers have a request before them."""
    return and_(CHALLENGES.c.at.is_not(None), CHALLENGES.c.settled_at.is_(None))


def _more_is_due() -> Any:
    """Both managers decided that more is shared, and nothing was since the challenge."""
    answer = aliased(Entry)
    since = (
        exists()
        .where(
            ANSWERS.c.id == answer.id,
            ANSWERS.c.request_id == Entry.id,
            answer.created_at > CHALLENGES.c.at,
        )
        .correlate(Entry, CHALLENGES)
    )
    return and_(CHALLENGES.c.outcome == ChallengeOutcome.MORE_SHARED, ~since)


def _waiting(actor: Actor, moment: Moment) -> Any:
    asked = and_(
        REQUESTS.c.asked_agency_id == actor.agency_id,
        or_(
            REQUESTS.c.asked_account_id == actor.account_id,
            REQUESTS.c.asked_team_id.in_(actor.team_ids),
        ),
        or_(REQUESTS.c.state == RequestState.ASKED, _more_is_due()),
    )
    theirs = began(actor, moment)
    mine = and_(
        theirs,
        or_(
            REQUESTS.c.state == RequestState.ASKED,
            and_(REQUESTS.c.state == RequestState.ANSWERED, LATEST.c.verdict.is_(None)),
        ),
    )
    to_settle = and_(
        unsettled(),
        manages_a_side(actor, REQUESTS.c),
        Entry.author_id != actor.account_id,
    )
    return (
        requests_from(select(*COLUMNS, theirs.label("carried_on")))
        .where(or_(asked, mine, to_settle), within_sight(actor, moment))
        .order_by(REQUESTS.c.due_on, Entry.id)
        .limit(SETTINGS.page_size * 4)
    )


WAITING = Prepared(_waiting)


def waiting_for(session: Session, actor: Actor, moment: Moment) -> tuple[RequestRow, ...]:
    """Return what the actor is asked, what they asked, and what they are to settle.

    One statement, the next due first.
    """
    rows = WAITING.run(session, actor, moment)
    return tuple(row_of(row, actor, moment, mine=bool(row.carried_on)) for row in rows)
