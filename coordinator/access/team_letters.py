"""Mail to a team's duty inbox: a reference and a link, and no more (E19, E30)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_entries
from coordinator.access.letters import Letter, Queued, Sender, WithheldError, letter
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.clock import day_in_words
from coordinator.models.directory import Team
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.referrals import Referral
from coordinator.trail import Subject
from coordinator.vocabulary import MeetingState, ReferralState


def invitation(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to the team that a colleague of theirs is invited.

    Raises `WithheldError` if the colleague may not come any more, or the team has no inbox.
    """
    row = session.execute(
        select(
            Meeting.id,
            Meeting.family_id,
            Meeting.state,
            Team.email,
            Invitation.account_id,
            Invitation.agency_id,
            Invitation.removed_at,
        )
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .join(Team, Team.id == Invitation.sent_to_team_id)
        .where(
            Meeting.reference == message.about,
            Invitation.reference == message.details.get("invitation", ""),
            Team.id == message.team_id,
        )
    ).one()
    subject = Subject(row.family_id, row.id, "meetings", message.about, row.account_id)
    if row.removed_at is not None or row.state is not MeetingState.PLANNED:
        raise WithheldError("no longer invited", subject)
    person = recipient(session, moment, row.account_id, row.agency_id)
    if not person or not find_entries.meeting(session, person.actor, moment, message.about):
        raise WithheldError("may not receive it any more", subject)
    if not row.email:
        raise WithheldError("the team has no inbox", subject)
    text = [
        "A colleague of your team is invited to a meeting and could not be reached.",
        "",
        f"Meeting, reference {message.about}",
        f"They answer it here, after signing in: {sender.base_url}/meetings/{message.about}",
        "",
        "Please tell them, or tell whoever invited who can come instead.",
    ]
    heading = f"An invitation waits, reference {message.about}"
    return Letter(row.email, letter(message, sender, row.email, heading, "\n".join(text)), subject)


def referral(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:  # noqa: ARG001  (composers are called alike)
    """Write to the team that a referral waits for it.

    Raises `WithheldError` if somebody has acknowledged it, or the team has no inbox.
    """
    row = session.execute(
        select(Referral.id, Referral.family_id, Referral.state, Referral.due_on, Team.email)
        .join(Team, Team.id == Referral.to_team_id)
        .where(Referral.reference == message.about, Team.id == message.team_id)
    ).one()
    subject = Subject(row.family_id, row.id, "referrals", message.about)
    if row.state is not ReferralState.SENT:
        raise WithheldError("acknowledged already", subject)
    if not row.email:
        raise WithheldError("the team has no inbox", subject)
    text = [
        "A referral was sent to your team.",
        "",
        f"Referral, reference {message.about}",
        f"Acknowledge it by {day_in_words(row.due_on)}",
        "",
        f"Read it, after signing in: {sender.base_url}/referrals/{message.about}",
    ]
    heading = f"A referral waits, reference {message.about}"
    return Letter(row.email, letter(message, sender, row.email, heading, "\n".join(text)), subject)
