"""The members of a family, as its pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from coordinator.access import prepared
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.directory import Team
from coordinator.models.families import Family, JoinRequest, Person
from coordinator.models.openness import Openness
from coordinator.vocabulary import (
    ChildrenAsked,
    EntryKind,
    JoinState,
    Level,
    OpennessKind,
    Relation,
)

ADULTS_FIRST = (Relation.PARENT_OR_CARER, Relation.PARTNER, Relation.OTHER_CARER, Relation.CHILD)


@dataclass(frozen=True)
class Member:
    """A member of the family.  `age` is in words, or says when a child is expected."""

    reference: str
    name: str
    relation: Relation
    own_words: str
    born_on: date | None
    is_expected: bool
    age: str
    nhs_number: str
    lives_with: bool | None
    phone: str
    reach_by: str
    silence_means: str
    version: int

    @property
    def is_child(self) -> bool:
        """Whether this is one of the children."""
        return self.relation is Relation.CHILD

    @property
    def place(self) -> str:
        """The person's place in the family; the family's own words come first."""
        return self.own_words or self.relation.label


@dataclass(frozen=True)
class Household:
    """Who belongs to the family, and what is known of the question about children.

    `asked_team` was asked to join and has not answered; empty if nobody waits for an answer.
    `explained_on` is the day on which the parent was told how we share, if anybody did (P04).
    """

    members: tuple[Member, ...]
    children_asked: ChildrenAsked
    children_why_not: str
    asked_team: str
    asked_at: datetime | None
    asked_phone: str
    explained_on: date | None
    version: int

    @property
    def adults(self) -> tuple[Member, ...]:
        """The grown-ups, parents and carers first."""
        return tuple(member for member in self.members if not member.is_child)

    @property
    def children(self) -> tuple[Member, ...]:
        """The children, in the order in which they were added."""
        return tuple(member for member in self.members if member.is_child)


def explained_on() -> Any:
    """Return the last day on which the parent was told how we share, as a column about a family.

    It is open to everybody who sees the family (services/openness.py).
    """
    line = aliased(Openness, flat=True)
    return (
        select(func.max(line.happened_on))
        .where(
            line.family_id == Family.id,
            line.kind == EntryKind.OPENNESS,
            line.told == OpennessKind.EXPLAINED,
            line.level == Level.OPEN,
        )
        .scalar_subquery()
    )


def _unanswered() -> Any:
    """Return the newest request to join that waits for an answer, as a column."""
    waiting = aliased(JoinRequest)
    return (
        select(func.max(waiting.id))
        .where(waiting.family_id == Family.id, waiting.state == JoinState.ASKED)
        .scalar_subquery()
    )


MEMBERS = prepared.fixed(
    select(
        Family.children_asked,
        Family.children_why_not,
        Family.version.label("family_version"),
        explained_on().label("explained_on"),
        Person.reference,
        Person.name,
        Person.relation,
        Person.own_words,
        Person.born_on,
        Person.nhs_number,
        Person.lives_with,
        Person.phone,
        Person.reach_by,
        Person.silence_means,
        Person.version,
        Team.name.label("asked_team"),
        Team.phone.label("asked_phone"),
        JoinRequest.asked_at,
    )
    .outerjoin(Person, Person.family_id == Family.id)
    .outerjoin(JoinRequest, JoinRequest.id == _unanswered())
    .outerjoin(Team, Team.id == JoinRequest.team_id)
    .where(Family.id == bindparam("family"))
    .order_by(Person.id)
)


def household(session: Session, moment: Moment, family: FamilyInSight) -> Household:
    """Return the members of a family in sight.  One statement."""
    found = prepared.rows(session, MEMBERS, {"family": family.id}).all()
    return Household(
        tuple(
            Member(
                row.reference,
                row.name,
                row.relation,
                row.own_words,
                row.born_on,
                row.born_on is not None and row.born_on > moment.today,
                age_in_words(row.born_on, moment.today),
                row.nhs_number or "",
                row.lives_with,
                row.phone,
                row.reach_by,
                row.silence_means,
                row.version,
            )
            for row in adults_first(found)
        ),
        found[0].children_asked,
        found[0].children_why_not,
        found[0].asked_team or "",
        found[0].asked_at,
        found[0].asked_phone or "",
        found[0].explained_on,
        found[0].family_version,
    )


def adults_first(rows: Iterable[Any]) -> list[Any]:
    """Return members of a family with parents or carers first and children last."""
    known = [row for row in rows if row.relation is not None]
    return sorted(known, key=lambda row: ADULTS_FIRST.index(row.relation))


def age_in_words(born_on: date | None, today: date) -> str:
    """Return an age as people say it: weeks, then months until two, then years; "" if unknown.

    A date to come is the day on which a child is expected.
    """
    if born_on is None:
        return ""
    if born_on > today:
        return f"expected {born_on.day} {born_on:%B %Y}"
    months = (today.year - born_on.year) * 12 + today.month - born_on.month
    months -= today.day < born_on.day
    if months >= 24:
        return f"{months // 12}"
    if months >= 2:
        return f"{months} months"
    weeks = (today - born_on).days // 7
    return f"{weeks} week{'' if weeks == 1 else 's'}"
