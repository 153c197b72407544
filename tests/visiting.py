"""Guests of LANE-01, and how they come in by their links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from coordinator.access.passes import signed
from coordinator.models.families import Family
from coordinator.models.guest_passes import GuestPass
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.services import guest_passes
from coordinator.vocabulary import GuestRole
from page import Client, Page
from world import World

KEY = "only for tests, and long enough for it"
INES, ADDRESS = "Ines", "ines@healthvisiting.example"
# No such link was ever signed.
MADE_UP = "/guest/ABCDEFGH9.nobody-signed-this"


@dataclass(frozen=True)
class Asked:
    """A guest who is asked to a meeting."""

    guest: str
    guest_id: int
    invitation_id: int
    meeting: str
    meeting_id: int


def ask(world: World, meeting: str, name: str = INES, email: str = ADDRESS, **more: Any) -> Asked:
    """Let Ben put a guest on the case and ask them to a meeting."""
    with world.does("Ben", "meetings.change") as (session, ben):
        guest = Guest(
            family_id=session.scalars(select(Family.id).where(Family.reference == "LANE-01")).one(),
            name=name,
            role=more.get("role", GuestRole.HEALTH_VISITOR),
            organisation="Eastway Health Visiting",
            email=email,
            added_by_id=ben.account_id,
            added_at=world.moment.now,
        )
        session.add(guest)
        session.flush()
        record = session.scalars(select(Meeting).where(Meeting.reference == meeting)).one()
        invitation = guest_passes.ask(session, ben, world.moment, record, guest.id)
        return Asked(guest.reference, guest.id, invitation.id, meeting, record.id)


def link(world: World, asked: Asked) -> str:
    """Return the address of the link that works now."""
    with world.session() as session:
        reference = session.scalars(
            select(GuestPass.reference).where(
                GuestPass.invitation_id == asked.invitation_id, GuestPass.withdrawn_at.is_(None)
            )
        ).one()
    return f"/guest/{signed(reference, KEY)}"


def comes_in(world: World, asked: Asked) -> Page:
    """Open the link in a browser of the guest's own."""
    return Client(world.app).get(link(world, asked))


def invitation(world: World, asked: Asked) -> Invitation:
    """Return the guest's invitation as it stands."""
    with world.session() as session:
        found = session.get_one(Invitation, asked.invitation_id)
        session.expunge(found)
    return found
