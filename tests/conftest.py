"""What every test may ask for: an app on each of the two databases, the world, and its people."""

from __future__ import annotations

import gc
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

import databases
import records
from coordinator import create_app
from coordinator.models.base import References, references
from coordinator.settings import FIRST, hold
from databases import Database, Stock
from page import Client
from world import World

DIALECTS = ("sqlite", "postgresql")
LONGEST = ("test_j0", "test_sweep_")
# What the databases themselves promise, or SQL that is not the same on both: always on both.
ON_BOTH = (
    "test_append_only",
    "test_audit_questions",
    "test_door",
    "test_levels",
    "test_migrations",
    "test_trail",
    "test_wall",
)
USUAL_JOURNEYS = ("test_j01", "test_smoke")
# Files whose tests take a second or more each, or visit every page.
SLOW = (
    "test_addresses",
    "test_advice",
    "test_after_meetings",
    "test_agendas",
    "test_answers_by_mail",
    "test_calendar_programs",
    "test_exclusions",
    "test_full_weeks",
    "test_inclusion",
    "test_killed_worker",
    "test_liveness",
    "test_mail_servers",
    "test_outbox",
    "test_parents_words",
    "test_privacy_officer",
    "test_reaching",
    "test_referrals",
    "test_reminders",
    "test_series",
    "test_sharing.py",
    "test_sharing_helper",
    "test_sharing_machine",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--ci", action="store_true", help="nearly every test, on one database in turn")
    parser.addoption("--long", action="store_true", help="every case on both databases")


def pytest_configure() -> None:
    """Draw the seed of the paired worlds, once for all workers."""
    os.environ.setdefault("WORLDS_SEED", secrets.token_hex(4))
    # Looking for cycles among all that a run keeps alive took a tenth of its time.
    gc.set_threshold(200_000, 50, 1000)


def pytest_report_header() -> str:
    return f"worlds: WORLDS_SEED={os.environ['WORLDS_SEED']}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose what this size of the run takes (`_is_chosen`); `--long` takes everything.

    The longest files come first, so that no worker is left alone with one of them.
    """
    items.sort(key=lambda item: not item.path.name.startswith(LONGEST))
    if config.getoption("--long"):
        return
    ci, turns = config.getoption("--ci"), dict[str, list[str]]()
    on_two = Counter(_case_of(item) for item in items)
    chosen = [
        item for item in items if _is_chosen(item, turns, ci=ci, on_two=on_two[_case_of(item)] > 1)
    ]
    if left_out := set(items) - set(chosen):
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = chosen


def _given(item: pytest.Item) -> dict[str, str]:
    return item.callspec.params if hasattr(item, "callspec") else {}


def _case_of(item: pytest.Item) -> str:
    """Return an item's name without its database."""
    return item.nodeid.replace(_given(item).get("database", "[]"), "")


def _place(others: list[str], case: str) -> int:
    """Return which of these cases this is; a new one is the last."""
    if case not in others:
        others.append(case)
    return others.index(case)


def _is_chosen(item: pytest.Item, turns: dict[str, list[str]], *, ci: bool, on_two: bool) -> bool:
    """Whether an item runs without `--long`; `turns` keeps the cases met so far.

    What the databases themselves promise (ON_BOTH) is tested on both; other tests take them in
    turn.  The usual run takes a quarter of these, a twelfth of what is slow or costly, and walks
    one journey; `ci` takes all, but half of what is slow or costly, and of each sweep a third (all
    pairs of worlds), and walks with the mouse where a journey has one.  The walks of dilemmas are
    for `long`.
    """
    if item.get_closest_marker("long"):
        return False
    given, case, file = _given(item), _case_of(item), item.path.name
    if "hands" in given:
        mouse = given["hands"] == "mouse"
        hands = next(m.args[1] for m in item.iter_markers("parametrize") if m.args[0] == "hands")
        mine = mouse or "mouse" not in hands if ci else file.startswith(USUAL_JOURNEYS)
        return given["database"] == DIALECTS[not mouse] and mine and not file.startswith("test_d")
    costly = item.get_closest_marker("in_turn") is not None
    if not on_two or (file.startswith(ON_BOTH) and not costly):
        return True
    slow = file.startswith(SLOW)
    together = slow or (costly and not ci)
    several = costly or len(given) > 1
    whose = "slow" if together else item.nodeid.partition("[")[0] if several else "others"
    place = _place(turns.setdefault(whose, []), case)
    if ci:
        of_how_many = 6 if file.startswith("test_sweep_") else 4
        all_of_it = file.startswith("test_sweep_worlds") or not (slow or costly)
        chosen = all_of_it or place % of_how_many < 2
    else:
        chosen = place % (24 if slow or costly else 8) < 2
    return chosen and DIALECTS[place % 2] == given["database"]


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """Give what all tests of this worker share."""
    stock = Stock(tmp_path_factory.mktemp("databases"))
    with stock.ends:
        yield stock


@pytest.fixture(scope="session", params=DIALECTS)
def database(request: pytest.FixtureRequest, stock: Stock) -> Database:
    """Give each of the two databases in turn, with the cast and LANE-01 in it."""
    return stock.database(request.param)


@pytest.fixture(scope="session")
def apps(stock: Stock, database: Database) -> dict[bool, Flask]:
    """Give the app, and the same as a demo, on one copy of the database."""
    return stock.apps_on(database)


@pytest.fixture
def connection(apps: dict[bool, Flask]) -> Iterator[Connection]:
    """Give the one connection of this test; all that it does is rolled back afterwards."""
    with databases.outer_transaction(*apps.values()) as connection:
        yield connection
    references.source, references.next = References.drawn, []
    hold(FIRST)


@pytest.fixture
def app(apps: dict[bool, Flask], connection: Connection) -> Flask:
    """Give the app on a database in which Kim's case is open, and nothing else has happened."""
    return apps[False]


@pytest.fixture
def demo_app(apps: dict[bool, Flask], connection: Connection) -> Flask:
    """Give the same app as a demo: no second factor, and the demo's own pages."""
    return apps[True]


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give a session of the test's own; `world.does` says who acts in it."""
    with databases.session_of(app) as session:
        yield session


@pytest.fixture
def world(app: Flask) -> World:
    """Give the people and records of the world, by name."""
    return World(app)


@pytest.fixture
def writer(world: World, app):
    """Give a writer of records in LANE-01."""
    with world.session() as session:
        yield records.Writer.of(session, world.moment, world.family)


@pytest.fixture
def fresh_database(database: Database) -> Iterator[str]:
    """Give the URL of a copy of the database that this test may change for good."""
    url = database.copy()
    yield url
    database.drop(url)


@pytest.fixture
def fresh_app(fresh_database: str) -> Iterator[Flask]:
    """Give an app on a database of its own, with real commits, for threads, triggers and faults."""
    app = create_app(databases.config(fresh_database))
    yield app
    databases.dispose(app)
    hold(FIRST)


@pytest.fixture
def kept(fresh_app: Flask) -> World:
    """Give the world of an app whose commits are real, so that a worker sees them."""
    return World(fresh_app)


@pytest.fixture
def social_worker(fresh_app: Flask) -> Client:
    """Give a browser in which Ben is signed in, whose commits are real."""
    return Client(fresh_app).sign_in("Ben")


@pytest.fixture
def visitor(app: Flask) -> Client:
    """Give a browser in which nobody is signed in."""
    return Client(app)


def _signed_in(name: str) -> Callable[[Flask], Client]:
    @pytest.fixture(name="elif_" if name == "Elif" else name.lower())
    def person(app: Flask) -> Client:
        return Client(app).sign_in(name)

    person.__doc__ = f"Give a browser in which {name} is signed in."
    return person


amira = _signed_in("Amira")
paula = _signed_in("Paula")
cerys = _signed_in("Cerys")
dana = _signed_in("Dana")
elif_ = _signed_in("Elif")
ewan = _signed_in("Ewan")
ben = _signed_in("Ben")
bella = _signed_in("Bella")
colm = _signed_in("Colm")
dev = _signed_in("Dev")
esi = _signed_in("Esi")
gus = _signed_in("Gus")
hana = _signed_in("Hana")
hugo = _signed_in("Hugo")
farah = _signed_in("Farah")
petra = _signed_in("Petra")
piers = _signed_in("Piers")


@pytest.fixture
def statements(connection: Connection) -> Iterator[list[str]]:
    """Give the list into which every SQL statement of this test is written.

    Savepoints are left out, and the mark of a session's last use: it is made twice a minute.
    """
    seen: list[str] = []
    left_out = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "UPDATE sign_in_sessions")

    def write(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(left_out):
            seen.append(statement)

    event.listen(connection, "before_cursor_execute", write)
    yield seen
    event.remove(connection, "before_cursor_execute", write)
