"""A guest's way in: a signed link that opens one meeting to one person, and nothing else.

The link is the reference of a pass with a signature, so that no table holds anything that opens a
door.  Whoever comes by it is a guest and never somebody who is signed in: no menu, no search and
no other address knows them.  Whatever is wrong with a link looks the same (P13).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import current_app, g, request
from itsdangerous import BadSignature, Signer
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access import in_force
from coordinator.access.door import Guest, afterwards, public
from coordinator.access.exits import REFERENCE
from coordinator.access.pages import Download, Page, page, shown
from coordinator.access.sights import Moment
from coordinator.extensions import begin_writing
from coordinator.models.entries import Entry
from coordinator.models.guest_passes import GuestPass
from coordinator.models.guests import Guest as GuestRecord
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.trail import TrailEvent
from coordinator.settings import SETTINGS
from coordinator.trail import NOBODY, Acting, Subject
from coordinator.vocabulary import EventKind, Level, MeetingState

COME_IN = "guest-passes.come-in"
View = Callable[..., Any]


@dataclass(frozen=True)
class PassInSight:
    """The pass by which a guest comes in, while it works."""

    id: int
    reference: str
    invitation_id: int
    guest_id: int
    guest_reference: str
    guest_name: str
    family_id: int
    meeting_id: int
    meeting_reference: str
    meeting_state: MeetingState
    starts_at: datetime
    ends_at: datetime
    ended: str

    def acting(self, request_id: bytes | None = None) -> Acting:
        """Return how this guest stands in the trail: by reference, for they have no account."""
        return Acting(
            service=f"guest:{self.guest_reference}",
            request_id=request_id,
            guest=(self.invitation_id, self.family_id),
        )

    @property
    def subject(self) -> Subject:
        """What every act by this pass is about."""
        return Subject(self.family_id, self.meeting_id, "guest_passes", self.meeting_reference)


@dataclass(frozen=True)
class PassVisit:
    """What a view is given that a guest's pass opens."""

    session: Session
    guest_pass: PassInSight
    moment: Moment
    token: str


def signed(reference: str, key: str) -> str:
    """Return the word of the link for the pass of this reference."""
    return _signer(key).sign(reference).decode()


def reference_in(token: str, key: str) -> str | None:
    """Return the reference that a link's word carries, or None if we never signed it."""
    try:
        reference = _signer(key).unsign(token).decode()
    except (BadSignature, UnicodeError):
        return None
    return reference if REFERENCE.fullmatch(reference) else None


def last_day_of(starts_at: datetime, minutes: int) -> datetime:
    """Return the instant from which the link to a meeting works no longer."""
    return starts_at + timedelta(minutes=minutes) + SETTINGS.guest_pass_after_meeting


def open_to_guest(guest_pass: PassInSight, kind: Any = Entry) -> ColumnElement[bool]:
    """Return the sharing rule for a guest: of this family, and open to both agencies.

    Which of these entries a guest reads is decided one by one (reads/guest_page.py); a closed
    part, a note of one agency and a safe contact are none of them.
    """
    return and_(kind.family_id == guest_pass.family_id, kind.level == Level.OPEN)


