"""Finding accounts and what the directory holds: agencies, areas, teams, sites, posts.

None of them belongs to a family.  Everybody who is signed in may read the directory; the policy
keeps accounts, memberships and changes for administrators.  Each look-up is one statement.
"""

from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.directory_sights import AbsenceInSight, AreaInSight, ColleagueInSight
from coordinator.access.guest_sights import GuestDomainInSight
from coordinator.access.local_service_rules import LocalServiceInSight
from coordinator.access.question_rules import QuestionInSight
from coordinator.access.sights import (
    AccountInSight,
    AgencyInSight,
    MembershipInSight,
    Moment,
    PostInSight,
    SiteInSight,
    TeamInSight,
)
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Membership
from coordinator.models.areas import Area
from coordinator.models.directory import Agency, Post, PostHolding, Site, Team
from coordinator.models.guest_passes import GuestDomain
from coordinator.models.local_services import LocalService
from coordinator.models.questions import Question


def account(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> AccountInSight | None:
    """Return an account."""
    row = _one(session, Account, reference, Account.id, Account.reference)
    return AccountInSight(*row) if row else None


def guest_domain(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> GuestDomainInSight | None:
    """Return a domain to which guests' invitations may go."""
    row = _one(session, GuestDomain, reference, GuestDomain.id, GuestDomain.reference)
    return GuestDomainInSight(*row) if row else None


def membership(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> MembershipInSight | None:
    """Return somebody's role in a team."""
    row = session.execute(
        select(Membership.id, Membership.reference, Membership.account_id, Account.reference)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.reference == reference)
    ).one_or_none()
    return MembershipInSight(*row) if row else None


def agency(session: Session, actor: Actor, moment: Moment, reference: str) -> AgencyInSight | None:
    """Return an agency."""
    row = _one(session, Agency, reference, Agency.id, Agency.reference)
    return AgencyInSight(*row) if row else None


def area(session: Session, actor: Actor, moment: Moment, reference: str) -> AreaInSight | None:
    """Return an area."""
    row = _one(session, Area, reference, Area.id, Area.reference)
    return AreaInSight(*row) if row else None


def team(session: Session, actor: Actor, moment: Moment, reference: str) -> TeamInSight | None:
    """Return a team."""
    row = _one(session, Team, reference, Team.id, Team.reference, Team.agency_id)
    return TeamInSight(*row) if row else None


def site(session: Session, actor: Actor, moment: Moment, reference: str) -> SiteInSight | None:
    """Return a listed building of an agency."""
    row = session.execute(
        select(Site.id, Site.reference, Agency.reference)
        .join(Agency, Agency.id == Site.agency_id)
        .where(Site.reference == reference)
    ).one_or_none()
    return SiteInSight(*row) if row else None


def post(session: Session, actor: Actor, moment: Moment, reference: str) -> PostInSight | None:
    """Return a post."""
    held = exists().where(
        PostHolding.post_id == Post.id,
        PostHolding.account_id == actor.account_id,
        PostHolding.deputy.is_(False),
        current(PostHolding, moment.today),
    )
    told = (Post.id, Post.reference, Post.agency_id, held, Post.team_id)
    row = _one(session, Post, reference, *told)
    return PostInSight(*row) if row else None


def colleague(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> ColleagueInSight | None:
    """Return somebody whose account is open.  One statement."""
    rows = session.execute(_people(moment).where(Account.reference == reference)).all()
    return _sight(rows)


def absence(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> AbsenceInSight | None:
    """Return an absence that is not over.  One statement."""
    rows = session.execute(
        _people(moment)
        .add_columns(Absence.id.label("absence_id"))
        .join(Absence, Absence.account_id == Account.id)
        .where(
            Absence.reference == reference,
            Absence.withdrawn_at.is_(None),
            Absence.ends_on >= moment.today,
        )
    ).all()
    found = _sight(rows)
    return AbsenceInSight(rows[0].absence_id, reference, found) if found else None


def local_service(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> LocalServiceInSight | None:
    """Return a local service, also one that was closed: a plan may name it still."""
    held = exists().where(
        PostHolding.post_id == LocalService.post_id,
        PostHolding.account_id == actor.account_id,
        current(PostHolding, moment.today),
    )
    row = _one(session, LocalService, reference, LocalService.id, LocalService.reference, held)
    return LocalServiceInSight(*row) if row else None


def question(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> QuestionInSight | None:
    """Return what somebody asked colleagues, unless it was taken away."""
    row = session.execute(
        select(Question.id, Question.reference, Question.asked_by_id).where(
            Question.reference == reference, Question.withdrawn_at.is_(None)
        )
    ).one_or_none()
    return QuestionInSight(*row) if row else None


def _people(moment: Moment) -> Any:
    works = (Membership.account_id == Account.id) & current(Membership, moment.today)
    return (
        select(Account.id, Account.reference, Membership.team_id)
        .outerjoin(Membership, works)
        .where(or_(Account.closed_at.is_(None), Account.closed_at > moment.now))
    )


def _sight(rows: Any) -> ColleagueInSight | None:
    teams = frozenset(row.team_id for row in rows if row.team_id is not None)
    return ColleagueInSight(rows[0].id, rows[0].reference, teams) if rows else None


def _one(session: Session, table: Any, reference: str, *columns: Any) -> Any:
    return session.execute(select(*columns).where(table.reference == reference)).one_or_none()
