"""Who works with a family outside the two agencies, as the pages of the case show them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.guest_sights import GuestInSight
from coordinator.access.sights import FamilyInSight
from coordinator.models.guests import Guest
from coordinator.vocabulary import GuestRole


@dataclass(frozen=True)
class GuestOfCase:
    """Somebody who works with the family, or whom the parent wants beside her."""

    id: int
    reference: str
    name: str
    role: GuestRole
    organisation: str
    email: str
    phone: str
    chosen_by_parent: bool
    parents_words: str
    version: int


def _columns() -> tuple[object, ...]:
    return tuple(getattr(Guest, field) for field in GuestOfCase.__dataclass_fields__)


def of_family(session: Session, family: FamilyInSight) -> tuple[GuestOfCase, ...]:
    """Return who works with a family in sight now.  One statement."""
    rows = session.execute(
        select(*_columns())  # type: ignore[call-overload]
        .where(Guest.family_id == family.id, Guest.ended_at.is_(None))
        .order_by(Guest.chosen_by_parent.desc(), Guest.id)
    )
    return tuple(GuestOfCase(*row) for row in rows)


def one(session: Session, guest: GuestInSight) -> GuestOfCase:
    """Return a guest in sight, for the form that changes what is said of them."""
    return GuestOfCase(
        *session.execute(
            select(*_columns()).where(Guest.id == guest.id)  # type: ignore[call-overload]
        ).one()
    )
