"""Meetings that come again: which of them follow, and whether people are asked to one yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import MeetingInSight
from coordinator.models.meetings import Meeting
from coordinator.models.series import SeriesMeeting
from coordinator.vocabulary import MeetingState


@dataclass(frozen=True)
class Follower:
    """A planned meeting of the same series that comes after another."""

    id: int
    reference: str
    starts_at: datetime


def following(session: Session, actor: Actor, meeting: MeetingInSight) -> tuple[Follower, ...]:
    """Return the planned meetings of its series after this one, the next first.  One statement."""
    here, this = aliased(SeriesMeeting), aliased(Meeting, flat=True)
    rows = session.execute(
        select(Meeting.id, Meeting.reference, Meeting.starts_at)
        .join(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
        .join(here, here.first_id == SeriesMeeting.first_id)
        .join(this, this.id == here.meeting_id)
        .where(
            here.meeting_id == meeting.id,
            Meeting.starts_at > this.starts_at,
            Meeting.state == MeetingState.PLANNED,
            readable_in(actor, meeting.family),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return tuple(Follower(*row) for row in rows)
