"""What the policy is told of what guests have to do with."""

from dataclasses import dataclass

from coordinator.access.sights import PersonInSight


@dataclass(frozen=True)
class GuestInSight(PersonInSight):
    """Somebody outside the two agencies who works with a family in sight."""


@dataclass(frozen=True)
class GuestDomainInSight:
    """A domain to which guests' invitations may go, for an administrator."""

    id: int
    reference: str
