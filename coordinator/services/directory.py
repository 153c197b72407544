"""Agencies, teams, sites, and posts: who holds them, who deputises, and when that was confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.sights import AgencyInSight, Moment, PostInSight, SiteInSight, TeamInSight
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.accounts import Account
from coordinator.models.areas import Area
from coordinator.models.base import version_of
from coordinator.models.directory import Agency, FormerName, Post, PostHolding, Site, Team
from coordinator.services import areas
from coordinator.vocabulary import AgencyKind, PostKind

DAY = timedelta(days=1)
# These are held for a whole agency; every other post belongs to one team.
AGENCY_POSTS = frozenset(
    {
        PostKind.SAFEGUARDING_CHILDREN,
        PostKind.SAFEGUARDING_ADULTS,
        PostKind.NAMED_PROFESSIONAL,
        PostKind.DESIGNATED_PROFESSIONAL,
        PostKind.OUT_OF_HOURS,
        PostKind.PRIVACY_OFFICER,
    }
)


@dataclass(frozen=True)
class AgencyDetails:
    """What the directory says of an agency; the Organisation Data Service's code may be ""."""

    name: str
    ods_code: str = ""


@dataclass(frozen=True)
class TeamDetails:
    """What the directory says of a team: its duty line, its duty inbox, its area (a reference)."""

    name: str
    phone: str = ""
    email: str = ""
    area: str = ""
    ods_code: str = ""


@dataclass(frozen=True)
class SiteDetails:
    """A building, as mail and calendars name it."""

    name: str
    address: str


@dataclass(frozen=True)
class PostDetails:
    """How to reach a post, when, and what its holder can and cannot do for others (E03)."""

    phone: str = ""
    cover_hours: str = ""
    can_do: str = ""
    cannot_do: str = ""


def add_agency(session: Session, details: AgencyDetails, kind: AgencyKind) -> str:
    """Add an agency; return its reference.  Raises `InvalidError` for the field `name`."""
    _refuse_second_agency(session, details.name)
    agency = Agency(kind=kind, **vars(details))
    session.add(agency)
    session.flush()
    return agency.reference


def change_agency(
    session: Session,
    moment: Moment,
    agency: AgencyInSight,
    details: AgencyDetails,
    version: int | None,
) -> None:
    """Change what the directory says of an agency; a name that it had before is kept.

    Raises `InvalidError` for `name`, or `ConflictError`.
    """
    record = session.get_one(Agency, agency.id)
    _check(vars(AgencyDetails(record.name, record.ods_code)), version)
    if details.name != record.name:
        _refuse_second_agency(session, details.name)
        session.add(FormerName(agency_id=agency.id, name=record.name, until=moment.today))
    record.name, record.ods_code = details.name, details.ods_code
    session.flush()


def add_team(session: Session, agency: AgencyInSight, details: TeamDetails) -> str:
    """Add a team to an agency; return its reference.  Raises `InvalidError`."""
    _refuse_second_team(session, agency.id, details.name)
    team = Team(agency_id=agency.id, **_columns(session, details))
    session.add(team)
    session.flush()
    return team.reference


def change_team(
    session: Session,
    moment: Moment,
    team: TeamInSight,
    details: TeamDetails,
    version: int | None,
) -> None:
    """Change what the directory says of a team; a name that it had before is kept.

    Raises `InvalidError`, and `ConflictError` if it was changed meanwhile.
    """
    record = session.get_one(Team, team.id)
    area = session.get(Area, record.area_id) if record.area_id else None
    area_name = area.name if area else ""
    kept = TeamDetails(record.name, record.phone, record.email, area_name, record.ods_code)
    _check(vars(kept), version)
    if details.name != record.name:
        _refuse_second_team(session, team.agency_id, details.name)
        session.add(FormerName(team_id=team.id, name=record.name, until=moment.today))
    for name, value in _columns(session, details).items():
        setattr(record, name, value)
    session.flush()


def add_site(session: Session, agency: AgencyInSight, details: SiteDetails) -> None:
    """Add a building to an agency's list: from now on mail may name it as a meeting's place."""
    session.add(Site(agency_id=agency.id, **vars(details)))
    session.flush()


