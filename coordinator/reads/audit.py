"""Who did what, towards whom, on which family: pages of the trail, newest first.

A page reads one index backwards and stops when it is full; it is as fast with ten million events
as with ten thousand (docs/performance.md).  `audit_scope` says which events the reader may know of.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union
from sqlalchemy.orm import Session

from coordinator.access.sights import FamilyInSight
from coordinator.clock import day_bounds
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.trail import TrailEvent
from coordinator.reads.audit_events import AuditEvent, Mark, events_of, shown
from coordinator.reads.audit_scope import CONTACTS, Reader, knowable
from coordinator.settings import SETTINGS
from coordinator.trail import MICROS_AN_HOUR, hour_of, micros
from coordinator.vocabulary import NOT_REACHED, EventKind

# A signed version names each of its entries in a row of its own; the act is the signature.
PARTS_OF_AN_ACT = ("plan_version_entries", "sharing_bases")
PAGE_OF_A_FILE = 5_000
LOOKED_THROUGH = 10_000


@dataclass(frozen=True)
class Question:
    """What the reader asks.  Days are whole days in London, both inclusive.

    `upto` is the newest event of the page on which the reader began, so that the pages after it
    and the file hold what that page counted.
    """

    family: FamilyInSight | None = None
    person_id: int | None = None
    agency_id: int | None = None
    since: date | None = None
    until: date | None = None
    kinds: tuple[EventKind, ...] = ()
    outcome: str | None = None
    not_reached: bool = False
    upto: Mark | None = None


@dataclass(frozen=True)
class AuditPage:
    """One page of events, and whether there are newer and older ones."""

    events: tuple[AuditEvent, ...]
    newer: bool
    older: bool


@dataclass(frozen=True)
class Count:
    """How many events were counted, and whether that is all of them."""

    number: int
    exact: bool


NOTHING_FOUND = AuditPage((), newer=False, older=False)


def page_of(
    session: Session,
    reader: Reader,
    question: Question,
    *,
    before: Mark | None = None,
    after: Mark | None = None,
    size: int = SETTINGS.page_size,
) -> AuditPage:
    """Return the page before or after a mark, or the newest.  At most three statements."""
    chosen = _chosen(reader, question, before, after, size + 1)
    rows = session.execute(shown(chosen, order(TrailEvent, newest_first=after is None))).all()
    more = len(rows) > size
    if after and not more:
        return page_of(session, reader, question, size=size)
    found = rows[:size][::-1] if after else rows[:size]
    if not found:
        return NOTHING_FOUND
    return AuditPage(
        events_of(session, reader, found), newer=bool(before or after), older=more or bool(after)
    )


def all_of(session: Session, reader: Reader, question: Question) -> tuple[AuditEvent, ...] | None:
    """Return every event that answers, newest first, or None if they are too many for a file."""
    events: tuple[AuditEvent, ...] = ()
    older = True
    while older:
        before = events[-1].mark if events else None
        found = page_of(session, reader, question, before=before, size=PAGE_OF_A_FILE)
        events, older = events + found.events, found.older
        if len(events) > SETTINGS.exported_up_to:
            return None
    return events


def count(session: Session, reader: Reader, question: Question, up_to: int | None = None) -> Count:
    """Return how many events answer the question.

    With `up_to`, it counts no further, and looks no further back than `LOOKED_THROUGH` events that
    might answer: what takes longer is for the person to ask.
    """
    conditions = _conditions(reader, question)
    ways = [
        select(TrailEvent.seq).where(way, *conditions, *_not_far_back(way, question, up_to))
        for way in _ways(question)
    ]
    found = union(*ways).subquery() if len(ways) > 1 else ways[0].limit(up_to).subquery()
    furthest = [_furthest_hour(way, question) for way in _ways(question)] if up_to else []
    counted = select(func.count(), *furthest).select_from(found)
    number, *stops = session.execute(counted).one()
    at_least = up_to is not None and (number >= up_to or any(stop is not None for stop in stops))
    return Count(min(number, up_to or number), exact=not at_least)


def _furthest_hour(way: ColumnElement[bool], question: Question) -> Any:
    """Return the hour of the last event that is looked at on this way, or null if all are."""
    seen = select(TrailEvent.hour).where(way, *_days(question)).order_by(TrailEvent.hour.desc())
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
    size: int | None,
) -> Select[Any]:
    """Return the places of the events that answer, each way to them cut to the size of a page."""
    conditions = _conditions(reader, question)
    if before:
        conditions.append(_before(before))
    if after:
        conditions.append(_after(after))
    newest_first = after is None
    ways = [
        select(TrailEvent.seq, TrailEvent.hour, TrailEvent.at)
        .where(way, *conditions)
        .order_by(*order(TrailEvent, newest_first=newest_first))
        .limit(size)
        for way in _ways(question)
    ]
    if len(ways) == 1:
        return cast("Select[Any]", ways[0])
    places = union(*(select(way.subquery()) for way in ways)).subquery()
    return select(places).order_by(*order(places.c, newest_first=newest_first)).limit(size)


def _conditions(reader: Reader, question: Question) -> list[ColumnElement[bool]]:
    """Return what an event must be to answer the question of this reader."""
    whole_act = func.coalesce(TrailEvent.record_kind, "").not_in(PARTS_OF_AN_ACT)
    conditions = [whole_act, *_days(question), *_asked(question), knowable(reader)]
    if question.upto:
        conditions.append(or_(_before(question.upto), TrailEvent.seq == question.upto.seq))
    return conditions


def order(events: Any, *, newest_first: bool) -> list[Any]:
    """Return the order of every list, by the columns of these events."""
    columns = [events.hour, events.at, events.seq]
    return [column.desc() for column in columns] if newest_first else columns


def _ways(question: Question) -> list[ColumnElement[bool]]:
    """Return the conditions that choose an index: the narrowest thing that was asked."""
    if question.family:
        return [
            TrailEvent.family_id == question.family.id,
            and_(
                TrailEvent.allowed.is_(False),
                func.coalesce(TrailEvent.family_id, 0) == 0,
                TrailEvent.record_ref.in_(_references_in(question.family.id)),
            ),
        ]
    if question.person_id:
        return [
            TrailEvent.actor_id == question.person_id,
            TrailEvent.towards_id == question.person_id,
        ]
    kinds = (EventKind.CONTACT,) if question.not_reached else question.kinds
    return [TrailEvent.kind == kind for kind in kinds] or [true()]


def _references_in(family_id: int) -> Any:
    of_family = select(Family.reference).where(Family.id == family_id)
    return of_family.union_all(select(Entry.reference).where(Entry.family_id == family_id))


def _asked(question: Question) -> list[ColumnElement[bool]]:
    """Return what was asked as conditions that leave rows out and choose no index."""
    kind = func.coalesce(TrailEvent.kind, "")
    person = question.person_id
    asked: list[ColumnElement[bool]] = []
    if person and question.family:
        asked.append(
            or_(
                func.coalesce(TrailEvent.actor_id, 0) == person,
                func.coalesce(TrailEvent.towards_id, 0) == person,
            )
        )
    if question.agency_id:
        asked.append(TrailEvent.agency_id == question.agency_id)
    if question.kinds:
        asked.append(kind.in_(question.kinds))
    if question.outcome:
        asked.append(TrailEvent.outcome == question.outcome)
    if question.not_reached:
        asked += [kind == EventKind.CONTACT, TrailEvent.outcome.in_(NOT_REACHED), _of_partner()]
    return asked


def _days(question: Question) -> list[ColumnElement[bool]]:
    """Return the bounds of the days that were asked for: by the index's hours, and exactly."""
    bounds: list[ColumnElement[bool]] = []
    if question.since:
        start = day_bounds(question.since)[0]
        bounds += [TrailEvent.hour >= hour_of(start), TrailEvent.at >= micros(start)]
    if question.until:
        end = day_bounds(question.until)[1]
        bounds += [TrailEvent.hour <= hour_of(end), TrailEvent.at < micros(end)]
    return bounds


def _of_partner() -> ColumnElement[bool]:
    """Whoever was tried works for another agency than whoever tried."""
    contacted = select(CONTACTS.contacted_agency_id).where(CONTACTS.id == TrailEvent.entry_id)
    return contacted.scalar_subquery() != TrailEvent.agency_id


def _before(mark: Mark) -> ColumnElement[bool]:
    hour = mark.at // MICROS_AN_HOUR
    within = or_(
        TrailEvent.hour < hour,
        TrailEvent.at < mark.at,
        and_(TrailEvent.at == mark.at, TrailEvent.seq < mark.seq),
    )
    return and_(TrailEvent.hour <= hour, within)


def _after(mark: Mark) -> ColumnElement[bool]:
    hour = mark.at // MICROS_AN_HOUR
    within = or_(
        TrailEvent.hour > hour,
        TrailEvent.at > mark.at,
        and_(TrailEvent.at == mark.at, TrailEvent.seq > mark.seq),
    )
    return and_(TrailEvent.hour >= hour, within)
