"""Writing the shared plan: what helps, goals, roles, agreement.

A plan begins for the author's own agency.  What is added takes the level at which the plan then
stands, so that a plan is written in peace and opened as one act (services/plan_sharing.py).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.entries import Entry, EntryVersion
from coordinator.models.families import Family
from coordinator.models.plans import Goal, GoalAgreement, Plan, RoleStatement, WhatHelps
from coordinator.services import addresses
from coordinator.vocabulary import DEFAULT_NOTICE, Agreement, EntryKind, GoalFor, Level

NO_PLAN = "Start the plan first"
NOT_OPENED = "A plan for this family is not opened to your agency yet. Ask who started it"
REASON_FIELDS = {
    GoalFor.CHILD: "no_child_goal",
    GoalFor.PARENT: "no_parent_goal",
    GoalFor.FAMILY: "no_family_goal",
}


def start(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> str:
    """Start the family's one plan, for the actor's own agency; return its reference.

    Raises `InvalidError` if there is one, whoever may read it.
    """
    session.get_one(Family, family.id, with_for_update=True)
    existing = session.execute(
        select(Entry.level, Entry.agency_id).where(
            Entry.family_id == family.id, Entry.kind == EntryKind.PLAN
        )
    ).first()
    if existing is not None:
        mine = existing.level is Level.OPEN or existing.agency_id == actor.agency_id
        raise InvalidError("The plan has been started already" if mine else NOT_OPENED)
    plan = Plan(**stamp(actor, moment, family, Level.OWN_AGENCY))
    session.add(plan)
    session.flush()
    return plan.reference


def stamp(actor: Actor, moment: Moment, family: FamilyInSight, level: Level) -> dict[str, Any]:
    """Return what a new entry says of itself: which family, by whom, for whom, at which level."""
    return {
        "family_id": family.id,
        "author_id": actor.account_id,
        "agency_id": actor.agency_id,
        "level": level,
        "notice": DEFAULT_NOTICE[level],
        "created_at": moment.now,
    }


def plan_of(session: Session, actor: Actor, family: FamilyInSight) -> Plan:
    """Return the plan that the actor may write in.

    Raises `InvalidError` where there is none, or none that is open to the actor's agency: what
    they wrote would stand at a level of the other agency's plan.
    """
    plan = session.scalars(
        select(Plan).where(Plan.family_id == family.id, readable_in(actor, family))
    ).first()
    if plan is None:
        raise InvalidError(NO_PLAN)
    if plan.level is not Level.OPEN and plan.agency_id != actor.agency_id:
        raise InvalidError(NOT_OPENED)
    return plan


def words_version(session: Session, entry_id: int) -> int:
    """Return the version at which the words of an entry last changed; 0 if it never had any."""
    return (
        session.scalar(
            select(func.max(EntryVersion.version)).where(EntryVersion.entry_id == entry_id)
        )
        or 0
    )


def unchanged_since(session: Session, entry: Entry, version: int | None, **current: str) -> None:
    """Raise `ConflictError` with the `current` texts if the entry's words changed since `version`.

    A change of level or state alone is no conflict: it takes nobody's words away.
    """
    if version is None or words_version(session, entry.id) > version:
        raise ConflictError(current, entry.version)


def add_what_helps(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, text: str
) -> str:
    """Write what helps when working with this parent or carer (E27); return its reference."""
    plan = plan_of(session, actor, family)
    addresses.stop(session, actor, family, text=text)
    entry = WhatHelps(**stamp(actor, moment, family, plan.level), text=text)
    session.add(entry)
    session.flush()
    return entry.reference


def change_what_helps(
    session: Session, actor: Actor, entry: EntryInSight, text: str, version: int | None
) -> None:
    """Change what helps.  Raises `ConflictError` if somebody else did since `version`."""
    addresses.stop(session, actor, entry.family, text=text)
    record = session.get_one(WhatHelps, entry.id)
    unchanged_since(session, record, version, text=record.text)
    record.text = text
    session.flush()


def add_goal(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    goal_for: GoalFor,
    text: str,
) -> str:
    """Add a goal, to which the writer's agency agrees by writing it; return its reference."""
    plan = plan_of(session, actor, family)
    addresses.stop(session, actor, family, text=text)
    goal = Goal(**stamp(actor, moment, family, plan.level), goal_for=goal_for, text=text)
    session.add(goal)
    session.flush()
    _agree(session, actor, moment, goal, Agreement.AGREED, "")
    return goal.reference


