"""Who can do what: a worry or a topic leads to services, posts, people and answers (P07)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.directory import Agency, Post
from coordinator.reads import colleagues, directory, local_services, questions
from coordinator.reads.colleagues import Colleague
from coordinator.reads.directory import PARTNERS
from coordinator.reads.local_services import ServiceCard
from coordinator.reads.post_cards import PostCard
from coordinator.reads.questions import QuestionLine
from coordinator.reads.search_words import begins_with, telling
from coordinator.vocabulary import PostKind, Topic, topics_named

FEW = 3
LEADS = (PostKind.SAFEGUARDING_CHILDREN, PostKind.SAFEGUARDING_ADULTS)
# Which posts know about a topic, besides the link workers, who know about all.
POSTS_FOR = {
    Topic.CRISIS: (PostKind.DUTY_DESK, PostKind.OUT_OF_HOURS),
    Topic.PARENTS_MENTAL_HEALTH: (PostKind.DUTY_DESK,),
    Topic.DOMESTIC_ABUSE: LEADS,
    Topic.CHILD_PROTECTION: LEADS,
}


@dataclass(frozen=True)
class WhoCan:
    """What fits, the best first."""

    services: tuple[ServiceCard, ...]
    posts: tuple[PostCard, ...]
    people: tuple[Colleague, ...]
    answers: tuple[QuestionLine, ...]


def found(
    session: Session, actor: Actor, moment: Moment, typed: str, topic: Topic | None
) -> WhoCan:
    """Return who and what can help with a worry, a topic, or both.  Six statements."""
    words = telling(typed)
    topics = {topic} if topic else {one for word in words for one in topics_named(word)}
    answers, _ = questions.found(session, moment, f"{typed} {topic.label if topic else ''}", 1)
    return WhoCan(
        local_services.found(session, moment, words, topic),
        directory.that_are(session, actor, moment, _posts(actor, words, topics)),
        colleagues.found(session, typed, 1, moment.today).people if words else (),
        tuple(line for line in answers if line.answer)[:FEW],
    )


def _posts(actor: Actor, words: list[str], topics: set[Topic]) -> ColumnElement[bool]:
    """Return the posts that say so, that know of a topic, and the way into the other agency."""
    kinds = {kind for topic in topics for kind in POSTS_FOR.get(topic, ())}
    labels = [
        kind for kind in PostKind for word in words if word.casefold() in kind.label.casefold()
    ]
    partner = PARTNERS.get(actor.agency_kind) if actor.agency_kind else None
    return or_(
        and_(Post.kind.in_(kinds), Agency.id == actor.agency_id),
        Post.kind.in_(labels),
        *[begins_with(Post.can_do, word) for word in words],
        and_(Post.kind == PostKind.LINK_WORKER, Agency.kind == partner),
    )
