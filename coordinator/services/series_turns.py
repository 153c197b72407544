"""Asking people to the meetings of a series, each when the one before it is over (0025)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_entries
from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.recipients import recipient
from coordinator.access.sights import OPEN_ONLY_ROLES, MeetingInSight, Moment
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.series import SeriesMeeting
from coordinator.reads import invitations as offered
from coordinator.services import guest_passes, invitations, partner
from coordinator.vocabulary import LeftOutReason, MeetingState


def is_any_due(session: Session, moment: Moment) -> bool:
    """Say whether there is a meeting whose turn it is.  Takes no lock."""
    return session.scalar(_due(moment.now).limit(1)) is not None


def ask_next(session: Session, moment: Moment) -> tuple[int, bool]:
    """Ask people to the meetings whose turn it is; return how many, and that there are no more.

    Whoever joined the case since they were arranged is asked, too.  Who may be told no longer is
    left out when the mail is written.
    """
    due = session.scalars(_due(moment.now).with_for_update(skip_locked=True)).all()
    for one in due:
        record = session.scalars(select(Meeting).where(Meeting.id == one.meeting_id)).one()
        one.asked_at = moment.now
        session.flush()
        asked = sorted(offered.invited_accounts(session, record.id))
        invitations.tell(session, moment, record, asked, MailKind.INVITATION)
        guest_passes.tell_all(session, moment, record, MailKind.INVITATION)
        _ask_newcomers(session, moment, record)
    session.flush()
    return len(due), False


def _ask_newcomers(session: Session, moment: Moment, record: Meeting) -> None:
    """Ask, for who arranged it, each worker who joined the case on a later day.

    Nobody where the partner agency was left out for a reason that still holds.
    """
    if record.left_out_reason not in (None, LeftOutReason.NOT_INVOLVED):
        return
    found = _arranger(session, moment, record)
    if found is None:
        return
    arranger, sight = found
    ever = select(Invitation.account_id).where(
        Invitation.meeting_id == record.id, Invitation.account_id.is_not(None)
    )
    joined = set(
        session.scalars(
            select(Involvement.account_id).where(
                Involvement.family_id == record.family_id,
                Involvement.starts_on > record.created_at.date(),
                Involvement.account_id.not_in(ever),
                current(Involvement, moment.today),
            )
        )
    )
    for one in offered.company(session, arranger, moment, sight.family).on_the_case:
        if one.proposed and one.account_id in joined:
            invitations.ask(session, arranger, moment, record, one.account_id, one.agency_id)
    session.flush()
    if record.left_out_reason and partner.is_invited(session, moment, record):
        record.left_out_reason, record.left_out_note = None, ""


def _arranger(
    session: Session, moment: Moment, record: Meeting
) -> tuple[Actor, MeetingInSight] | None:
    """Return who arranged the meeting, or a colleague on the case if they have left."""
    colleagues = session.scalars(
        select(Involvement.account_id)
        .where(
            Involvement.family_id == record.family_id,
            Involvement.agency_id == record.agency_id,
            Involvement.role.not_in(OPEN_ONLY_ROLES),
            current(Involvement, moment.today),
        )
        .order_by(Involvement.lead.desc(), Involvement.id)
    )
    for account_id in (record.author_id, *colleagues):
        person = recipient(session, moment, account_id, record.agency_id)
        sight = person and find_entries.meeting(session, person.actor, moment, record.reference)
        if person and sight:
            return person.actor, sight
    return None


def _due(now: datetime) -> Any:
    return (
        select(SeriesMeeting)
        .join(Meeting, Meeting.id == SeriesMeeting.meeting_id)
        .where(
            SeriesMeeting.asked_at.is_(None),
            SeriesMeeting.asks_at <= now,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > now,
        )
        .order_by(SeriesMeeting.meeting_id)
    )
