"""The rules about link workers, each named as the sentence that it is (rules.py)."""

from coordinator.access.actor import Actor
from coordinator.access.link_sights import LinkRequestInSight
from coordinator.vocabulary import Role


def is_a_link_worker(actor: Actor, record: object) -> bool:
    """A link worker."""
    return Role.LINK_WORKER in actor.roles


def answers_for_the_post(actor: Actor, record: object) -> bool:
    """Who holds or deputises for the post that is asked, or its manager while it is vacant."""
    return isinstance(record, LinkRequestInSight) and record.received


def link_request_is_open(actor: Actor, record: object) -> bool:
    """A request that is not closed."""
    return isinstance(record, LinkRequestInSight) and not record.closed


def link_request_is_closed(actor: Actor, record: object) -> bool:
    """A request that is closed."""
    return isinstance(record, LinkRequestInSight) and record.closed
