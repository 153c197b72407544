"""The words of one entry of any kind, for the page on which an emergency opens it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from coordinator.clock import day_in_words
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.safe_contacts import SafeContact
from coordinator.vocabulary import EntryKind, MentalHealthView, Word

TABLES: dict[EntryKind, type[Entry]] = {
    mapper.polymorphic_identity: mapper.class_
    for mapper in Entry.__mapper__.self_and_descendants
    if mapper.polymorphic_identity
}
# A safe contact keeps its words out of every version, and so out of `content`.
OF_A_SAFE_CONTACT = ("how", "never", "phone", "address")
LABELS = {
    "text": "What it says",
    "mental_health": "Does it rest on how somebody’s mental health shows?",
    "why_not_sought": "Why the view was not asked for",
    "line": "What it says",
    "i_do": "What they do",
    "i_do_not": "What they do not do",
    "due_on": "By when",
    "local_start": "When",
    "place_text": "Where",
    "purpose": "What for",
    "given_by": "With whom",
    "first_on": "First day",
    "last_on": "Last day",
    "every_weeks": "Every how many weeks",
    "starts": "From",
    "how": "How to reach them",
    "never": "Never",
}


@dataclass(frozen=True)
class Words:
    """What an entry says, as (what it is, words); `about` names a member of the family."""

    about: str
    said: tuple[tuple[str, str], ...]


def of(session: Session, entry_id: int, kind: EntryKind) -> Words:
    """Return the words of an entry as they now stand.  One statement."""
    model = TABLES[kind]
    table = cast("Table", model.__table__)
    names = OF_A_SAFE_CONTACT if model is SafeContact else model.content
    columns: list[Any] = [table.c[name] for name in names if not name.endswith("_id")]
    statement: Any = select(*columns).where(table.c.id == entry_id)
    if "person_id" in table.c:
        statement = statement.add_columns(Person.name.label("about")).outerjoin_from(
            table, Person, Person.id == table.c.person_id
        )
    row = session.execute(statement).one()._asdict()
    about = row.pop("about", "") or ""
    said = ((_label(name), _words(value)) for name, value in row.items())
    return Words(about, tuple(pair for pair in said if pair[1]))


def _label(name: str) -> str:
    return LABELS.get(name, name.replace("_", " ").capitalize())


def _words(value: object) -> str:
    if value is MentalHealthView.NOT_ABOUT:  # It is what nearly every note says.
        return ""
    if isinstance(value, Word):
        return value.label
    if isinstance(value, datetime):
        return f"{day_in_words(value)}, {value:%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None or isinstance(value, bool) else str(value)
