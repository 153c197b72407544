"""Moving what somebody holds in a family to who takes over: actions, requests, invitations."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.reads.held import Part
from coordinator.services import invitations, outbox
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    ActionState,
    MeetingState,
    RequestState,
    Role,
)


def move(
    session: Session, moment: Moment, part: Part, to: Any, last_day: date | None = None
) -> None:
    """Give what an account holds in one family for one agency to somebody else there.

    `to` has `account_id`, `role`, and `decided_by_id`: who decided on it.  Whoever stays until a
    `last_day` keeps their invitations until then, beside the successor.
    """
    for action in session.scalars(
        select(Action).where(
            Action.family_id == part.family_id,
            Action.owner_account_id == part.account_id,
            Action.owner_agency_id == part.agency_id,
            Action.state.in_(OPEN_ACTION_STATES),
        )
    ):
        # A new owner is asked, as for every change of owner (services/actions.py).
        action.owner_account_id = to.account_id
        action.state, action.state_reason = ActionState.REQUESTED, ""
        action.state_by_id, action.state_at = to.decided_by_id, moment.now
    for request in session.scalars(
        select(InformationRequest).where(
            InformationRequest.family_id == part.family_id,
            InformationRequest.asked_account_id == part.account_id,
            InformationRequest.asked_agency_id == part.agency_id,
            InformationRequest.state == RequestState.ASKED,
        )
    ):
        request.asked_account_id = to.account_id
        about: dict[str, str | int] = {"agency": part.agency_id}
        outbox.queue(session, moment, to.account_id, MailKind.REQUEST, request.reference, about)
    _meetings(session, moment, part, to, last_day)


def _meetings(session: Session, moment: Moment, part: Part, to: Any, last_day: date | None) -> None:
    """Ask the successor to the meetings to come, and take the other's invitations back."""
    person = recipient(session, moment, to.decided_by_id, part.agency_id)
    rows = session.execute(
        select(Invitation, Meeting)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(
            Meeting.family_id == part.family_id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > moment.now,
            Invitation.account_id == part.account_id,
            Invitation.agency_id == part.agency_id,
            Invitation.removed_at.is_(None),
        )
    ).all()
    for invitation, meeting in rows:
        if last_day is None or meeting.starts_at >= clock.day_bounds(last_day)[1]:
            invitation.removed_at = moment.now
        leads = {"chair_id": Role.CHAIR, "minute_taker_id": Role.MINUTE_TAKER}
        for name, role in leads.items():
            if getattr(meeting, name) == part.account_id:
                setattr(meeting, name, to.account_id if to.role is role else None)
        asked = session.scalar(
            select(Invitation.id).where(
                Invitation.meeting_id == meeting.id,
                Invitation.account_id == to.account_id,
                Invitation.removed_at.is_(None),
            )
        )
        if asked is None and person is not None:
            _ask(session, person.actor, moment, meeting, to.account_id, part.agency_id)


def _ask(
    session: Session, decider: Actor, moment: Moment, meeting: Meeting, who: int, agency: int
) -> None:
    session.flush()
    invitations.ask(session, decider, moment, meeting, who, agency)
