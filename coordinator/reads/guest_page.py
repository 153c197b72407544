"""What a guest reads by their link: one meeting, their parts of it, what helps, their own actions.

Nothing here starts from a family.  A name of its members stands here if somebody decided to show
it, and what a sharing record says if somebody decided to open it to this guest (P01, P13, E40).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.passes import PassInSight, PassVisit, last_day_of, open_to_guest
from coordinator.models.accounts import Account
from coordinator.models.agendas import AgendaPart, InvitationPart
from coordinator.models.boards import BoardEntry
from coordinator.models.directory import Agency, Site, Team
from coordinator.models.families import Person
from coordinator.models.guest_passes import GuestDisclosure, GuestName
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action, PassedOn, WhatHelps
from coordinator.models.sharing import Sharing
from coordinator.vocabulary import ActionState, BoardSide, MeetingState, Place, Reply


@dataclass(frozen=True)
class GuestPart:
    """A part of the agenda to which the guest is asked; its length in minutes."""

    title: str
    what: str
    length: int


@dataclass(frozen=True)
class GuestAction:
    """What the guest agreed to do."""

    text: str
    due_on: date
    state: ActionState
    agency: str


@dataclass(frozen=True)
class PassedOnLine:
    """A worry that the guest passed on, and who has it now."""

    text: str
    who: str
    agency: str
    phone: str
    state: ActionState


@dataclass(frozen=True)
class GuestLine:
    """What the guest put on the board."""

    side: BoardSide
    text: str


@dataclass(frozen=True)
class GuestPage:
    """All that a guest sees.  Times are instants; `until` is when the link ends."""

    reference: str
    state: MeetingState
    starts_at: datetime
    ends_at: datetime
    until: datetime
    place: Place
    where: str
    asked_by: str
    profession: str
    agency: str
    phone: str
    names: tuple[str, ...]
    told: tuple[str, ...]
    parts: tuple[GuestPart, ...]
    what_helps: tuple[str, ...]
    actions: tuple[GuestAction, ...]
    board: tuple[GuestLine, ...]
    passed_on: tuple[PassedOnLine, ...]
    reply: Reply
    note: str
    deputy: str
    written_view: str
    written_view_at: datetime | None
    may_answer: bool


def one(visit: PassVisit) -> GuestPage:
    """Return what this pass shows now.  Eight statements."""
    session, here = visit.session, visit.guest_pass
    row = session.execute(
        select(
            Meeting.reference,
            Meeting.state,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.place,
            Meeting.place_text,
            Site.name.label("site"),
            Site.address,
            Account.name.label("asked_by"),
            Account.profession,
            Account.phone,
            Agency.name.label("agency"),
            Invitation.reply,
            Invitation.reply_note,
            Invitation.deputy_name,
            Invitation.written_view,
            Invitation.written_view_at,
        )
        .select_from(Invitation)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(Account, Account.id == Meeting.author_id)
        .join(Agency, Agency.id == Meeting.agency_id)
        .outerjoin(Site, Site.id == Meeting.site_id)
        .where(Invitation.id == here.invitation_id, Meeting.id == here.meeting_id)
    ).one()
    planned = row.state is MeetingState.PLANNED
    return GuestPage(
        reference=row.reference,
        state=row.state,
        starts_at=row.starts_at,
        ends_at=here.ends_at,
        until=last_day_of(row.starts_at, row.minutes),
        place=row.place,
        where=", ".join(part for part in (row.site, row.address, row.place_text) if part),
        asked_by=row.asked_by,
        profession=row.profession,
        agency=row.agency,
        phone=row.phone,
        names=_names(session, here),
        told=_told(session, here),
        parts=_parts(session, here),
        what_helps=_what_helps(session, here),
        actions=_actions(session, here),
        board=_board(session, here),
        passed_on=_passed_on(session, here),
        reply=row.reply,
        note=row.reply_note,
        deputy=row.deputy_name,
        written_view=row.written_view,
        written_view_at=row.written_view_at,
        may_answer=planned and here.ends_at > visit.moment.now,
    )


def _names(session: Session, here: PassInSight) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(Person.name)
            .join(GuestName, GuestName.person_id == Person.id)
            .where(
                GuestName.invitation_id == here.invitation_id, Person.family_id == here.family_id
            )
            .order_by(Person.id)
        )
    )


def _told(session: Session, here: PassInSight) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(Sharing.what)
            .join(GuestDisclosure, GuestDisclosure.sharing_id == Sharing.id)
            .where(
                GuestDisclosure.invitation_id == here.invitation_id,
                GuestDisclosure.ended_at.is_(None),
                Sharing.family_id == here.family_id,
            )
            .order_by(Sharing.id)
        )
    )


def _parts(session: Session, here: PassInSight) -> tuple[GuestPart, ...]:
    """Return the parts to which the guest is asked by name; no row is no part, and never all."""
    rows = session.execute(
        select(AgendaPart.title, AgendaPart.what, AgendaPart.length)
        .join(InvitationPart, InvitationPart.part_id == AgendaPart.id)
        .where(
            InvitationPart.invitation_id == here.invitation_id,
            AgendaPart.meeting_id == here.meeting_id,
            AgendaPart.dropped.is_(False),
            open_to_guest(here, AgendaPart),
        )
        .order_by(AgendaPart.position, AgendaPart.id)
    )
    return tuple(GuestPart(*row) for row in rows)


def _what_helps(session: Session, here: PassInSight) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(WhatHelps.text).where(open_to_guest(here, WhatHelps)).order_by(WhatHelps.id)
        )
    )


def _passed_on(session: Session, here: PassInSight) -> tuple[PassedOnLine, ...]:
    """Return what this guest passed on, with whoever has it now: a person, or a team."""
    rows = session.execute(
        select(
            Action.text,
            func.coalesce(Account.name, Team.name).label("who"),
            Agency.name,
            func.coalesce(Account.phone, Team.phone).label("phone"),
            Action.state,
        )
        .join(PassedOn, PassedOn.action_id == Action.id)
        .join(Agency, Agency.id == Action.owner_agency_id)
        .outerjoin(Account, Account.id == Action.owner_account_id)
        .outerjoin(Team, Team.id == Action.owner_team_id)
        .where(PassedOn.guest_id == here.guest_id, open_to_guest(here, Action))
        .order_by(Action.id)
    )
    return tuple(PassedOnLine(*row) for row in rows)


def _actions(session: Session, here: PassInSight) -> tuple[GuestAction, ...]:
    rows = session.execute(
        select(Action.text, Action.due_on, Action.state, Agency.name)
        .join(Agency, Agency.id == Action.owner_agency_id)
        .where(
            Action.guest_id == here.guest_id,
            Action.state != ActionState.CANCELLED,
            open_to_guest(here, Action),
        )
        .order_by(Action.due_on, Action.id)
    )
    return tuple(GuestAction(*row) for row in rows)


def _board(session: Session, here: PassInSight) -> tuple[GuestLine, ...]:
    rows = session.execute(
        select(BoardEntry.side, BoardEntry.text)
        .where(
            BoardEntry.meeting_id == here.meeting_id,
            BoardEntry.said_by_guest_id == here.guest_id,
            open_to_guest(here, BoardEntry),
        )
        .order_by(BoardEntry.id)
    )
    return tuple(GuestLine(*row) for row in rows)
