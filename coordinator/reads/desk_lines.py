"""Where somebody sits, as their page in the directory shows it (E08)."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.sights import Moment
from coordinator.models.desks import Desk
from coordinator.models.directory import Site

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True)
class DeskLine:
    """A base (`weekday` is "") or a shared desk, from and until a day; `over`: its past."""

    reference: str
    site: str
    weekday: str
    opens: time
    closes: time
    slot_minutes: int
    starts_on: date
    ends_on: date | None
    over: bool


def at(minute: int) -> time:
    """Return the local time of a minute since midnight."""
    return time(minute // 60, minute % 60)


def of(session: Session, moment: Moment, colleague: ColleagueInSight) -> tuple[DeskLine, ...]:
    """Return where somebody sits, sat and will sit, the base first.  One statement."""
    rows = session.execute(
        select(
            Desk.reference,
            Site.name.label("site"),
            Desk.weekday,
            Desk.opens,
            Desk.closes,
            Desk.slot_minutes,
            Desk.starts_on,
            Desk.ends_on,
        )
        .join(Site, Site.id == Desk.site_id)
        .where(
            Desk.account_id == colleague.id,
            or_(Desk.ends_on.is_(None), Desk.ends_on >= Desk.starts_on),
        )
        .order_by(Desk.weekday.is_not(None), Desk.weekday, Desk.opens, Desk.starts_on)
    )
    return tuple(
        DeskLine(
            row.reference,
            row.site,
            "" if row.weekday is None else WEEKDAYS[row.weekday],
            at(row.opens),
            at(row.closes),
            row.slot_minutes,
            row.starts_on,
            row.ends_on,
            over=row.ends_on is not None and row.ends_on < moment.today,
        )
        for row in rows
    )
