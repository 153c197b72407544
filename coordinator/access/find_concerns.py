"""Finding a concern about working together: for who raised it, and for who answers (E22)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.concern_rules import ConcernInSight
from coordinator.access.sights import Moment
from coordinator.models.directory import Post, PostHolding
from coordinator.models.joint_concerns import JointConcern
from coordinator.vocabulary import PostKind


def raised(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor raised it, for the agency that they act for."""
    return and_(JointConcern.by_id == actor.account_id, JointConcern.agency_id == actor.agency_id)


def answers(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return the condition that the actor manages one of the two teams, or is its link worker.

    No deputy of a link worker: who deputises is a colleague of who raised it on all other days.
    """
    teams: Any = (JointConcern.team_id, JointConcern.about_team_id)
    is_link_worker = exists().where(
        PostHolding.account_id == actor.account_id,
        PostHolding.deputy.is_(False),
        current(PostHolding, moment.today),
        Post.id == PostHolding.post_id,
        Post.kind == PostKind.LINK_WORKER,
        Post.agency_id == actor.agency_id,
        Post.team_id.in_(teams),
    )
    manages = or_(*(team.in_(actor.managed_team_ids) for team in teams))
    return and_(JointConcern.by_id != actor.account_id, or_(manages, is_link_worker))


def joint_concern(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> ConcernInSight | None:
    """Return a concern that the actor raised or answers for, else None.  One statement."""
    row = session.execute(
        select(
            JointConcern.id,
            JointConcern.reference,
            (JointConcern.by_id == actor.account_id).label("mine"),
            JointConcern.owner_id,
            JointConcern.closed_at,
        ).where(JointConcern.reference == reference, or_(raised(actor), answers(actor, moment)))
    ).one_or_none()
    if row is None:
        return None
    return ConcernInSight(
        row.id,
        row.reference,
        bool(row.mine),
        row.owner_id == actor.account_id,
        row.closed_at is not None,
    )
