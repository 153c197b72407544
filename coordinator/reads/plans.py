"""The plan page, frozen: what helps, goals with their actions, roles, agreement, sign-off."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.reads.action_rows import ActionRow, row_of
from coordinator.reads.plan_cards import (
    SIDES,
    GoalCard,
    Part,
    RoleCard,
    Side,
    actions,
    goal_card,
    part,
    people,
    roles,
)
from coordinator.reads.plan_entries import (
    Held,
    PlanEntry,
    describe,
    entries,
    held_back,
    owner_key,
)
from coordinator.reads.sign_off import Missing, Party, missing, parties
from coordinator.reads.signing import Change, Version, changes, standing
from coordinator.vocabulary import EntryKind, GoalFor, Level


@dataclass(frozen=True)
class PlanPage:
    """All of the plan that one reader may see.

    `openable` lists, as choices of a form, what is still for the reader's own agency alone;
    `content` is the fingerprint of the words on this page that both agencies read.
    """

    reference: str
    version: int
    started: bool
    shared: bool
    agency: str
    what_helps: tuple[Part, ...]
    sides: tuple[Side, ...]
    actions: tuple[ActionRow, ...]
    finished: tuple[ActionRow, ...]
    roles: tuple[RoleCard, ...]
    parties: tuple[Party, ...]
    disputed_by: tuple[str, ...]
    missing: tuple[Missing, ...]
    draft: bool
    number: int
    content: str
    last: Version | None
    versions: tuple[Version, ...]
    changes: tuple[Change, ...]
    marks: Mapping[str, str]
    held: tuple[Held, ...]
    openable: tuple[tuple[str, str, str], ...]
    may: frozenset[str]
    asks_me_to_sign: bool
    signed_entries: tuple[tuple[int, int], ...]

    @property
    def held_plan(self) -> Held | None:
        """The notice of a plan that is not opened to this reader."""
        return next((held for held in self.held if held.kind is EntryKind.PLAN), None)

    @property
    def held_parts(self) -> tuple[Held, ...]:
        """The notices of single parts."""
        return tuple(held for held in self.held if held.kind is not EntryKind.PLAN)

    @property
    def goals(self) -> tuple[GoalCard, ...]:
        """All goals."""
        return tuple(goal for side in self.sides for goal in side.goals)

    @property
    def open_actions(self) -> tuple[ActionRow, ...]:
        """All actions of which anything is still to happen, the next due first."""
        under = [action for goal in self.goals for action in goal.actions]
        return tuple(
            sorted(
                (action for action in (*under, *self.actions) if action.open),
                key=lambda action: action.due_on,
            )
        )


def whole(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> PlanPage:
    """Return the plan page of a family in sight.

    Three statements (entries, people, notices), and at most two more to compare a draft with the
    last signed version.
    """
    said = entries(session, actor, family)
    members, asked = people(session, moment, family)
    stands = standing(said)
    changed = changes(session, actor, family, stands)
    held = held_back(session, actor, family)
    plan = next((entry for entry in said if entry.kind is EntryKind.PLAN), None)
    marks = {change.reference: change.what for change in changed}
    goals = [entry for entry in said if entry.kind is EntryKind.GOAL and not entry.dropped]
    under, alone, finished = actions(said, goals, actor, moment, family)
    cards = [goal_card(e, under, members, actor, family, marks) for e in goals]
    sides = tuple(
        Side(
            side,
            tuple(card for card in cards if card.goal_for is side),
            str(plan.words.get(name, "")) if plan else "",
        )
        for side, name in SIDES.items()
    )
    who_signs = parties(members, stands)
    statements = roles(said, members, actor, marks)
    may = _may(actor, family, plan)
    shared = plan is not None and plan.open
    signed = any(party.agency_id == actor.agency_id and party.signature for party in who_signs)
    return PlanPage(
        reference=family.reference,
        version=plan.row.version if plan else 0,
        started=plan is not None,
        shared=shared,
        agency=plan.row.agency if plan else "",
        what_helps=tuple(part(e, marks) for e in said if e.kind is EntryKind.WHAT_HELPS),
        sides=sides,
        actions=alone,
        finished=finished,
        roles=statements,
        parties=who_signs,
        disputed_by=tuple(dict.fromkeys(a for card in cards for a in card.disputed_by)),
        missing=missing(family, plan, members, asked, sides, statements, actor),
        draft=stands.draft,
        number=stands.number,
        content=stands.content.hex(),
        last=stands.last,
        versions=stands.versions,
        changes=changed,
        marks=marks,
        held=held,
        openable=tuple(_openable(entry) for entry in said if _may_open(entry, actor)),
        may=may,
        asks_me_to_sign="sign" in may and stands.draft and shared and not signed,
        signed_entries=tuple((e.row.id, e.row.words_version) for e in stands.entries),
    )


def _may(actor: Actor, family: FamilyInSight, plan: PlanEntry | None) -> frozenset[str]:
    """Return what the reader may do with the plan as it stands, by the policy."""
    allowed = {
        verb
        for verb, permission in {
            "write": Permission.PLANS_WRITE,
            "share": Permission.PLANS_SHARE,
            "agree": Permission.PLANS_AGREE,
            "sign": Permission.PLANS_SIGN,
            "add_action": Permission.ACTIONS_ADD,
            "ask": Permission.REQUESTS_ASK,
        }.items()
        if decide(actor, permission, family).allowed
    }
    if plan is None:
        return frozenset(
            allowed & {"add_action", "ask"} | ({"start"} if "write" in allowed else set())
        )
    if not plan.open and plan.row.agency_id != actor.agency_id:
        allowed -= {"write", "share", "agree", "sign"}
    return frozenset(allowed)


def _may_open(entry: PlanEntry, actor: Actor) -> bool:
    return (
        entry.kind is not EntryKind.PLAN
        and entry.row.level is Level.OWN_AGENCY
        and entry.row.agency_id == actor.agency_id
        and not entry.dropped
    )


def _openable(entry: PlanEntry) -> tuple[str, str, str]:
    """Return an entry as a choice: its reference, its words, and what it is."""
    names = {owner_key(entry.words): entry.row.owner or ""}
    text = describe(entry.kind, entry.words, names)
    return entry.row.reference, text, f"{entry.kind.label}, by {entry.row.author}"


@dataclass(frozen=True)
class PlanSummary:
    """The plan in five lines, for the family page.

    `empty` are the sides without a goal and without a reason for that; the actions are those that
    the reader may read, the next due first.
    """

    started: bool
    shared: bool
    draft: bool
    number: int
    last: Version | None
    what_helps: str
    goals: tuple[tuple[GoalFor, str], ...]
    empty: tuple[GoalFor, ...]
    disputed_by: tuple[str, ...]
    open_actions: tuple[ActionRow, ...]

    @property
    def late(self) -> tuple[ActionRow, ...]:
        """The actions that are late."""
        return tuple(action for action in self.open_actions if action.late)


def summary(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> PlanSummary:
    """Return the plan of a family in sight in five lines.  Two statements."""
    said = entries(session, actor, family)
    stands = standing(said)
    plan = next((entry for entry in said if entry.kind is EntryKind.PLAN), None)
    goals = [entry for entry in said if entry.kind is EntryKind.GOAL and not entry.dropped]
    rows = [row_of(e.row, actor, moment, family) for e in said if e.kind is EntryKind.ACTION]
    against = [o.agency for goal in goals for o in goal.opinions if o.against]
    helps = [e for e in said if e.kind is EntryKind.WHAT_HELPS]
    return PlanSummary(
        started=plan is not None,
        shared=plan is not None and plan.open,
        draft=stands.draft,
        number=stands.number,
        last=stands.last,
        what_helps=str(helps[0].words.get("text", "")) if helps else "",
        goals=tuple((GoalFor(goal.words["goal_for"]), goal.words["text"]) for goal in goals),
        empty=tuple(
            side
            for side, why_none in SIDES.items()
            if plan
            and not plan.words.get(why_none)
            and all(goal.words["goal_for"] != side for goal in goals)
        ),
        disputed_by=tuple(dict.fromkeys(against)),
        open_actions=tuple(sorted((r for r in rows if r.open), key=lambda r: r.due_on)),
    )
