"""A guest's invitation with the link that belongs to it, and what a guest does by that link.

The link is made with the invitation and goes out with its mail (access/guest_letters.py).  Taking
the invitation back ends it; so does the guest's end on the case, some days after the meeting, and
anybody on the case who withdraws it.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.passes import PassInSight
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.boards import BoardEntry
from coordinator.models.families import Person
from coordinator.models.guest_passes import GuestName, GuestPass
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.services import addresses, in_series, outbox
from coordinator.vocabulary import AskedAs, BoardSide, Level, MeetingState, Notice, Reply, ReplyBy

OVER = "The meeting is over or cancelled, so this is closed"
NOT_LISTED = "Choose from the people who are listed"


def ask(
    session: Session, actor: Actor, moment: Moment, record: Meeting, guest_id: int
) -> Invitation:
    """Ask a guest of the family to a meeting; they get a link, by mail if they have an address."""
    invitation = Invitation(
        meeting_id=record.id,
        guest_id=guest_id,
        invited_by_id=actor.account_id,
        invited_at=moment.now,
        asked_as=AskedAs.GUEST,
        reply=Reply.NEEDS_ACTION,
    )
    session.add(invitation)
    session.flush()
    issue(session, moment, invitation, mail=not in_series.waits(session, record.id))
    return invitation


def issue(
    session: Session, moment: Moment, invitation: Invitation, *, mail: bool = True
) -> GuestPass:
    """Make a new link for a guest's invitation and queue its mail; an earlier one ends."""
    record = session.scalars(select(Meeting).where(Meeting.id == invitation.meeting_id)).one()
    _end(session, moment, invitation)
    made = GuestPass(meeting_id=record.id, invitation_id=invitation.id, made_at=moment.now)
    session.add(made)
    session.flush()
    if mail:
        _mail(session, moment, record, invitation, MailKind.INVITATION)
    return made


def tell_all(session: Session, moment: Moment, record: Meeting, kind: MailKind) -> None:
    """Queue a message about a change to each guest who is asked."""
    for invitation in session.scalars(
        select(Invitation).where(
            Invitation.meeting_id == record.id,
            Invitation.guest_id.is_not(None),
            Invitation.removed_at.is_(None),
        )
    ):
        _mail(session, moment, record, invitation, kind)


def take_back(session: Session, moment: Moment, record: Meeting, invitation: Invitation) -> None:
    """End the link of a guest who is asked no longer, and tell them."""
    _end(session, moment, invitation)
    _mail(session, moment, record, invitation, MailKind.CANCELLATION)


def withdraw(session: Session, moment: Moment, meeting: MeetingInSight, guest: str) -> None:
    """Withdraw the link of a guest (a reference); they stay invited.  Raises `InvalidError`."""
    _end(session, moment, _asked(session, meeting, guest))


def renew(session: Session, moment: Moment, meeting: MeetingInSight, guest: str) -> None:
    """Send a guest (a reference) a new link; the old one ends.  Raises `InvalidError`."""
    issue(session, moment, _asked(session, meeting, guest))


def show_names(
    session: Session, meeting: MeetingInSight, guest: str, people: Sequence[str]
) -> None:
    """Decide whose names (references of the family's members) a guest reads.

    Raises `InvalidError` for somebody who is not invited, and for a member of another family.
    """
    asked = _asked(session, meeting, guest)
    rows = session.execute(
        select(Person.reference, Person.id).where(Person.family_id == meeting.family.id)
    )
    members = {row.reference: row.id for row in rows}
    if any(person not in members for person in people):
        raise InvalidError({"names": NOT_LISTED})
    wanted = {members[person] for person in people}
    shown = {
        name.person_id: name
        for name in session.scalars(select(GuestName).where(GuestName.invitation_id == asked.id))
    }
    for person_id in sorted(shown.keys() - wanted):
        session.delete(shown[person_id])
    session.add_all(
        GuestName(invitation_id=asked.id, person_id=person_id, meeting_id=meeting.id)
        for person_id in sorted(wanted - shown.keys())
    )
    session.flush()


