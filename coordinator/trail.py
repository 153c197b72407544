"""The audit trail: written on every flush, before every look, and after every refusal.

No caller can forget it: changes are caught by the session's own events, in the same transaction.
A row says who, for whom, did what to which record, and which fields changed, never what they say:
old and new values are commitments under a key that can be destroyed (docs/decisions/0003).
"""

import base64
import hashlib
import hmac
import itertools
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, TextClause, event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction

from coordinator import clock, told
from coordinator.errors import NoActorError, TrailBypassedError
from coordinator.models.base import Model
from coordinator.models.entries import Entry, EntryVersion
from coordinator.models.trail import TrailEvent, TrailKey, db_clock
from coordinator.seal.leaves import normal
from coordinator.seal.writers import Writer
from coordinator.vocabulary import EventKind

SCHEMA = 2
MICROS_AN_HOUR = 3_600_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUSEKEEPING = frozenset(
    {"id", "reference", "family_id", "kind", "author_id", "agency_id", "created_at", "version"}
)


@dataclass(frozen=True)
class Acting:
    """Who acts, for which agency; a service by its name, a guest by (invitation, family)."""

    account_id: int | None = None
    agency_id: int | None = None
    service: str | None = None
    session_hash: bytes | None = None
    request_id: bytes | None = None
    guest: tuple[int, int] | None = None


NOBODY = Acting()


@dataclass(frozen=True)
class Subject:
    """What an act is about.  `towards_id` is the account that it is directed at, if any."""

    family_id: int | None = None
    entry_id: int | None = None
    record_kind: str | None = None
    record_ref: str | None = None
    towards_id: int | None = None


NOTHING = Subject()


def _table(model: type[Model]) -> Table:
    return cast("Table", model.__table__)


APPEND = insert(_table(TrailEvent)).values(db_at=db_clock())
KEEP_KEY = insert(_table(TrailKey))
KEEP_VERSION = insert(_table(EntryVersion))


_writer = Writer()


def acting(session: Session, who: Acting, action: str, *, reading: bool = False) -> None:
    """Say who acts in this session from now on, and under which name (a permission's, usually).

    While `reading`, a change to any audited record is a programming error and raises.
    """
    session.info["acting"] = who
    session.info |= {"action": action, "reading": reading}
    told.tell(session)


