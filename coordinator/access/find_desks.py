"""Finding a slot at a shared desk: for the two who talk, and for nobody else."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.desk_sights import SlotInSight
from coordinator.access.sights import Moment
from coordinator.models.desks import Desk, DeskSlot


def begins(day: date, minute: int) -> datetime:
    """Return the instant of a minute since midnight in London.

    Slots are in the day, when no clock changes.
    """
    return clock.instant_of(datetime.combine(day, time()) + timedelta(minutes=minute))


def desk_slot(
    session: Session,
    actor: Actor,
    moment: Moment,  # noqa: ARG001  (as every finder is asked)
    reference: str,
) -> SlotInSight | None:
    """Return a slot of the actor's.  One statement."""
    row = session.execute(
        select(
            DeskSlot.id,
            DeskSlot.day,
            DeskSlot.minute,
            DeskSlot.outcome,
            DeskSlot.booked_by_id,
            Desk.account_id,
        )
        .join(Desk, Desk.id == DeskSlot.desk_id)
        .where(
            DeskSlot.reference == reference,
            or_(DeskSlot.booked_by_id == actor.account_id, Desk.account_id == actor.account_id),
        )
    ).one_or_none()
    if row is None:
        return None
    other = row.account_id if row.booked_by_id == actor.account_id else row.booked_by_id
    at = begins(row.day, row.minute)
    return SlotInSight(row.id, reference, other, at, is_open=row.outcome is None)
