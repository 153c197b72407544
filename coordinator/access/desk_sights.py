"""What the policy is told of a slot at a shared desk, and its rules (E08)."""

from dataclasses import dataclass
from datetime import datetime

from coordinator.access.actor import Actor


@dataclass(frozen=True)
class SlotInSight:
    """A slot between two people: `with_id` is the one who is not the actor.

    `starts_at` is an instant; `is_open`: it is neither cancelled nor told of.
    """

    id: int
    reference: str
    with_id: int
    starts_at: datetime
    is_open: bool


def has_the_slot(actor: Actor, record: object) -> bool:  # noqa: ARG001  (nobody else finds it)
    """Who booked the slot, and with whom."""
    return isinstance(record, SlotInSight)


def slot_is_open(actor: Actor, record: object) -> bool:  # noqa: ARG001
    """A slot that is neither cancelled nor told of."""
    return isinstance(record, SlotInSight) and record.is_open
