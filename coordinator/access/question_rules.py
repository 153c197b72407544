"""What the policy is told of a question to colleagues, and who answers (E26)."""

from dataclasses import dataclass

from coordinator.access.actor import Actor
from coordinator.vocabulary import PostKind, Role

# Champions are the trained staff: the directory says who they are, until when, and their deputies.
ANSWERING_POSTS = frozenset({PostKind.LINK_WORKER, PostKind.CHAMPION})


@dataclass(frozen=True)
class QuestionInSight:
    """A question to colleagues that is not withdrawn; it belongs to no family."""

    id: int
    reference: str
    asked_by_id: int


def answers_colleagues(actor: Actor, record: object) -> bool:
    """A link worker or a champion, or who deputises, who answers what colleagues ask."""
    return Role.LINK_WORKER in actor.roles or bool(actor.posts & ANSWERING_POSTS)


def asked_the_question(actor: Actor, record: object) -> bool:
    """Who asked it."""
    return isinstance(record, QuestionInSight) and record.asked_by_id == actor.account_id
