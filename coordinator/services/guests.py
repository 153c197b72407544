"""Who works with a family outside the two agencies, and whom the parent wants beside her (S20)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.guest_sights import GuestInSight
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.families import Family
from coordinator.models.guests import Guest
from coordinator.services import addresses, guest_domains
from coordinator.vocabulary import GuestRole


@dataclass(frozen=True)
class GuestDetails:
    """Who somebody is to the family, and how to reach them at work.

    `chosen_by_parent`: the parent wants this person at meetings; `parents_words` are hers about it.
    """

    name: str
    role: GuestRole
    organisation: str = ""
    email: str = ""
    phone: str = ""
    chosen_by_parent: bool = False
    parents_words: str = ""


def add(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, details: GuestDetails
) -> str:
    """Add somebody who works with the family; return the reference.

    Raises `InvalidError` if the same person stands there already, and for an address outside the
    list of domains.
    """
    addresses.stop(session, actor, family, parents_words=details.parents_words)
    guest_domains.stop(session, details.email)
    session.get_one(Family, family.id, with_for_update=True)
    same = session.scalar(
        select(Guest.id).where(
            Guest.family_id == family.id,
            Guest.name == details.name,
            Guest.role == details.role,
            Guest.ended_at.is_(None),
        )
    )
    if same is not None:
        raise InvalidError({"name": "This person stands there already"})
    guest = Guest(
        family_id=family.id, added_by_id=actor.account_id, added_at=moment.now, **vars(details)
    )
    session.add(guest)
    session.flush()
    return guest.reference


def change(
    session: Session, actor: Actor, guest: GuestInSight, version: int | None, details: GuestDetails
) -> None:
    """Change what is said of a guest.

    Raises `ConflictError` if somebody else did since `version`, and `InvalidError` for one who
    does not work with the family any more, or for a new address outside the list of domains.
    """
    addresses.stop(session, actor, guest.family, parents_words=details.parents_words)
    record = _here(session, guest)
    if version != record.version:
        stored = {"name": record.name, "organisation": record.organisation, "email": record.email}
        raise ConflictError(stored, record.version)
    if details.email != record.email:
        guest_domains.stop(session, details.email)
    for field, value in vars(details).items():
        setattr(record, field, value)
    session.flush()


def end(session: Session, moment: Moment, guest: GuestInSight) -> None:
    """Say that a guest does not work with the family any more; past meetings keep the name.

    Raises `InvalidError` if somebody said so before.
    """
    _here(session, guest).ended_at = moment.now
    session.flush()


def _here(session: Session, guest: GuestInSight) -> Guest:
    record = session.get_one(Guest, guest.id, with_for_update=True)
    if record.ended_at is not None:
        raise InvalidError("This person does not work with the family any more")
    return record
