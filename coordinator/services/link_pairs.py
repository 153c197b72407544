"""Pairs of link workers: named, reviewed by each end, ended; a vacancy that was read (E03)."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.pair_rules import LinkPairInSight
from coordinator.access.sights import Moment, PostInSight
from coordinator.errors import InvalidError
from coordinator.models.directory import Agency, Post, PostHolding
from coordinator.models.link_pairs import LinkPair, PairReview, VacancyHeard
from coordinator.services import own_names
from coordinator.vocabulary import AgencyKind, PostKind


def name(session: Session, actor: Actor, moment: Moment, cmht: str, csc: str) -> str:
    """Pair two link workers' posts, one of each agency; return the pair's reference.

    `cmht` and `csc` are the references of the posts.  Raises `InvalidError` for these fields.
    """
    ends = {
        field: _post(session, reference, kind)
        for field, reference, kind in (
            ("cmht", cmht, AgencyKind.CMHT),
            ("csc", csc, AgencyKind.CSC),
        )
    }
    missing = {field: "Choose a link worker’s post" for field, end in ends.items() if end is None}
    if missing:
        raise InvalidError(missing)
    there = select(LinkPair.id).where(
        LinkPair.cmht_post_id == ends["cmht"],
        LinkPair.csc_post_id == ends["csc"],
        LinkPair.ended_on.is_(None),
    )
    if session.scalars(there).first() is not None:
        raise InvalidError({"csc": "These two are a pair already"})
    pair = LinkPair(
        cmht_post_id=ends["cmht"],
        csc_post_id=ends["csc"],
        named_on=moment.today,
        named_by_id=actor.account_id,
    )
    session.add(pair)
    session.flush()
    return pair.reference


def review(
    session: Session, actor: Actor, moment: Moment, pair: LinkPairInSight, note: str = ""
) -> None:
    """Say, for one's own end, that a pair works.  Raises `InvalidError` for the field `note`."""
    own_names.stop(session, actor, moment, note=note)
    for post_id in pair.mine:
        _say(session, actor, moment, pair, post_id, note, works=True)
    session.flush()


def end(session: Session, actor: Actor, moment: Moment, pair: LinkPairInSight, note: str) -> None:
    """Say why a pair works no longer, and end it.  Raises `InvalidError` for the field `note`."""
    own_names.stop(session, actor, moment, note=note)
    _say(session, actor, moment, pair, min(pair.mine, default=None), note, works=False)
    session.get_one(LinkPair, pair.id).ended_on = moment.today
    session.flush()


def hear(session: Session, actor: Actor, moment: Moment, post: PostInSight) -> None:
    """Keep that a manager read that a post is vacant, or will be."""
    last = select(func.max(PostHolding.id)).where(
        PostHolding.post_id == post.id, PostHolding.deputy.is_(False)
    )
    session.add(
        VacancyHeard(
            post_id=post.id,
            holding_id=session.scalar(last),
            by_id=actor.account_id,
            at=moment.now,
        )
    )
    session.flush()


def _say(
    session: Session,
    actor: Actor,
    moment: Moment,
    pair: LinkPairInSight,
    post_id: int | None,
    note: str,
    *,
    works: bool,
) -> None:
    session.add(
        PairReview(
            pair_id=pair.id,
            post_id=post_id,
            works=works,
            note=note,
            by_id=actor.account_id,
            reviewed_on=moment.today,
        )
    )


def _post(session: Session, reference: str, kind: AgencyKind) -> int | None:
    return session.scalar(
        select(Post.id)
        .join(Agency, Agency.id == Post.agency_id)
        .where(Post.reference == reference, Post.kind == PostKind.LINK_WORKER, Agency.kind == kind)
    )
