"""Who did what, towards whom, on which family: pages of the trail, newest first.

A page reads one index backwards and stops when it is full, or when it has looked through
`LOOKED_THROUGH` events; it is as fast with ten million events as with ten thousand
(docs/performance.md).  `audit_scope` says which events the reader may know of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select, union
from sqlalchemy.orm import Session

from coordinator.models.trail import TrailEvent
from coordinator.reads.audit_events import AuditEvent, Mark, events_of, shown
from coordinator.reads.audit_questions import (
    Question,
    after_mark,
    before_mark,
    conditions_of,
    order,
    ways_to,
    within_days,
)
from coordinator.reads.audit_scope import Reader
from coordinator.settings import SETTINGS
from coordinator.trail import MICROS_AN_HOUR, instant

LOOKED_THROUGH = 10_000
PAGE_OF_A_FILE, STEP_OF_A_FILE = 1_000, 50_000
LAST = 10**18 - 1  # behind every event of the same instant; a mark has at most 18 digits


@dataclass(frozen=True)
class AuditPage:
    """One page of events, and where the pages after and before it begin, if there are any.

    `looked_back_to`: the page may be short because nothing before this instant was looked through
    yet; `older` goes on from there.
    """

    events: tuple[AuditEvent, ...]
    newer: Mark | None = None
    older: Mark | None = None
    looked_back_to: datetime | None = None


@dataclass(frozen=True)
class Count:
    """How many events were counted, and whether that is all of them."""

    number: int
    exact: bool


NOTHING_FOUND = AuditPage(())


def page_of(
    session: Session,
    reader: Reader,
    question: Question,
    *,
    before: Mark | None = None,
    after: Mark | None = None,
    size: int = SETTINGS.page_size,
    through: int | None = None,
) -> AuditPage:
    """Return the page before or after a mark, or the newest.

    It looks `through` so many events that might answer (`LOOKED_THROUGH`) and no more, whatever
    was asked and whoever asks, so that no page gets slower as the trail grows.  At most four
    statements.
    """
    stop = _stop(session, question, before, after, through or LOOKED_THROUGH)
    chosen = _chosen(reader, question, before, after, size + 1, stop)
    rows = session.execute(shown(chosen, order(TrailEvent, newest_first=after is None))).all()
    more, found = len(rows) > size, rows[:size]
    if after is None:
        events = events_of(session, reader, found)
        newer = (events[0].mark if events else before) if before else None
        if more or stop is None:
            return AuditPage(events, newer, events[-1].mark if more else None)
        begins = stop * MICROS_AN_HOUR
        return AuditPage(events, newer, Mark(begins - 1, LAST), looked_back_to=instant(begins))
    if not more and stop is None:
        return page_of(session, reader, question, size=size, through=through)
    events = events_of(session, reader, found[::-1])
    newer = events[0].mark if more or stop is None else Mark((stop + 1) * MICROS_AN_HOUR, 0)
    return AuditPage(
        events, newer, events[-1].mark if events else replace(after, seq=after.seq + 1)
    )


def steps(session: Session, reader: Reader, question: Question) -> Iterator[tuple[AuditEvent, ...]]:
    """Yield every event that answers, newest first, so many at a time."""
    before: Mark | None = None
    while True:
        found = page_of(
            session, reader, question, before=before, size=PAGE_OF_A_FILE, through=STEP_OF_A_FILE
        )
        yield found.events
        before = found.older
        if before is None:
            return


def count(session: Session, reader: Reader, question: Question, up_to: int | None = None) -> Count:
    """Return how many events answer the question.

    With `up_to`, it counts no further, and looks no further back than `LOOKED_THROUGH` events that
    might answer: what takes longer is for the person to ask.
    """
    conditions = conditions_of(reader, question)
    ways = [
        select(TrailEvent.seq).where(way, *conditions, *_not_far_back(way, question, up_to))
        for way in ways_to(question)
    ]
    found = union(*ways).subquery() if len(ways) > 1 else ways[0].limit(up_to).subquery()
    furthest = [_furthest_hour(way, question) for way in ways_to(question)] if up_to else []
    counted = select(func.count(), *furthest).select_from(found)
    number, *stops = session.execute(counted).one()
    at_least = up_to is not None and (number >= up_to or any(stop is not None for stop in stops))
    return Count(min(number, up_to or number), exact=not at_least)


def _stop(
    session: Session,
    question: Question,
    before: Mark | None,
    after: Mark | None,
    through: int,
) -> int | None:
    """Return the hour in which a page stops looking, or None if it comes to the end.

    Every way is looked through as far as the one that is looked through the least, so that a page
    leaves nothing out between its first event and its last.
    """
    hours = []
    for way in ways_to(question):
        seen = select(TrailEvent.hour).where(way, *within_days(question))
        if after:
            seen = seen.where(TrailEvent.hour >= after.at // MICROS_AN_HOUR)
        elif start := before or question.upto:
            seen = seen.where(TrailEvent.hour <= start.at // MICROS_AN_HOUR)
        newest_first = TrailEvent.hour if after else TrailEvent.hour.desc()
        hours.append(seen.order_by(newest_first).offset(through).limit(1).scalar_subquery())
    found: list[int] = [hour for hour in session.execute(select(*hours)).one() if hour is not None]
    if not found:
        return None
    return min(found) if after else max(found)


def _furthest_hour(way: ColumnElement[bool], question: Question) -> Any:
    """Return the hour of the last event that is looked at on this way, or null if all are."""
    seen = (
        select(TrailEvent.hour).where(way, *within_days(question)).order_by(TrailEvent.hour.desc())
    )
    return seen.offset(LOOKED_THROUGH).limit(1).scalar_subquery()


def _not_far_back(
    way: ColumnElement[bool], question: Question, up_to: int | None
) -> list[ColumnElement[bool]]:
    if up_to is None:
        return []
    return [TrailEvent.hour >= func.coalesce(_furthest_hour(way, question), 0)]


def _chosen(
    reader: Reader,
    question: Question,
    before: Mark | None,
    after: Mark | None,
    size: int,
    stop: int | None,
) -> Select[Any]:
    """Return the places of the events that answer, each way to them cut to the size of a page."""
    conditions = conditions_of(reader, question)
    if stop is not None:
        conditions.append(TrailEvent.hour <= stop if after else TrailEvent.hour >= stop)
    if before:
        conditions.append(before_mark(before))
    if after:
        conditions.append(after_mark(after))
    newest_first = after is None
    ways = [
        select(TrailEvent.seq, TrailEvent.hour, TrailEvent.at)
        .where(way, *conditions)
        .order_by(*order(TrailEvent, newest_first=newest_first))
        .limit(size)
        for way in ways_to(question)
    ]
    if len(ways) == 1:
        return cast("Select[Any]", ways[0])
    places = union(*(select(way.subquery()) for way in ways)).subquery()
    return select(places).order_by(*order(places.c, newest_first=newest_first)).limit(size)
