"""The links of a meeting's guests, as a worker on the case sees and decides about them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor
from coordinator.access.passes import last_day_of
from coordinator.access.scope import readable_in
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.models.families import Person
from coordinator.models.guest_passes import GuestDisclosure, GuestName, GuestPass
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.sharing import Sharing
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, GuestRole, Purpose


@dataclass(frozen=True)
class Told:
    """What a guest reads because somebody decided to tell them; the reader may read it too."""

    reference: str
    what: str
    purpose: Purpose | None


@dataclass(frozen=True)
class GuestLink:
    """One guest who is asked, and how their link stands.

    `live` is the reference of the pass that works, empty where none does; `until` when it ends.
    """

    guest: str
    name: str
    role: GuestRole
    organisation: str
    email: str
    live: str
    until: datetime
    used: int
    last_used_at: datetime | None
    names: tuple[str, ...]
    told: tuple[Told, ...]


def of_meeting(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight
) -> tuple[GuestLink, ...]:
    """Return the guests who are asked to a meeting, with their links.  Four statements."""
    rows = session.execute(
        select(
            Invitation.id,
            Guest.reference,
            Guest.name,
            Guest.role,
            Guest.organisation,
            Guest.email,
            GuestPass.reference.label("live"),
            Meeting.starts_at,
            Meeting.minutes,
        )
        .select_from(Invitation)
        .join(Guest, Guest.id == Invitation.guest_id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .outerjoin(
            GuestPass,
            and_(GuestPass.invitation_id == Invitation.id, GuestPass.withdrawn_at.is_(None)),
        )
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.removed_at.is_(None),
            Guest.family_id == meeting.family.id,
        )
        .order_by(Guest.name, Guest.id)
    ).all()
    used = _used(session, meeting)
    names = _names(session, meeting)
    told = _told(session, actor, meeting)
    links = []
    for row in rows:
        count, last = used.get(f"guest:{row.reference}", (0, None))
        until = last_day_of(row.starts_at, row.minutes)
        links.append(
            GuestLink(
                guest=row.reference,
                name=row.name,
                role=row.role,
                organisation=row.organisation,
                email=row.email,
                live=row.live if row.live and until > moment.now else "",
                until=until,
                used=count,
                last_used_at=last,
                names=tuple(names.get(row.id, ())),
                told=tuple(told.get(row.id, ())),
            )
        )
    return tuple(links)


def members(session: Session, meeting: MeetingInSight) -> list[tuple[str, str]]:
    """Return the members of the family, as (reference, name).  One statement."""
    rows = session.execute(
        select(Person.reference, Person.name)
        .where(Person.family_id == meeting.family.id)
        .order_by(Person.id)
    )
    return [(row.reference, row.name) for row in rows]


def shown_names(session: Session, meeting: MeetingInSight, guest: str) -> list[str]:
    """Return the references of the members whose names a guest reads.  One statement."""
    return list(
        session.scalars(
            select(Person.reference)
            .join(GuestName, GuestName.person_id == Person.id)
            .join(Invitation, Invitation.id == GuestName.invitation_id)
            .join(Guest, Guest.id == Invitation.guest_id)
            .where(
                GuestName.meeting_id == meeting.id,
                Invitation.removed_at.is_(None),
                Guest.reference == guest,
            )
        )
    )


def _used(session: Session, meeting: MeetingInSight) -> dict[str, tuple[int, datetime]]:
    """Return by guest how often a link to this meeting was used, and when last."""
    rows = session.execute(
        select(TrailEvent.service, func.count(), func.max(TrailEvent.at))
        .where(
            TrailEvent.family_id == meeting.family.id,
            TrailEvent.entry_id == meeting.id,
            TrailEvent.kind == EventKind.LOOK.value,
            TrailEvent.service.startswith("guest:"),
        )
        .group_by(TrailEvent.service)
    )
    return {str(service): (count, trail.instant(last)) for service, count, last in rows}


def _names(session: Session, meeting: MeetingInSight) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for invitation_id, name in session.execute(
        select(GuestName.invitation_id, Person.name)
        .join(Person, Person.id == GuestName.person_id)
        .where(GuestName.meeting_id == meeting.id)
        .order_by(Person.id)
    ):
        found.setdefault(invitation_id, []).append(name)
    return found


def _told(session: Session, actor: Actor, meeting: MeetingInSight) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = {}
    for invitation_id, reference, what, purpose in session.execute(
        select(GuestDisclosure.invitation_id, Sharing.reference, Sharing.what, Sharing.purpose)
        .join(Sharing, Sharing.id == GuestDisclosure.sharing_id)
        .where(
            Sharing.shared_entry_id == meeting.id,
            GuestDisclosure.ended_at.is_(None),
            Sharing.family_id == meeting.family.id,
            readable_in(actor, meeting.family),
        )
        .order_by(Sharing.id)
    ):
        found.setdefault(invitation_id, []).append(Told(reference, what, purpose))
    return found
