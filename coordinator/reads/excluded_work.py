"""What excluded workers still hold in a family, for a manager who gives it to somebody else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import may_know, readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.vocabulary import OPEN_ACTION_STATES, CaseRole, MeetingState, RequestState


@dataclass(frozen=True)
class Held:
    """What an excluded worker still holds in the family, for a manager to give to somebody else.

    `kind`: involvement, action, meeting or request; `until` is the day of one of the last three.
    """

    account_id: int
    kind: str
    reference: str
    what: str
    until: date | None
    mine: bool


def held(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> tuple[Held, ...]:
    """Return the parts that excluded workers still have in a family.  Four statements.

    An action or a meeting that the actor may not read is left out.
    """
    involvements = session.execute(
        select(
            Involvement.account_id,
            Involvement.reference,
            Involvement.role,
            Involvement.lead,
            Involvement.agency_id,
        )
        .where(
            Involvement.family_id == family.id,
            current(Involvement, moment.today),
            ~may_know(Involvement.account_id, family.id),
        )
        .order_by(Involvement.id)
    )
    parts = [
        Held(
            row.account_id,
            "involvement",
            row.reference,
            _role_in_words(row.role, lead=row.lead),
            None,
            mine=row.agency_id == actor.agency_id,
        )
        for row in involvements
    ]
    actions = session.execute(
        select(
            Action.owner_account_id,
            Action.reference,
            Action.text,
            Action.due_on,
            Action.owner_agency_id,
        )
        .where(
            Action.family_id == family.id,
            Action.state.in_(OPEN_ACTION_STATES),
            ~may_know(Action.owner_account_id, family.id),
            readable_in(actor, family),
        )
        .order_by(Action.due_on, Action.id)
    )
    parts += [
        Held(
            row.owner_account_id,
            "action",
            row.reference,
            row.text,
            row.due_on,
            mine=row.owner_agency_id == actor.agency_id,
        )
        for row in actions
    ]
    meetings = session.execute(
        select(
            Invitation.account_id,
            Meeting.reference,
            Meeting.local_start,
            Meeting.chair_id,
            Meeting.minute_taker_id,
        )
        .select_from(Meeting)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Meeting.family_id == family.id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > moment.now,
            Invitation.removed_at.is_(None),
            ~may_know(Invitation.account_id, family.id),
            readable_in(actor, family),
        )
        .order_by(Meeting.local_start, Meeting.id)
    )
    parts += [
        Held(
            row.account_id,
            "meeting",
            row.reference,
            _part_in(row),
            row.local_start.date(),
            mine=False,
        )
        for row in meetings
    ]
    requests = session.execute(
        select(
            InformationRequest.asked_account_id,
            InformationRequest.reference,
            InformationRequest.due_on,
        )
        .where(
            InformationRequest.family_id == family.id,
            InformationRequest.state == RequestState.ASKED,
            ~may_know(InformationRequest.asked_account_id, family.id),
            readable_in(actor, family),
        )
        .order_by(InformationRequest.due_on, InformationRequest.id)
    )
    parts += [
        Held(
            row.asked_account_id,
            "request",
            row.reference,
            "Is asked for information",
            row.due_on,
            mine=False,
        )
        for row in requests
    ]
    return tuple(parts)


def _role_in_words(role: CaseRole, *, lead: bool) -> str:
    return f"{role.label}, leads for the agency" if lead else role.label


def _part_in(row: Any) -> str:
    if row.account_id == row.chair_id:
        return "Chairs the meeting"
    return "Takes minutes" if row.account_id == row.minute_taker_id else "Is invited to the meeting"
