"""What a leaver leaves beside posts and families: before a lead, in a team, and what is private.

Numbers alone.  Of what is private nobody but the leaver learns more than that there is some.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import not_excluded
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Draft, Membership
from coordinator.models.directory import Team
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.families import JoinRequest
from coordinator.models.information_requests import InformationRequest
from coordinator.models.plans import Action
from coordinator.models.referrals import Referral
from coordinator.models.sharing import Advice
from coordinator.models.worries import Worry
from coordinator.settings import SETTINGS
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    DisagreementStage,
    JoinState,
    ReferralState,
    RequestState,
)


@dataclass(frozen=True)
class LeftOver:
    """`teams` are those in which nobody else works, with how much waits there.

    `private` counts forms that were not sent and runs of the guide that are not ended.
    """

    before_leads: int
    private: int
    teams: tuple[tuple[str, int], ...]


def of(
    session: Session, actor: Actor, moment: Moment, departure: Any, agencies: set[int | None]
) -> LeftOver:
    """Return what one leaver leaves.  `departure` is a row of them.  One statement.

    `agencies` are those that they leave; with None among them, it is all.  What is in a family of
    which the actor may not know is in no number.
    """
    who = departure.account_id

    def here(column: Any) -> ColumnElement[bool]:
        return true() if None in agencies else column.in_(agencies)

    asked = and_(
        Advice.lead_id == who,
        Advice.answered_at.is_(None),
        here(Advice.agency_id),
        not_excluded(actor, Advice.family_id),
    )
    step = DisagreementStep
    stage = and_(
        step.owner_id == who,
        step.ended_at.is_(None),
        step.stage == DisagreementStage.LEADS,
        here(step.owner_agency_id),
        step.disagreement_id == Disagreement.id,
        not_excluded(actor, Disagreement.family_id),
    )
    closed = exists().where(Account.id == who, Account.closed_at.is_not(None))
    alone = and_(~closed, literal(None in agencies))
    typed = and_(Draft.account_id == who, Draft.kept_at > moment.now - SETTINGS.minutes_draft_life)
    runs = and_(Worry.account_id == who, Worry.ended_at.is_(None))
    rows = session.execute(
        union_all(
            _number("lead", select(func.count(Advice.id)).where(asked)),
            _number("lead", select(func.count(step.disagreement_id)).where(stage)),
            _number("private", select(func.count(Draft.id)).where(typed, alone)),
            _number("private", select(func.count(Worry.id)).where(runs, alone)),
            _teams(actor, departure, here(Team.agency_id)),
        )
    ).all()

    def total(what: str) -> int:
        return sum(row.number for row in rows if row.what == what)

    teams = tuple((row.name, row.number) for row in rows if row.what == "team" and row.number)
    return LeftOver(total("lead"), total("private"), tuple(sorted(teams)))


def _number(what: str, counted: Any) -> Any:
    number = counted.scalar_subquery()
    return select(literal(what).label("what"), literal("").label("name"), number.label("number"))


def _teams(actor: Actor, departure: Any, here: ColumnElement[bool]) -> Any:
    """Count what waits in teams in which nobody works after the last day."""
    mine, other, account = aliased(Membership), aliased(Membership), aliased(Account)
    last = departure.last_day
    waits = (
        select(func.count(Referral.id)).where(
            Referral.to_team_id == Team.id,
            not_excluded(actor, Referral.family_id),
            Referral.state.in_((ReferralState.SENT, ReferralState.ACKNOWLEDGED)),
        ),
        select(func.count(InformationRequest.id)).where(
            InformationRequest.asked_team_id == Team.id,
            not_excluded(actor, InformationRequest.family_id),
            InformationRequest.state == RequestState.ASKED,
        ),
        select(func.count(Action.id)).where(
            Action.owner_team_id == Team.id,
            Action.state.in_(OPEN_ACTION_STATES),
            not_excluded(actor, Action.family_id),
        ),
        select(func.count(JoinRequest.id)).where(
            JoinRequest.team_id == Team.id,
            JoinRequest.state == JoinState.ASKED,
            not_excluded(actor, JoinRequest.family_id),
        ),
    )
    first, *others = (one.correlate(Team).scalar_subquery() for one in waits)
    number = sum(others, start=first)
    stays = exists().where(
        other.team_id == Team.id,
        other.account_id != departure.account_id,
        or_(other.ends_on.is_(None), other.ends_on > last),
        account.id == other.account_id,
        account.closed_at.is_(None),
    )
    theirs = exists().where(
        mine.team_id == Team.id,
        mine.account_id == departure.account_id,
        or_(mine.ends_on.is_(None), mine.ends_on >= last),
    )
    return select(
        literal("team").label("what"),
        Team.name.label("name"),
        number.label("number"),
    ).where(theirs, ~stays, here)


@dataclass(frozen=True)
class Typed:
    """A form that was not sent: its address, and when it was kept (UTC)."""

    path: str
    kept_at: datetime


@dataclass(frozen=True)
class Run:
    """A run of the guide that is not ended: its reference, and when it began (UTC)."""

    reference: str
    started_at: datetime


@dataclass(frozen=True)
class Mine:
    """What is the reader's alone, for the reader."""

    typed: tuple[Typed, ...]
    runs: tuple[Run, ...]


def mine(session: Session, actor: Actor, moment: Moment) -> Mine:
    """Return the reader's own forms that were not sent, and runs of the guide.  Two statements."""
    typed = session.execute(
        select(Draft.path, Draft.kept_at)
        .where(
            Draft.account_id == actor.account_id,
            Draft.kept_at > moment.now - SETTINGS.minutes_draft_life,
        )
        .order_by(Draft.kept_at, Draft.id)
    )
    runs = session.execute(
        select(Worry.reference, Worry.started_at)
        .where(Worry.account_id == actor.account_id, Worry.ended_at.is_(None))
        .order_by(Worry.started_at, Worry.id)
    )
    return Mine(tuple(Typed(*row) for row in typed), tuple(Run(*row) for row in runs))
