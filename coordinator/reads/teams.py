"""Agencies with their teams, sites and people, as the directory shows them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.access.sights import AgencyInSight, SiteInSight, TeamInSight
from coordinator.models.accounts import Account, Membership
from coordinator.models.areas import Area
from coordinator.models.base import version_of
from coordinator.models.directory import Agency, FormerName, Site, Team
from coordinator.vocabulary import AgencyKind

_AREA = func.coalesce(Area.name, "")


@dataclass(frozen=True)
class TeamLine:
    """A team in a list."""

    reference: str
    name: str
    phone: str
    area: str


@dataclass(frozen=True)
class AgencyLine:
    """An agency in a list, with its teams."""

    reference: str
    name: str
    kind: AgencyKind
    teams: tuple[TeamLine, ...]


@dataclass(frozen=True)
class Formerly:
    """What an agency or a team was called until a day."""

    name: str
    until: date


@dataclass(frozen=True)
class SiteLine:
    """A listed building."""

    reference: str
    name: str
    address: str

    @property
    def version(self) -> int:
        """What stands for these words in a form that changes them."""
        return version_of(self.name, self.address)


@dataclass(frozen=True)
class AgencyPage:
    """An agency."""

    reference: str
    name: str
    kind: AgencyKind
    teams: tuple[TeamLine, ...]
    closed: tuple[TeamLine, ...]
    sites: tuple[SiteLine, ...]
    formerly: tuple[Formerly, ...]
    ods_code: str

    @property
    def version(self) -> int:
        """What stands for these words in a form that changes them."""
        return version_of(self.name, self.ods_code)


@dataclass(frozen=True)
class TeamMember:
    """Somebody who works in a team today; one line for each role that they have there."""

    name: str
    profession: str
    role: str
    phone: str
    email: str


@dataclass(frozen=True)
class TeamPage:
    """A team: its duty line and who works there today."""

    reference: str
    name: str
    agency: str
    agency_reference: str
    agency_kind: AgencyKind
    phone: str
    email: str
    area: str
    area_reference: str
    ods_code: str
    closed_on: date | None
    people: tuple[TeamMember, ...]
    formerly: tuple[Formerly, ...]

    @property
    def version(self) -> int:
        """What stands for these words in a form that changes them."""
        return version_of(self.name, self.phone, self.email, self.area, self.ods_code)


@dataclass(frozen=True)
class Choice:
    """One line of a drop-down list: a reference and what people read."""

    reference: str
    text: str


def agencies(session: Session) -> tuple[AgencyLine, ...]:
    """Return every agency with its teams, the office that runs the tool last.  One statement."""
    rows = session.execute(
        select(
            Agency.reference,
            Agency.name,
            Agency.kind,
            Team.reference.label("team"),
            Team.name.label("team_name"),
            Team.phone,
            _AREA.label("area"),
        )
        .outerjoin(Team, and_(Team.agency_id == Agency.id, Team.closed_on.is_(None)))
        .outerjoin(Area, Area.id == Team.area_id)
        .order_by(Agency.kind == AgencyKind.HOST, Agency.name, Team.name)
    ).all()
    found = {row.reference: row for row in rows}
    return tuple(
        AgencyLine(
            agency.reference,
            agency.name,
            agency.kind,
            tuple(
                TeamLine(row.team, row.team_name, row.phone, row.area)
                for row in rows
                if row.reference == agency.reference and row.team
            ),
        )
        for agency in found.values()
    )


def agency(session: Session, agency: AgencyInSight) -> AgencyPage:
    """Return one agency.  Four statements."""
    name, kind, ods_code = session.execute(
        select(Agency.name, Agency.kind, Agency.ods_code).where(Agency.id == agency.id)
    ).one()
    teams = session.execute(
        select(Team.reference, Team.name, Team.phone, _AREA, Team.closed_on)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(Team.agency_id == agency.id)
        .order_by(Team.name)
    ).all()
    sites = session.execute(
        select(Site.reference, Site.name, Site.address)
        .where(Site.agency_id == agency.id)
        .order_by(Site.name)
    )
    return AgencyPage(
        agency.reference,
        name,
        kind,
        tuple(TeamLine(*row[:4]) for row in teams if row.closed_on is None),
        tuple(TeamLine(*row[:4]) for row in teams if row.closed_on),
        tuple(SiteLine(*row) for row in sites),
        _formerly(session, FormerName.agency_id == agency.id),
        ods_code,
    )


def site(session: Session, site: SiteInSight) -> SiteLine:
    """Return one building."""
    return SiteLine(
        *session.execute(
            select(Site.reference, Site.name, Site.address).where(Site.id == site.id)
        ).one()
    )


def team(session: Session, team: TeamInSight, today: date) -> TeamPage:
    """Return one team with its people.  Three statements."""
    row = session.execute(
        select(
            Team.reference,
            Team.name,
            Agency.name.label("agency"),
            Agency.reference.label("agency_reference"),
            Agency.kind.label("agency_kind"),
            Team.phone,
            Team.email,
            _AREA.label("area"),
            func.coalesce(Area.reference, "").label("area_reference"),
            Team.ods_code,
            Team.closed_on,
        )
        .join(Agency, Agency.id == Team.agency_id)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(Team.id == team.id)
    ).one()
    people = session.execute(
        select(Account.name, Account.profession, Membership.role, Account.phone, Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.team_id == team.id, current(Membership, today), is_open())
        .order_by(Account.name, Membership.id)
    )
    return TeamPage(
        **row._asdict(),
        people=tuple(
            TeamMember(who.name, who.profession, who.role.label, who.phone, who.email)
            for who in people
        ),
        formerly=_formerly(session, FormerName.team_id == team.id),
    )


def _formerly(session: Session, whose: ColumnElement[bool]) -> tuple[Formerly, ...]:
    rows = session.execute(
        select(FormerName.name, FormerName.until).where(whose).order_by(FormerName.id.desc())
    )
    return tuple(Formerly(*row) for row in rows)


def team_choices(session: Session, agency_id: int | None = None) -> tuple[Choice, ...]:
    """Return every team that is open, or those of one agency, to choose from."""
    rows = session.execute(
        select(Team.reference, Team.name, Agency.name.label("agency"))
        .join(Agency, Agency.id == Team.agency_id)
        .where(
            Team.closed_on.is_(None),
            true() if agency_id is None else Team.agency_id == agency_id,
        )
        .order_by(Agency.name, Team.name)
    )
    return tuple(Choice(row.reference, f"{row.name}, {row.agency}") for row in rows)


def people_choices(session: Session, agency_id: int, today: date) -> tuple[Choice, ...]:
    """Return who works for an agency today, to choose from."""
    rows = session.execute(
        select(Account.reference, Account.name, Account.profession)
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .where(Team.agency_id == agency_id, current(Membership, today), is_open())
        .distinct()
        .order_by(Account.name)
    )
    return tuple(
        Choice(row.reference, ", ".join(filter(None, (row.name, row.profession)))) for row in rows
    )


def is_open() -> ColumnElement[bool]:
    """Return the condition that an account is not closed."""
    return Account.closed_at.is_(None)
