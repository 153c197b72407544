"""Who can take up a disagreement at a stage, or look at a family with new eyes.

Never somebody who may not know of the family.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import may_know
from coordinator.access.sights import OPEN_ONLY_ROLES, FamilyInSight, Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.models.families import Involvement
from coordinator.vocabulary import DisagreementStage, PostKind, Role


@dataclass(frozen=True)
class Owner:
    """Somebody who can take it up, and for which agency; `reference` is of the account."""

    account_id: int
    reference: str
    name: str
    agency_id: int
    agency: str


def owners(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    stage: DisagreementStage,
) -> tuple[Owner, ...]:
    """Return who can take up a stage.  One statement.

    Between workers: those of other agencies on the case.  Between managers: the managers of the
    teams on the case.  Between leads: the safeguarding children leads of the agencies on it.
    """
    columns = (Account.id, Account.reference, Account.name, Agency.id, Agency.name)
    on_the_case = (Involvement.family_id == family.id, current(Involvement, moment.today))
    found: Any = select(*columns).select_from(Account)
    match stage:
        case DisagreementStage.WORKERS:
            found = (
                found.join(Involvement, Involvement.account_id == Account.id)
                .join(Agency, Agency.id == Involvement.agency_id)
                .where(
                    *on_the_case,
                    Involvement.agency_id != actor.agency_id,
                    Involvement.role.not_in(OPEN_ONLY_ROLES),
                )
            )
        case DisagreementStage.MANAGERS:
            teams = select(Involvement.team_id).where(*on_the_case)
            found = (
                found.join(Membership, Membership.account_id == Account.id)
                .join(Team, Team.id == Membership.team_id)
                .join(Agency, Agency.id == Team.agency_id)
                .where(
                    Membership.team_id.in_(teams),
                    Membership.role == Role.TEAM_MANAGER,
                    current(Membership, moment.today),
                )
            )
        case DisagreementStage.LEADS:
            agencies = select(Involvement.agency_id).where(*on_the_case)
            found = (
                found.join(PostHolding, PostHolding.account_id == Account.id)
                .join(Post, Post.id == PostHolding.post_id)
                .join(Agency, Agency.id == Post.agency_id)
                .where(
                    Post.agency_id.in_(agencies),
                    Post.kind == PostKind.SAFEGUARDING_CHILDREN,
                    current(PostHolding, moment.today),
                )
            )
    rows = session.execute(
        found.where(Account.closed_at.is_(None), may_know(Account.id, family.id))
        .distinct()
        .order_by(Agency.name, Account.name)
    )
    return tuple(Owner(*row) for row in rows)


def new_eyes(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Owner, ...]:
    """Return who can be asked for a fresh view: the managers of the teams on the case (S20).

    Never the actor.  One statement.
    """
    managers = owners(session, actor, moment, family, DisagreementStage.MANAGERS)
    return tuple(one for one in managers if one.account_id != actor.account_id)
