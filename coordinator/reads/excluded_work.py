"""What excluded workers still hold in a family, for a manager who gives it to somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
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
    return (
        *_roles(session, actor, moment, family),
        *_actions(session, actor, family),
        *_meetings(session, actor, moment, family),
        *_requests(session, actor, family),
    )


def _roles(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> Iterator[Held]:
    for row in session.execute(
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
    ):
        words = _role_in_words(row.role, lead=row.lead)
        mine = row.agency_id == actor.agency_id
        yield Held(row.account_id, "involvement", row.reference, words, None, mine)


def _actions(session: Session, actor: Actor, family: FamilyInSight) -> Iterator[Held]:
    held_by = Action.owner_account_id
    open_ones = Action.state.in_(OPEN_ACTION_STATES)
    asked = _entries(actor, family, Action, held_by, Action.due_on, Action.text).where(open_ones)
    for row in session.execute(asked.add_columns(Action.owner_agency_id)):
        mine = row.owner_agency_id == actor.agency_id
        yield Held(row.held_by, "action", row.reference, row.text, row.until, mine)


def _meetings(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> Iterator[Held]:
    planned = (
        _entries(actor, family, Meeting, Invitation.account_id, Meeting.local_start)
        .add_columns(Meeting.chair_id, Meeting.minute_taker_id)
        .select_from(Meeting)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at > moment.now,
            Invitation.removed_at.is_(None),
        )
    )
    for row in session.execute(planned):
        day = row.until.date()
        yield Held(row.held_by, "meeting", row.reference, _part_in(row), day, mine=False)


def _requests(session: Session, actor: Actor, family: FamilyInSight) -> Iterator[Held]:
    asked = InformationRequest.asked_account_id
    waiting = InformationRequest.state == RequestState.ASKED
    requests = _entries(actor, family, InformationRequest, asked, InformationRequest.due_on)
    for row in session.execute(requests.where(waiting)):
        words = "Is asked for information"
        yield Held(row.held_by, "request", row.reference, words, row.until, mine=False)


def _entries(
    actor: Actor, family: FamilyInSight, kind: Any, held_by: Any, until: Any, *more: Any
) -> Select[Any]:
    """Return a select of entries of this kind that are held by whoever is excluded, by their day.

    Only what the actor may read.
    """
    return (
        select(held_by.label("held_by"), kind.reference, until.label("until"), *more)
        .where(
            kind.family_id == family.id,
            ~may_know(held_by, family.id),
            readable_in(actor, family),
        )
        .order_by(until, kind.id)
    )


def _role_in_words(role: CaseRole, *, lead: bool) -> str:
    return f"{role.label}, leads for the agency" if lead else role.label


def _part_in(row: Any) -> str:
    if row.held_by == row.chair_id:
        return "Chairs the meeting"
    return "Takes minutes" if row.held_by == row.minute_taker_id else "Is invited to the meeting"
