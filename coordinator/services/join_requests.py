"""Bringing in the other agency: ask a team's duty desk, which names its own worker or says no."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, JoinRequestInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.directory import Agency, Team
from coordinator.models.endings import Ending
from coordinator.models.families import JoinRequest
from coordinator.services import addresses, involvements
from coordinator.vocabulary import AgencyKind, JoinState


def ask(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    team_reference: str,
    why: str,
) -> str:
    """Ask a team of another agency to name a worker; return the request's reference.

    Until it accepts, the team reads the reference, who asks, why and when.  Raises `InvalidError`
    for a team of one's own agency and for one that was asked already.
    """
    team = session.execute(
        select(Team.id, Team.name)
        .join(Agency, Agency.id == Team.agency_id)
        .where(
            Team.reference == team_reference,
            Team.closed_on.is_(None),
            Team.agency_id != actor.agency_id,
            Agency.kind != AgencyKind.HOST,
        )
    ).one_or_none()
    if team is None:
        raise InvalidError({"team": "Choose a team of the other agency"})
    waiting = session.scalar(
        select(JoinRequest.id).where(
            JoinRequest.family_id == family.id,
            JoinRequest.team_id == team.id,
            JoinRequest.state == JoinState.ASKED,
        )
    )
    if waiting is not None:
        raise InvalidError({"team": f"{team.name} was asked already and has not answered yet"})
    addresses.stop(session, actor, family, why=why)
    request = JoinRequest(
        family_id=family.id,
        team_id=team.id,
        asked_by_id=actor.account_id,
        asked_at=moment.now,
        why=why,
        state=JoinState.ASKED,
    )
    session.add(request)
    session.flush()
    return request.reference


def accept(
    session: Session,
    actor: Actor,
    moment: Moment,
    request: JoinRequestInSight,
    membership_reference: str,
    second_role: str = "",
) -> int:
    """Accept for the team and name one of its workers, who is on the case from now on.

    Returns that worker's account.  `second_role` is as in `involvements.join`.  Raises
    `InvalidError`.
    """
    record = session.get_one(JoinRequest, request.id)
    worker = involvements.join(
        session,
        moment,
        record.family_id,
        involvements.standing_of(actor).agency_id,
        record.team_id,
        membership_reference,
        lead=False,
        second_role=second_role,
    )
    _answer(record, actor, moment, JoinState.ACCEPTED)
    over = select(Ending).where(
        Ending.family_id == record.family_id,
        Ending.agency_id == involvements.standing_of(actor).agency_id,
        Ending.finished_at.is_not(None),
        Ending.returned_at.is_(None),
    )
    for ending in session.scalars(over):
        ending.returned_at = moment.now
    session.flush()
    return worker


def decline(
    session: Session, actor: Actor, moment: Moment, request: JoinRequestInSight, reason: str
) -> None:
    """Decline for the team, with a reason that the asker reads."""
    addresses.refuse(reason=reason)
    record = session.get_one(JoinRequest, request.id)
    _answer(record, actor, moment, JoinState.DECLINED)
    record.answer = reason
    session.flush()


def _answer(record: JoinRequest, actor: Actor, moment: Moment, state: JoinState) -> None:
    record.state = state
    record.answered_by_id = actor.account_id
    record.answered_at = moment.now
