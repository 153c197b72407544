"""The list of domains to which guests' invitations may go; an administrator keeps it."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.guest_letters import domain_of
from coordinator.access.guest_sights import GuestDomainInSight
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.guest_passes import GuestDomain
from coordinator.services.former_words import keep
from coordinator.vocabulary import WordList

# Labels of letters, digits and hyphens, at least two of them (RFC 1123).
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def add(session: Session, domain: str, whose: str) -> None:
    """Put a domain on the list.  Raises `InvalidError` for no domain, and for one on the list."""
    bare = domain.strip().lower().removeprefix("@")
    if not DOMAIN.fullmatch(bare):
        raise InvalidError({"domain": "Enter a domain, such as surgery.example"})
    if session.scalar(select(GuestDomain.id).where(GuestDomain.domain == bare)):
        raise InvalidError({"domain": "This domain is on the list already"})
    session.add(GuestDomain(domain=bare, whose=whose))
    session.flush()


def remove(session: Session, actor: Actor, moment: Moment, domain: GuestDomainInSight) -> None:
    """Take a domain off the list: no more mail goes there; links that were sent still work."""
    record = session.get_one(GuestDomain, domain.id)
    keep(session, actor, moment, WordList.GUEST_DOMAINS, domain.reference, record.said)
    session.delete(record)
    session.flush()


def stop(session: Session, email: str, field: str = "email") -> None:
    """Raise `InvalidError` beside this field for an address outside the list."""
    if not email:
        return
    domain = domain_of(email)
    if session.scalar(select(GuestDomain.id).where(GuestDomain.domain == domain)) is None:
        raise InvalidError(
            {
                field: f"Invitations do not go to {domain}: it is not on your area’s list. Leave"
                " the address empty and give the link yourself, or ask your administrator"
            }
        )
