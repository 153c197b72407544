"""The domains to which guests' invitations may go, as an administrator sees them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.models.guest_passes import GuestDomain


@dataclass(frozen=True)
class DomainRow:
    """One domain."""

    reference: str
    domain: str
    whose: str


def everything(session: Session) -> tuple[DomainRow, ...]:
    """Return the list by name.  One statement."""
    rows = session.execute(
        select(GuestDomain.reference, GuestDomain.domain, GuestDomain.whose).order_by(
            GuestDomain.domain
        )
    )
    return tuple(DomainRow(*row) for row in rows)
