"""The cards of the plan page: parts in words, goals with their actions, roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from coordinator.access import prepared
from coordinator.access.actor import Actor, current
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import OPEN_ONLY_ROLES, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.families import Family, Involvement
from coordinator.reads.action_rows import ActionRow, row_of
from coordinator.reads.plan_entries import Opinion, PlanEntry
from coordinator.vocabulary import (
    AgencyKind,
    Agreement,
    CaseRole,
    ChildrenAsked,
    EntryKind,
    GoalFor,
)

SIDES = {
    GoalFor.CHILD: "no_child_goal",
    GoalFor.PARENT: "no_parent_goal",
    GoalFor.FAMILY: "no_family_goal",
}
PARTNERS = (AgencyKind.CMHT, AgencyKind.CSC)


@dataclass(frozen=True)
class Member:
    """A worker on the case."""

    account_id: int
    name: str
    phone: str
    role: CaseRole
    lead: bool
    agency_id: int
    agency: str
    agency_kind: AgencyKind


@dataclass(frozen=True)
class Part:
    """A part of the plan in words: what helps, or a goal.  `mark` says how it changed."""

    reference: str
    version: int
    text: str
    writer: str
    written_at: datetime
    held: bool
    mark: str


@dataclass(frozen=True)
class GoalCard:
    """A goal with what each agency says of it, and its actions."""

    part: Part
    goal_for: GoalFor
    opinions: tuple[tuple[str, Opinion | None], ...]
    disputed_by: tuple[str, ...]
    asks_me: bool
    actions: tuple[ActionRow, ...]

    @property
    def settled(self) -> bool:
        """Whether every agency agrees with the goal as it stands, without a word more."""
        return len(self.opinions) > 1 and all(
            said and said.agreement is Agreement.AGREED and not said.stale and not said.comment
            for _agency, said in self.opinions
        )


@dataclass(frozen=True)
class Side:
    """The goals for one side, or why there are none."""

    goal_for: GoalFor
    goals: tuple[GoalCard, ...]
    reason: str


@dataclass(frozen=True)
class RoleCard:
    """What a worker on the case does and does not do; `part` is None until they said so.

    `expected`: they work on the case, and do not only read.
    """

    name: str
    role: str
    agency: str
    phone: str
    mine: bool
    expected: bool
    i_do: str
    i_do_not: str
    part: Part | None


PEOPLE = prepared.fixed(
    select(
        Family.children_asked,
        Account.id,
        Account.name,
        Account.phone,
        Involvement.role,
        Involvement.lead,
        Agency.id,
        Agency.name,
        Agency.kind,
    )
    .select_from(Family)
    .outerjoin(
        Involvement,
        and_(
            Involvement.family_id == Family.id,
            current(Involvement, prepared.WHENEVER.today),
        ),
    )
    .outerjoin(Account, Account.id == Involvement.account_id)
    .outerjoin(Agency, Agency.id == Involvement.agency_id)
    .where(Family.id == bindparam("family"))
    .order_by(Agency.name, Involvement.lead.desc(), Account.name)
)


def people(
    session: Session, moment: Moment, family: FamilyInSight
) -> tuple[tuple[Member, ...], ChildrenAsked]:
    """Return who is on the case today, and whether anybody asked about children.  One statement."""
    rows = prepared.rows(session, PEOPLE, {"family": family.id, "today": moment.today}).all()
    return tuple(Member(*row[1:]) for row in rows if row[1] is not None), rows[0].children_asked


def part(entry: PlanEntry, marks: Mapping[str, str]) -> Part:
    """Return an entry in words; `marks` says by reference what changed."""
    row = entry.row
    return Part(
        reference=row.reference,
        version=row.version,
        text=str(entry.words.get("text", "")),
        writer=row.writer or row.author,
        written_at=row.written_at or row.created_at,
        held=not entry.open,
        mark=marks.get(row.reference, ""),
    )


def actions(
    said: Iterable[PlanEntry],
    goals: Iterable[PlanEntry],
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
) -> tuple[dict[int, list[ActionRow]], tuple[ActionRow, ...], tuple[ActionRow, ...]]:
    """Return the open actions by goal, those without a goal, and those that came to an end."""
    shown = {goal.row.id for goal in goals}
    under: dict[int, list[ActionRow]] = {}
    alone: list[ActionRow] = []
    finished: list[ActionRow] = []
    actions = sorted(
        (entry.row for entry in said if entry.kind is EntryKind.ACTION),
        key=lambda row: (row.due_on, row.id),
    )
    for row in actions:
        line = row_of(row, actor, moment, family)
        if not line.open:
            finished.append(line)
        elif row.goal_id in shown:
            under.setdefault(row.goal_id, []).append(line)
        else:
            alone.append(line)
    return under, tuple(alone), tuple(finished)


def goal_card(
    entry: PlanEntry,
    under: Mapping[int, list[ActionRow]],
    members: Iterable[Member],
    actor: Actor,
    family: FamilyInSight,
    marks: Mapping[str, str],
) -> GoalCard:
    """Return a goal with what each agency on the case says of it, and its actions."""
    said = {opinion.agency_id: opinion for opinion in entry.opinions}
    agencies = {m.agency_id: m.agency for m in members if m.agency_kind in PARTNERS}
    agencies |= {o.agency_id: o.agency for o in entry.opinions}
    mine = said.get(actor.agency_id or 0)
    return GoalCard(
        part=part(entry, marks),
        goal_for=GoalFor(entry.words["goal_for"]),
        opinions=tuple((agency, said.get(number)) for number, agency in agencies.items())
        if entry.open
        else (),
        disputed_by=tuple(opinion.agency for opinion in entry.opinions if opinion.against),
        asks_me=entry.open
        and decide(actor, Permission.PLANS_AGREE, family).allowed
        and (mine is None or mine.stale or mine.agreement is not Agreement.AGREED),
        actions=tuple(under.get(entry.row.id, ())),
    )


def roles(
    said: Iterable[PlanEntry], members: Iterable[Member], actor: Actor, marks: Mapping[str, str]
) -> tuple[RoleCard, ...]:
    """Return a card for each worker on the case, whether or not they said what they do."""
    spoken = {
        (e.row.role_of_id, e.row.agency_id): e for e in said if e.kind is EntryKind.ROLE_STATEMENT
    }
    cards: dict[tuple[int, int], RoleCard] = {}
    for member in members:
        who = (member.account_id, member.agency_id)
        entry = spoken.get(who)
        cards[who] = RoleCard(
            name=member.name,
            role=member.role.label + (", lead" if member.lead else ""),
            agency=member.agency,
            phone=member.phone,
            expected=member.role not in OPEN_ONLY_ROLES,
            mine=who == (actor.account_id, actor.agency_id),
            i_do=str(entry.words["i_do"]) if entry else "",
            i_do_not=str(entry.words["i_do_not"]) if entry else "",
            part=part(entry, marks) if entry else None,
        )
    return tuple(sorted(cards.values(), key=lambda card: (not card.part, not card.expected)))
