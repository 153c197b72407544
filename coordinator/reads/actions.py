"""What people see of actions: those of a meeting, one by itself, and what waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.prepared import Prepared
from coordinator.access.scope import may_know, my_families, readable, readable_in
from coordinator.access.sights import ActionInSight, FamilyInSight, MeetingInSight, Moment, Way
from coordinator.access.ways import began, gave_reason, reads_own_agency
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.guests import Guest
from coordinator.models.plans import Goal
from coordinator.reads.action_rows import ACTIONS, COLUMNS, ActionRow, actions_of, row_of
from coordinator.settings import SETTINGS
from coordinator.vocabulary import OPEN_ACTION_STATES, ActionState, EntryKind


def of_meeting(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight
) -> tuple[ActionRow, ...]:
    """Return the actions agreed in a meeting, the next due first.  One statement.

    A guest, who is invited and not on the case, sees only their own.
    """
    statement = select(*COLUMNS).where(
        ACTIONS.c.meeting_id == meeting.id,
        Entry.family_id == meeting.family.id,
        readable_in(actor, meeting.family),
    )
    if meeting.family.way is Way.INVITED:
        statement = statement.where(ACTIONS.c.owner_account_id == actor.account_id)
    rows = session.execute(
        actions_of(statement.select_from(Entry)).order_by(ACTIONS.c.due_on, Entry.id)
    )
    return tuple(row_of(row, actor, moment, meeting.family) for row in rows)


@dataclass(frozen=True)
class ActionPage:
    """One action by itself.  `goal` is empty where the reader may not see the goal."""

    row: ActionRow
    goal: str
    meeting: str
    created_at: datetime


def one(session: Session, actor: Actor, moment: Moment, action: ActionInSight) -> ActionPage:
    """Return one action in sight.  Three statements."""
    row = session.execute(
        actions_of(select(*COLUMNS).select_from(Entry)).where(Entry.id == action.id)
    ).one()
    around = [number for number in (row.goal_id, row.meeting_id) if number]
    near = {
        near.kind: near
        for near in session.execute(
            select(Entry.kind, Entry.reference, Goal.__table__.c.text)
            .outerjoin(Goal.__table__, Goal.__table__.c.id == Entry.id)
            .where(Entry.id.in_(around), readable_in(actor, action.family))
        )
    }
    goal, meeting = near.get(EntryKind.GOAL), near.get(EntryKind.MEETING)
    return ActionPage(
        row=row_of(row, actor, moment, action.family, author_left=action.author_left),
        goal=goal.text if goal else "",
        meeting=meeting.reference if meeting else "",
        created_at=row.created_at,
    )


@dataclass(frozen=True)
class WaitingAction:
    """An action on somebody's own page, with the family that it is for."""

    family: str
    row: ActionRow


@dataclass(frozen=True)
class Waiting:
    """What waits, by what is to be done; each the next due first.

    `to_do` holds what I accepted, late ones first because they were due first; `declined` came
    back to me; `from_others` waits for somebody else.
    """

    to_answer: tuple[WaitingAction, ...]
    to_do: tuple[WaitingAction, ...]
    declined: tuple[WaitingAction, ...]
    from_others: tuple[WaitingAction, ...]


def _waiting(actor: Actor, moment: Moment) -> Any:
    mine = or_(
        ACTIONS.c.owner_account_id == actor.account_id,
        ACTIONS.c.owner_team_id.in_(actor.team_ids),
    )
    owned = and_(
        mine,
        ACTIONS.c.owner_agency_id == actor.agency_id,
        ACTIONS.c.state != ActionState.DECLINED,
    )
    asked = began(actor, moment)
    return (
        actions_of(
            select(
                *COLUMNS,
                Family.id.label("family_id"),
                Family.reference.label("family"),
                asked.label("asked"),
            )
            .select_from(Entry)
            .join(Family, Family.id == Entry.family_id)
        )
        .where(
            Entry.family_id.in_(my_families(actor, moment)),
            Entry.kind == EntryKind.ACTION,
            ACTIONS.c.state.in_(OPEN_ACTION_STATES),
            or_(owned, asked),
            readable(
                actor,
                reads_own_agency(actor, moment, Entry.family_id),
                gave_reason(actor, moment, Entry.family_id),
            ),
        )
        .order_by(ACTIONS.c.due_on, Entry.id)
        .limit(SETTINGS.page_size * 4)
    )


WAITING = Prepared(_waiting)


