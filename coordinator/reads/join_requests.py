"""Requests to join a case, as the asked team and the asking workers see them."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families, not_excluded
from coordinator.access.sights import FamilyInSight, JoinRequestInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Family, Involvement, JoinRequest
from coordinator.vocabulary import AgencyKind, JoinState

_Asker, _Answerer, _AskersAgency = aliased(Account), aliased(Account), aliased(Agency)


@dataclass(frozen=True)
class Asked:
    """A request to join.  Of the family it says the reference and nothing else."""

    reference: str
    family_reference: str
    team: str
    team_agency: str
    duty_line: str
    asked_by: str
    asker_agency: str
    asker_phone: str
    asker_email: str
    asked_at: datetime
    why: str
    state: JoinState
    answered_by: str | None
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True)
class Waiting:
    """What nobody has answered, the oldest first: by the reader's teams, and by whom they asked."""

    to_answer: tuple[Asked, ...]
    asked: tuple[Asked, ...]


def waiting(session: Session, actor: Actor, moment: Moment) -> Waiting:
    """Return the requests that the actor's teams, and those whom the actor asked, owe an answer.

    One statement.
    """
    rows = WAITING.run(session, actor, moment).all()
    return Waiting(
        tuple(_asked(row) for row in rows if row.for_my_team),
        tuple(_asked(row) for row in rows if row.mine),
    )


def one(session: Session, request: JoinRequestInSight) -> Asked:
    """Return one request in sight."""
    return _read(session, _requests().where(JoinRequest.id == request.id))[0]


def of_family(session: Session, family: FamilyInSight) -> tuple[Asked, ...]:
    """Return whom the workers of a family asked to join, the newest first."""
    return _read(
        session,
        _requests()
        .where(JoinRequest.family_id == family.id)
        .order_by(JoinRequest.asked_at.desc(), JoinRequest.id.desc()),
    )


def teams_to_ask(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the teams of other agencies: (reference, words)."""
    rows = session.execute(
        select(Team.reference, Team.name, Agency.name.label("agency"))
        .join(Agency, Agency.id == Team.agency_id)
        .where(
            Agency.id != actor.agency_id,
            Agency.kind != AgencyKind.HOST,
            Team.closed_on.is_(None),
        )
        .order_by(Agency.name, Team.name)
    )
    return tuple((row.reference, f"{row.name} ({row.agency})") for row in rows)


def _requests() -> Select[Any]:
    return (
        select(
            JoinRequest.reference,
            Family.reference.label("family_reference"),
            Team.name.label("team"),
            Agency.name.label("team_agency"),
            Team.phone.label("duty_line"),
            _Asker.name.label("asked_by"),
            _askers_agency().label("asker_agency"),
            _Asker.phone.label("asker_phone"),
            _Asker.email.label("asker_email"),
            JoinRequest.asked_at,
            JoinRequest.why,
            JoinRequest.state,
            _Answerer.name.label("answered_by"),
            JoinRequest.answered_at,
            JoinRequest.answer,
        )
        .select_from(JoinRequest)
        .join(Family, Family.id == JoinRequest.family_id)
        .join(Team, Team.id == JoinRequest.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .join(_Asker, _Asker.id == JoinRequest.asked_by_id)
        .outerjoin(_Answerer, _Answerer.id == JoinRequest.answered_by_id)
    )


def _askers_agency() -> Any:
    """Return the agency for which the asker is, or was, on the case."""
    return (
        select(_AskersAgency.name)
        .join(Involvement, Involvement.agency_id == _AskersAgency.id)
        .where(
            Involvement.family_id == JoinRequest.family_id,
            Involvement.account_id == JoinRequest.asked_by_id,
        )
        .order_by(Involvement.id.desc())
        .limit(1)
        .correlate(JoinRequest)
        .scalar_subquery()
    )


def _waiting(actor: Actor, moment: Moment) -> Select[Any]:
    for_my_team = JoinRequest.team_id.in_(actor.team_ids)
    mine = and_(
        JoinRequest.asked_by_id == actor.account_id,
        JoinRequest.family_id.in_(my_families(actor, moment)),
    )
    return (
        _requests()
        .add_columns(for_my_team.label("for_my_team"), mine.label("mine"))
        .where(
            JoinRequest.state == JoinState.ASKED,
            or_(for_my_team, mine),
            not_excluded(actor, JoinRequest.family_id),
        )
        .order_by(JoinRequest.asked_at)
    )


WAITING = Prepared(_waiting)


def _read(session: Session, statement: Select[Any]) -> tuple[Asked, ...]:
    return tuple(_asked(row) for row in session.execute(statement))


def _asked(row: Any) -> Asked:
    return Asked(*row[: len(fields(Asked))])
