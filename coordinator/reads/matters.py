"""One shape for small things that wait, so that Today asks for all of them at once."""

from typing import Any

from sqlalchemy import ColumnElement, Date, String, cast, literal, null, select, type_coerce

from coordinator.models.base import UTCDateTime, words
from coordinator.vocabulary import EntryKind

# What each column holds, and how the database is told of one that is empty: PostgreSQL takes a
# bare null in a union for a text.
COLUMNS: dict[str, tuple[Any, Any]] = {
    **dict.fromkeys(
        ("source", "part", "reference", "family", "about", "who", "what", "phone"),
        (String(), String()),
    ),
    "kind": (words(EntryKind), String()),
    "at": (UTCDateTime(), UTCDateTime()),
    "due_at": (UTCDateTime(), UTCDateTime()),
    "due_on": (Date(), Date()),
}


def matter(**given: Any) -> Any:
    """Return a select of these columns; those that are not given are empty.

    `source` says what waits, and `part` where it stands or what the reader is to it.  `at` and
    `due_at` are instants (UTC), `due_on` is a day in London.  A text is the same in all rows.
    """
    return select(*(_column(name, given.get(name)).label(name) for name in COLUMNS))


def _column(name: str, value: Any) -> ColumnElement[Any]:
    if value is None:
        holds, told = COLUMNS[name]
        return type_coerce(cast(null(), told), holds)
    return literal(value) if isinstance(value, str) else value
