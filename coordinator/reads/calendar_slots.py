"""Slots at shared desks in calendars: for the two who talk, and for nobody else (E08)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.find_desks import begins
from coordinator.access.sights import Moment
from coordinator.models.desks import Desk, DeskSlot
from coordinator.models.directory import Site
from coordinator.models.families import Family
from coordinator.reads import desk_slots
from coordinator.reads.calendar_rows import CalendarRow, Period
from coordinator.vocabulary import SlotOutcome


def rows(session: Session, actor: Actor, moment: Moment, period: Period) -> list[CalendarRow]:
    """Return the slots that the actor has in this period.  One statement."""
    chosen = (
        select(
            DeskSlot.reference,
            DeskSlot.day,
            DeskSlot.minute,
            Desk.slot_minutes,
            Site.name.label("site"),
            Family.reference.label("family"),
        )
        .select_from(DeskSlot)
        .join(Desk, Desk.id == DeskSlot.desk_id)
        .join(Site, Site.id == Desk.site_id)
    )
    first, last = (clock.local(one).date() for one in (period.starts_at, period.ends_at))
    found = session.execute(
        desk_slots.about(actor, moment, chosen)
        .where(
            DeskSlot.day.between(first, last),
            or_(DeskSlot.outcome.is_(None), DeskSlot.outcome == SlotOutcome.HELD),
            or_(DeskSlot.booked_by_id == actor.account_id, Desk.account_id == actor.account_id),
        )
        .order_by(DeskSlot.day, DeskSlot.minute, DeskSlot.id)
    )
    return [row for row in map(_row, found) if row.whole.starts_at < period.ends_at]


def _row(row: Any) -> CalendarRow:
    starts_at = begins(row.day, row.minute)
    time = Period(starts_at, starts_at + timedelta(minutes=row.slot_minutes))
    return CalendarRow(
        reference=row.reference,
        family=row.family or "",
        what="Talk at a shared desk",
        whole=time,
        times=(time,),
        href=f"/slots/{row.reference}",
        where=row.site,
        mine=True,
    )
