"""The audit trail's tables (assurance/audit-log.md, design E).

Numbers stand here without foreign keys: the trail outlives what it speaks of, and a row with its
indexes stays small.  Times are microseconds since 1970 UTC, so that an event's canonical bytes are
integers and strings only.
"""

from typing import ClassVar

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import BigKey, Model


class TrailEvent(Model):
    """One act: who, for whom, what, on which record, allowed or not.  INSERT only, by trigger.

    `seq` is the database's order; `at` the application's clock and `db_at` the database's;
    `writer` and `writer_n` number a process's own events, so that a hole shows; `fields` holds
    changed fields with keyed commitments to old and new values, never the values.
    """

    __tablename__ = "trail_events"
    audited: ClassVar[bool] = False
    __table_args__ = (
        Index(None, "at", "seq"),
        Index(None, "kind", "at", "seq"),
        Index(None, "agency_id", "at", "seq"),
        Index(None, "actor_id", "at", "seq"),
        Index(None, "towards_id", "at", "seq"),
        Index(None, "family_id", "at", "seq"),
        Index(None, "record_ref", "at", "seq"),
    )

    seq: Mapped[int] = mapped_column(BigKey, primary_key=True)
    event_id: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    schema: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[int] = mapped_column(BigInteger)
    db_at: Mapped[int] = mapped_column(BigInteger)
    actor_id: Mapped[int | None]
    agency_id: Mapped[int | None]
    service: Mapped[str | None] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(40))
    allowed: Mapped[bool]
    outcome: Mapped[str | None] = mapped_column(String(24))
    reason: Mapped[str | None] = mapped_column(String(40))
    basis: Mapped[str | None] = mapped_column(String(40))
    family_id: Mapped[int | None]
    entry_id: Mapped[int | None]
    record_kind: Mapped[str | None] = mapped_column(String(24))
    record_ref: Mapped[str | None] = mapped_column(String(12))
    towards_id: Mapped[int | None]
    fields: Mapped[str | None] = mapped_column(Text)
    session_hash: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    request_id: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    writer: Mapped[int]
    writer_n: Mapped[int]


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
