"""What the audit is asked, as conditions on the trail and as ways to its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from coordinator.access.sights import FamilyInSight
from coordinator.clock import day_bounds
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.trail import TrailEvent
from coordinator.reads.audit_events import Mark
from coordinator.reads.audit_scope import CONTACTS, Reader, knowable
from coordinator.trail import MICROS_AN_HOUR, hour_of, micros
from coordinator.vocabulary import NOT_REACHED, EventKind

# A signed version names each of its entries in a row of its own; the act is the signature.
PARTS_OF_AN_ACT = ("plan_version_entries", "sharing_bases")


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


def conditions_of(reader: Reader, question: Question) -> list[ColumnElement[bool]]:
    """Return what an event must be to answer the question of this reader."""
    whole_act = func.coalesce(TrailEvent.record_kind, "").not_in(PARTS_OF_AN_ACT)
    conditions = [whole_act, *within_days(question), *_asked(question), knowable(reader)]
    if question.upto:
        conditions.append(or_(before_mark(question.upto), TrailEvent.seq == question.upto.seq))
    return conditions


def order(events: Any, *, newest_first: bool) -> list[Any]:
    """Return the order of every list, by the columns of these events."""
    columns = [events.hour, events.at, events.seq]
    return [column.desc() for column in columns] if newest_first else columns


def ways_to(question: Question) -> list[ColumnElement[bool]]:
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


def within_days(question: Question) -> list[ColumnElement[bool]]:
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


def before_mark(mark: Mark) -> ColumnElement[bool]:
    """Return the condition that an event stands before this place in time."""
    hour = mark.at // MICROS_AN_HOUR
    within = or_(
        TrailEvent.hour < hour,
        TrailEvent.at < mark.at,
        and_(TrailEvent.at == mark.at, TrailEvent.seq < mark.seq),
    )
    return and_(TrailEvent.hour <= hour, within)


def after_mark(mark: Mark) -> ColumnElement[bool]:
    """Return the condition that an event stands after this place in time."""
    hour = mark.at // MICROS_AN_HOUR
    within = or_(
        TrailEvent.hour > hour,
        TrailEvent.at > mark.at,
        and_(TrailEvent.at == mark.at, TrailEvent.seq > mark.seq),
    )
    return and_(TrailEvent.hour >= hour, within)
