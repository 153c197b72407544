"""What the policy is told of what guests have to do with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GuestDomainInSight:
    """A domain to which guests' invitations may go, for an administrator."""

    id: int
    reference: str