def change_goal(
    session: Session,
    actor: Actor,
    moment: Moment,
    goal: EntryInSight,
    goal_for: GoalFor,
    text: str,
    version: int | None,
) -> None:
    """Change a goal; what other agencies said of its old words counts no longer.

    Raises `ConflictError` if somebody else changed it since `version`.
    """
    addresses.stop(session, actor, goal.family, text=text)
    record = session.get_one(Goal, goal.id)
    unchanged_since(session, record, version, goal_for=record.goal_for.label, text=record.text)
    if (record.goal_for, record.text, record.dropped) == (goal_for, text, False):
        return
    record.goal_for, record.text, record.dropped = goal_for, text, False
    record.reached_at = None
    session.flush()
    _agree(session, actor, moment, record, Agreement.AGREED, "")


def drop_goal(session: Session, goal: EntryInSight, version: int | None) -> None:
    """Drop a goal; it stays in what was signed.  Raises `ConflictError` as `change_goal` does."""
    record = session.get_one(Goal, goal.id)
    unchanged_since(session, record, version, goal_for=record.goal_for.label, text=record.text)
    record.dropped = True
    session.flush()


def reach_goal(session: Session, moment: Moment, goal: EntryInSight, version: int | None) -> None:
    """Say that a goal is reached: it leaves the plan and stands on the progress timeline (S20).

    Raises `ConflictError` as `change_goal` does.
    """
    record = session.get_one(Goal, goal.id)
    unchanged_since(session, record, version, goal_for=record.goal_for.label, text=record.text)
    record.dropped, record.reached_at = True, moment.now
    session.flush()


def agree(
    session: Session,
    actor: Actor,
    moment: Moment,
    goal: EntryInSight,
    agreement: Agreement,
    comment: str,
    version: int | None,
) -> None:
    """Say for the actor's agency whether it agrees with a goal as it stands (E15).

    Raises `ConflictError` if the goal's words are not those of `version`, and `InvalidError`
    without a comment on what is not agreed.
    """
    record = session.get_one(Goal, goal.id)
    unchanged_since(session, record, version)
    if agreement is not Agreement.AGREED and not comment:
        raise InvalidError({"comment": "Say what you do not agree with, and what would do instead"})
    addresses.stop(session, actor, goal.family, comment=comment)
    _agree(session, actor, moment, record, agreement, comment)


def _agree(
    session: Session,
    actor: Actor,
    moment: Moment,
    goal: Goal,
    agreement: Agreement,
    comment: str,
) -> None:
    session.add(
        GoalAgreement(
            goal_id=goal.id,
            goal_version=words_version(session, goal.id),
            agency_id=actor.agency_id,
            account_id=actor.account_id,
            agreement=agreement,
            comment=comment,
            at=moment.now,
        )
    )
    session.flush()


def say_role(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    i_do: str,
    i_do_not: str,
    version: int | None = None,
) -> None:
    """Say what the actor does for this family and what not (E13); one statement for each hat.

    Raises `ConflictError` if they changed it themselves, elsewhere, since `version`.
    """
    plan = plan_of(session, actor, family)
    addresses.stop(session, actor, family, i_do=i_do, i_do_not=i_do_not)
    record = session.scalars(
        select(RoleStatement).where(
            RoleStatement.family_id == family.id,
            RoleStatement.account_id == actor.account_id,
            RoleStatement.agency_id == actor.agency_id,
        )
    ).first()
    if record is None:
        session.add(
            RoleStatement(
                **stamp(actor, moment, family, plan.level),
                account_id=actor.account_id,
                i_do=i_do,
                i_do_not=i_do_not,
            )
        )
    else:
        unchanged_since(session, record, version, i_do=record.i_do, i_do_not=record.i_do_not)
        record.i_do, record.i_do_not = i_do, i_do_not
    session.flush()


def explain_missing_goals(
    session: Session,
    actor: Actor,
    family: FamilyInSight,
    reasons: Mapping[GoalFor, str],
    version: int | None,
) -> None:
    """Say why a side has no goal (E51).  Sides that are not in `reasons` keep what they have.

    Raises `ConflictError` if somebody else gave reasons since `version`.
    """
    plan = plan_of(session, actor, family)
    fields = {REASON_FIELDS[side]: reason for side, reason in reasons.items()}
    addresses.stop(session, actor, family, **fields)
    unchanged_since(session, plan, version, **{name: getattr(plan, name) for name in fields})
    for name, reason in fields.items():
        setattr(plan, name, reason)
    session.flush()
