"""What the audit says of an event: facts for a sentence, never a word of a record or a family.

Names are those of workers and teams.  A reference that the reader may not know is left out.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, Table, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.scope import not_excluded
from coordinator.access.ways import family_columns, way_of
from coordinator.models import Model
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.meetings import Meeting, MeetingKind
from coordinator.models.trail import TrailEvent
from coordinator.reads.audit_scope import CONTACTS, Reader, readable_here
from coordinator.trail import instant
from coordinator.vocabulary import EventKind, Mechanism

EVENTS = cast("Table", TrailEvent.__table__).c
MEETINGS = cast("Table", Meeting.__table__).c
COLUMNS = (
    EVENTS.seq,
    EVENTS.at,
    EVENTS.actor_id,
    EVENTS.service,
    EVENTS.kind,
    EVENTS.action,
    EVENTS.allowed,
    EVENTS.outcome,
    EVENTS.family_id,
    EVENTS.record_kind,
    EVENTS.record_ref,
    EVENTS.towards_id,
    EVENTS.reason,
    EVENTS.fields,
)


@dataclass(frozen=True, order=True)
class Mark:
    """An event's place in the list: its instant in microseconds, then the database's order."""

    at: int
    seq: int


@dataclass(frozen=True)
class AuditEvent:
    """One event, with no word of what a record says and no name of a family's member.

    `family` is a reference that the reader may know; `hidden_family` says that there is one which
    they may not.  `unknown_page`: a refusal whose reference leads to nothing that they may know.
    """

    mark: Mark
    at: datetime
    who: str
    who_id: int | None
    service: str
    agency: str
    kind: EventKind
    action: str
    allowed: bool
    outcome: str
    reason: str
    record_kind: str
    added: bool
    towards: str
    towards_self: bool
    towards_family: bool
    mechanism: Mechanism | None
    attempted_at: datetime | None
    corrects: bool
    meeting: str
    meeting_on: date | None
    family: str
    hidden_family: bool
    unknown_page: bool


def shown(chosen: Select[Any], order: list[Any]) -> Select[Any]:
    """Return the chosen events with the names that the page shows, in this order."""
    places = chosen.subquery()
    towards, team = aliased(Account), aliased(Team)
    return (
        select(
            *COLUMNS,
            Account.name.label("who"),
            Agency.name.label("agency"),
            towards.name.label("towards"),
            team.name.label("team"),
            CONTACTS.id.label("contact"),
            CONTACTS.person_id,
            CONTACTS.mechanism,
            CONTACTS.attempted_at,
            CONTACTS.corrects_id,
            MeetingKind.name.label("meeting"),
            MEETINGS.local_start,
        )
        .join(places, places.c.seq == TrailEvent.seq)
        .outerjoin(Account, Account.id == TrailEvent.actor_id)
        .outerjoin(Agency, Agency.id == TrailEvent.agency_id)
        .outerjoin(towards, towards.id == TrailEvent.towards_id)
        .outerjoin(CONTACTS.id.table, CONTACTS.id == TrailEvent.entry_id)
        .outerjoin(team, team.id == CONTACTS.team_id)
        .outerjoin(MEETINGS.id.table, MEETINGS.id == TrailEvent.entry_id)
        .outerjoin(MeetingKind, MeetingKind.id == MEETINGS.kind_id)
        .order_by(*order)
    )


def events_of(session: Session, reader: Reader, rows: Any) -> tuple[AuditEvent, ...]:
    """Return the events of these rows, with the references that the reader may know.

    At most two statements.
    """
    typed = {row.record_ref for row in rows if row.record_ref and row.family_id is None}
    by_id, by_reference = _known(session, reader, {row.family_id for row in rows} - {None}, typed)
    return tuple(
        _event(
            row,
            by_id.get(row.family_id, "") if row.family_id else by_reference.get(row.record_ref, ""),
        )
        for row in rows
    )


def _known(
    session: Session, reader: Reader, ids: set[int], typed: set[str]
) -> tuple[dict[int, str], dict[str, str]]:
    """Return the references of the families that the reader may know, by number and as typed."""
    actor, moment = reader.actor, reader.moment
    of_entries: dict[str, int] = {}
    if typed:
        readable = select(Entry.reference, Entry.family_id).where(
            Entry.reference.in_(typed), readable_here(reader)
        )
        of_entries = {entry.reference: entry.family_id for entry in session.execute(readable)}
    rows = session.execute(
        select(*family_columns(actor, moment)).where(
            or_(Family.id.in_(ids | set(of_entries.values())), Family.reference.in_(typed)),
            not_excluded(actor, Family.id),
        )
    )
    by_id = {row.family_id: row.family_reference for row in rows if way_of(row)}
    by_reference = {reference: reference for reference in by_id.values()}
    for reference, family_id in of_entries.items():
        if family_id in by_id:
            by_reference[reference] = by_id[family_id]
    return by_id, by_reference


def _event(row: Any, family: str) -> AuditEvent:
    of_a_meeting = family and row.meeting
    return AuditEvent(
        mark=Mark(row.at, row.seq),
        at=instant(row.at),
        who=row.who or "",
        who_id=row.actor_id,
        service=row.service or "",
        agency=row.agency or "",
        kind=EventKind(row.kind),
        action=row.action,
        allowed=row.allowed,
        outcome=row.outcome or "",
        reason=row.reason or "",
        record_kind=row.record_kind or "",
        added=_is_new(row.record_kind, row.fields),
        towards=row.towards or row.team or "",
        towards_self=row.towards_id is not None and row.towards_id == row.actor_id,
        towards_family=row.person_id is not None,
        mechanism=row.mechanism,
        attempted_at=row.attempted_at,
        corrects=row.corrects_id is not None,
        meeting=row.meeting if of_a_meeting else "",
        meeting_on=row.local_start.date() if of_a_meeting else None,
        family=family,
        hidden_family=row.family_id is not None and not family,
        unknown_page=row.kind == EventKind.REFUSAL and bool(row.record_ref) and not family,
    )


def _first_words() -> dict[str, str]:
    """Return for each table a column that is written once, when its row is new."""
    first = {}
    for mapper in Model.registry.mappers:
        required = (
            column.key
            for column in cast("Table", mapper.local_table).columns
            if not column.nullable and column.key not in ("id", "reference")
        )
        is_entry = issubclass(mapper.class_, Entry)
        first[mapper.class_.__tablename__] = "level" if is_entry else next(required, "")
    return first


FIRST_WORDS = _first_words()


def _is_new(record_kind: str | None, fields: str | None) -> bool:
    """Whether the event is of a new record: the trail has no earlier value of what it must have."""
    if not record_kind or not fields:
        return False
    first = json.loads(fields).get(FIRST_WORDS.get(record_kind, ""))
    return bool(first) and first[0] is None
