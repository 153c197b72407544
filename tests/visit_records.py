"""Adds a visit and a week with many contacts, in the name of people of the cast."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coordinator.demo import cast
from coordinator.models.entries import Entry
from coordinator.models.visits import (
    FullWeek,
    Visit,
    VisitComment,
    VisitKind,
    VisitMove,
    VisitPart,
    WeekAnswer,
)
from coordinator.vocabulary import (
    Level,
    MeetWhere,
    MovedBy,
    ParentAnswered,
    VisitState,
    WeekWord,
)

if TYPE_CHECKING:
    from writer import Writer


def visit(
    writer: Writer, owner: str, words: str, level: Level = Level.OPEN, second: str = "", **more: Any
) -> Visit:
    """Add a planned home visit in two days, at 11am; a joint one with a second owner."""
    kind = writer.session.scalars(select(VisitKind.id).order_by(VisitKind.position)).first()
    day = writer.moment.today + timedelta(days=2)
    who = cast.actor(writer.session, owner)
    other = cast.actor(writer.session, second) if second else None
    said = {
        "kind_id": kind,
        "uid": f"{secrets.token_hex(8)}@coordinator.example",
        "local_start": datetime(day.year, day.month, day.day, 11),  # noqa: DTZ001
        "zone": "Europe/London",
        "starts_at": writer.moment.now + timedelta(days=2),
        "minutes": 60,
        "place": MeetWhere.HOME,
        "place_text": words,
        "purpose": words,
        "parents_view": words,
        "owner_id": who.account_id,
        "owner_agency_id": who.agency_id,
        "second_id": other.account_id if other else None,
        "second_agency_id": other.agency_id if other else None,
        "state": VisitState.PLANNED,
    }
    return writer.add(Visit, owner, level, **said | more)  # type: ignore[no-any-return]


def visits(
    writer: Writer,
    author: str,
    words: str = "Before the review",
    level: Level = Level.OPEN,
    **more: Any,
) -> dict[str, Entry]:
    """Add the author's visit, moved once and with a part, and a full week that was answered."""
    booked = visit(writer, author, words, level, state_reason=words, **more)
    who = cast.actor(writer.session, author)
    here = {"account_id": who.account_id, "agency_id": who.agency_id, "at": writer.moment.now}
    monday = writer.moment.today - timedelta(days=writer.moment.today.weekday())
    full = {"monday": monday, "contacts": 6, "at_most": 5}
    week = writer.add(FullWeek, author, level, **full, **more)
    writer.session.add_all(
        [
            VisitPart(
                visit_id=booked.id, text=words, went_well=words, observers=words[:400], **here
            ),
            VisitComment(visit_id=booked.id, word=ParentAnswered.SAID, text=words, **here),
            VisitMove(
                visit_id=booked.id,
                moved_from=writer.moment.now,
                moved_to=booked.starts_at,
                moved_by=MovedBy.SERVICE,
                reason=words[:400],
                by_id=who.account_id,
                at=writer.moment.now,
            ),
            WeekAnswer(week_id=week.id, word=WeekWord.NEEDED, text=words, **here),
        ]
    )
    writer.session.flush()
    return {"home_visit": booked, "full_week": week}
