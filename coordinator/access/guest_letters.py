"""Where a guest's mail goes and which link it carries; the words are those of every invitation."""

from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from coordinator.access.letters import Queued, Sender, WithheldError
from coordinator.access.passes import signed
from coordinator.models.guest_passes import GuestDomain, GuestPass
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation
from coordinator.trail import Subject


def domain_of(email: str) -> str:
    """Return the domain of an e-mail address, by which the allow list knows it."""
    return email.rpartition("@")[2].strip().lower()


def address_and_link(
    session: Session, message: Queued, meeting: Any, sender: Sender, subject: Subject
) -> tuple[str, str]:
    """Return a guest's address and the link of their pass.

    Raises `WithheldError` for a guest who may come no longer, a domain that is not on the list any
    more, and a link that was withdrawn.
    """
    row = _guest(session, message, meeting)
    if row is None or row.invitation is None or row.ended_at is not None:
        raise WithheldError("no longer invited", subject)
    _may_be_written_to(row, subject)
    if row.link is None:
        raise WithheldError("the link was withdrawn", subject)
    return row.email, f"{sender.base_url}/guest/{signed(row.link, sender.key)}"


def address_to_cancel(session: Session, message: Queued, meeting: Any, subject: Subject) -> str:
    """Return the address of a guest who need not come.  Raises `WithheldError`."""
    row = _guest(session, message, meeting)
    if row is None:
        raise WithheldError("not a guest of this family", subject)
    _may_be_written_to(row, subject)
    return str(row.email)


def _guest(session: Session, message: Queued, meeting: Any) -> Any:
    return session.execute(
        select(
            Guest.email,
            Guest.ended_at,
            GuestDomain.id.label("domain"),
            Invitation.id.label("invitation"),
            GuestPass.reference.label("link"),
        )
        .outerjoin(GuestDomain, Guest.email.ilike("%@" + GuestDomain.domain))
        .outerjoin(
            Invitation,
            and_(
                Invitation.guest_id == Guest.id,
                Invitation.meeting_id == meeting.id,
                Invitation.removed_at.is_(None),
            ),
        )
        .outerjoin(
            GuestPass,
            and_(GuestPass.invitation_id == Invitation.id, GuestPass.withdrawn_at.is_(None)),
        )
        .where(Guest.id == message.guest_id, Guest.family_id == meeting.family_id)
        .limit(1)
    ).one_or_none()


def _may_be_written_to(row: Any, subject: Subject) -> None:
    if not row.email:
        raise WithheldError("the guest has no address", subject)
    if row.domain is None:
        raise WithheldError("the domain is not on the list", subject)
