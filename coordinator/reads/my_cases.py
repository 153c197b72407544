"""The cases of one person, as their own page names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.policy import Permission, decide
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families
from coordinator.access.sights import FamilyInSight, Moment, Way
from coordinator.models.families import Family, Involvement, Person
from coordinator.models.openness import Openness
from coordinator.reads.people import explained_on
from coordinator.vocabulary import ChildrenAsked, OpennessKind, Relation

# A line of the openness record, of the reader's own.
LINE = aliased(Openness, flat=True)


@dataclass(frozen=True)
class NotTold:
    """What its author has not told a parent, and wanted to think of again by this day.

    Or help that was refused, to be looked at again by then.
    """

    reference: str
    told: OpennessKind
    what: str
    review_on: date


@dataclass(frozen=True)
class Case:
    """A family on whose case somebody is.  `people` are the adults.

    `ask_about_children`: nobody has, and this reader can (E49).  `tell_how_we_share`: nobody has
    told the parent, and this reader can (P04).  `to_review` is what this reader has not told the
    parent and wanted to think of again by now (S23).
    """

    reference: str
    people: str
    ask_about_children: bool
    tell_how_we_share: bool
    to_review: tuple[NotTold, ...]


def _cases(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            Family.id,
            Family.reference,
            Family.version,
            Family.children_asked,
            explained_on().label("explained_on"),
            LINE.reference.label("line"),
            LINE.what,
            LINE.told,
            LINE.review_on,
            Involvement.role,
            Involvement.lead,
            Person.name,
        )
        .join(
            Involvement,
            and_(
                Involvement.family_id == Family.id,
                Involvement.account_id == actor.account_id,
                Involvement.agency_id == actor.agency_id,
                current(Involvement, moment.today),
            ),
        )
        .outerjoin(Person, and_(Person.family_id == Family.id, Person.relation != Relation.CHILD))
        .outerjoin(
            LINE,
            and_(
                LINE.family_id == Family.id,
                LINE.author_id == actor.account_id,
                LINE.agency_id == actor.agency_id,
                LINE.told.in_((OpennessKind.NOT_TOLD, OpennessKind.ASKED_FOR_HELP)),
                LINE.how_settled.is_(None),
                LINE.review_on <= moment.today,
            ),
        )
        .where(Family.id.in_(my_families(actor, moment)))
        .order_by(Family.id, Involvement.lead.desc(), Involvement.id, Person.id, LINE.id)
    )


CASES = Prepared(_cases)


def mine(session: Session, actor: Actor, moment: Moment) -> Mapping[str, Case]:
    """Return the actor's cases by reference.  One statement."""
    rows = CASES.run(session, actor, moment)
    cases: dict[str, Case] = {}
    names: dict[str, list[str]] = {}
    lines: dict[str, dict[str, NotTold]] = {}
    for row in rows:
        family = FamilyInSight(
            row.id, row.reference, row.version, Way.ON_THE_CASE, row.role, lead=row.lead
        )
        adults = names.setdefault(row.reference, [])
        not_told = lines.setdefault(row.reference, {})
        if row.line:
            not_told[row.line] = NotTold(row.line, row.told, row.what, row.review_on)
        if row.name and row.name not in adults:
            adults.append(row.name)
        cases[row.reference] = Case(
            row.reference,
            ", ".join(adults),
            row.children_asked is ChildrenAsked.NOT_ASKED
            and decide(actor, Permission.FAMILIES_CHANGE, family).allowed,
            row.explained_on is None and decide(actor, Permission.OPENNESS_WRITE, family).allowed,
            tuple(not_told.values()),
        )
    return cases
