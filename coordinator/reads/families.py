"""Which families an actor may list, and the bar that names a family on each of its pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.scope import my_families, overseen_families
from coordinator.access.sights import FamilyInSight, Moment, Way
from coordinator.models.families import Family, Person
from coordinator.vocabulary import ChildrenAsked, Relation

ADULTS_FIRST = (Relation.PARENT_OR_CARER, Relation.PARTNER, Relation.OTHER_CARER, Relation.CHILD)


@dataclass(frozen=True)
class Bar:
    """What names a family on each of its pages: never a diagnosis, never in a page's title.

    `people` are the adults, `children` are named with their ages.  `opens` says whether the reader
    may open the family's pages; somebody who is only invited to a meeting reads the reference.
    """

    reference: str
    people: str
    children: str
    opens: bool


def bar(session: Session, family: FamilyInSight) -> Bar:
    """Return the bar of a family in sight.  One statement; none for an invited person."""
    if family.way not in (Way.ON_THE_CASE, Way.MANAGER, Way.LEAD):
        return Bar(family.reference, "Family", "", opens=False)
    rows = session.execute(
        select(Family.children_asked, Person.name, Person.relation, Person.born_on)
        .outerjoin(Person, Person.family_id == Family.id)
        .where(Family.id == family.id)
        .order_by(Person.id)
    ).all()
    today = clock.today()
    adults = [row.name for row in adults_first(rows) if row.relation is not Relation.CHILD]
    children = [
        f"{row.name}, {age}" if (age := age_in_words(row.born_on, today)) else row.name
        for row in rows
        if row.relation is Relation.CHILD
    ]
    return Bar(
        family.reference,
        ", ".join(name for name in adults if name),
        "; ".join(children) or CHILDREN_UNNAMED[rows[0].children_asked],
        opens=True,
    )


CHILDREN_UNNAMED = {
    ChildrenAsked.YES: "not named yet",
    ChildrenAsked.NO: "none at home or in regular contact",
    ChildrenAsked.NOT_ASKED: "nobody has asked yet",
}


def adults_first(rows: Any) -> list[Any]:
    """Return members of a family with parents or carers first and children last."""
    known = [row for row in rows if row.relation is not None]  # type: ignore[attr-defined]
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


@dataclass(frozen=True)
class ListedFamily:
    """One line of the list of families."""

    reference: str
    names: tuple[str, ...]


def mine(session: Session, actor: Actor, moment: Moment) -> tuple[ListedFamily, ...]:
    """Return the families that the actor works with or oversees, with the adults' names."""
    rows = session.execute(
        select(Family.reference, Person.name, Person.relation)
        .outerjoin(Person, Person.family_id == Family.id)
        .where(Family.id.in_(my_families(actor, moment).union(overseen_families(actor, moment))))
        .order_by(Family.reference, Person.id)
    )
    names: dict[str, list[str]] = {}
    for reference, name, relation in rows:
        listed = names.setdefault(reference, [])
        if relation is Relation.PARENT_OR_CARER:
            listed.append(name)
    return tuple(ListedFamily(reference, tuple(people)) for reference, people in names.items())


@dataclass(frozen=True)
class PersonRow:
    """A member of the family."""

    reference: str
    name: str
    relation: Relation
    born_on: date | None


def people(session: Session, family: FamilyInSight) -> tuple[PersonRow, ...]:
    """Return the members of a family in sight."""
    rows = session.execute(
        select(Person.reference, Person.name, Person.relation, Person.born_on)
        .where(Person.family_id == family.id)
        .order_by(Person.id)
    )
    return tuple(PersonRow(*row) for row in rows)
