"""Support at agreed times in calendars: that somebody of the family has something then (E46)."""

from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import my_families, noticed, noticed_in, readable, readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.supports import TakenTime
from coordinator.reads.calendar_rows import Asked, BusyTime, CalendarRow, Period


def rows(session: Session, actor: Actor, moment: Moment, period: Period) -> list[CalendarRow]:
    """Return the appointments in this period of the members of the actor's families.

    Each is an appointment and no more, and nobody's by name, as all that stands in a calendar;
    whoever may read what it is follows the link.  Whom its notice is hidden from has no row.  One
    statement.
    """
    family_id = TakenTime.family_id
    own_agency = reads_own_agency(actor, moment, family_id)
    reason = gave_reason(actor, moment, family_id)
    may_read = readable(actor, own_agency, reason)
    found = session.execute(
        select(
            TakenTime.starts_at,
            TakenTime.ends_at,
            Entry.reference,
            Family.reference.label("family"),
            may_read.label("readable"),
        )
        .join(Entry, Entry.id == TakenTime.support_id)
        .join(Family, Family.id == family_id)
        .where(
            family_id.in_(my_families(actor, moment)),
            TakenTime.starts_at < period.ends_at,
            TakenTime.ends_at > period.starts_at,
            or_(may_read, noticed(actor, true(), own_agency, reason)),
        )
        .order_by(TakenTime.starts_at, TakenTime.id)
    )
    return [_row(Period(row.starts_at, row.ends_at), row) for row in found]


def _row(time: Period, row: Any) -> CalendarRow:
    return CalendarRow(
        reference=row.reference if row.readable else "",
        family=row.family,
        what="Appointment",
        whole=time,
        times=(time,),
        href=f"/support/{row.reference}" if row.readable else "",
    )


def busy(
    session: Session,
    actor: Actor,
    moment: Moment,  # noqa: ARG001
    family: FamilyInSight,
    asked: Asked,
    period: Period,
    leaving_out: str,  # noqa: ARG001
) -> list[BusyTime]:
    """Return when members of this family who are asked have an appointment.  One statement.

    Whoever may read what it is, and whoever is told that something is held back, is warned; where
    its author hid even that, nobody else is.  What it is, is not read.
    """
    found = session.execute(
        select(TakenTime.starts_at, TakenTime.ends_at, TakenTime.person_id)
        .join(Entry, Entry.id == TakenTime.support_id)
        .where(
            TakenTime.family_id == family.id,
            TakenTime.person_id.in_(asked.people),
            TakenTime.starts_at < period.ends_at,
            TakenTime.ends_at > period.starts_at,
            or_(readable_in(actor, family), noticed_in(actor, family)),
        )
        .order_by(TakenTime.starts_at, TakenTime.id)
    )
    return [BusyTime(Period(row.starts_at, row.ends_at), None, row.person_id) for row in found]
