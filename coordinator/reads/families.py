"""Which families an actor may list, and the bar that names a family on each of its pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access import prepared
from coordinator.access.actor import Actor, current
from coordinator.access.scope import my_families, not_excluded, overseen_families, readable
from coordinator.access.sights import FamilyInSight, Moment, Way
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.families import Family, Involvement, Oversight, Person
from coordinator.models.meetings import Meeting
from coordinator.models.plans import Action
from coordinator.reads.people import Household, adults_first, age_in_words, explained_on
from coordinator.vocabulary import ActionState, ChildrenAsked, MeetingState, Relation

UNNAMED = {
    ChildrenAsked.YES: "not named yet",
    ChildrenAsked.NO: "none at home or in regular contact",
    ChildrenAsked.NOT_ASKED: "nobody has asked yet",
}


@dataclass(frozen=True)
class Bar:
    """What names a family on each of its pages: never a diagnosis, never in a page's title.

    `people` are the adults; `children` are named with their ages.  `opens` says whether the reader
    may open the family's pages; somebody who is only invited to a meeting reads the reference.
    `explained_on` is the day on which the parent was told how we share (P04).
    """

    reference: str
    people: str
    children: str
    opens: bool
    explained_on: date | None = None


MEMBERS = prepared.fixed(
    select(
        Family.children_asked,
        explained_on().label("explained_on"),
        Person.name,
        Person.relation,
        Person.born_on,
    )
    .outerjoin(Person, Person.family_id == Family.id)
    .where(Family.id == bindparam("family"))
    .order_by(Person.id)
)


def bar(session: Session, family: FamilyInSight) -> Bar:
    """Return the bar of a family in sight.  One statement; none for an invited person."""
    if family.way not in (Way.ON_THE_CASE, Way.MANAGER, Way.LEAD):
        return Bar(family.reference, "Family", "", opens=False)
    members_of = prepared.rows(session, MEMBERS, {"family": family.id}).all()
    today = clock.today()
    members = [
        (row.name, row.relation is Relation.CHILD, age_in_words(row.born_on, today))
        for row in adults_first(members_of)
    ]
    first = members_of[0]
    return _bar(family, members, first.children_asked, first.explained_on)


def bar_of(family: FamilyInSight, household: Household) -> Bar:
    """Return the bar of a family whose household was read already."""
    members = [(member.name, member.is_child, member.age) for member in household.members]
    return _bar(family, members, household.children_asked, household.explained_on)


def _bar(
    family: FamilyInSight,
    members: list[tuple[str, bool, str]],
    asked: ChildrenAsked,
    told_on: date | None,
) -> Bar:
    children = [f"{name}, {age}" if age else name for name, is_child, age in members if is_child]
    return Bar(
        family.reference,
        ", ".join(name for name, is_child, _age in members if not is_child),
        "; ".join(children) or UNNAMED[asked],
        opens=True,
        explained_on=told_on,
    )


@dataclass(frozen=True)
class ListedFamily:
    """One line of a list of families.  `late` counts the late actions that the actor may read."""

    reference: str
    people: str
    mine: bool
    children_not_asked: bool
    partners: tuple[str, ...]
    next_meeting: datetime | None
    late: int


def listed(session: Session, actor: Actor, moment: Moment) -> tuple[ListedFamily, ...]:
    """Return the families that the actor works with, oversees, or gave a reason for.

    Four statements, however many families there are.
    """
    mine = my_families(actor, moment)
    in_the_list = mine.union(overseen_families(actor, moment), _reasoned(actor, moment))
    rows = session.execute(
        select(
            Family.id,
            Family.reference,
            Family.children_asked,
            Family.id.in_(mine).label("mine"),
            Person.name,
            Person.relation,
        )
        .outerjoin(Person, Person.family_id == Family.id)
        .where(Family.id.in_(in_the_list))
        .order_by(Person.id)
    ).all()
    people: dict[int, list[Any]] = {}
    for row in rows:
        people.setdefault(row.id, []).append(row)
    partners = _partners(session, actor, moment, in_the_list)
    meetings, late = _meetings_and_late(session, actor, moment, in_the_list)
    families = [
        ListedFamily(
            members[0].reference,
            ", ".join(m.name for m in adults_first(members) if m.relation is not Relation.CHILD),
            members[0].mine,
            members[0].children_asked is ChildrenAsked.NOT_ASKED,
            tuple(partners.get(family_id, ())),
            meetings.get(family_id),
            late.get(family_id, 0),
        )
        for family_id, members in people.items()
    ]
    return tuple(sorted(families, key=lambda family: (family.people.casefold(), family.reference)))


def _reasoned(actor: Actor, moment: Moment) -> Any:
    """Return the ids of the families for which the actor, a safeguarding lead, gave a reason."""
    return select(Oversight.family_id).where(
        Oversight.account_id == actor.account_id,
        gave_reason(actor, moment, Oversight.family_id),
        not_excluded(actor, Oversight.family_id),
        Oversight.family_id.in_(
            select(Involvement.family_id).where(
                Involvement.agency_id == actor.agency_id, current(Involvement, moment.today)
            )
        ),
    )


def _partners(
    session: Session, actor: Actor, moment: Moment, families: Any
) -> dict[int, list[str]]:
    """Return for each family the lead workers of other agencies."""
    rows = session.execute(
        select(Involvement.family_id, Account.name, Agency.name)
        .join(Account, Account.id == Involvement.account_id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(
            Involvement.family_id.in_(families),
            Involvement.agency_id != actor.agency_id,
            Involvement.lead.is_(True),
            current(Involvement, moment.today),
        )
        .order_by(Involvement.id)
    )
    partners: dict[int, list[str]] = {}
    for family_id, name, agency in rows:
        partners.setdefault(family_id, []).append(f"{name}, {agency}")
    return partners


def _meetings_and_late(
    session: Session, actor: Actor, moment: Moment, families: Any
) -> tuple[dict[int, datetime], dict[int, int]]:
    """Return for each family its next meeting and the number of its late actions, as readable."""
    meetings: Any = (
        select(Meeting.family_id, func.min(Meeting.starts_at))
        .where(
            Meeting.family_id.in_(families),
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at >= moment.now,
            _readable(actor, moment, Meeting.family_id),
        )
        .group_by(Meeting.family_id)
    )
    late: Any = (
        select(Action.family_id, func.count())
        .where(
            Action.family_id.in_(families),
            Action.state.in_((ActionState.REQUESTED, ActionState.ACCEPTED)),
            Action.due_on < moment.today,
            _readable(actor, moment, Action.family_id),
        )
        .group_by(Action.family_id)
    )
    return (
        {family_id: starts_at for family_id, starts_at in session.execute(meetings)},  # noqa: C416
        {family_id: count for family_id, count in session.execute(late)},  # noqa: C416
    )


def _readable(actor: Actor, moment: Moment, family_id: Any) -> Any:
    return readable(
        actor, reads_own_agency(actor, moment, family_id), gave_reason(actor, moment, family_id)
    )