def waiting_for(session: Session, actor: Actor, moment: Moment) -> Waiting:
    """Return the open actions of mine, and those that I asked for, in all my families.

    One statement; it looks no further ahead than the list is long.
    """
    rows = WAITING.run(session, actor, moment)
    groups: dict[str, list[WaitingAction]] = {"answer": [], "do": [], "declined": [], "others": []}
    for row in rows:
        # On the case by the query's own condition; nothing here depends on the role there.
        family = FamilyInSight(row.family_id, row.family, 0, Way.ON_THE_CASE, None, lead=False)
        line = row_of(row, actor, moment, family, author_left=bool(row.asked))
        groups[_group(row, actor)].append(WaitingAction(row.family, line))
    return Waiting(*(tuple(group) for group in groups.values()))


def _group(row: Any, actor: Actor) -> str:
    owned = row.owner_agency_id == actor.agency_id and (
        row.owner_account_id == actor.account_id or row.owner_team_id in actor.team_ids
    )
    if owned and row.state is ActionState.REQUESTED:
        return "answer"
    if owned and row.state is ActionState.ACCEPTED:
        return "do"
    return "declined" if row.asked and row.state is ActionState.DECLINED else "others"


def owners(
    session: Session, moment: Moment, family: FamilyInSight, *, guests: bool = True
) -> Sequence[tuple[str, str]]:
    """Return who may do an action, as (reference, words): people, teams and guests on the case."""
    rows = session.execute(
        select(
            Involvement.reference,
            Account.name,
            Involvement.role,
            Team.reference.label("team_reference"),
            Team.name.label("team"),
            Agency.name.label("agency"),
        )
        .join(Account, Account.id == Involvement.account_id)
        .join(Team, Team.id == Involvement.team_id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(
            Involvement.family_id == family.id,
            current(Involvement, moment.today),
            may_know(Involvement.account_id, family.id),
        )
        .order_by(Agency.name, Account.name, Involvement.id)
    ).all()
    people = [(r.reference, f"{r.name}, {r.role.label.lower()}, {r.agency}") for r in rows]
    teams = {r.team_reference: f"{r.team} (whoever is free), {r.agency}" for r in rows}
    if not guests:
        return [*people, *teams.items()]
    others = [
        (row.reference, f"{row.name}, {row.role.label.lower()}: a guest, you see that it is done")
        for row in session.execute(
            select(Guest.reference, Guest.name, Guest.role)
            .where(Guest.family_id == family.id, Guest.ended_at.is_(None))
            .order_by(Guest.name, Guest.id)
        )
    ]
    return [*people, *teams.items(), *others]


def goals(session: Session, actor: Actor, family: FamilyInSight) -> Sequence[tuple[str, str]]:
    """Return the goals that an action can be for, as (reference, words).  One statement."""
    table = Goal.__table__
    rows = session.execute(
        select(Entry.reference, table.c.text)
        .join(table, table.c.id == Entry.id)
        .where(
            Entry.family_id == family.id,
            table.c.dropped.is_(False),
            readable_in(actor, family),
        )
        .order_by(Entry.id)
    )
    return [(reference, shorten(text, 90, placeholder="…")) for reference, text in rows]


def as_typed(session: Session, moment: Moment, action: ActionInSight) -> Mapping[str, Any]:
    """Return an action in sight as its form holds it.  One statement.

    The owner is empty if they are on the case no longer: somebody else must be chosen.
    """
    row = session.execute(
        select(
            Entry.version,
            ACTIONS.c.text,
            ACTIONS.c.due_on,
            Involvement.reference,
            Team.reference.label("team"),
            Guest.reference.label("guest"),
        )
        .join(ACTIONS, ACTIONS.c.id == Entry.id)
        .outerjoin(
            Involvement,
            and_(
                Involvement.family_id == Entry.family_id,
                Involvement.account_id == ACTIONS.c.owner_account_id,
                Involvement.agency_id == ACTIONS.c.owner_agency_id,
                current(Involvement, moment.today),
            ),
        )
        .outerjoin(Team, Team.id == ACTIONS.c.owner_team_id)
        .outerjoin(Guest, Guest.id == ACTIONS.c.guest_id)
        .where(Entry.id == action.id)
        .limit(1)
    ).one()
    return {
        "version": row.version,
        "text": row.text,
        "due_on": row.due_on,
        "owner": row.guest or row.reference or row.team or "",
    }
