"""What is held back is not even fetched for a page that does not show it, and each look is kept.

A page that reads more than it shows would leak it by the next mistake in a template
(noninterference 4.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Enum, LargeBinary, String, func, select
from sqlalchemy.orm import Session

import databases
import probe
import records
import routes
from column_classes import ASKED_FOR, BAR, NEEDED, RESTRICTED, SECRET, USUAL
from coordinator import create_app
from coordinator.models.base import Model
from coordinator.models.families import Family
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind
from databases import Stock
from page import Client
from world import World

PEOPLE = ("Amira", "Dana", "Farah")


def words() -> set[str]:
    """Return every column that can hold what somebody wrote, or a secret."""
    return {
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | LargeBinary)
        and not isinstance(column.type, Enum)
        and column.name != "reference"
    }


def of_class(named: set[str]) -> set[str]:
    """Return the columns of a class: those named, and those of a table that stands for them."""
    one_by_one = {name for name in SECRET | RESTRICTED | USUAL if "." in name}
    return {c for c in words() if c in named or (c not in one_by_one and c.split(".")[0] in named)}


@dataclass
class Opened:
    """One page that somebody opened."""

    who: str
    endpoint: str
    status: int
    of_a_family: bool
    read: set[str]
    looks: int

    @property
    def noun(self) -> str:
        """What the page is about."""
        return self.endpoint.split(".")[0]


def more_than(
    opened: list[Opened], kept: set[str], needed: dict[str, set[str]]
) -> dict[str, set[str]]:
    """Return which of these columns each page reads without the need for it."""
    more: dict[str, set[str]] = {}
    for one in opened:
        shown = needed.get(one.noun, set()) | (BAR if one.of_a_family else set())
        for column in (one.read & kept) - shown:
            more.setdefault(one.endpoint, set()).add(column)
    return more


def looks(session: Session) -> int:
    """Return how many looks at the family stand in the trail."""
    lane = select(Family.id).where(Family.reference == "LANE-01")
    of_lane = TrailEvent.family_id.in_(lane)
    kept = select(func.count()).where(TrailEvent.kind == EventKind.LOOK, of_lane)
    return session.scalar(kept) or 0


@pytest.fixture(scope="module")
def opened(stock: Stock) -> Iterator[list[Opened]]:
    """Open every page as each of these people, on SQLite, which says what it reads."""
    database = stock.database("sqlite")
    url = database.copy()
    app = create_app(databases.config(f"{url}?cached_statements=0", demo=True))
    pages = []
    with databases.outer_transaction(app) as connection:
        world = World(app)
        with world.session() as session:
            found = records.build(session, world.moment, world.family)
        for name in PEOPLE:
            client = Client(app, checked=False).sign_in(name)
            for rule in routes.rules(app):
                if rule.endpoint == "static" or "GET" not in routes.methods(rule):
                    continue
                path = routes.address(app, rule, found)
                with client.unchanged(), connection.begin_nested() as savepoint:
                    with probe.columns_read(connection) as read:
                        page = client.get(path, follow=False)
                    with world.session() as session:
                        written = looks(session)
                    savepoint.rollback()
                of_a_family = routes.record_of(rule) in routes.OF_A_FAMILY
                pages.append(Opened(name, rule.endpoint, page.status, of_a_family, read, written))
    yield pages
    databases.dispose(app)
    database.drop(url)


def test_every_column_has_one_class():
    unknown = words() - of_class(SECRET | RESTRICTED | USUAL)
    assert unknown == set(), "say in this file whether these columns are restricted"
    assert not (of_class(SECRET) & of_class(RESTRICTED)), "one class each"


def test_no_page_reads_a_secret(opened):
    """The hash of a password, the seed of a second factor, the key of a trail."""
    assert more_than(opened, of_class(SECRET), ASKED_FOR) == {}


def test_a_page_reads_no_restricted_column_that_it_does_not_show(opened):
    assert more_than(opened, of_class(RESTRICTED), NEEDED) == {}


def test_every_need_is_one(opened):
    """The list says no more than is read."""
    read: dict[str, set[str]] = {}
    for one in opened:
        read.setdefault(one.noun, set()).update(one.read)
    unused = {noun: columns - read[noun] for noun, columns in (NEEDED | ASKED_FOR).items()}
    assert {noun: columns for noun, columns in unused.items() if columns} == {}


def test_each_page_that_reads_what_is_restricted_leaves_a_look(opened):
    """Each restricted record that is read has its look in the trail, before it is shown."""
    restricted = of_class(RESTRICTED)
    seen = [
        one for one in opened if one.status == 200 and one.of_a_family and one.read & restricted
    ]
    assert seen, "no page shows anything restricted"
    assert [(one.who, one.endpoint) for one in seen if one.looks == 0] == []
