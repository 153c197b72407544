"""Two worlds that differ only in what a person may not know look the same to them, byte for byte.

Each page, each refusal, each search and each count of statements of the world with a hidden record
is compared with those of the world without it (assurance/noninterference.md).  Nothing is left
out of the comparison but the tokens that a form draws at random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Connection

import records
import routes
from coordinator.models.base import references as allocator
from coordinator.vocabulary import CaseRole, Level, Notice
from page import Client, Page
from world import World

CANARY = "Xylophone-7Q"
HIDDEN, NUMBER = "HDDEN0001", "9434765919"
NOW = datetime.now(UTC).replace(microsecond=0)
DRAWN = re.compile(
    r'name="(?:csrf_token|form_key)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="(?:csrf_token|form_key)"'
)
TO_ASK_BY = re.compile(r'"/notices/[0-9A-Z]{9}/(?:ask|open)"')
COOKIE = re.compile(r"session=[^;]*")

# Each person walks every page many times: on one database in turn, and on both with --long.
pytestmark = pytest.mark.in_turn


@dataclass(frozen=True)
class Seen:
    """All that comes back to a person who asks once."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    statements: int


def seen(page: Page, statements: list[str]) -> Seen:
    headers = [
        (name, COOKIE.sub("session=…", value) if name == "Set-Cookie" else value)
        for name, value in page.headers
    ]
    return Seen(page.status, tuple(sorted(headers)), DRAWN.sub("", page.html), len(statements))


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    """Let no time pass between the two worlds."""
    with time_machine.travel(NOW, tick=False):
        yield


class Observer:
    """One person who asks for everything that there is to ask for."""

    def __init__(self, app: Flask, connection: Connection, statements: list[str]) -> None:
        self.app, self.connection, self.statements = app, connection, statements

    def comes_in(self, name: str) -> Client:
        """Sign in; what the pages look like is checked in other sweeps."""
        return Client(self.app, checked=False).sign_in(name)

    def looks(self, client: Client, references: dict[str, str]) -> dict[str, Seen]:
        """Return what comes back for each page, with these records in the addresses."""
        rules = [r for r in routes.rules(self.app) if r.endpoint != "static"]
        return {
            path: self.once(client, "GET", path)
            for rule in rules
            if "GET" in routes.methods(rule)
            for path in [routes.address(self.app, rule, references)]
        }

    def tries(self, client: Client, references: dict[str, str]) -> dict[str, Seen]:
        """Return what comes back for each page and each form of these very records."""
        answers = {}
        for rule in routes.rules(self.app):
            if routes.key_of(rule) not in references:
                continue
            path = routes.address(self.app, rule, references)
            for method in sorted(routes.methods(rule)):
                data = {"csrf_token": client.csrf_token()} if method == "POST" else None
                answers[f"{method} {path}"] = self.once(client, method, path, data=data)
        return answers

    def searches(self, client: Client) -> dict[str, Seen]:
        """Return what comes back for each search for what is hidden."""
        answers = {}
        for path, values in SEARCHES:
            data = {**values, "csrf_token": client.csrf_token()}
            answers[f"{path} {values}"] = self.once(client, "POST", path, data=data)
        return answers

    def once(self, client: Client, method: str, path: str, **options: object) -> Seen:
        """Ask once, and take back whatever that changed."""
        with client.unchanged(), self.connection.begin_nested() as savepoint:
            self.statements.clear()
            answer = seen(client.open(method, path, follow=False, **options), self.statements)
            savepoint.rollback()
        return answer


# Exact searches for what is hidden: a name with its birthday, a number, a reference.
SEARCHES = [
    (
        "/families/find",
        {
            "name": CANARY,
            "born_on-day": "1",
            "born_on-month": "2",
            "born_on-year": "1990",
            "reason": "referral",
        },
    ),
    ("/families/find", {"nhs_number": NUMBER, "reason": "referral"}),
    ("/families/by-reference", {"reference": HIDDEN}),
]


@pytest.fixture
def observer(demo_app, connection, statements) -> Observer:
    return Observer(demo_app, connection, statements)


def differences(one: dict[str, Seen], two: dict[str, Seen]) -> str:
    """Return the first difference of each answer that differs, in words."""
    told = []
    for key, a in one.items():
        b = two[key]
        if a == b:
            continue
        if a.status != b.status:
            told.append(f"{key}: status {a.status} and {b.status}")
        elif a.body != b.body:
            at = next((i for i, (x, y) in enumerate(zip(a.body, b.body)) if x != y), 0)  # noqa: B905
            told.append(f"{key}: …{a.body[at - 60 : at + 90]!r} and …{b.body[at - 60 : at + 90]!r}")
        elif a.headers != b.headers:
            told.append(f"{key}: {set(a.headers) ^ set(b.headers)}")
        else:
            told.append(f"{key}: {a.statements} statements and {b.statements}")
    return "\n".join(told)


