"""A team is closed when nothing hangs on it any more, and can be opened again."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.sights import Moment, TeamInSight
from coordinator.errors import InvalidError
from coordinator.models.accounts import Membership
from coordinator.models.directory import Post, PostHolding, Team
from coordinator.models.families import Involvement, JoinRequest
from coordinator.models.information_requests import InformationRequest
from coordinator.models.plans import Action
from coordinator.models.referral_settings import ReferralRoute, route_holds
from coordinator.models.referrals import Referral
from coordinator.trail import Acting
from coordinator.vocabulary import ActionState, JoinState, ReferralState, RequestState

COUNTING = Acting(service="directory")


def close(session: Session, moment: Moment, team: TeamInSight) -> None:
    """Take a team off the directory from today on; what it did keeps its name.

    Raises `InvalidError` with a sentence for each kind of thing that still hangs on it.
    """
    record = session.get_one(Team, team.id, with_for_update=True)
    if hanging := _hanging(session, moment, team):
        raise InvalidError({sentence: sentence for sentence in hanging})
    record.closed_on = moment.today
    session.flush()


def open_again(session: Session, team: TeamInSight) -> None:
    """Put a closed team back on the directory."""
    session.get_one(Team, team.id).closed_on = None
    session.flush()


def _hanging(session: Session, moment: Moment, team: TeamInSight) -> list[str]:
    """Return what is to be done before a team can close.  One statement.

    An administrator sees no family: it is said that there are cases, and neither how many nor
    which.  The tool itself counts, past what this person may see.
    """
    who, action, reading = (session.info[key] for key in ("acting", "action", "reading"))
    trail.acting(session, COUNTING, action, reading=True)
    try:
        row = session.execute(
            select(*(there.label(words) for words, there in _asked(moment, team.id)))
        ).one()
    finally:
        trail.acting(session, who, action, reading=reading)
    return [words for words, there in row._mapping.items() if there]  # noqa: SLF001


def _asked(moment: Moment, team: int) -> list[tuple[str, ColumnElement[bool]]]:
    def not_over(table: Any) -> ColumnElement[bool]:
        return or_(table.ends_on.is_(None), table.ends_on >= moment.today)

    held = PostHolding.post_id == Post.id
    leads_here = or_(ReferralRoute.team_id == team, ReferralRoute.night_team_id == team)
    return [
        (
            "People have a role in it: end it, or give them one in another team",
            select(Membership).where(Membership.team_id == team, not_over(Membership)).exists(),
        ),
        (
            "A post of it is held: leave it without a holder first",
            select(Post).where(Post.team_id == team).where(held, not_over(PostHolding)).exists(),
        ),
        (
            "Referrals of an area go to it: let them go to another team",
            select(ReferralRoute).where(route_holds(), leads_here).exists(),
        ),
        (
            "It works on cases: its manager ends that or hands it over",
            select(Involvement.id)
            .where(Involvement.team_id == team, not_over(Involvement))
            .exists(),
        ),
        (
            "It is asked to join a case: it answers first",
            select(JoinRequest.id)
            .where(JoinRequest.team_id == team, JoinRequest.state == JoinState.ASKED)
            .exists(),
        ),
        (
            "It is asked for information: it answers first",
            select(InformationRequest.id)
            .where(
                InformationRequest.asked_team_id == team,
                InformationRequest.state == RequestState.ASKED,
            )
            .exists(),
        ),
        (
            "It has actions to do: they are done, or given to somebody else",
            select(Action.id)
            .where(
                Action.owner_team_id == team,
                Action.state.in_((ActionState.REQUESTED, ActionState.ACCEPTED)),
            )
            .exists(),
        ),
        (
            "Referrals wait for it: it decides first",
            select(Referral.id)
            .where(
                Referral.to_team_id == team,
                Referral.state.in_((ReferralState.SENT, ReferralState.ACKNOWLEDGED)),
            )
            .exists(),
        ),
    ]
