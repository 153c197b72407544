"""What becomes of each thing that an agency holds when its help ends (E24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.ending_sights import EndingInSight
from coordinator.access.letters import MailKind
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account
from coordinator.models.endings import EndingItem
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.models.supports import Support
from coordinator.reads import held_on_case, involvements
from coordinator.reads.held_on_case import HeldThing
from coordinator.services import addresses, invitations, outbox
from coordinator.vocabulary import ActionState, EntryKind, RequestState, SupportState


@dataclass(frozen=True)
class Wanted:
    """Who takes a thing over (the reference of their part in the case), or why it ends."""

    to: str
    reason: str


def decide(
    session: Session,
    actor: Actor,
    moment: Moment,
    ending: EndingInSight,
    wanted: Mapping[str, Wanted],
) -> None:
    """Say what becomes of each thing, by its reference; nothing moves before the ending is final.

    Raises `InvalidError` beside the fields `to_…` and `why_…`.
    """
    things = held_on_case.of_agency(
        session, actor, moment, ending.family, ending.agency_id, ending.id
    )
    takers = {
        worker.reference: worker
        for worker in involvements.workers(session, moment, ending.family)
        if worker.agency_id != ending.agency_id and worker.may_lead
    }
    problems = {}
    for thing in things:
        said = wanted.get(thing.reference, Wanted("", ""))
        if said.to and (said.to not in takers or not thing.movable):
            problems[f"to_{thing.reference}"] = "Choose who takes it over, or why it ends"
        elif not said.to and not said.reason:
            problems[f"why_{thing.reference}"] = "Choose who takes it over, or say why it ends"
    if problems:
        raise InvalidError(problems)
    reasons = {f"why_{reference}": said.reason for reference, said in wanted.items()}
    addresses.stop(session, actor, ending.family, **reasons)
    for thing in things:
        said = wanted[thing.reference]
        taker = takers.get(said.to)
        key = {"ending_id": ending.id, "entry_id": thing.id}
        item = session.get(EndingItem, key)
        if item is None:
            item = EndingItem(**key)
            session.add(item)
        item.account_id = taker.account_id if taker else None
        item.agency_id = taker.agency_id if taker else None
        item.reason = "" if taker else said.reason
    session.flush()


def carry_out(
    session: Session,
    actor: Actor,
    moment: Moment,
    ending: EndingInSight,
    things: tuple[HeldThing, ...],
    last_day: date,
) -> None:
    """Give each thing to who takes it over, or end it with its reason.

    The agency's people are asked to no meeting after its last day.
    """
    for thing in things:
        item = session.get_one(EndingItem, {"ending_id": ending.id, "entry_id": thing.id})
        # Read by selects, which stand behind the wall, and not by number.
        match thing.kind:
            case EntryKind.ACTION:
                action = session.scalars(select(Action).where(Action.id == thing.id)).one()
                _action(action, actor, moment, item)
            case EntryKind.INFORMATION_REQUEST:
                asked = select(InformationRequest).where(InformationRequest.id == thing.id)
                _request(session, moment, ending, session.scalars(asked).one())
            case EntryKind.SUPPORT:
                support = session.scalars(select(Support).where(Support.id == thing.id)).one()
                _support(session, support, item)
            case EntryKind.MEETING:
                meeting = session.scalars(select(Meeting).where(Meeting.id == thing.id)).one()
                _meeting(session, actor, moment, ending, meeting, item, last_day)
    session.flush()


def _action(record: Action, actor: Actor, moment: Moment, item: EndingItem) -> None:
    record.state_by_id, record.state_at = actor.account_id, moment.now
    if item.account_id is None or item.agency_id is None:
        record.state, record.state_reason = ActionState.CANCELLED, item.reason
        return
    record.owner_account_id, record.owner_team_id = item.account_id, None
    record.owner_agency_id = item.agency_id
    record.state, record.state_reason = ActionState.REQUESTED, ""


def _request(
    session: Session, moment: Moment, ending: EndingInSight, record: InformationRequest
) -> None:
    """End a request that nobody answers any more, and tell who asked."""
    record.state = RequestState.WITHDRAWN
    about: dict[str, str | int] = {"agency": record.agency_id}
    outbox.queue(session, moment, record.author_id, MailKind.ENDING, ending.reference, about)


def _support(session: Session, record: Support, item: EndingItem) -> None:
    if item.account_id is None:
        record.state = SupportState.ENDED
    else:
        record.given_by = session.get_one(Account, item.account_id).name


def _meeting(
    session: Session,
    actor: Actor,
    moment: Moment,
    ending: EndingInSight,
    record: Meeting,
    item: EndingItem,
    last_day: date,
) -> None:
    """Let a meeting go on without the agency, in the hands of who takes it over."""
    if item.account_id is not None and item.agency_id is not None:
        asked = session.scalar(
            select(Invitation.id).where(
                Invitation.meeting_id == record.id,
                Invitation.account_id == item.account_id,
                Invitation.removed_at.is_(None),
            )
        )
        if asked is None:
            invitations.ask(session, actor, moment, record, item.account_id, item.agency_id)
    if record.starts_at < clock.day_bounds(last_day)[1]:
        return
    ours = session.scalars(
        select(Invitation).where(
            Invitation.meeting_id == record.id,
            Invitation.agency_id == ending.agency_id,
            Invitation.removed_at.is_(None),
        )
    ).all()
    for invitation in ours:
        invitation.removed_at = moment.now
        if record.chair_id == invitation.account_id:
            record.chair_id = item.account_id
        if record.minute_taker_id == invitation.account_id:
            record.minute_taker_id = None