def change_site(
    session: Session, site: SiteInSight, details: SiteDetails, version: int | None
) -> None:
    """Change a building's name or address.  Raises `ConflictError` if it was changed meanwhile."""
    record = session.get_one(Site, site.id)
    _check(vars(SiteDetails(record.name, record.address)), version)
    record.name, record.address = details.name, details.address
    session.flush()


def add_post(
    session: Session, agency: AgencyInSight, kind: PostKind, team: str, details: PostDetails
) -> str:
    """Add a vacant post; return its reference.

    `team` is a team's reference, or "" for a post of the whole agency.  Raises `InvalidError` for
    the field `team` if it does not fit the kind, and for `kind` if the post is there already.
    """
    team_id = None
    if kind not in AGENCY_POSTS:
        team_id = session.scalar(
            select(Team.id).where(
                Team.reference == team, Team.agency_id == agency.id, Team.closed_on.is_(None)
            )
        )
        if team_id is None:
            raise InvalidError({"team": "Choose the team that this post belongs to"})
    if session.scalar(
        select(Post.id)
        .where(
            Post.kind == kind,
            Post.agency_id == agency.id,
            Post.team_id.is_not_distinct_from(team_id),
        )
        .limit(1)
    ):
        raise InvalidError({"kind": "This post is in the directory already"})
    post = Post(kind=kind, agency_id=agency.id, team_id=team_id, **vars(details))
    session.add(post)
    session.flush()
    return post.reference


def change_post(
    session: Session, post: PostInSight, details: PostDetails, version: int | None
) -> None:
    """Change how to reach a post and what it is for.  Raises `ConflictError`."""
    record = session.get_one(Post, post.id)
    kept = PostDetails(record.phone, record.cover_hours, record.can_do, record.cannot_do)
    _check(vars(kept), version)
    for name, value in vars(details).items():
        setattr(record, name, value)
    session.flush()


def appoint(
    session: Session, moment: Moment, post: PostInSight, account: str, start: date, *, deputy: bool
) -> None:
    """Let somebody hold a post, or deputise, from this day (inclusive), not yet confirmed.

    Whoever had it stops on the day before.  Raises `InvalidError` for the field `account`.
    """
    account_id = session.scalar(
        select(Account.id).where(
            Account.reference == account,
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
        )
    )
    if account_id is None:
        raise InvalidError({"account": "Choose a person"})
    hold(session, post.id, account_id, start, deputy=deputy)
    session.flush()


def hold(session: Session, post_id: int, account_id: int, start: date, *, deputy: bool) -> None:
    """Write down that an account holds a post from a day; whoever had it stops the day before."""
    _end(session, post_id, start - DAY, deputy=deputy)
    session.add(PostHolding(post_id=post_id, account_id=account_id, deputy=deputy, starts_on=start))


def vacate(session: Session, post: PostInSight, last_day: date, *, deputy: bool) -> None:
    """Leave a post, or its deputy's place, without anybody after this last day."""
    _end(session, post.id, last_day, deputy=deputy)
    session.flush()


def _end(session: Session, post_id: int, last_day: date, *, deputy: bool) -> None:
    for holding in session.scalars(
        select(PostHolding).where(
            PostHolding.post_id == post_id,
            PostHolding.deputy.is_(deputy),
            or_(PostHolding.ends_on.is_(None), PostHolding.ends_on > last_day),
        )
    ):
        holding.ends_on = last_day


def _columns(session: Session, details: TeamDetails) -> dict[str, str | int | None]:
    said = vars(details) | {"area_id": areas.chosen(session, details.area)}
    return {name: value for name, value in said.items() if name != "area"}


def _check(kept: dict[str, str], version: int | None) -> None:
    if version != version_of(*kept.values()):
        raise ConflictError(kept, version_of(*kept.values()))


def _refuse_second_agency(session: Session, name: str) -> None:
    if session.scalar(select(Agency.id).where(Agency.name == name)) is not None:
        raise InvalidError({"name": "There is an agency of this name already"})


def _refuse_second_team(session: Session, agency_id: int, name: str) -> None:
    if session.scalar(select(Team.id).where(Team.agency_id == agency_id, Team.name == name)):
        raise InvalidError({"name": "This agency has a team of this name already"})
