"""What can still be done where an agency will not be heard in a meeting (S07)."""

from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.meetings import Meeting
from coordinator.reads import voices as reads
from coordinator.services import addresses, invitations
from coordinator.trail import Subject
from coordinator.vocabulary import AskedAs, EventKind

WENT_AHEAD = "went-ahead"


def ask_for_view(
    session: Session, moment: Moment, meeting: MeetingInSight, invitation: str
) -> None:
    """Ask a worker who is invited for a written view, by mail and on their page of the meeting.

    Raises `InvalidError` for somebody who has none to send by this tool.
    """
    asked = invitations.invited(session, meeting, invitation)
    if asked.account_id is None:
        raise InvalidError({"invitation": "Choose a worker who is invited"})
    asked.view_asked_at = moment.now
    record = session.get_one(Meeting, meeting.id)
    invitations.tell(session, moment, record, [asked.account_id], MailKind.VIEW_ASKED)
    session.flush()


def ask_link_worker(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight, account: str
) -> None:
    """Invite a link worker (a reference) of the agency that is not heard yet.

    The invitation opens the meeting's own page and nothing else of the family.  Raises
    `InvalidError` for somebody who is not offered.
    """
    record = session.get_one(Meeting, meeting.id, with_for_update=True)
    offered = {one.value: one for one in reads.link_workers(session, moment, meeting)}
    if account not in offered:
        raise InvalidError("Choose a link worker who is listed")
    who = (offered[account].account_id, offered[account].agency_id)
    invitations.ask(session, actor, moment, record, *who, asked_as=AskedAs.LINK_WORKER)
    session.flush()


def go_ahead(session: Session, actor: Actor, meeting: MeetingInSight, reason: str) -> None:
    """Let a meeting go ahead without that agency; the reason is kept, and the trail says so."""
    addresses.stop(session, actor, meeting.family, reason=reason)
    record = session.get_one(Meeting, meeting.id)
    record.went_ahead = reason
    session.flush()
    trail.write(
        session,
        EventKind.CHANGE,
        Subject(record.family_id, record.id, "meetings", record.reference),
        outcome=WENT_AHEAD,
    )