def micros(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970 UTC."""
    return int(instant.timestamp() * 1_000_000)


def instant(at: int) -> datetime:
    """Return the aware instant of so many microseconds since 1970 UTC."""
    return EPOCH + timedelta(microseconds=at)


def hour_of(instant: datetime) -> int:
    """Return the whole hours from 1970 UTC to an aware instant, by which the trail is indexed."""
    return micros(instant) // MICROS_AN_HOUR


def write(
    session: Session,
    kind: EventKind,
    subject: Subject = NOTHING,
    *,
    action: str | None = None,
    allowed: bool = True,
    outcome: str | None = None,
    reason: str | None = None,
    who: Acting | None = None,
) -> None:
    """Append one event to the session's open transaction.

    `who` and `action` default to those of `acting`.  Raises `NoActorError` if nobody acts.
    """
    actor = who or session.info.get("acting")
    if actor is None:
        msg = f"nobody is acting, so {kind} cannot be written"
        raise NoActorError(msg)
    row = _row(actor, kind, subject, action or session.info["action"])
    row |= {"allowed": allowed, "outcome": outcome, "reason": reason}
    _append(session, [row])


def _append(session: Session, rows: list[dict[str, Any]]) -> None:
    session.info["wrote"] = True
    session.connection().execute(APPEND, [normal(row) for row in rows])


@event.listens_for(Session, "after_commit")
def _kept(session: Session) -> None:
    session.info.pop("wrote", None)


@event.listens_for(Session, "after_soft_rollback")
def _given_up(session: Session, _transaction: SessionTransaction) -> None:
    """End the writer's series with what is gone, so that no hole is left in it."""
    if session.info.pop("wrote", None):
        _writer.begin_anew()


def looked(session: Session, subject: Subject, action: str) -> None:
    """Append a look: this page, of this record, was about to be shown."""
    write(session, EventKind.LOOK, subject, action=action)


def refused(session: Session, who: Acting, action: str, typed_reference: str | None) -> None:
    """Append a refusal that knows only the reference as it was typed (docs/decisions/0004)."""
    subject = Subject(record_ref=typed_reference[:12] if typed_reference else None)
    write(session, EventKind.REFUSAL, subject, action=action, allowed=False, who=who)


def commitment(key: bytes, field: str, value: object) -> str:
    """Return the keyed commitment to one value of one field: 96 bits as 16 characters."""
    text = json.dumps([field, value], default=str, ensure_ascii=False)
    whole = hmac.digest(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.urlsafe_b64encode(whole[:12]).decode()


def _row(who: Acting, kind: EventKind, subject: Subject, action: str) -> dict[str, Any]:
    writer, writer_n = _writer.next()
    at = micros(clock.now())
    return {
        "event_id": secrets.token_bytes(16),
        "schema": SCHEMA,
        "at": at,
        "hour": at // MICROS_AN_HOUR,
        "actor_id": who.account_id,
        "agency_id": who.agency_id,
        "service": who.service,
        "kind": kind.value,
        "action": action,
        "allowed": True,
        **dict.fromkeys(("outcome", "reason", "fields")),
        **vars(subject),
        "session_hash": who.session_hash,
        "request_id": who.request_id,
        "writer": writer,
        "writer_n": writer_n,
    }


@event.listens_for(Session, "before_flush")
def _refuse_the_unaccountable(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """No actor, no write; while reading, no write at all."""
    changed = [record for record in _changed(session) if record.audited]
    if not changed:
        return
    if session.info.get("acting") is None:
        msg = f"nobody is acting, so {changed[0]!r} cannot be stored"
        raise NoActorError(msg)
    if session.info.get("reading"):
        msg = f"a page that only reads was about to change {changed[0]!r}"
        raise TrailBypassedError(msg)


@event.listens_for(Session, "after_flush")
def _write_changes(session: Session, _context: UOWTransaction) -> None:
    """Write one event for each record that was added, changed or deleted in this flush."""
    events: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    versions: list[dict[str, Any]] = []
    for record in _changed(session):
        before_after = _before_and_after(record, gone=record in session.deleted)
        if not record.audited or not before_after:
            continue
        who: Acting = session.info["acting"]
        facts = record.trail_facts(frozenset(before_after), new=record in session.new)
        row = _row(who, facts.kind, _subject(session, record), session.info["action"])
        key = secrets.token_bytes(16)
        row |= {"outcome": facts.outcome, "towards_id": facts.towards_id}
        row["fields"] = json.dumps(
            {
                field: [None if value is None else commitment(key, field, value) for value in pair]
                for field, pair in before_after.items()
            },
            separators=(",", ":"),
        )
        events.append(row)
        keys.append({"event_id": row["event_id"], "key": key})
        if isinstance(record, Entry) and not before_after.keys().isdisjoint(record.content):
            versions.append(_version(record, who))
    if events:
        _append(session, events)
    for statement, rows in ((KEEP_KEY, keys), (KEEP_VERSION, versions)):
        if rows:
            session.connection().execute(statement, rows)


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    """Refuse a bulk statement on an audited table, and raw SQL: both would pass the trail by."""
    if isinstance(state.statement, TextClause):
        msg = "raw SQL passes the trail by"
        raise TrailBypassedError(msg)
    if state.is_insert or state.is_update or state.is_delete:
        if state.session.info.get("reading"):
            msg = "a page that only reads was about to write"
            raise TrailBypassedError(msg)
        table: Any = state.statement.table  # type: ignore[attr-defined]
        if table.name in {
            _table(m.class_).name for m in Model.registry.mappers if m.class_.audited
        }:
            msg = f"a bulk statement on {table.name} passes the trail by"
            raise TrailBypassedError(msg)


def _changed(session: Session) -> Iterable[Model]:
    return itertools.chain(session.new, (r for r in session.dirty), session.deleted)


def _before_and_after(record: Model, *, gone: bool) -> dict[str, list[object]]:
    """Return each changed column with its old and new value; a secret field shows neither.

    Of a record that is gone, each column changed to nothing.
    """
    state = inspect(record)
    changes: dict[str, list[object]] = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key in HOUSEKEEPING and isinstance(record, Entry):
            continue
        old = next(iter(history.deleted or (history.unchanged if gone else ())), None)
        new = None if gone else next(iter(history.added or ()), None)
        if (not gone and not history.has_changes()) or (old is None and new in (None, "")):
            continue
        changes[attribute.key] = [None, None] if attribute.key in record.secret else [old, new]
    return changes


def _subject(session: Session, record: Model) -> Subject:
    """Return what a changed record is about; a part of an entry is about that entry."""
    kind = record.__tablename__
    if record.part_of is None:
        family_id = getattr(record, "family_id", None)
        entry_id = record.id if isinstance(record, Entry) else None
        return Subject(family_id, entry_id, kind, getattr(record, "reference", None))
    entry_id = getattr(record, record.part_of)
    entries = _table(Entry).c
    of_the_entry = select(entries.family_id, entries.reference).where(entries.id == entry_id)
    family_id, reference = session.connection().execute(of_the_entry).one()
    return Subject(family_id, entry_id, kind, reference)


def _version(entry: Entry, who: Acting) -> dict[str, Any]:
    """Return the row that keeps the words of an entry as they now stand."""
    return {
        "entry_id": entry.id,
        "version": entry.version,
        "words": json.dumps(entry.said(), default=str, ensure_ascii=False),
        "by_id": who.account_id or entry.author_id,
        "at": clock.now(),
    }
