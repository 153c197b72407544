"""An invitee's own answer, and the invitations that wait for one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import may_know
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.families import Family
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.vocabulary import MeetingState, Reply


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


@dataclass(frozen=True)
class WaitingInvitation:
    """An invitation that its person has not answered; it names the family by reference only."""

    meeting: str
    kind: str
    starts_at: datetime
    asked_by: str
    asked_by_agency: str
    family: str
    version: int


def _unanswered(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            Meeting.reference,
            MeetingKind.name,
            Meeting.starts_at,
            Account.name,
            Agency.name,
            Family.reference,
            Invitation.version,
        )
        .select_from(Invitation)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .join(Family, Family.id == Meeting.family_id)
        .join(Account, Account.id == Invitation.invited_by_id)
        .join(Agency, Agency.id == Meeting.agency_id)
        .where(
            Invitation.account_id == actor.account_id,
            Invitation.agency_id == actor.agency_id,
            Invitation.removed_at.is_(None),
            Invitation.reply == Reply.NEEDS_ACTION,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > moment.now,
            may_know(actor.account_id, Meeting.family_id),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )


UNANSWERED = Prepared(_unanswered)


def unanswered_by(session: Session, actor: Actor, moment: Moment) -> tuple[WaitingInvitation, ...]:
    """Return the invitations that wait for the actor's answer, the next meeting first.

    One statement.
    """
    rows = UNANSWERED.run(session, actor, moment)
    return tuple(WaitingInvitation(*row) for row in rows)
