"""The areas, and what hangs on each."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coordinator.access.directory_sights import AreaInSight
from coordinator.models.areas import Area
from coordinator.models.base import version_of
from coordinator.models.directory import Team
from coordinator.models.referral_settings import ReferralRoute


@dataclass(frozen=True)
class AreaRow:
    """One area; `teams` counts the open ones that work in it, `route`: referrals of it go there."""

    reference: str
    name: str
    closed_on: date | None
    teams: int
    route: str

    @property
    def version(self) -> int:
        """What stands for its name in a form that changes it."""
        return version_of(self.name)


def everything(session: Session) -> tuple[AreaRow, ...]:
    """Return all areas by name, closed ones last.  One statement."""
    teams = select(func.count()).where(Team.area_id == Area.id, Team.closed_on.is_(None))
    route = (
        select(Team.name)
        .join(ReferralRoute, ReferralRoute.team_id == Team.id)
        .where(ReferralRoute.area_id == Area.id)
        .order_by(ReferralRoute.id.desc())
        .limit(1)
    )
    rows = session.execute(
        select(
            Area.reference,
            Area.name,
            Area.closed_on,
            teams.scalar_subquery().label("teams"),
            func.coalesce(route.scalar_subquery(), "").label("route"),
        ).order_by(Area.closed_on.is_not(None), func.lower(Area.name))
    )
    return tuple(AreaRow(*row) for row in rows)


def one(session: Session, area: AreaInSight) -> AreaRow:
    """Return one area."""
    return next(row for row in everything(session) if row.reference == area.reference)


def choices(session: Session, now: str = "") -> list[tuple[str, str]]:
    """Return the areas to choose from, as (reference, name).  One statement.

    `now` is the reference of the one that is named already: it is offered even if it is closed.
    """
    rows = session.execute(
        select(Area.reference, Area.name)
        .where(or_(Area.closed_on.is_(None), Area.reference == now))
        .order_by(func.lower(Area.name))
    )
    return [(row.reference, row.name) for row in rows]
