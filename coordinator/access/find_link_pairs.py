"""Finding pairs of link workers and difficulties in working together: they are of no family."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.pair_rules import DifficultyInSight, LinkPairInSight
from coordinator.access.sights import Moment
from coordinator.models.difficulties import Difficulty
from coordinator.models.directory import Post, PostHolding
from coordinator.models.link_pairs import LinkPair


def link_pair(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> LinkPairInSight | None:
    """Return a pair, also one that is ended.  One statement."""
    rows = session.execute(
        select(LinkPair.id, LinkPair.ended_on, PostHolding.post_id)
        .outerjoin(
            Post,
            Post.id.in_((LinkPair.cmht_post_id, LinkPair.csc_post_id))
            & (Post.agency_id == actor.agency_id),
        )
        .outerjoin(
            PostHolding,
            (PostHolding.post_id == Post.id)
            & (PostHolding.account_id == actor.account_id)
            & current(PostHolding, moment.today),
        )
        .where(LinkPair.reference == reference)
    ).all()
    if not rows:
        return None
    mine = frozenset(row.post_id for row in rows if row.post_id is not None)
    return LinkPairInSight(rows[0].id, reference, mine, rows[0].ended_on is not None)


def difficulty(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> DifficultyInSight | None:
    """Return a difficulty.  One statement."""
    found = select(Difficulty.id, Difficulty.reference).where(Difficulty.reference == reference)
    row = session.execute(found).one_or_none()
    return DifficultyInSight(*row) if row else None
