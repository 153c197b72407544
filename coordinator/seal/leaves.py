"""The canonical bytes of an event (docs/trail.md): JSON of a fixed list of fields, one way only."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

# What each field holds.  Bytes are written as lower-case hexadecimal, yes and no as 1 and 0.
FIRST_FIELDS = {
    "action": str,
    "actor_id": int,
    "agency_id": int,
    "allowed": bool,
    "at": int,
    "basis": str,
    "db_at": int,
    "entry_id": int,
    "event_id": bytes,
    "family_id": int,
    "fields": str,
    "hour": int,
    "kind": str,
    "outcome": str,
    "reason": str,
    "record_kind": str,
    "record_ref": str,
    "request_id": bytes,
    "schema": int,
    "seq": int,
    "service": str,
    "session_hash": bytes,
    "towards_id": int,
    "writer": int,
    "writer_n": int,
}
# By the version that stands in the row.  The second has the same fields and promises more: texts
# are in normal form C, and the numbers of a writer have no holes (trail.py).
FIELDS: dict[int, dict[str, Any]] = {1: FIRST_FIELDS, 2: FIRST_FIELDS}

_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def normal(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with its texts in normal form C, as they are stored and sealed."""
    for name, value in row.items():
        if type(value) is str and not value.isascii():
            row[name] = unicodedata.normalize("NFC", value)
    return row


class NotCanonicalError(ValueError):
    """A row that no writer could have written; the text says which field."""


def canonical(row: Mapping[str, Any]) -> bytes:
    """Return the bytes of an event that are sealed; fields without a value are left out.

    Raises `NotCanonicalError` for an unknown version or a value of another type.
    """
    fields = FIELDS.get(row["schema"])
    if fields is None:
        raise NotCanonicalError(f"there is no version {row['schema']}")
    said: dict[str, int | str] = {}
    for name, kind in fields.items():
        value = row[name]
        if value is None:
            continue
        if type(value) is not kind:
            raise NotCanonicalError(f"{name} is no {kind.__name__}")
        if kind is bytes:
            value = value.hex()
        said[name] = int(value) if kind is bool else value
    try:
        return _written(said).encode()
    except UnicodeEncodeError:
        raise NotCanonicalError("a text cannot be written as UTF-8") from None


def parsed(leaf: bytes) -> dict[str, Any]:
    """Return the row that these canonical bytes say.  Raises `NotCanonicalError` for others."""
    try:
        said = json.loads(leaf)
        fields = FIELDS[said["schema"]]
        row: dict[str, Any] = dict.fromkeys(fields)
        for name, value in said.items():
            kind = fields[name]
            row[name] = bytes.fromhex(value) if kind is bytes else kind(value)
    except (ValueError, KeyError, TypeError) as problem:
        raise NotCanonicalError(f"not an event: {problem}") from None
    if canonical(row) != leaf:
        raise NotCanonicalError("not written in the one way")
    return row


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()