# What Amira writes at these levels is not for them, by whichever way they see the family.
HIDDEN_FROM = {
    "Ben": (Level.OWN_AGENCY, Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN),
    "Dev": (Level.OWN_AGENCY, Level.NAMED),
    "Hana": (Level.OWN_AGENCY, Level.NAMED),
    "Cerys": (Level.OWN_AGENCY, Level.NAMED),
    "Dana": (Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN),
    "Paula": (Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN),
}


@pytest.fixture
def references(demo_app, world: World) -> dict[str, str]:
    """Give one open record of each noun, with Cerys and Paula on the case too."""
    with world.session() as session:
        found = records.build(session, world.moment, world.family)
        writer = records.Writer.of(session, world.moment, world.family)
        writer.involve("Cerys", CaseRole.LINK_WORKER)
        writer.involve("Paula", CaseRole.THERAPIST)
    return found


@pytest.mark.parametrize("name", HIDDEN_FROM)
def test_what_is_held_back_without_a_notice_leaves_no_trace(
    name, world, references, observer, connection
):
    """E11, S32: absent from page, source, counts, search, headers and the number of statements."""
    client = observer.comes_in(name)
    with connection.begin_nested() as savepoint:
        with world.session() as session:
            writer = records.Writer.of(session, world.moment, world.family)
            hidden = [
                records.references(writer.of_each_kind("Amira", CANARY, level, Notice.NOBODY))
                for level in HIDDEN_FROM[name]
            ]
        with_it = observer.looks(client, references)
        for one in hidden:
            with_it |= observer.tries(client, one)
        savepoint.rollback()
    without = observer.looks(client, references)
    for one in hidden:
        without |= observer.tries(client, one)
    assert differences(with_it, without) == ""
    assert not [key for key, answer in with_it.items() if CANARY in answer.body]


@pytest.mark.parametrize("name", ["Ben", "Cerys", "Dana"])
def test_a_notice_says_that_something_is_held_back_and_nothing_of_what(
    name, world, references, observer
):
    """D03: a reference stands in the address to ask by, which opens nothing, and nowhere else."""
    client = observer.comes_in(name)
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        hidden = [
            records.references(writer.of_each_kind("Amira", CANARY, level, Notice.EVERYONE))
            for level in HIDDEN_FROM[name]
        ]
    answers = observer.looks(client, references)
    for one in hidden:
        answers |= observer.tries(client, one)
    drawn = {reference for one in hidden for reference in one.values()}
    for key, answer in answers.items():
        assert CANARY not in answer.body, key
        but_to_ask_by = TO_ASK_BY.sub("", answer.body)
        told = {reference for reference in drawn if reference in but_to_ask_by}
        assert not told, f"{key} shows the reference of what is held back"


@pytest.mark.parametrize("name", ["Bella", "Hana", "Farah", "Gus", "Dana", "Esi"])
def test_a_family_out_of_sight_is_as_if_it_did_not_exist(name, world, observer, connection):
    """E59: an outsider's every page is that of a world without the family.

    The one thing that they may learn is what an exact search with a reason tells (E09).
    """
    client = observer.comes_in(name)
    with connection.begin_nested() as savepoint:
        hidden = hidden_family(world, workers=["Paula"])
        with_it = observer.looks(client, hidden) | observer.tries(client, of_family(hidden))
        savepoint.rollback()
    without = observer.looks(client, hidden) | observer.tries(client, of_family(hidden))
    assert differences(with_it, without) == ""


@pytest.mark.parametrize("name", ["Ben", "Dev", "Amira", "Elif", "Hana", "Gus"])
def test_an_exclusion_takes_every_right_away(name, world, observer, connection):
    """E59: an exclusion beats role, involvement, invitation and oversight, and leaves no trace.

    In both worlds colleagues type the reference and are refused, which a manager may read about.
    """
    client = observer.comes_in(name)
    colleagues = [observer.comes_in(other) for other in ("Amira", "Ben") if other != name]

    def all_of_it(hidden: dict[str, str]) -> dict[str, Seen]:
        for colleague in colleagues:
            assert colleague.get(f"/families/{HIDDEN}").status == 404
        answers = observer.looks(client, hidden) | observer.tries(client, of_family(hidden))
        return answers | observer.searches(client)

    with connection.begin_nested() as savepoint:
        hidden = hidden_family(world, workers=["Paula", "Bella"], excluded=name)
        with_it = all_of_it(hidden)
        savepoint.rollback()
    assert differences(with_it, all_of_it(hidden)) == ""


def of_family(references: dict[str, str]) -> dict[str, str]:
    """Return those of the references that lead into the family."""
    kinds = {*routes.OF_A_FAMILY, *routes.OF_ONE_KIND.values()}
    return {name: reference for name, reference in references.items() if name in kinds}


def hidden_family(world: World, workers: list[str], excluded: str = "") -> dict[str, str]:
    """Open a family of its own with one record of each noun; return where its parameters lead."""
    with world.session() as session:
        allocator.next = [HIDDEN]
        return records.another_family(session, world.moment, CANARY, NUMBER, workers, excluded)
