"""Settling mail that did not arrive: its sender reached the person in another way."""

from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.find_undelivered import UndeliveredInSight
from coordinator.access.sights import Moment
from coordinator.models.outbox import OutboxMessage
from coordinator.trail import Subject
from coordinator.vocabulary import EventKind


def told(session: Session, moment: Moment, message: UndeliveredInSight) -> None:
    """Write down that the person was told in another way; the message itself still waits or not."""
    record = session.get_one(OutboxMessage, message.id)
    record.settled_at = moment.now
    trail.write(
        session,
        EventKind.MAIL,
        Subject(message.family_id, record_ref=record.about, towards_id=record.account_id),
        action="mail.settle",
        outcome="told-otherwise",
    )
    session.flush()
