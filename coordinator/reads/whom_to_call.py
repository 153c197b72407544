"""Whom a parent calls: numbers, hours, who covers, and out of hours; from the directory (P12)."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import current
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, Team
from coordinator.models.families import Involvement
from coordinator.vocabulary import CaseRole, PostKind

# A chair and a minute taker are nobody to call between meetings.
NOT_TO_CALL = (CaseRole.CHAIR, CaseRole.MINUTE_TAKER)
DESKS = (PostKind.DUTY_DESK, PostKind.OUT_OF_HOURS)


@dataclass(frozen=True)
class Person:
    """A worker on the case; `away_until` is their last day off, and `cover` acts for them."""

    name: str
    role: str
    phone: str
    away_until: date | None
    cover: str
    cover_phone: str


@dataclass(frozen=True)
class Desk:
    """A number that somebody always answers in its hours."""

    name: str
    phone: str
    hours: str


@dataclass(frozen=True)
class Lead:
    """The one whom a parent calls about anything: who has led on the case for longest (P07)."""

    name: str
    role: CaseRole
    agency: str
    phone: str


@dataclass(frozen=True)
class Numbers:
    """Whom to call, agency by agency: its workers first, then its desks."""

    agencies: tuple[tuple[str, tuple[Person, ...], tuple[Desk, ...]], ...]
    lead: Lead | None = None

    @property
    def seal(self) -> str:
        """What stands for these numbers: as long as it is the same, a copy is right."""
        return sha256(repr(self.agencies).encode()).hexdigest()


def of_family(session: Session, moment: Moment, family: FamilyInSight) -> Numbers:
    """Return whom to call about a family in sight today.  Two statements."""
    cover = aliased(Account)
    covers = and_(
        Absence.account_id == Account.id,
        Absence.starts_on <= moment.today,
        Absence.ends_on >= moment.today,
        Absence.withdrawn_at.is_(None),
    )
    rows = session.execute(
        select(
            Agency.id,
            Agency.name.label("agency"),
            Account.name,
            Involvement.role,
            Involvement.lead,
            Involvement.starts_on,
            Account.phone,
            Absence.ends_on.label("away_until"),
            cover.name.label("cover"),
            cover.phone.label("cover_phone"),
            Team.name.label("team"),
            Team.phone.label("team_phone"),
        )
        .select_from(Involvement)
        .join(Account, Account.id == Involvement.account_id)
        .join(Team, Team.id == Involvement.team_id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .outerjoin(Absence, covers)
        .outerjoin(cover, cover.id == Absence.cover_id)
        .where(
            Involvement.family_id == family.id,
            Involvement.role.not_in(NOT_TO_CALL),
            current(Involvement, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
        )
        .order_by(Agency.id, Involvement.lead.desc(), Involvement.id)
    ).all()
    by_day = {row.team: Desk(row.team, row.team_phone, "") for row in rows if row.team_phone}
    desks = session.execute(
        select(Post.agency_id, Post.kind, Post.phone, Post.cover_hours)
        .where(Post.agency_id.in_({row.id for row in rows}), Post.kind.in_(DESKS), Post.phone != "")
        .order_by(Post.kind, Post.id)
    ).all()
    agencies = []
    for number, name in dict.fromkeys((row.id, row.agency) for row in rows):
        here = [row for row in rows if row.id == number]
        people = tuple(
            Person(
                row.name,
                row.role.label,
                row.phone,
                row.away_until,
                row.cover or "",
                row.cover_phone or "",
            )
            for row in here
        )
        lines = [by_day[team] for team in dict.fromkeys(row.team for row in here) if team in by_day]
        lines += [
            Desk(desk.kind.label, desk.phone, desk.cover_hours)
            for desk in desks
            if desk.agency_id == number and desk.phone not in {line.phone for line in lines}
        ]
        agencies.append((name, tuple(dict.fromkeys(people)), tuple(dict.fromkeys(lines))))
    leads = [row for row in rows if row.lead]
    first = min(leads, key=lambda row: (row.starts_on, row.id)) if leads else None
    lead = first and Lead(first.name, first.role, first.agency, first.phone or first.team_phone)
    return Numbers(tuple(agencies), lead)
