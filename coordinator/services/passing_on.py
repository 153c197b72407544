"""What reached the wrong person is passed on, never bounced: to somebody who can act (P07)."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.passes import PassInSight
from coordinator.access.scope import may_know
from coordinator.access.sights import ActionInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.directory import Agency
from coordinator.models.families import Involvement
from coordinator.models.meetings import Meeting
from coordinator.models.plans import Action, PassedOn
from coordinator.services import addresses
from coordinator.services.actions import NO_OWNER, find_owner
from coordinator.services.guest_passes import OVER
from coordinator.vocabulary import (
    DEFAULT_NOTICE,
    ActionState,
    AgencyKind,
    Level,
    MeetingState,
    Topic,
)

# What a mental health team sees to; everything else goes to the social worker first.
OF_MENTAL_HEALTH = frozenset({Topic.PARENTS_MENTAL_HEALTH, Topic.CRISIS})
TIME_FOR_IT = timedelta(days=7)
LONGEST = 400


def action(
    session: Session, actor: Actor, moment: Moment, action: ActionInSight, to: str, why: str
) -> None:
    """Give an action that one was asked for to somebody else on the case, who is asked in turn.

    `to` is the reference of an involvement or a team.  Raises `InvalidError`.
    """
    addresses.stop(session, actor, action.family, why=why)
    record = session.get_one(Action, action.id, with_for_update=True)
    if record.state not in (ActionState.REQUESTED, ActionState.ACCEPTED):
        raise InvalidError(f"This action has moved on: {record.state.label.lower()}")
    asked_by = (record.author_id, record.agency_id)
    found = find_owner(session, moment, action.family, to, asked_by)
    if found.guest_id is not None:
        raise InvalidError({"owner": NO_OWNER})
    if (found.account_id, found.team_id) == (record.owner_account_id, record.owner_team_id):
        raise InvalidError({"owner": "It is with them already: choose somebody else"})
    if record.level is not Level.OPEN and found.agency_id != record.agency_id:
        raise InvalidError({"owner": "They may not read it: choose somebody of the same agency"})
    record.owner_account_id, record.owner_team_id = found.account_id, found.team_id
    record.owner_agency_id, record.guest_id = found.agency_id, None
    record.state, record.state_reason, record.cannot_reason = ActionState.REQUESTED, why, None
    record.state_by_id, record.state_at = actor.account_id, moment.now
    session.flush()


def worry(
    session: Session, guest_pass: PassInSight, moment: Moment, topic: Topic, text: str
) -> None:
    """Pass a worry on from a guest to the lead worker who can act on it, as an action.

    It stands under the worker who arranged the meeting, as what a guest puts on a board does.  The
    same words twice are one.  Raises `InvalidError`.
    """
    if guest_pass.meeting_state is not MeetingState.PLANNED or guest_pass.ends_at <= moment.now:
        raise InvalidError(OVER)
    addresses.refuse(to_a_guest=True, text=text)
    meeting = session.scalars(select(Meeting).where(Meeting.id == guest_pass.meeting_id)).one()
    words = f"{guest_pass.guest_name} passes on: {text}"[:LONGEST]
    there = (
        select(PassedOn.id)
        .join(Action, Action.id == PassedOn.action_id)
        .where(PassedOn.guest_id == guest_pass.guest_id, Action.text == words)
    )
    if session.scalar(there.limit(1)) is not None:
        return
    account_id, agency_id = _who_can(session, guest_pass, moment, topic) or (
        meeting.author_id,
        meeting.agency_id,
    )
    passed = Action(
        family_id=guest_pass.family_id,
        author_id=meeting.author_id,
        agency_id=meeting.agency_id,
        level=Level.OPEN,
        notice=DEFAULT_NOTICE[Level.OPEN],
        created_at=moment.now,
        text=words,
        owner_account_id=account_id,
        owner_agency_id=agency_id,
        due_on=moment.today + TIME_FOR_IT,
        state=ActionState.REQUESTED,
        state_by_id=meeting.author_id,
        state_at=moment.now,
    )
    session.add(passed)
    session.flush()
    session.add(PassedOn(action_id=passed.id, guest_id=guest_pass.guest_id, at=moment.now))
    session.flush()


def _who_can(
    session: Session, guest_pass: PassInSight, moment: Moment, topic: Topic
) -> tuple[int, int] | None:
    """Return the lead worker (account, agency) of the kind of agency that sees to the topic."""
    wanted = AgencyKind.CMHT if topic in OF_MENTAL_HEALTH else AgencyKind.CSC
    leads = session.execute(
        select(Involvement.account_id, Involvement.agency_id, Agency.kind)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(
            Involvement.family_id == guest_pass.family_id,
            Involvement.lead,
            current(Involvement, moment.today),
            may_know(Involvement.account_id, guest_pass.family_id),
        )
        .order_by(Involvement.id)
    ).all()
    first = sorted(leads, key=lambda lead: lead.kind is not wanted)
    return (first[0].account_id, first[0].agency_id) if first else None
