"""Adds support at agreed times and what became of it, and a series, in the name of the cast."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from coordinator.models.entries import Entry
from coordinator.models.local_services import Transition
from coordinator.models.series import SeriesMeeting
from coordinator.models.supports import Support, SupportReview, SupportSession, TakenTime
from coordinator.vocabulary import Enough, Level, SessionOutcome, SupportState

if TYPE_CHECKING:
    from writer import Writer


def supports(
    writer: Writer, author: str, meeting: Entry, words: str, level: Level = Level.OPEN, **more: Any
) -> dict[str, Entry]:
    """Add a support whose session of last week the service moved, with the answer of a review."""
    session, moment = writer.session, writer.moment
    day = moment.today - timedelta(days=7)
    support = writer.add(
        Support,
        author,
        level,
        person_id=writer.first_person(),
        what=words,
        given_by=words,
        place=words,
        first_on=day,
        last_on=day + timedelta(days=70),
        every_weeks=1,
        starts=time(10),
        minutes=120,
        state=SupportState.UNDER_WAY,
        **more,
    )
    by = {"support_id": support.id, "by_id": support.author_id, "at": moment.now}
    session.add(
        SupportSession(agreed_on=day, outcome=SessionOutcome.MOVED_BY_SERVICE, reason=words, **by)
    )
    session.add(SupportReview(meeting_id=meeting.id, enough=Enough.NO, note=words, **by))
    session.add(
        TakenTime(
            family_id=support.family_id,
            support_id=support.id,
            person_id=support.person_id,
            agreed_on=day + timedelta(days=7),
            starts_at=moment.now + timedelta(hours=2),
            ends_at=moment.now + timedelta(hours=4),
        )
    )
    session.add(Transition(support_id=support.id, child_id=support.person_id, at=moment.now))
    now = {"asks_at": moment.now, "asked_at": moment.now}
    session.add(SeriesMeeting(meeting_id=meeting.id, first_id=meeting.id, every_weeks=6, **now))
    session.flush()
    return {"support": support}
