"""Finding a person or a team by any word: name, profession, role, team or agency."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.models.accounts import Account, Membership
from coordinator.models.areas import Area
from coordinator.models.directory import Agency, Team
from coordinator.reads.teams import TeamLine, is_open
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Role

MOST_WORDS = 8
MOST_TEAMS = 20


@dataclass(frozen=True)
class Place:
    """A role that a person has today."""

    role: str
    team: str
    team_reference: str
    agency: str


@dataclass(frozen=True)
class Colleague:
    """A person who was found."""

    reference: str
    name: str
    profession: str
    phone: str
    email: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Found:
    """One page of what was found, and whether there is another."""

    people: tuple[Colleague, ...]
    teams: tuple[TeamLine, ...]
    more: bool


def found(session: Session, typed: str, page: int, today: date) -> Found:
    """Return the people and teams that match every word, people by name.  Three statements."""
    words = typed.split()[:MOST_WORDS]
    working = (
        select(Account.id, Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(current(Membership, today), is_open(), *[matches(word) for word in words])
        .group_by(Account.id, Account.name)
        .order_by(func.lower(Account.name), Account.id)
    )
    ids = list(session.scalars(paged(working, page)))
    more = len(ids) > SETTINGS.page_size
    return Found(
        _people(session, ids[: SETTINGS.page_size], today),
        _teams(session, words) if page == 1 else (),
        more,
    )


def matches(word: str) -> ColumnElement[bool]:
    """Return the condition that a person, or a role that they have, has this word in it."""
    roles = [role for role in Role if word.casefold() in role.label.casefold()]
    columns = (Account.name, Account.profession, Team.name, Agency.name)
    return or_(
        *[column.icontains(word, autoescape=True) for column in columns],
        Membership.role.in_(roles),
    )


def paged(statement: Any, page: int) -> Any:
    """Return the statement for one page, and one row more to tell whether there is another."""
    return statement.limit(SETTINGS.page_size + 1).offset((page - 1) * SETTINGS.page_size)


def _people(session: Session, ids: list[int], today: date) -> tuple[Colleague, ...]:
    rows = session.execute(
        select(
            Account.id,
            Account.reference,
            Account.name,
            Account.profession,
            Account.phone,
            Account.email,
            Membership.role,
            Team.name.label("team"),
            Team.reference.label("team_reference"),
            Agency.name.label("agency"),
        )
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(Account.id.in_(ids), current(Membership, today))
        .order_by(func.lower(Account.name), Account.id, Membership.id)
    ).all()
    people = {row.id: row for row in rows}
    return tuple(
        Colleague(
            person.reference,
            person.name,
            person.profession,
            person.phone,
            person.email,
            tuple(
                Place(row.role.label, row.team, row.team_reference, row.agency)
                for row in rows
                if row.id == person.id
            ),
        )
        for person in people.values()
    )


def _teams(session: Session, words: list[str]) -> tuple[TeamLine, ...]:
    area = func.coalesce(Area.name, "")
    columns = (Team.name, area, Agency.name)
    rows = session.execute(
        select(Team.reference, Team.name, Team.phone, area)
        .join(Agency, Agency.id == Team.agency_id)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(
            Team.closed_on.is_(None),
            *[or_(*[c.icontains(word, autoescape=True) for c in columns]) for word in words],
        )
        .order_by(Team.name)
        .limit(MOST_TEAMS)
    )
    return tuple(TeamLine(*row) for row in rows)
