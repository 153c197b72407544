"""What the policy is told of a local service, and who looks after its entry."""

from dataclasses import dataclass

from coordinator.access.actor import Actor


@dataclass(frozen=True)
class LocalServiceInSight:
    """A service in the directory.  `looked_after`: whether the actor holds the post for it."""

    id: int
    reference: str
    looked_after: bool


def looks_after_the_service(actor: Actor, record: object) -> bool:
    """Who holds the post that looks after the service, or deputises."""
    return isinstance(record, LocalServiceInSight) and record.looked_after
