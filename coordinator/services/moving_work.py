"""Moving what somebody holds in a family for one agency to who takes over (E06, S18)."""

from datetime import date
from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.recipients import recipient
from coordinator.access.scope import may_know
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.models.visits import Visit
from coordinator.reads.held import Part, is_not_closed
from coordinator.services import invitations, outbox, readers
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    ActionState,
    DisagreementStage,
    Level,
    MeetingState,
    RequestState,
    Role,
    VisitState,
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
        _may_read(session, action, to)
    for request in session.scalars(
        select(InformationRequest).where(
            InformationRequest.family_id == part.family_id,
            InformationRequest.asked_account_id == part.account_id,
            InformationRequest.asked_agency_id == part.agency_id,
            InformationRequest.state == RequestState.ASKED,
        )
    ):
        request.asked_account_id = to.account_id
        _may_read(session, request, to)
        about: dict[str, str | int] = {"agency": part.agency_id}
        outbox.queue(session, moment, to.account_id, MailKind.REQUEST, request.reference, about)
    _meetings(session, moment, part, to, last_day)
    _visits(session, part, to, last_day)
    _stages(session, moment, part, to)
    if last_day is None:
        _leading(session, part)


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


def manager(session: Session, moment: Moment, part: Part) -> Any:
    """Return the manager of a team of the agency in which the leaver worked, or None.

    They are returned as one who took over.
    """
    involved = select(Involvement.team_id).where(
        Involvement.family_id == part.family_id,
        Involvement.agency_id == part.agency_id,
        Involvement.account_id == part.account_id,
    )
    works = select(Membership.team_id).where(Membership.account_id == part.account_id)
    return session.execute(
        select(
            Membership.account_id,
            Membership.team_id,
            Membership.role,
            Membership.account_id.label("decided_by_id"),
        )
        .join(Account, Account.id == Membership.account_id)
        .join(Team, Team.id == Membership.team_id)
        .where(
            Membership.role == Role.TEAM_MANAGER,
            Team.agency_id == part.agency_id,
            or_(Membership.team_id.in_(involved), Membership.team_id.in_(works)),
            Membership.account_id != part.account_id,
            current(Membership, moment.today),
            Account.closed_at.is_(None),
            may_know(Membership.account_id, part.family_id),
        )
        .order_by(Membership.team_id.in_(involved).desc(), Membership.id)
        .limit(1)
    ).one_or_none()


def _leading(session: Session, part: Part) -> None:
    """Leave nobody who has gone as chair or minute taker; who arranged the meeting leads it then.

    A chair of the next meetings was asked already, if the one who takes over chairs (`_meetings`).
    """
    meetings = session.scalars(
        select(Meeting)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Meeting.family_id == part.family_id,
            Invitation.account_id == part.account_id,
            Invitation.agency_id == part.agency_id,
            or_(Meeting.chair_id == part.account_id, Meeting.minute_taker_id == part.account_id),
            is_not_closed(),
        )
    )
    for meeting in meetings.unique():
        for name in ("chair_id", "minute_taker_id"):
            if getattr(meeting, name) == part.account_id:
                setattr(meeting, name, None)


def _visits(session: Session, part: Part, to: Any, last_day: date | None) -> None:
    """Let the one who takes over own the visits that did not take place yet.

    One that took place waits for no part of a leaver's (reads/visits.py).
    """
    owned = {"owner_id": "owner_agency_id", "second_id": "second_agency_id"}
    for owner, agency in owned.items():
        for visit in session.scalars(
            select(Visit).where(
                Visit.family_id == part.family_id,
                getattr(Visit, owner) == part.account_id,
                getattr(Visit, agency) == part.agency_id,
                Visit.state == VisitState.PLANNED,
                true() if last_day is None else Visit.starts_at >= clock.day_bounds(last_day)[1],
            )
        ):
            setattr(visit, owner, to.account_id)
            visit.sequence += 1
            _may_read(session, visit, to)


def _stages(session: Session, moment: Moment, part: Part, to: Any) -> None:
    """Let a disagreement be settled by the one who takes over, or by another manager."""
    step = DisagreementStep
    for waits in session.scalars(
        select(step)
        .join(Disagreement, Disagreement.id == step.disagreement_id)
        .where(
            Disagreement.family_id == part.family_id,
            step.owner_id == part.account_id,
            step.owner_agency_id == part.agency_id,
            step.ended_at.is_(None),
            step.stage != DisagreementStage.LEADS,
        )
    ):
        managers = waits.stage is DisagreementStage.MANAGERS and to.role is not Role.TEAM_MANAGER
        above = manager(session, moment, part) if managers else None
        waits.owner_id = (above or to).account_id


def _may_read(session: Session, entry: Entry, to: Any) -> None:
    """Name the one who takes over among the readers of what is for named people."""
    if entry.level is Level.NAMED:
        readers.name_too(session, entry.id, to.account_id)
