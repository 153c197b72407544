"""Free slots at shared desks, and one that is booked (E08)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.desk_sights import SlotInSight
from coordinator.access.scope import my_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.absences import Absence
from coordinator.models.accounts import Account
from coordinator.models.desks import Desk, DeskSlot, DeskTalk
from coordinator.models.directory import Site
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.reads import desks
from coordinator.reads.desk_lines import at
from coordinator.reads.teams import is_open
from coordinator.vocabulary import SlotOutcome

AHEAD_DAYS = 14
TALKS = cast("Table", DeskTalk.__table__)
Host, Booker, Ender = aliased(Account), aliased(Account), aliased(Account)


@dataclass(frozen=True)
class FreeSlot:
    """A slot that can be booked; `value` names it in a form, `minute` is local."""

    desk: str
    desk_id: int
    day: date
    minute: int
    name: str
    site: str

    @property
    def value(self) -> str:
        """Desk, day and minute."""
        return f"{self.desk} {self.day.isoformat()} {self.minute}"

    @property
    def starts_at(self) -> datetime:
        """The local time at which it begins."""
        return datetime.combine(self.day, at(self.minute))


@dataclass(frozen=True)
class SlotPage:
    """A booked slot as one of the two sees it; `family` is "" unless it is about one they see."""

    reference: str
    name: str
    phone: str
    site: str
    address: str
    starts_at: datetime
    minutes: int
    line: str
    family: str
    outcome: SlotOutcome | None
    word: str
    ended_by: str
    over: bool


def free(session: Session, moment: Moment, accounts: set[int]) -> tuple[FreeSlot, ...]:
    """Return what can be booked with these people in the next two weeks.  Three statements."""
    rows = session.execute(
        select(
            Desk.id,
            Desk.reference,
            Desk.account_id,
            Desk.weekday,
            Desk.opens,
            Desk.closes,
            Desk.slot_minutes,
            Desk.starts_on,
            Desk.ends_on,
            Account.name,
            Site.name.label("site"),
        )
        .join(Account, Account.id == Desk.account_id)
        .join(Site, Site.id == Desk.site_id)
        .where(Desk.account_id.in_(accounts), Desk.slot_minutes > 0, is_open())
        .order_by(Desk.opens, Desk.id)
    ).all()
    last = moment.today + timedelta(days=AHEAD_DAYS - 1)
    taken = {
        (row.desk_id, row.day, row.minute)
        for row in session.execute(
            select(DeskSlot.desk_id, DeskSlot.day, DeskSlot.minute)
            .join(Desk, Desk.id == DeskSlot.desk_id)
            .where(
                Desk.account_id.in_(accounts),
                DeskSlot.day.between(moment.today, last),
                or_(DeskSlot.outcome.is_(None), DeskSlot.outcome != SlotOutcome.CANCELLED),
            )
        )
    }
    gone = session.execute(
        select(Absence.account_id, Absence.starts_on, Absence.ends_on).where(
            Absence.account_id.in_(accounts),
            Absence.withdrawn_at.is_(None),
            Absence.ends_on >= moment.today,
        )
    ).all()
    found = []
    for number in range(AHEAD_DAYS):
        day = moment.today + timedelta(days=number)
        away = {one.account_id for one in gone if one.starts_on <= day <= one.ends_on}
        for row in rows:
            stands = row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
            if row.weekday != desks.weekday_of(day) or not stands or row.account_id in away:
                continue
            busy = [minute for desk, on, minute in taken if (desk, on) == (row.id, day)]
            found += [
                FreeSlot(row.reference, row.id, day, minute, row.name, row.site)
                for minute in desks.free_minutes(row, busy, day, moment)
            ]
    return tuple(found)


def about(actor: Actor, moment: Moment, statement: Any) -> Any:
    """Join a select of slots with the entry and the family that the actor may read of."""
    in_sight: ColumnElement[bool] = and_(
        Entry.id == TALKS.c.id,
        Entry.family_id.in_(my_families(actor, moment)),
        readable(
            actor,
            reads_own_agency(actor, moment, Entry.family_id),
            gave_reason(actor, moment, Entry.family_id),
        ),
    )
    return (
        statement.outerjoin(TALKS, TALKS.c.slot_id == DeskSlot.id)
        .outerjoin(Entry, in_sight)
        .outerjoin(Family, Family.id == Entry.family_id)
    )


def one(session: Session, actor: Actor, moment: Moment, slot: SlotInSight) -> SlotPage:
    """Return a slot of the actor's.  One statement."""
    chosen = (
        select(
            Host.id.label("host_id"),
            Host.name.label("host"),
            Host.phone.label("host_phone"),
            Booker.name.label("booker"),
            Booker.phone.label("booker_phone"),
            Site.name.label("site"),
            Site.address,
            Desk.slot_minutes,
            DeskSlot.line,
            DeskSlot.outcome,
            DeskSlot.word,
            Ender.name.label("ended_by"),
            TALKS.c.what,
            Family.reference.label("family"),
        )
        .select_from(DeskSlot)
        .join(Desk, Desk.id == DeskSlot.desk_id)
        .join(Site, Site.id == Desk.site_id)
        .join(Host, Host.id == Desk.account_id)
        .join(Booker, Booker.id == DeskSlot.booked_by_id)
        .outerjoin(Ender, Ender.id == DeskSlot.ended_by_id)
    )
    row = session.execute(about(actor, moment, chosen).where(DeskSlot.id == slot.id)).one()
    hosts = row.host_id == actor.account_id
    return SlotPage(
        slot.reference,
        row.booker if hosts else row.host,
        row.booker_phone if hosts else row.host_phone,
        row.site,
        row.address,
        slot.starts_at,
        row.slot_minutes,
        (row.what if row.family else row.line) or "",
        row.family or "",
        row.outcome,
        row.word,
        row.ended_by or "",
        over=slot.starts_at <= moment.now,
    )
