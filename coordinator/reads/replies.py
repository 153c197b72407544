"""An invitee's own answer to an invitation."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import MeetingInSight
from coordinator.models.meetings import Invitation
from coordinator.vocabulary import Reply


@dataclass(frozen=True)
class MyAnswer:
    """What the actor has answered, as a form shows it again; `deputy` is an account's number."""

    reply: Reply
    note: str
    deputy_id: int | None
    written_view: str


def my_answer(session: Session, meeting: MeetingInSight) -> MyAnswer:
    """Return the answer of the one who is invited."""
    row = session.execute(
        select(Invitation.reply, Invitation.reply_note, Invitation.written_view).where(
            Invitation.id == meeting.invitation_id
        )
    ).one()
    deputy = session.scalar(
        select(Invitation.account_id).where(
            Invitation.deputy_for_id == meeting.invitation_id, Invitation.removed_at.is_(None)
        )
    )
    return MyAnswer(row.reply, row.reply_note, deputy, row.written_view)
