"""Telling a guest something that the plan does not show them, such as a diagnosis (P01).

It is a choice of its own, never part of an invitation: with a purpose, what allows it and what the
parent was told, and it leaves a sharing record that names the guest.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.guest_passes import GuestDisclosure
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation
from coordinator.models.sharing import Sharing, SharingBasis
from coordinator.services.sharing_facts import Facts, check_facts
from coordinator.vocabulary import DEFAULT_NOTICE, Level


def tell(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    guest: str,
    facts: Facts,
) -> None:
    """Let a guest (a reference) read `facts.what` by their link to this meeting.

    The record stands at the level of the worker's own agency.  Raises `InvalidError` unless every
    fact of an act of sharing is said, and where the parent objects.
    """
    asked = session.execute(
        select(Invitation.id, Guest.name, Guest.role, Guest.organisation)
        .join(Guest, Guest.id == Invitation.guest_id)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.removed_at.is_(None),
            Guest.reference == guest,
            Guest.family_id == meeting.family.id,
        )
    ).one_or_none()
    if asked is None:
        raise InvalidError({"guest": "Choose a guest who is invited"})
    stands = check_facts(session, actor, moment, meeting.family, facts, meeting.id)
    named = ", ".join(part for part in (asked.name, asked.role.label, asked.organisation) if part)
    record = Sharing(
        family_id=meeting.family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=Level.OWN_AGENCY,
        notice=DEFAULT_NOTICE[Level.OWN_AGENCY],
        created_at=moment.now,
        shared_entry_id=meeting.id,
        from_level=Level.OWN_AGENCY,
        to_level=Level.OWN_AGENCY,
        purpose=facts.purpose,
        what=facts.what,
        parent_told=facts.parent_told,
        parent_view=facts.parent_view,
    )
    session.add(record)
    session.flush()
    grounds = replace(stands, who_needs=f"{named}: {stands.who_needs}")
    session.add(SharingBasis(sharing_id=record.id, **vars(grounds)))
    session.add(GuestDisclosure(sharing_id=record.id, invitation_id=asked.id))
    session.flush()


def end(session: Session, moment: Moment, meeting: MeetingInSight, sharing: str) -> None:
    """Let a guest read a record (a reference) no longer; what they read, they know."""
    shown = session.scalars(
        select(GuestDisclosure)
        .join(Sharing, Sharing.id == GuestDisclosure.sharing_id)
        .join(Invitation, Invitation.id == GuestDisclosure.invitation_id)
        .where(
            Sharing.reference == sharing,
            Sharing.family_id == meeting.family.id,
            Invitation.meeting_id == meeting.id,
            GuestDisclosure.ended_at.is_(None),
        )
    ).one_or_none()
    if shown is not None:
        shown.ended_at = moment.now
        session.flush()