def found(session: Session, reference: str, moment: Moment) -> PassInSight | None:
    """Return the pass of this reference, whether or not it works any longer.  One statement.

    `ended` says why it does not, in a word for the trail.
    """
    row = session.execute(
        select(
            GuestPass.id,
            GuestPass.reference,
            GuestPass.withdrawn_at,
            Invitation.id.label("invitation_id"),
            Invitation.removed_at,
            GuestRecord.id.label("guest_id"),
            GuestRecord.reference.label("guest_reference"),
            GuestRecord.name.label("guest_name"),
            GuestRecord.family_id,
            GuestRecord.ended_at,
            Meeting.id.label("meeting_id"),
            Meeting.reference.label("meeting_reference"),
            Meeting.state,
            Meeting.starts_at,
            Meeting.minutes,
            in_force.newest().label("newest_setting"),
        )
        .join(Invitation, Invitation.id == GuestPass.invitation_id)
        .join(GuestRecord, GuestRecord.id == Invitation.guest_id)
        .join(
            Meeting,
            and_(Meeting.id == GuestPass.meeting_id, Meeting.family_id == GuestRecord.family_id),
        )
        .where(GuestPass.reference == reference)
    ).one_or_none()
    if row is None:
        return None
    in_force.heed(session, row.newest_setting)
    over = moment.now >= last_day_of(row.starts_at, row.minutes)
    gone = row.removed_at is not None or row.ended_at is not None
    withdrawn = row.withdrawn_at is not None
    return PassInSight(
        id=row.id,
        reference=row.reference,
        invitation_id=row.invitation_id,
        guest_id=row.guest_id,
        guest_reference=row.guest_reference,
        guest_name=row.guest_name,
        family_id=row.family_id,
        meeting_id=row.meeting_id,
        meeting_reference=row.meeting_reference,
        meeting_state=row.state,
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes),
        ended="not-invited" if gone else "withdrawn" if withdrawn else "expired" if over else "",
    )


def by_pass(view: View) -> View:
    """Declare that a guest's pass opens a route; its address names the pass as `token`.

    The look is written before the page is rendered, a refusal always, and nobody is signed in.
    """

    @public
    @wraps(view)
    def through(guest: Guest, token: str, **rest: Any) -> Any:
        session, writing = guest.session, request.method == "POST"
        # Whoever may be signed in beside it in the same browser does not act here.
        g.actor = None
        if writing:
            begin_writing(session)
        # The wall does not know yet who comes: to find that out is an act of the tool itself.
        trail.acting(session, FINDING, COME_IN, reading=not writing)
        reference = reference_in(token, current_app.config["COORDINATOR"].secret_key)
        here = found(session, reference, guest.moment) if reference else None
        if here is None or here.ended:
            return _refused(here)
        acting = here.acting(g.request_id)
        if _too_often(session, acting, here, guest.moment):
            afterwards(lambda session: _write_refusal(session, acting, here, "too-often"))
            return page("guests_in/too_often.html", 429)
        trail.acting(session, acting, COME_IN, reading=not writing)
        answer = view(PassVisit(session, here, guest.moment, token), **rest)
        if isinstance(answer, Page):
            afterwards(lambda session: _write_look(session, acting, here))
        elif isinstance(answer, Download):
            session.rollback()
            begin_writing(session)
            trail.write(session, EventKind.EXPORT, here.subject, outcome=answer.outcome, who=acting)
            session.commit()
            return shown(answer)
        return answer

    return through


FINDING = Acting(service="door")


def _signer(key: str) -> Signer:
    return Signer(key, salt="guest-pass", key_derivation="hmac", digest_method=sha256)


def _refused(here: PassInSight | None) -> Page:
    acting = here.acting(g.request_id) if here else NOBODY
    why = here.ended if here else "unknown"
    afterwards(lambda session: _write_refusal(session, acting, here, why))
    return page("guests_in/refused.html", 404)


def _write_look(session: Session, acting: Acting, here: PassInSight) -> None:
    trail.write(session, EventKind.LOOK, here.subject, action=COME_IN, who=acting)


def _write_refusal(session: Session, acting: Acting, here: PassInSight | None, why: str) -> None:
    trail.write(
        session,
        EventKind.REFUSAL,
        here.subject if here else trail.NOTHING,
        action=COME_IN,
        allowed=False,
        outcome=why,
        who=acting,
    )


def _too_often(session: Session, acting: Acting, here: PassInSight, moment: Moment) -> bool:
    """Say whether this link was used so often within the hour that it waits."""
    since = moment.now - timedelta(hours=1)
    used = session.scalar(
        select(func.count()).where(
            TrailEvent.family_id == here.family_id,
            TrailEvent.hour >= trail.hour_of(since),
            TrailEvent.at > trail.micros(since),
            TrailEvent.service == acting.service,
        )
    )
    return (used or 0) >= SETTINGS.guest_uses_an_hour
