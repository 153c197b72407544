"""The audit trail's tables (assurance/audit-log.md, design E).

Numbers stand here without foreign keys: the trail outlives what it speaks of, and a row with its
indexes stays small.  Times are microseconds since 1970 UTC, so that an event's canonical bytes are
integers and strings only.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, String, Text, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.functions import GenericFunction

from coordinator.models.base import BigKey, Model


class db_clock(GenericFunction[int]):  # noqa: N801  (the name is the SQL function's)
    """The database's own clock, in microseconds since 1970 UTC."""

    type = BigInteger()
    inherit_cache = True


@compiles(db_clock, "sqlite")
def _sqlite_clock(*_args: object, **_options: object) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"


@compiles(db_clock, "postgresql")
def _postgresql_clock(*_args: object, **_options: object) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"


class TrailEvent(Model):
    """One act: who, for whom, what, on which record, allowed or not.  INSERT only, by trigger.

    `seq` is the database's order; `at` the application's clock and `db_at` the database's;
    `writer` and `writer_n` number a process's own events, so that a hole shows; `fields` holds
    changed fields with keyed commitments to old and new values, never the values.

    `hour` is `at` in whole hours.  Every list of the audit reads one index backwards, hour by
    hour, and sorts within the hour: equal keys take a tenth of the room that instants would
    (docs/performance.md).  The columns stand by width, so that PostgreSQL pads nothing.
    """

    __tablename__ = "trail_events"
    audited: ClassVar[bool] = False
    __table_args__ = (
        Index(None, "hour"),
        Index(None, "kind", "hour"),
        Index(None, "actor_id", "hour"),
        Index(None, "family_id", "hour"),
        # Most acts are towards nobody, and few are refused: these two hold the rows that matter.
        Index(
            None,
            "towards_id",
            "hour",
            sqlite_where=text("towards_id IS NOT NULL"),
            postgresql_where=text("towards_id IS NOT NULL"),
        ),
        Index(
            None,
            "record_ref",
            "hour",
            sqlite_where=text("allowed IS 0"),
            postgresql_where=text("allowed IS false"),
        ),
    )

    seq: Mapped[int] = mapped_column(BigKey, primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    db_at: Mapped[int] = mapped_column(BigInteger)
    hour: Mapped[int]
    writer: Mapped[int]
    writer_n: Mapped[int]
    actor_id: Mapped[int | None]
    agency_id: Mapped[int | None]
    family_id: Mapped[int | None]
    entry_id: Mapped[int | None]
    towards_id: Mapped[int | None]
    schema: Mapped[int] = mapped_column(SmallInteger)
    allowed: Mapped[bool]
    event_id: Mapped[bytes] = mapped_column(LargeBinary(16))
    service: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str | None] = mapped_column(String(24))
    reason: Mapped[str | None] = mapped_column(String(40))
    basis: Mapped[str | None] = mapped_column(String(40))
    record_kind: Mapped[str | None] = mapped_column(String(24))
    record_ref: Mapped[str | None] = mapped_column(String(12))
    fields: Mapped[str | None] = mapped_column(Text)
    session_hash: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    request_id: Mapped[bytes | None] = mapped_column(LargeBinary(8))


class TrailKey(Model):
    """The key of one event's commitments; destroying it is how content is forgotten."""

    __tablename__ = "trail_keys"
    audited: ClassVar[bool] = False

    event_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(16))


class TrailSeal(Model):
    """The place of an event in the Merkle tree, written by the sealer alone (RFC 9162)."""

    __tablename__ = "trail_seals"
    audited: ClassVar[bool] = False

    leaf: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class TrailTree(Model):
    """The one row of the sealer: how far it is, and the edge of the tree (seal/tree.py).

    Every event up to the number `reached` is sealed or will never come; `patrolled` is how far the
    sealer has looked once more over the older ones.  All of it can be made anew from the seals.
    """

    __tablename__ = "trail_tree"
    audited: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    reached: Mapped[int] = mapped_column(BigInteger)
    patrolled: Mapped[int] = mapped_column(BigInteger)
    edge: Mapped[bytes]


class TrailCheckpoint(Model):
    """A signed checkpoint, for people to fetch and keep elsewhere (seal/checkpoints.py).

    `at` is the database's clock; `day` the London day of which it is the first.  INSERT only.
    """

    __tablename__ = "trail_checkpoints"
    audited: ClassVar[bool] = False

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date | None] = mapped_column(unique=True)
    note: Mapped[str] = mapped_column(Text)
