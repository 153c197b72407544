"""Whatever is typed, sent, left out, repeated or replayed: a sentence, and never an error.

The forms are those that stand on the pages, so that a form added tomorrow is tried tomorrow.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

import checks
import databases
import records
import routes
from coordinator import clock
from filling import form_values, names, offered
from page import Client, Page
from test_sweep_pages import pages
from world import World

# Between them, these people meet every form that there is.
PEOPLE = ("Amira", "Ben", "Hana", "Farah", "Dana", "Elif")
JUNK = {
    "nothing": "",
    "NUL": "a\x00b",
    "a surrogate": b"a\xed\xa0\x80b",
    "no UTF-8": b"\xff\xfe",
    "right to left": "a\u202eb",
    "HTML": "<script>alert(1)</script>\"'",
    "a formula": "=1+1",
    "too long": "x" * 20_000,
    "a number that is none": "9" * 30,
    "other digits": "\u0661\u0662",
}
HIDDEN = {"csrf_token", "form_key", "version"}
ANSWERS = {200, 302, 303, 400, 404, 409, 413, 422}
# What an act without effect may leave: that it was tried, and where it led.
BY_THE_WAY = {"trail_events", "sign_in_sessions", "submissions"}
REFUSALS = {400, 404, 409, 413, 422}
OF_NO_FAMILY = ("/directory", "/lawful-bases", "/referral-settings")
HOLD_ADDRESSES = (*OF_NO_FAMILY, "/safe-contacts", "/families/LANE-01/safe-contacts")
# What is said of sharing a note that is not shared.
NOT_KEPT = ("parent_view", "/families/LANE-01/notes/add")


@dataclass
class Found:
    """A form as it stands on a page, and what a careful person would send with it."""

    client: Client
    page: Page
    form: Tag
    good: MultiDict[str, str]

    @property
    def where(self) -> str:
        return f"{self.form.get('method')} {self.form.get('action')} on {self.page.path}"

    def typed(self) -> list[str]:
        """Return the names of the fields that take words."""
        return [n for n in names(self.form) if n not in HIDDEN and offered(self.form, n) is None]

    def keeps(self, name: str) -> bool:
        """Whether what is typed here stays on the page that is shown again."""
        typed = self.form.select(f"input[name='{name}'], textarea[name='{name}']")
        return all(field.get("type") not in ("hidden", "password") for field in typed)

    def chosen(self) -> list[str]:
        """Return the names of the fields that take a choice; a lone box to tick is none."""
        return [n for n in names(self.form) if len(offered(self.form, n) or ()) > 1]

    def wrong(self, values: Mapping[str, Any]) -> MultiDict[str, Any]:
        """Return the good values with some of them replaced, or left out where they are None."""
        sent: MultiDict[str, Any] = MultiDict(self.good)
        for name, value in values.items():
            sent.poplist(name)
            if value is not None:
                sent.setlist(name, value if isinstance(value, list) else [value])
        return sent


def good(form: Tag) -> MultiDict[str, str]:
    """Return values that a careful person might send with this form."""
    sent = form_values(form)
    soon = clock.today() + timedelta(days=9)
    parts = {"day": soon.day, "month": soon.month, "year": soon.year}
    for name in names(form) - HIDDEN:
        choices = [choice for choice in offered(form, name) or [] if choice]
        if choices and not sent.get(name):
            sent[name] = choices[0]
        elif name.rpartition("-")[2] in parts:
            sent.setdefault(name, str(parts[name.rpartition("-")[2]]))
        elif not sent.get(name) and offered(form, name) is None:
            sent[name] = "11:30am" if "time" in name else "Something to say"
    return sent


class Tried:
    """Every form that these people meet, each once, and a way to send something with it."""

    def __init__(self, app: Flask, connection: Connection, references: dict[str, str]) -> None:
        self.app, self.connection = app, connection
        self.adapter = app.url_map.bind("localhost")
        self.references = references
        self.every_form = self.forms = list(self._forms())

    def _forms(self) -> Iterator[Found]:
        """Yield each form, as the first person who meets it finds it."""
        met: set[object] = set()
        for name in PEOPLE:
            client = Client(self.app, checked=False).sign_in(name)
            for page in pages(client, self.references):
                for form in page.forms:
                    where = urlsplit(urljoin(page.path, str(form.get("action") or ""))).path
                    endpoint, _ = self.adapter.match(where, str(form.get("method", "get")).upper())
                    key = (endpoint, frozenset(names(form)))
                    if key not in met:
                        met.add(key)
                        yield Found(client, page, form, good(form))

    def send(self, one: Found, *tries: MultiDict[str, str]) -> tuple[Page, set[str]]:
        """Send values, each after the other, and take everything back.

        Returns the last answer and the names of the tables that the last try changed.
        """
        before = None
        with one.client.unchanged(), self.connection.begin_nested() as savepoint:
            for values in tries:
                if len(tries) > 1:
                    before = databases.fingerprints(self.connection)
                answer = one.client.send(one.page, one.form, values, follow=False)
            changed = databases.changed(before, self.connection) if before else set()
            savepoint.rollback()
        return answer, changed - BY_THE_WAY


@pytest.fixture(scope="module")
def tried(apps: dict[bool, Flask], pytestconfig: pytest.Config) -> Iterator[Tried]:
    """Give the forms there are, on a world that each try leaves as it was.

    Each thirtieth form is taken, beginning elsewhere on each database; `--long` takes all.
    """
    app = apps[True]
    with databases.outer_transaction(app) as connection:
        world = World(app)
        with world.session() as session:
            references = records.build(session, world.moment, world.family)
        tried = Tried(app, connection, references)
        if not pytestconfig.getoption("--long"):
            begin = 0 if connection.dialect.name == "sqlite" else 2
            tried.forms = tried.forms[begin::30]
        yield tried


def test_junk_in_any_field_is_answered_with_a_sentence(tried):
    """Each kind of junk in all fields at once, and each field alone with a kind of its own."""
    kinds = itertools.cycle(JUNK.items())
    for one in tried.forms:
        alone = [(kind, [name]) for name, (kind, _) in zip(one.typed(), kinds, strict=False)]
        for kind, fields in [*((kind, one.typed()) for kind in JUNK), *alone]:
            if not fields:
                continue
            sent = one.wrong(dict.fromkeys(fields, JUNK[kind]))
            answer, _ = tried.send(one, sent)
            what = f"{kind} as {fields}: {one.where}"
            assert answer.status in ANSWERS, f"{answer.status} for {what}"
            if answer.status == 422:
                checks.check(answer)
                assert answer.errors, f"no sentence for {what}"
                if kind == "HTML":
                    for name in filter(one.keeps, fields):
                        kept = answer.field(name)
                        assert kept == JUNK[kind][: max(len(kept), 4)], f"lost: {name}, {what}"


def test_no_longer_text_about_a_family_takes_an_address(tried):
    """Threats 2: the directory and the safe contacts hold addresses, and nothing else does."""
    taken = set()
    for one in tried.forms:
        where = one.where.split()[1]
        for box in one.form.select("textarea[name]"):
            name = str(box["name"])
            if where.startswith(HOLD_ADDRESSES) or (name, where) == NOT_KEPT:
                continue
            answer, _ = tried.send(one, one.wrong({name: "She is at 12 Rose Lane, EX4 3QJ"}))
            if answer.status not in REFUSALS:
                taken.add((name, where))
    assert not taken


def test_a_choice_that_was_not_offered_is_refused(tried):
    """A foreign or a made-up reference among the choices has no effect."""
    for one in tried.forms:
        if one.form.get("method") != "post":
            continue
        for name in one.chosen():
            for junk in (routes.MADE_UP, b"\xed\xa0\x80\x00", ["x", routes.MADE_UP]):
                answer, _ = tried.send(one, one.wrong({name: junk}))
                assert answer.status in REFUSALS, f"{junk!r} as {name!r}: {one.where}"


def test_a_field_that_is_missing_or_sent_twice_is_no_error(tried):
    for one in tried.forms:
        there = names(one.form)
        twice = {name: one.good.getlist(name) * 2 or ["a", "b"] for name in there}
        for wrong in ({}, twice, *({name: None} for name in there)):
            answer, _ = tried.send(one, one.wrong(wrong))
            assert answer.status in ANSWERS, f"{answer.status}, {wrong}: {one.where}"
        assert tried.send(one, MultiDict())[0].status in ANSWERS, f"nothing at all: {one.where}"


def test_far_too_much_is_refused_at_the_door(tried):
    much = "x" * 10_000_000
    for one in tried.forms:
        if one.form.get("method") == "post":
            assert tried.send(one, one.wrong({"text": much}))[0].status == 413, one.where


def test_a_form_sent_twice_has_one_effect(tried):
    """F11: the second press leads where the first one led, and changes nothing."""
    for one in tried.forms:
        if one.form.get("method") == "post":
            first, _ = tried.send(one, one.good)
            second, changed = tried.send(one, one.good, one.good)
            assert second.status == first.status, one.where
            if first.status in (302, 303):
                assert changed == set(), f"{one.where}: {changed}"


def test_a_stale_form_changes_nothing(tried):
    """A form that was filled in from an older version leads to the page that shows both texts."""
    for one in tried.forms:
        if one.good.get("version") not in (None, "", "0"):
            for stale in ("0", "x", None):
                empty = MultiDict({"csrf_token": one.good["csrf_token"]})
                answer, changed = tried.send(one, empty, one.wrong({"version": stale}))
                assert answer.status in ANSWERS, f"{answer.status}: {one.where}"
                assert changed == set(), f"version {stale!r}: {one.where}"


NO_ADDRESSES = ["%00", "a%00b", "..", "%ED%A0%80", "LANE-01%0A", "lane-01", "1", "%F0%9F%91%AA"]


def test_an_address_that_is_none_is_not_found(tried):
    client = Client(tried.app, checked=False).sign_in("Amira")
    for rule in routes.rules(tried.app):
        if routes.record_of(rule) is None:
            continue
        path = routes.address(tried.app, rule, dict.fromkeys(tried.references, "REFERENCE"))
        for junk in NO_ADDRESSES:
            for method in routes.methods(rule):
                answer = client.open(method, path.replace("REFERENCE", junk), follow=False)
                assert answer.status in {308, 400, 404, 405}, (method, path, junk)


QUERIES = (
    "page=x&draft=1&q=%00&from=2026-02-31&kind=zzz&agency=ZZZZ99999&outcome=%F0%9F%91%AA",
    "page=-1&draft=%00&family=LANE-01'&person=ZZZZ99999&to=0000-00-00&before=9999999999999999999",
    "page=99999999999999999999&from-day=31&from-month=2&from-year=2026&to-day=%D9%A1&kind=&kind=",
)


@pytest.mark.parametrize("name", ["Amira", "Dana", "Farah"])
def test_junk_in_the_query_is_no_error(tried, name):
    client = Client(tried.app, checked=False).sign_in(name)
    for page in list(pages(client, tried.references)):
        for query in QUERIES:
            answer = client.get(f"{page.path}?{query}", follow=False)
            assert answer.status in {200, 302, 400, 404, 422}, (page.path, query)
