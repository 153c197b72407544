"""What the directory says of agencies, teams, people and posts, as files of it need it.

The office that runs the tool, closed teams and closed accounts are left out; days away are not in
files, which outlive them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.reads.teams import is_open
from coordinator.vocabulary import AgencyKind, PostKind, Role

NAMESPACE = UUID("5f0c7a52-1a0e-4b86-9b0f-6f6d0f3c9d11")


def urn(reference: str) -> str:
    """Return the name by which files call the record of this reference, whoever writes them."""
    return uuid5(NAMESPACE, reference).urn


@dataclass(frozen=True)
class Organisation:
    """An agency, or with `agency` (its reference and name) a team of it."""

    reference: str
    name: str
    kind: AgencyKind
    ods_code: str
    agency: tuple[str, str] | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody in the directory."""

    reference: str
    name: str
    profession: str
    phone: str
    email: str


@dataclass(frozen=True)
class Work:
    """A role that a person has in a team, or a post: its holder's seat, or its deputy's.

    A vacant seat of a holder has no person.  `reference` is the membership's or the post's;
    `place` and `agency` are references and names.
    """

    reference: str
    what: Role | PostKind
    place: tuple[str, str]
    agency: tuple[str, str]
    person: Person | None
    starts_on: date | None
    ends_on: date | None
    deputy: bool = False
    phone: str = ""
    hours: str = ""

    @property
    def label(self) -> str:
        """What it is, in the words of an import's file."""
        return f"{self.what.label}{' (deputy)' if self.deputy else ''}"

    @property
    def nobody(self) -> str:
        """How a post without a person is called: a number may answer by rota."""
        by_rota = self.what is PostKind.OUT_OF_HOURS and self.phone
        return "" if by_rota else "vacant"


def organisations(session: Session, *where: ColumnElement[bool]) -> tuple[Organisation, ...]:
    """Return agencies that meet these conditions, each before its teams.  One statement."""
    rows = session.execute(
        select(
            Agency.reference,
            Agency.name,
            Agency.kind,
            Agency.ods_code,
            Team.reference.label("team"),
            Team.name.label("team_name"),
            Team.ods_code.label("team_code"),
            Team.phone,
            Team.email,
        )
        .outerjoin(Team, and_(Team.agency_id == Agency.id, Team.closed_on.is_(None)))
        .where(*where)
        .order_by(Agency.name, Agency.id, Team.name, Team.id)
    )
    found: dict[str, Organisation] = {}
    for row in rows:
        own = Organisation(row.reference, row.name, row.kind, row.ods_code)
        found.setdefault(row.reference, own)
        if row.team:
            agency = (row.reference, row.name)
            found[row.team] = Organisation(
                row.team, row.team_name, row.kind, row.team_code, agency, row.phone, row.email
            )
    return tuple(found.values())


def work(session: Session, moment: Moment, *where: ColumnElement[bool]) -> tuple[Work, ...]:
    """Return the roles and then the posts of today that meet these conditions.  Two statements.

    A condition may be about the agency, the team and the account.
    """
    today = moment.today
    who_and_where = (
        *(Account.reference, Account.name, Account.profession, Account.phone, Account.email),
        *(Agency.reference, Agency.name, Team.reference, Team.name),
    )
    roles = session.execute(
        select(
            *who_and_where,
            Membership.reference,
            Membership.role,
            Membership.starts_on,
            Membership.ends_on,
        )
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(current(Membership, today), is_open(), Team.closed_on.is_(None), *where)
        .order_by(Agency.name, Team.name, Account.name, Membership.id)
    )
    posts = session.execute(
        select(
            *who_and_where,
            Post.reference,
            Post.kind,
            PostHolding.starts_on,
            PostHolding.ends_on,
            PostHolding.deputy,
            Post.phone,
            Post.cover_hours,
        )
        .select_from(Post)
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .outerjoin(PostHolding, and_(PostHolding.post_id == Post.id, current(PostHolding, today)))
        .outerjoin(Account, and_(Account.id == PostHolding.account_id, is_open()))
        .where(Team.closed_on.is_(None), *where)
        .order_by(Agency.name, Team.name.is_not(None), Team.name, Post.id, PostHolding.deputy)
    )
    return (*(_work(row) for row in roles), *_seats(_work(row) for row in posts))


def _work(row: Any) -> Work:
    person = Person(*row[:5]) if row[0] else None
    agency = tuple(row[5:7])
    reference, what, *rest = row[9:]
    return Work(reference, what, tuple(row[7:9]) if row[7] else agency, agency, person, *rest)


def _seats(held: Iterable[Work]) -> Iterator[Work]:
    """Yield each post's holder, one who is nobody where the post is vacant, and then its deputy."""
    for _, group in groupby(held, key=lambda seat: seat.reference):
        seats = list(group)
        filled = [seat for seat in seats if seat.person]
        if all(seat.deputy for seat in filled):
            yield replace(seats[0], person=None, starts_on=None, ends_on=None, deputy=False)
        yield from filled
