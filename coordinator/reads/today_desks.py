"""Shared desks on one person's page: who is here today, and the slots that I have (E08)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Integer, String, and_, bindparam, case, cast, exists, func, or_
from sqlalchemy.orm import aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.find_desks import begins
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.desks import Desk, DeskSlot
from coordinator.models.directory import Site
from coordinator.models.families import Family
from coordinator.reads import desk_slots, desks
from coordinator.reads.desk_slots import Booker, Host
from coordinator.reads.matters import matter
from coordinator.reads.today_rows import TodayRow


@dataclass(frozen=True)
class HereLine:
    """Somebody of another site who is at mine today; `free`: how many slots can be booked."""

    reference: str
    name: str
    site: str
    free: int


def selects(actor: Actor, moment: Moment) -> tuple[Any, ...]:
    """Return who is here and what is booked, in the columns of reads/matters.py.

    Here is my base, that of a colleague of my teams, and where I have a desk today.  The weekday
    is a parameter of its own: none on a bank holiday.
    """
    weekday = bindparam("weekday", type_=Integer())
    base, colleague = aliased(Desk), aliased(Membership)
    of_my_teams = exists().where(
        colleague.account_id == base.account_id,
        colleague.team_id.in_(actor.team_ids),
        current(colleague, moment.today),
    )
    is_mine = exists().where(
        base.site_id == Desk.site_id,
        current(base, moment.today),
        or_(
            and_(base.weekday.is_(None), or_(base.account_id == actor.account_id, of_my_teams)),
            and_(base.weekday == weekday, base.account_id == actor.account_id),
        ),
    )
    numbers = reduce(
        lambda text, one: text + "," + one,
        (
            *(cast(one, String) for one in (Desk.opens, Desk.closes, Desk.slot_minutes)),
            func.coalesce(desks.taken_on(moment.today), ""),
        ),
    )
    hosts = Host.id == actor.account_id
    here = (
        matter(
            source="desk",
            part="here",
            reference=Account.reference,
            family="",
            about=numbers,
            who=Account.name,
            what=Site.name,
        )
        .select_from(Desk)
        .join(Account, Account.id == Desk.account_id)
        .join(Site, Site.id == Desk.site_id)
        .where(
            Desk.weekday == weekday,
            Desk.account_id != actor.account_id,
            desks.is_there(moment.today),
            is_mine,
        )
    )
    booked = desk_slots.about(
        actor,
        moment,
        matter(
            source="desk",
            part="booked",
            reference=DeskSlot.reference,
            family=func.coalesce(Family.reference, ""),
            about=cast(DeskSlot.minute, String),
            who=case((hosts, Booker.name), else_=Host.name),
            what=Site.name,
            phone=case((hosts, Booker.phone), else_=Host.phone),
            due_on=DeskSlot.day,
        )
        .select_from(DeskSlot)
        .join(Desk, Desk.id == DeskSlot.desk_id)
        .join(Site, Site.id == Desk.site_id)
        .join(Host, Host.id == Desk.account_id)
        .join(Booker, Booker.id == DeskSlot.booked_by_id),
    ).where(
        DeskSlot.outcome.is_(None),
        or_(hosts, DeskSlot.booked_by_id == actor.account_id),
    )
    return here, booked


def here(matters: Iterable[Any], moment: Moment) -> tuple[HereLine, ...]:
    """Return who is here today, by site and name."""
    found = []
    for row in matters:
        if row.source == "desk" and row.part == "here":
            opens, closes, length, *taken = (int(one) for one in row.about.split(",") if one)
            desk = SimpleNamespace(opens=opens, closes=closes, slot_minutes=length)
            free = desks.free_minutes(desk, taken, moment.today, moment)
            found.append(HereLine(row.reference, row.who, row.what, len(free)))
    return tuple(sorted(found, key=lambda one: (one.site, one.name)))


def mine(matters: Iterable[Any], moment: Moment) -> Iterator[TodayRow]:
    """Yield the slots that the reader has: to come, or to say whether it was held."""
    for row in matters:
        if row.source != "desk" or row.part != "booked":
            continue
        at = begins(row.due_on, int(row.about))
        over = at <= moment.now
        yield TodayRow(
            kind="slot",
            verb="Say whether you" if over else "Talk with",
            text=f"talked with {row.who}" if over else f"{row.who} at {row.what}",
            href=f"/slots/{row.reference}/settle" if over else f"/slots/{row.reference}",
            family=row.family,
            due=clock.local(at).date(),
            due_word="was" if over else "slot",
            at=at,
            late=over and row.due_on < moment.today,
            phone=row.phone,
        )
