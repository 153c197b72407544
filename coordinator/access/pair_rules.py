"""What the policy is told of pairs of link workers and of difficulties; and its rules."""

from dataclasses import dataclass

from coordinator.access.actor import Actor
from coordinator.access.sights import PostInSight
from coordinator.vocabulary import PostKind


@dataclass(frozen=True)
class LinkPairInSight:
    """A pair of link workers' posts; `mine` are the ends that the actor holds or deputises for."""

    id: int
    reference: str
    mine: frozenset[int]
    ended: bool


@dataclass(frozen=True)
class DifficultyInSight:
    """A difficulty in working together; it belongs to no family."""

    id: int
    reference: str


def holds_a_link_workers_post(actor: Actor, record: object) -> bool:
    """Who holds a link worker's post, or deputises."""
    return PostKind.LINK_WORKER in actor.posts


def answers_for_an_end(actor: Actor, record: object) -> bool:
    """Who holds one of the two posts of the pair, or deputises."""
    return isinstance(record, LinkPairInSight) and bool(record.mine)


def pair_is_not_ended(actor: Actor, record: object) -> bool:
    """A pair that is not ended."""
    return isinstance(record, LinkPairInSight) and not record.ended


def manages_the_posts_team(actor: Actor, record: object) -> bool:
    """The manager of the team that a post belongs to."""
    return isinstance(record, PostInSight) and record.team_id in actor.managed_team_ids
