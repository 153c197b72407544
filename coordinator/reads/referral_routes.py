"""Where a referral goes now: the right team for the area and the hour (E29, E44)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from coordinator import cover_hours
from coordinator.access.actor import Actor, current
from coordinator.access.sights import OPEN_ONLY_ROLES, FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.areas import Area
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Involvement
from coordinator.models.referral_settings import ReferralRoute, route_holds
from coordinator.vocabulary import AgencyKind

_Night, _Own = aliased(Team), aliased(Team)


@dataclass(frozen=True)
class Destination:
    """A team to which a referral can go now.

    `night`: it is the team for outside the hours of `day_team`.  `until` is the instant (UTC) at
    which the answer changes, None where it is not known.  `on_the_case`: one of its people works
    with the family, who is `worker`.
    """

    area: str
    area_reference: str
    team_reference: str
    team: str
    agency: str
    phone: str
    what_next: str = ""
    night: bool = False
    day_team: str = ""
    day_phone: str = ""
    until: datetime | None = None
    worker: str = ""

    @property
    def key(self) -> str:
        """What stands for it in a form."""
        return f"{self.area_reference}:{self.team_reference}"

    @property
    def about(self) -> str:
        """What else there is to know of it, in a line."""
        when = "out of hours" if self.night else ""
        works = f"{self.worker} works with the family" if self.worker else ""
        return ", ".join(filter(None, (self.area, when, works)))

    @property
    def on_the_case(self) -> bool:
        """Whether the team works with the family already."""
        return bool(self.worker)


@dataclass(frozen=True)
class RouteVersion:
    """One version of where referrals about an area go; `holds`: it is in force."""

    reference: str
    area: str
    area_reference: str
    team: str
    team_reference: str
    hours: str
    phone: str
    night: str
    night_reference: str
    night_phone: str
    what_next: str
    set_by: str
    set_at: datetime | None
    holds: bool


def now(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight | None = None
) -> tuple[Destination, ...]:
    """Return where a referral can go at this moment, the likeliest first.

    By day a team of children's social care that works with the family comes first, unless it is
    the actor's own agency; then the area in which the actor's own team works.  One statement, and
    one more with a family.
    """
    here = ReferralRoute.area_id.in_(select(_Own.area_id).where(_Own.id.in_(actor.team_ids)))
    rows = session.execute(_routes().order_by(here.desc(), Area.name))
    routes = tuple(_now(row, moment) for row in rows if row.holds)
    known = _on_the_case(session, actor, moment, family) if family else ()
    all_night = routes and all(route.night for route in routes)
    found = (*routes, *known) if all_night else (*known, *routes)
    unique: dict[str, Destination] = {}
    for place in found:
        unique.setdefault(place.key, place)
    return tuple(unique.values())


def versions(session: Session) -> tuple[RouteVersion, ...]:
    """Return all versions of all routes, the newest first.  One statement."""
    rows = session.execute(_routes().order_by(ReferralRoute.id.desc()))
    return tuple(
        RouteVersion(
            row.reference,
            row.area,
            row.area_reference,
            row.team,
            row.team_reference,
            row.hours,
            row.phone,
            row.night or "",
            row.night_reference or "",
            row.night_phone or "",
            row.what_next,
            row.set_by or "",
            row.set_at,
            bool(row.holds),
        )
        for row in rows
    )


def _routes() -> Any:
    return (
        select(
            ReferralRoute.reference,
            Area.name.label("area"),
            Area.reference.label("area_reference"),
            Team.name.label("team"),
            Team.reference.label("team_reference"),
            Team.phone,
            Agency.name.label("agency"),
            ReferralRoute.hours,
            _Night.name.label("night"),
            _Night.reference.label("night_reference"),
            _Night.phone.label("night_phone"),
            ReferralRoute.what_next,
            Account.name.label("set_by"),
            ReferralRoute.set_at,
            route_holds().label("holds"),
        )
        .join(Area, Area.id == ReferralRoute.area_id)
        .join(Team, Team.id == ReferralRoute.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .outerjoin(_Night, _Night.id == ReferralRoute.night_team_id)
        .outerjoin(Account, Account.id == ReferralRoute.set_by_id)
    )


def _now(row: Any, moment: Moment) -> Destination:
    hours = cover_hours.known(row.hours)
    until = cover_hours.changes_at(hours, moment.now) if hours else None
    closed = hours is not None and not cover_hours.is_open(hours, moment.now)
    if closed and row.night:
        return Destination(
            row.area,
            row.area_reference,
            row.night_reference,
            row.night,
            row.agency,
            row.night_phone,
            row.what_next,
            night=True,
            day_team=row.team,
            day_phone=row.phone,
            until=until,
        )
    return Destination(
        row.area,
        row.area_reference,
        row.team_reference,
        row.team,
        row.agency,
        row.phone,
        row.what_next,
        until=until,
    )


def _on_the_case(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[Destination, ...]:
    rows = session.execute(
        select(
            func.coalesce(Area.name, "").label("area"),
            func.coalesce(Area.reference, "").label("area_reference"),
            Team.reference.label("team_reference"),
            Team.name.label("team"),
            Agency.name.label("agency"),
            Team.phone,
            Account.name.label("worker"),
        )
        .select_from(Involvement)
        .join(Team, Team.id == Involvement.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .join(Account, Account.id == Involvement.account_id)
        .outerjoin(Area, Area.id == Team.area_id)
        .where(
            Involvement.family_id == family.id,
            Agency.kind == AgencyKind.CSC,
            Agency.id != actor.agency_id,
            Involvement.role.not_in(OPEN_ONLY_ROLES),
            current(Involvement, moment.today),
        )
        .order_by(Involvement.lead.desc(), Involvement.id)
    )
    found: dict[str, Destination] = {}
    for row in rows:
        found.setdefault(row.team_reference, Destination(**row._asdict()))
    return tuple(found.values())
