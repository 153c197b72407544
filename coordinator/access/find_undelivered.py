"""Mail that did not arrive, for the one whose act it followed from: until they told the person.

A message says nothing about a family; which one it is about is read from the record that it names,
and an exclusion hides it as it hides that family.
"""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.scope import my_families
from coordinator.access.sights import Moment
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry
from coordinator.models.meetings import Meeting
from coordinator.models.outbox import OutboxMessage
from coordinator.settings import SETTINGS
from coordinator.vocabulary import MailState

MEETINGS = cast("Table", Meeting.__table__)
# What each message is about; only one of the two is ever there.
ABOUT_FAMILY = func.coalesce(Entry.family_id, EmergencyOpening.family_id)


@dataclass(frozen=True)
class UndeliveredInSight:
    """A message of the actor's that did not arrive."""

    id: int
    reference: str
    sender_id: int
    family_id: int


def about(statement: Any) -> Any:
    """Join a select from the outbox to what its messages are about."""
    return (
        statement.outerjoin(Entry, Entry.reference == OutboxMessage.about)
        .outerjoin(MEETINGS, MEETINGS.c.id == Entry.id)
        .outerjoin(EmergencyOpening, EmergencyOpening.reference == OutboxMessage.about)
    )


def mine(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return which messages the actor caused, about families that are theirs to see now."""
    return and_(
        OutboxMessage.sender_id == actor.account_id,
        OutboxMessage.settled_at.is_(None),
        func.coalesce(OutboxMessage.account_id, 0) != actor.account_id,
        ABOUT_FAMILY.in_(my_families(actor, moment)),
    )


def did_not_arrive(now: Any, waiting_since: Any, soon: Any) -> ColumnElement[bool]:
    """Return which messages did not arrive, and were followed by no other to the same person.

    One that was refused at once; one to a guest that may not be sent; and one that is urgent and
    has waited since before `waiting_since`: of an emergency, or of a meeting before `soon`.
    """
    later = aliased(OutboxMessage)
    same = (
        func.coalesce(getattr(later, column), 0) == func.coalesce(getattr(OutboxMessage, column), 0)
        for column in ("account_id", "guest_id", "team_id")
    )
    followed = (
        select(later.id)
        .where(later.about == OutboxMessage.about, later.id > OutboxMessage.id, *same)
        .exists()
    )
    urgent = or_(OutboxMessage.kind == MailKind.EMERGENCY.value, MEETINGS.c.starts_at <= soon)
    return and_(
        or_(
            OutboxMessage.state == MailState.FAILED,
            and_(OutboxMessage.state == MailState.WITHHELD, OutboxMessage.guest_id.is_not(None)),
            and_(
                OutboxMessage.state == MailState.QUEUED,
                OutboxMessage.queued_at <= waiting_since,
                urgent,
            ),
        ),
        or_(MEETINGS.c.id.is_(None), MEETINGS.c.starts_at > now),
        ~followed,
    )


def undelivered(
    session: Session, actor: Actor, moment: Moment, reference: str
) -> UndeliveredInSight | None:
    """Return a message of the actor's that did not arrive.  One statement."""
    since = moment.now - SETTINGS.mail_urgent_after
    soon = moment.now + SETTINGS.mail_urgent_before_meeting
    row = session.execute(
        about(
            select(
                OutboxMessage.id,
                OutboxMessage.reference,
                OutboxMessage.sender_id,
                ABOUT_FAMILY.label("family_id"),
            ).select_from(OutboxMessage)
        ).where(
            OutboxMessage.reference == reference,
            mine(actor, moment),
            did_not_arrive(moment.now, since, soon),
        )
    ).one_or_none()
    return UndeliveredInSight(*row) if row else None
