"""What a leaver holds in one family for one agency goes to one colleague (E06, decision 0027)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.recipients import recipient
from coordinator.access.scope import may_know
from coordinator.access.sights import OPEN_ONLY_ROLES, Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.models.visits import Visit
from coordinator.reads.held import Part, is_not_closed
from coordinator.services import invitations, involvements, outbox, readers
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

LEFT = "Left the service"
FOR_A_WHILE = "Holds the case until a colleague takes it over"


def manager(session: Session, moment: Moment, part: Part) -> Any:
    """Return the manager of a team in which the leaver worked, as one who took over, or None."""
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
        .where(
            Membership.role == Role.TEAM_MANAGER,
            or_(Membership.team_id.in_(involved), Membership.team_id.in_(works)),
            Membership.account_id != part.account_id,
            current(Membership, moment.today),
            Account.closed_at.is_(None),
            may_know(Membership.account_id, part.family_id),
        )
        .order_by(Membership.team_id.in_(involved).desc(), Membership.id)
        .limit(1)
    ).one_or_none()


def hand_over(session: Session, moment: Moment, last_day: date, part: Part, to: Any) -> None:
    """Give all that a leaver holds in one family for one agency to `to`, and tell who works there.

    `to` is a row of reads/handing_over.decisions: account, team, role and who decided.
    """
    leaver, family, agency = part.account_id, part.family_id, part.agency_id
    _case(session, moment, last_day, part, to)
    for action in session.scalars(
        select(Action).where(
            Action.family_id == family,
            Action.owner_account_id == leaver,
            Action.owner_agency_id == agency,
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
            InformationRequest.family_id == family,
            InformationRequest.asked_account_id == leaver,
            InformationRequest.asked_agency_id == agency,
            InformationRequest.state == RequestState.ASKED,
        )
    ):
        request.asked_account_id = to.account_id
        _may_read(session, request, to)
        about: dict[str, str | int] = {"agency": agency}
        outbox.queue(session, moment, to.account_id, MailKind.REQUEST, request.reference, about)
    _meetings(session, moment, part, to)
    _leading(session, part)
    _visits(session, part, to)
    _stages(session, moment, part, to)
    _tell(session, moment, part, to)


def _case(session: Session, moment: Moment, last_day: date, part: Part, to: Any) -> None:
    """End the leaver's roles on the case and put the successor in their place."""
    colleagues = involvements.current_workers(session, moment, part.family_id, part.agency_id)
    leaving = [w for w in colleagues if w.account_id == part.account_id]
    led = any(worker.lead for worker in leaving)
    for worker in leaving:
        worker.ends_on = max(last_day, worker.starts_on - timedelta(days=1))
        worker.end_reason = LEFT
        worker.lead = False
    there = next((w for w in colleagues if w.account_id == to.account_id), None)
    if there is None:
        manages = to.role is Role.TEAM_MANAGER
        there = Involvement(
            family_id=part.family_id,
            account_id=to.account_id,
            agency_id=part.agency_id,
            team_id=to.team_id,
            role=involvements.case_role_of(to.role),
            lead=False,
            starts_on=moment.today,
            second_role_reason=FOR_A_WHILE if manages else "",
        )
        session.add(there)
    if led and there.role not in OPEN_ONLY_ROLES:
        there.lead = True


def _meetings(session: Session, moment: Moment, part: Part, to: Any) -> None:
    """Ask the successor to the meetings to come, and take the leaver's invitations back."""
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


def _tell(session: Session, moment: Moment, part: Part, to: Any) -> None:
    """Tell the successor, and the other agency's workers on the case."""
    reference = session.scalars(select(Family.reference).where(Family.id == part.family_id)).one()
    others = session.execute(
        select(Involvement.account_id, Involvement.agency_id)
        .where(
            Involvement.family_id == part.family_id,
            Involvement.agency_id != part.agency_id,
            Involvement.role.not_in(OPEN_ONLY_ROLES),
            current(Involvement, moment.today),
        )
        .distinct()
        .order_by(Involvement.account_id)
    ).all()
    for account_id, agency_id in [(to.account_id, part.agency_id), *map(tuple, others)]:
        about = {"agency": agency_id}
        outbox.queue(session, moment, account_id, MailKind.TAKEN_OVER, reference, about)


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


def _visits(session: Session, part: Part, to: Any) -> None:
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
