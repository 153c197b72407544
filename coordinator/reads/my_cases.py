"""The cases of one person, as their own page names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.policy import Permission, decide
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families
from coordinator.access.sights import FamilyInSight, Moment, Way
from coordinator.models.directory import Team
from coordinator.models.families import Family, Involvement, JoinRequest, Person
from coordinator.models.openness import Openness
from coordinator.vocabulary import ChildrenAsked, JoinState, Level, OpennessKind, Relation


@dataclass(frozen=True)
class Case:
    """A family on whose case somebody is.  `people` are the adults.

    `ask_about_children`: nobody has, and this reader can (E49).  `tell_how_we_share`: nobody has
    told the parent, and this reader can (P04).
    """

    reference: str
    people: str
    ask_about_children: bool
    tell_how_we_share: bool


def _cases(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            Family.id,
            Family.reference,
            Family.version,
            Family.children_asked,
            _explained().label("explained"),
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
        .where(Family.id.in_(my_families(actor, moment)))
        .order_by(Family.id, Involvement.lead.desc(), Involvement.id, Person.id)
    )


def _explained() -> Any:
    """Return whether it was explained to the parent how we share; that is open to both agencies."""
    return (
        select(Openness.id)
        .where(
            Openness.family_id == Family.id,
            Openness.told == OpennessKind.EXPLAINED,
            Openness.level == Level.OPEN,
        )
        .exists()
    )


CASES = Prepared(_cases)


def mine(session: Session, actor: Actor, moment: Moment) -> Mapping[str, Case]:
    """Return the actor's cases by reference.  One statement."""
    rows = CASES.run(session, actor, moment)
    cases: dict[str, Case] = {}
    names: dict[str, list[str]] = {}
    for row in rows:
        family = FamilyInSight(
            row.id, row.reference, row.version, Way.ON_THE_CASE, row.role, lead=row.lead
        )
        adults = names.setdefault(row.reference, [])
        if row.name and row.name not in adults:
            adults.append(row.name)
        cases[row.reference] = Case(
            row.reference,
            ", ".join(adults),
            row.children_asked is ChildrenAsked.NOT_ASKED
            and decide(actor, Permission.FAMILIES_CHANGE, family).allowed,
            not row.explained and decide(actor, Permission.OPENNESS_WRITE, family).allowed,
        )
    return cases


@dataclass(frozen=True)
class AskedTeam:
    """A team that the reader asked to join a case, and that has not answered."""

    family: str
    team: str
    phone: str


def _asked_teams(actor: Actor, moment: Moment) -> Any:
    return (
        select(Family.reference.label("family"), Team.name.label("team"), Team.phone)
        .select_from(JoinRequest)
        .join(Family, Family.id == JoinRequest.family_id)
        .join(Team, Team.id == JoinRequest.team_id)
        .where(
            JoinRequest.asked_by_id == actor.account_id,
            JoinRequest.state == JoinState.ASKED,
            JoinRequest.family_id.in_(my_families(actor, moment)),
        )
        .order_by(JoinRequest.asked_at)
    )


ASKED_TEAMS = Prepared(_asked_teams)


def asked_teams(session: Session, actor: Actor, moment: Moment) -> tuple[AskedTeam, ...]:
    """Return the teams from which the actor waits for a worker, asked longest ago first.

    One statement.
    """
    rows = ASKED_TEAMS.run(session, actor, moment)
    return tuple(AskedTeam(**row._asdict()) for row in rows)
