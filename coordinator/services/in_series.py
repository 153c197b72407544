"""That a meeting is one of a series: written down when it is arranged (services/series.py)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coordinator.clock import day_in_words
from coordinator.models.meetings import Meeting
from coordinator.models.series import SeriesMeeting


@dataclass(frozen=True)
class InSeries:
    """Of which series a meeting is, and when people are asked to it.

    `first_id` is None for the first one.
    """

    first_id: int | None
    every_weeks: int
    asks_at: datetime
    asked_at: datetime | None


def join(session: Session, meeting: Meeting, joins: InSeries | None) -> None:
    """Write down of which series a new meeting is, if of any."""
    if joins:
        facts = vars(joins) | {"first_id": joins.first_id or meeting.id}
        session.add(SeriesMeeting(meeting_id=meeting.id, **facts))
        session.flush()


def waits(session: Session, meeting_id: int) -> bool:
    """Say whether people are asked to this meeting only when the one before it is over."""
    joined = session.get(SeriesMeeting, meeting_id)
    return joined is not None and joined.asked_at is None


def on_its_day(session: Session, meeting: Meeting) -> str:
    """Return how a sentence says when it is: among others of a series its day must be named."""
    one_of_many = session.get(SeriesMeeting, meeting.id) is not None
    return f"on {day_in_words(meeting.local_start)}" if one_of_many else "then"
