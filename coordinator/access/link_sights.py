"""What the policy is told of a request to a link worker."""

from dataclasses import dataclass

from coordinator.access.sights import EntryInSight


@dataclass(frozen=True)
class LinkRequestInSight(EntryInSight):
    """A request.  `received`: the actor answers for the post that it was sent to."""

    received: bool
    closed: bool
    about_id: int | None
