"""Support at agreed times in calendars: that somebody of the family has something then (E46)."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import noticed_in, readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.entries import Entry
from coordinator.models.supports import TakenTime
from coordinator.reads.calendar_rows import Asked, BusyTime, Period


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
