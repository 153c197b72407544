"""What the policy is told of a concern about working together; and its rules (E22)."""

from dataclasses import dataclass

from coordinator.access.actor import Actor


@dataclass(frozen=True)
class ConcernInSight:
    """A concern that the actor raised (`mine`), or answers for; it belongs to no family."""

    id: int
    reference: str
    mine: bool
    owned: bool
    closed: bool


def raised_it(actor: Actor, record: object) -> bool:
    """Who raised it."""
    return isinstance(record, ConcernInSight) and record.mine


def answers_for_a_team(actor: Actor, record: object) -> bool:
    """A manager or link worker of one of the two teams, who did not raise it."""
    return isinstance(record, ConcernInSight) and not record.mine


def owns_it(actor: Actor, record: object) -> bool:
    """Who has taken it up."""
    return isinstance(record, ConcernInSight) and record.owned


def is_not_the_owner(actor: Actor, record: object) -> bool:
    """Somebody who has not taken it up yet."""
    return isinstance(record, ConcernInSight) and not record.owned


def concern_is_open(actor: Actor, record: object) -> bool:
    """A concern that is not closed."""
    return isinstance(record, ConcernInSight) and not record.closed


def concern_is_closed(actor: Actor, record: object) -> bool:
    """A concern that is closed."""
    return isinstance(record, ConcernInSight) and record.closed
