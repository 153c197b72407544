"""Actions: asking, answering, finishing and giving up, as one table of moves.

Who may make a move is in access/policy.py.  Here the state is checked again at the moment of the
change, so that two presses at once have one effect.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import readable_in
from coordinator.access.sights import ActionInSight, FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.directory import Team
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.guests import Guest
from coordinator.models.plans import Action
from coordinator.services import addresses
from coordinator.services.plans import stamp, unchanged_since
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    ActionState,
    CannotReason,
    EntryKind,
    Level,
)

# From which states an action comes to which: by its owner, but for the last two.
FROM = {
    ActionState.ACCEPTED: (ActionState.REQUESTED,),
    ActionState.DECLINED: (ActionState.REQUESTED,),
    ActionState.DONE: (ActionState.ACCEPTED,),
    ActionState.CANNOT_BE_DONE: (ActionState.ACCEPTED,),
    ActionState.CANCELLED: OPEN_ACTION_STATES,  # by the requester or the owner
    ActionState.REQUESTED: OPEN_ACTION_STATES,  # by the requester, with other words or again
}
NO_OWNER = "Choose who will do this: one person or one team on the case"


@dataclass(frozen=True)
class Owner:
    """Who will do something: one person or one team, and for which agency; or through a guest."""

    account_id: int | None
    team_id: int | None
    agency_id: int
    guest_id: int | None = None


def find_owner(
    session: Session,
    moment: Moment,
    family: FamilyInSight,
    reference: str,
    asked_by: tuple[int, int],
) -> Owner:
    """Return the owner behind the reference of an involvement, a team or a guest on the case.

    What a guest does is owned, and seen done, by who asks for it (an account, for an agency; E40).
    Raises `InvalidError` for anything else: an action has exactly one owner (E13).
    """
    rows = session.execute(
        select(
            Involvement.reference,
            Involvement.account_id,
            Involvement.agency_id,
            Involvement.team_id,
            Team.reference.label("team"),
        )
        .join(Team, Team.id == Involvement.team_id)
        .where(Involvement.family_id == family.id, current(Involvement, moment.today))
    ).all()
    for row in rows:
        if row.reference == reference:
            return Owner(row.account_id, None, row.agency_id)
    for row in rows:
        if row.team == reference:
            return Owner(None, row.team_id, row.agency_id)
    guest_id = session.scalar(
        select(Guest.id).where(
            Guest.reference == reference, Guest.family_id == family.id, Guest.ended_at.is_(None)
        )
    )
    if guest_id is not None:
        return Owner(asked_by[0], None, asked_by[1], guest_id)
    raise InvalidError({"owner": NO_OWNER})


def ask(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    text: str,
    owner: str,
    due_on: date,
    goal: str = "",
    meeting_id: int | None = None,
) -> str:
    """Ask for an action, or take it on oneself, at once accepted; return its reference.

    `owner` is the reference of an involvement or a team on the case, `goal` that of a goal in
    sight.  An action agreed in a meeting is open to both agencies; another stands at the level of
    its goal, or of the plan.  Raises `InvalidError` without an owner or with a past date (E13).
    """
    _not_past(due_on, moment)
    addresses.stop(session, actor, family, text=text)
    # Whoever works on the case acts for an agency.
    asked_by = (actor.account_id, actor.agency_id or 0)
    found = find_owner(session, moment, family, owner, asked_by)
    goal_id, level = _place(session, actor, family, goal, meeting_id)
    action = Action(
        **stamp(actor, moment, family, level),
        text=text,
        goal_id=goal_id,
        meeting_id=meeting_id,
        owner_account_id=found.account_id,
        owner_team_id=found.team_id,
        owner_agency_id=found.agency_id,
        guest_id=found.guest_id,
        due_on=due_on,
        state=_first_state(actor, found),
        state_by_id=actor.account_id,
        state_at=moment.now,
    )
    session.add(action)
    session.flush()
    return action.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    action: ActionInSight,
    text: str,
    owner: str,
    due_on: date,
    version: int | None,
) -> None:
    """Change an action's words, owner or date: its owner is asked again.

    Raises `ConflictError` if its words changed since `version`, `InvalidError` as `ask` does, or
    if it is open no longer.
    """
    addresses.stop(session, actor, action.family, text=text)
    record = session.get_one(Action, action.id)
    unchanged_since(session, record, version, text=record.text, due_on=f"{record.due_on:%d.%m.%Y}")
    if due_on != record.due_on:
        _not_past(due_on, moment)
    asked_by = (record.author_id, record.agency_id)
    found = find_owner(session, moment, action.family, owner, asked_by)
    before = _asked(record)
    record.text, record.due_on = text, due_on
    record.owner_account_id, record.owner_team_id = found.account_id, found.team_id
    record.owner_agency_id, record.guest_id = found.agency_id, found.guest_id
    after = _asked(record)
    if before != after or record.state is ActionState.DECLINED:
        _move(record, actor, moment, ActionState.REQUESTED)
        record.state = _first_state(actor, found)
    session.flush()


def accept(
    session: Session, actor: Actor, moment: Moment, action: ActionInSight, version: int | None
) -> None:
    """Take on an action as it was read: raises `ConflictError` if its words changed since."""
    record = session.get_one(Action, action.id)
    unchanged_since(session, record, version)
    _move(record, actor, moment, ActionState.ACCEPTED)
    session.flush()


def decline(
    session: Session, actor: Actor, moment: Moment, action: ActionInSight, reason: str
) -> None:
    """Decline an action with a reason; it goes back to who asked."""
    addresses.stop(session, actor, action.family, reason=reason)
    _finish(session, actor, moment, action, ActionState.DECLINED, reason)


def done(session: Session, actor: Actor, moment: Moment, action: ActionInSight) -> None:
    """Say that an action is done."""
    _finish(session, actor, moment, action, ActionState.DONE, "")


def cannot_be_done(
    session: Session,
    actor: Actor,
    moment: Moment,
    action: ActionInSight,
    reason: CannotReason,
    words: str,
) -> None:
    """Say that an action cannot be done, and why: a proper answer, not a failure (E14, T12)."""
    addresses.stop(session, actor, action.family, words=words)
    record = _finish(session, actor, moment, action, ActionState.CANNOT_BE_DONE, words)
    record.cannot_reason = reason
    session.flush()


def cancel(
    session: Session, actor: Actor, moment: Moment, action: ActionInSight, reason: str
) -> None:
    """Cancel an action, with a reason."""
    addresses.stop(session, actor, action.family, reason=reason)
    _finish(session, actor, moment, action, ActionState.CANCELLED, reason)


def note(session: Session, actor: Actor, moment: Moment, action: ActionInSight, words: str) -> None:
    """Say where an accepted action stands: the last note shows beside it, also when late (E14)."""
    addresses.stop(session, actor, action.family, words=words)
    record = session.get_one(Action, action.id)
    if record.state is not ActionState.ACCEPTED:
        raise InvalidError(_already(record.state))
    record.state_reason, record.state_by_id, record.state_at = words, actor.account_id, moment.now
    session.flush()


def _finish(
    session: Session,
    actor: Actor,
    moment: Moment,
    action: ActionInSight,
    to: ActionState,
    reason: str,
) -> Action:
    record = session.get_one(Action, action.id)
    _move(record, actor, moment, to, reason)
    session.flush()
    return record


def _move(record: Action, actor: Actor, moment: Moment, to: ActionState, reason: str = "") -> None:
    if record.state not in FROM[to]:
        raise InvalidError(_already(record.state))
    record.state, record.state_reason, record.cannot_reason = to, reason, None
    record.state_by_id, record.state_at = actor.account_id, moment.now


def _already(state: ActionState) -> str:
    return f"This action has moved on: {state.label.lower()}"


def _asked(action: Action) -> tuple[object, ...]:
    """Return what its owner is asked for: whatever of it changes is asked anew."""
    return (
        action.text,
        action.owner_account_id,
        action.owner_team_id,
        action.guest_id,
        action.due_on,
    )


def _first_state(actor: Actor, owner: Owner) -> ActionState:
    """What one takes on oneself needs no asking."""
    itself = owner.account_id == actor.account_id and owner.agency_id == actor.agency_id
    return ActionState.ACCEPTED if itself else ActionState.REQUESTED


def _not_past(due_on: date, moment: Moment) -> None:
    if due_on < moment.today:
        raise InvalidError({"due_on": "The date must be today or later"})


def _place(
    session: Session,
    actor: Actor,
    family: FamilyInSight,
    goal: str,
    meeting_id: int | None,
) -> tuple[int | None, Level]:
    """Return the goal that an action is for, if any, and the level at which it stands."""
    in_sight = select(Entry.id, Entry.level, Entry.agency_id).where(
        Entry.family_id == family.id, readable_in(actor, family)
    )
    found = None
    if goal:
        found = session.execute(
            in_sight.where(Entry.reference == goal, Entry.kind == EntryKind.GOAL)
        ).one_or_none()
        if found is None:
            raise InvalidError({"goal": "Choose one of the goals"})
    if meeting_id is not None:
        return (found.id if found else None), Level.OPEN
    around = found or session.execute(in_sight.where(Entry.kind == EntryKind.PLAN)).one_or_none()
    own = around is not None and around.agency_id == actor.agency_id
    return (found.id if found else None), (around.level if around and own else Level.OPEN)
