"""Reaching whoever is asked: told by a worker, reminded, or through their team's duty inbox."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Membership
from coordinator.models.directory import Team
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation, Meeting
from coordinator.reads import reaching as reads
from coordinator.services import addresses, invitations, outbox
from coordinator.settings import SETTINGS
from coordinator.vocabulary import AskedHow, Reply

NO_INBOX = "This person’s team has no duty inbox in the directory. Call its duty line"


@dataclass(frozen=True)
class Told:
    """How and when (a day in London) somebody was asked, what they answered and want raised."""

    how: AskedHow
    on: date
    reply: Reply = Reply.NEEDS_ACTION
    note: str = ""
    wants: str = ""


def tell(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    invitation: str,
    told: Told,
) -> None:
    """Write down how a member of the family, or a guest, was asked (E64).

    Raises `InvalidError` for a worker, who is asked by mail, and for a day to come.
    """
    if told.on > moment.today:
        raise InvalidError({"on": "The day must be today or in the past"})
    addresses.stop(session, actor, meeting.family, note=told.note, wants=told.wants)
    asked = invitations.invited(session, meeting, invitation)
    if asked.account_id is not None:
        raise InvalidError({"invitation": "Choose somebody who has no login"})
    asked.asked_how, asked.asked_on = told.how, told.on
    if told.reply is not asked.reply:
        asked.reply, asked.replied_at = told.reply, moment.now
    asked.reply_note = told.note
    if told.wants != asked.written_view:
        asked.written_view, asked.written_view_at = told.wants, moment.now
    session.flush()


def report_came(session: Session, moment: Moment, meeting: MeetingInSight, invitation: str) -> None:
    """Write down that somebody's report came, on paper or by another way than this tool."""
    invitations.invited(session, meeting, invitation).report_at = moment.now
    session.flush()


def send_to_team(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    invitation: str,
    *,
    not_reached: bool,
) -> None:
    """Send a worker's invitation to their team's duty inbox, because they were not reached (E19).

    `not_reached`: the inviter says so; after three unanswered attempts nobody need say it.  Raises
    `InvalidError` for whoever answered, and where the team has no inbox.
    """
    asked = invitations.invited(session, meeting, invitation)
    if asked.account_id is None or asked.reply is not Reply.NEEDS_ACTION:
        raise InvalidError({"invitation": "Choose a worker who has not answered"})
    tried = reads.tried_in_vain(session, actor, meeting.family, asked.account_id)
    if not not_reached and len(tried) < SETTINGS.attempts_before_the_team:
        raise InvalidError({"not_reached": "Say that you could not reach this person"})
    team = _team_of(session, moment, meeting, asked)
    if team is None or not team.email:
        raise InvalidError({"invitation": NO_INBOX})
    asked.sent_to_team_id, asked.sent_to_team_at = team.id, moment.now
    session.flush()
    about: dict[str, str | int] = {"invitation": asked.reference}
    outbox.queue(session, moment, None, MailKind.TO_TEAM, meeting.reference, about, team_id=team.id)


def remind(session: Session, moment: Moment, meeting: MeetingInSight) -> int:
    """Remind each worker who has not answered; return how many.  Raises `InvalidError` for none."""
    record = session.get_one(Meeting, meeting.id)
    waiting = session.scalars(
        select(Invitation.account_id)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.account_id.is_not(None),
            Invitation.removed_at.is_(None),
            Invitation.reply == Reply.NEEDS_ACTION,
        )
        .order_by(Invitation.id)
    ).all()
    if not waiting:
        raise InvalidError("Every worker has answered")
    accounts = [account for account in waiting if account is not None]
    invitations.tell(session, moment, record, accounts, MailKind.REMINDER)
    session.flush()
    return len(accounts)


def _team_of(
    session: Session, moment: Moment, meeting: MeetingInSight, asked: Invitation
) -> Team | None:
    """Return the team for which a worker is on the case, else a team of theirs in that agency."""
    on_the_case = (
        select(Team)
        .join(Involvement, Involvement.team_id == Team.id)
        .where(
            Involvement.family_id == meeting.family.id,
            Involvement.account_id == asked.account_id,
            Involvement.agency_id == asked.agency_id,
            current(Involvement, moment.today),
        )
        .order_by(Involvement.id)
    )
    member = (
        select(Team)
        .join(Membership, Membership.team_id == Team.id)
        .where(
            Membership.account_id == asked.account_id,
            Team.agency_id == asked.agency_id,
            current(Membership, moment.today),
        )
        .order_by(Membership.id)
    )
    return session.scalars(on_the_case).first() or session.scalars(member).first()
