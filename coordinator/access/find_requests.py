"""Finding the one request for information that a URL names, with what became of it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.find_entries import entry_facts, one_of
from coordinator.access.sights import Moment, RequestInSight
from coordinator.access.ways import manages_a_side, way_of
from coordinator.models.information_requests import (
    Challenge,
    InformationAnswer,
    InformationRequest,
)
from coordinator.vocabulary import RequestState


def _latest_answer(column: str) -> Any:
    answer = aliased(InformationAnswer, flat=True)
    return (
        select(getattr(answer, column))
        .where(answer.request_id == InformationRequest.id)
        .order_by(answer.id.desc())
        .limit(1)
        .correlate(InformationRequest)
        .scalar_subquery()
    )


def _challenge(column: Any) -> Any:
    return (
        select(column)
        .where(Challenge.request_id == InformationRequest.id)
        .correlate(InformationRequest)
        .scalar_subquery()
    )


REQUEST = one_of(
    InformationRequest,
    InformationRequest.asked_account_id,
    InformationRequest.asked_team_id,
    InformationRequest.asked_agency_id,
    InformationRequest.state,
    InformationRequest.due_on,
    _latest_answer("answer").label("answer"),
    _latest_answer("verdict").label("verdict"),
    _latest_answer("created_at").label("answered_at"),
    _challenge(Challenge.at).label("challenged_at"),
    _challenge(Challenge.settled_at).label("settled_at"),
    lambda actor: manages_a_side(actor, InformationRequest).label("manages_a_side"),
)


def request(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> RequestInSight | None:
    """Return a request for information that the actor may read, else None."""
    row = REQUEST.run(session, actor, moment, reference=reference).one_or_none()
    way = way_of(row) if row else None
    if not way:
        return None
    return RequestInSight(
        **entry_facts(row, way),
        asked_account_id=row.asked_account_id,
        asked_team_id=row.asked_team_id,
        asked_agency_id=row.asked_agency_id,
        state=row.state,
        late=row.state is RequestState.ASKED and row.due_on < moment.today,
        answer=row.answer,
        verdict=row.verdict,
        answered_at=row.answered_at,
        challenged_at=row.challenged_at,
        settled=row.settled_at is not None,
        managed=bool(row.manages_a_side),
    )
