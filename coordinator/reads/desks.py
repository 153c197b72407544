"""Who is at which site on a day, by their shared desks (E08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import String, and_, cast, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.sights import Moment
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account, Membership
from coordinator.models.desks import Desk, DeskSlot
from coordinator.models.directory import Agency, Site, Team
from coordinator.reads.colleague_page import away
from coordinator.reads.desk_lines import at
from coordinator.reads.teams import is_open
from coordinator.vocabulary import SlotOutcome
from coordinator.working_days import is_working_day

NO_DAY = -1


@dataclass(frozen=True)
class Here:
    """Somebody at a site on a day; `free` are the local times of slots that can be booked."""

    reference: str
    name: str
    profession: str
    agency: str
    phone: str
    opens: time
    closes: time
    slot_minutes: int
    free: tuple[time, ...]
    is_me: bool


@dataclass(frozen=True)
class SiteDay:
    """A site and who has a desk there on the day."""

    reference: str
    name: str
    address: str
    people: tuple[Here, ...]


def weekday_of(day: date) -> int:
    """Return the number of a weekday, or one that no desk has: at weekends and bank holidays."""
    return day.weekday() if is_working_day(day) else NO_DAY


def free_minutes(desk: Any, taken: Iterable[int], day: date, moment: Moment) -> list[int]:
    """Return when the free slots of a desk begin, on a day, that are still to come."""
    if not desk.slot_minutes or day < moment.today:
        return []
    now = clock.local(moment.now)
    over = now.hour * 60 + now.minute if day == moment.today else -1
    last = desk.closes - desk.slot_minutes
    gone = set(taken)
    return [
        minute
        for minute in range(desk.opens, last + 1, desk.slot_minutes)
        if minute > over and minute not in gone
    ]


def taken_on(day: Any) -> Any:
    """Return the minutes that are taken at a desk on a day, as one text with commas."""
    return (
        select(func.aggregate_strings(cast(DeskSlot.minute, String), ","))
        .where(
            DeskSlot.desk_id == Desk.id,
            DeskSlot.day == day,
            or_(DeskSlot.outcome.is_(None), DeskSlot.outcome != SlotOutcome.CANCELLED),
        )
        .correlate(Desk)
        .scalar_subquery()
    )


def minutes(taken: str | None) -> list[int]:
    """Read what `taken_on` returned."""
    return [int(minute) for minute in (taken or "").split(",") if minute]


def is_there(day: Any) -> Any:
    """Return the condition that a desk stands on a day, and its person is neither away nor gone."""
    is_away = exists().where(Absence.account_id == Desk.account_id, away(day))
    return and_(current(Desk, day), ~is_away, is_open())


def sites(session: Session) -> list[tuple[str, str]]:
    """Return every listed site: (reference, name and agency)."""
    rows = session.execute(
        select(Site.reference, Site.name, Agency.name.label("agency"))
        .join(Agency, Agency.id == Site.agency_id)
        .order_by(Agency.name, Site.name, Site.id)
    )
    return [(row.reference, f"{row.name}, {row.agency}") for row in rows]


def here(
    session: Session, actor: Actor, moment: Moment, day: date, site: str = ""
) -> tuple[SiteDay, ...]:
    """Return who is where on a day, at one site or at all that have somebody.  One statement."""
    rows = session.execute(
        select(
            Site.reference.label("site_reference"),
            Site.name.label("site"),
            Site.address,
            Account.id.label("account_id"),
            Account.reference,
            Account.name,
            Account.profession,
            Account.phone,
            Agency.name.label("agency"),
            Desk.opens,
            Desk.closes,
            Desk.slot_minutes,
            taken_on(day).label("taken"),
        )
        .select_from(Desk)
        .join(Site, Site.id == Desk.site_id)
        .join(Account, Account.id == Desk.account_id)
        .outerjoin(Agency, Agency.id == _agency(day))
        .where(
            Desk.weekday == weekday_of(day),
            is_there(day),
            Site.reference == site if site else true(),
        )
        .order_by(Site.name, Site.id, Desk.opens, Account.name, Desk.id)
    )
    found: dict[str, SiteDay] = {}
    for row in rows:
        before = found.get(row.site_reference)
        person = Here(
            row.reference,
            row.name,
            row.profession,
            row.agency or "",
            row.phone,
            at(row.opens),
            at(row.closes),
            row.slot_minutes,
            tuple(at(one) for one in free_minutes(row, minutes(row.taken), day, moment)),
            is_me=row.account_id == actor.account_id,
        )
        people = (*before.people, person) if before else (person,)
        found[row.site_reference] = SiteDay(row.site_reference, row.site, row.address, people)
    return tuple(found.values())


def _agency(day: date) -> Any:
    """Return the agency of the first team in which somebody works."""
    works = aliased(Membership)
    return (
        select(Team.agency_id)
        .join(works, works.team_id == Team.id)
        .where(works.account_id == Account.id, current(works, day))
        .order_by(works.id)
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
    )