def answer(
    session: Session,
    guest_pass: PassInSight,
    moment: Moment,
    reply: Reply,
    note: str = "",
    deputy: str = "",
) -> None:
    """Take a guest's answer; `deputy` is the name of whom they send.  Raises `InvalidError`."""
    if reply is Reply.DELEGATED and not deputy:
        raise InvalidError({"deputy": "Enter the name of who comes for you"})
    if deputy and reply is Reply.ACCEPTED:
        raise InvalidError({"deputy": "You are coming yourself: leave this empty"})
    addresses.refuse(to_a_guest=True, note=note, deputy=deputy)
    mine = _mine(session, guest_pass, moment)
    mine.reply, mine.replied_at = reply, moment.now
    mine.reply_by, mine.reply_stamp = ReplyBy.LINK, moment.now
    mine.reply_note, mine.deputy_name = note, deputy
    session.flush()


def send_view(session: Session, guest_pass: PassInSight, moment: Moment, text: str) -> None:
    """Keep what a guest wants said in the meeting.  Raises `InvalidError`."""
    addresses.refuse(to_a_guest=True, written_view=text)
    mine = _mine(session, guest_pass, moment)
    mine.written_view, mine.written_view_at = text, moment.now
    session.flush()


def add_to_board(
    session: Session, guest_pass: PassInSight, moment: Moment, side: BoardSide, text: str
) -> None:
    """Put a guest's strength or worry on the board, in their name.  Raises `InvalidError`.

    It stands under the worker who arranged the meeting, as the words of others do that a worker
    writes down; the same words sent twice stand there once.
    """
    addresses.refuse(to_a_guest=True, text=text)
    _mine(session, guest_pass, moment)
    meeting = session.scalars(select(Meeting).where(Meeting.id == guest_pass.meeting_id)).one()
    there = session.scalar(
        select(BoardEntry.id)
        .where(
            BoardEntry.meeting_id == guest_pass.meeting_id,
            BoardEntry.said_by_guest_id == guest_pass.guest_id,
            BoardEntry.side == side,
            BoardEntry.text == text,
        )
        .limit(1)
    )
    if there is not None:
        return
    session.add(
        BoardEntry(
            family_id=guest_pass.family_id,
            author_id=meeting.author_id,
            agency_id=meeting.agency_id,
            level=Level.OPEN,
            notice=Notice.EVERYONE,
            created_at=moment.now,
            meeting_id=guest_pass.meeting_id,
            side=side,
            text=text,
            said_by_guest_id=guest_pass.guest_id,
            by_link_at=moment.now,
        )
    )
    session.flush()


def _mine(session: Session, guest_pass: PassInSight, moment: Moment) -> Invitation:
    """Return the guest's own invitation, locked, while the meeting can still be answered."""
    if guest_pass.meeting_state is not MeetingState.PLANNED or guest_pass.ends_at <= moment.now:
        raise InvalidError(OVER)
    return session.get_one(Invitation, guest_pass.invitation_id, with_for_update=True)


def _asked(session: Session, meeting: MeetingInSight, guest: str) -> Invitation:
    invitation = session.scalars(
        select(Invitation)
        .join(Guest, Guest.id == Invitation.guest_id)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.removed_at.is_(None),
            Guest.reference == guest,
            Guest.family_id == meeting.family.id,
        )
        .with_for_update()
    ).one_or_none()
    if invitation is None:
        raise InvalidError({"guest": "Choose a guest who is invited"})
    return invitation


def _end(session: Session, moment: Moment, invitation: Invitation) -> None:
    for earlier in session.scalars(
        select(GuestPass).where(
            GuestPass.invitation_id == invitation.id, GuestPass.withdrawn_at.is_(None)
        )
    ):
        earlier.withdrawn_at = moment.now
    session.flush()


def _mail(
    session: Session, moment: Moment, record: Meeting, invitation: Invitation, kind: MailKind
) -> None:
    """Queue a message, if the guest has an address to send it to."""
    guest = session.get_one(Guest, invitation.guest_id)
    if guest.email:
        method = "CANCEL" if kind is MailKind.CANCELLATION else "REQUEST"
        details: dict[str, str | int] = {
            "uid": record.uid,
            "sequence": record.sequence,
            "method": method,
        }
        outbox.queue(session, moment, None, kind, record.reference, details, guest_id=guest.id)
