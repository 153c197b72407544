"""Whatever is typed, sent, left out, repeated or replayed: a sentence, and never an error.

The forms are those that stand on the pages, so that a form added tomorrow is tried tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from bs4 import Tag
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict

import databases
import records
import routes
from coordinator import clock
from filling import form_values, names, offered
from page import Client, Page
from test_sweep_pages import pages

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


@dataclass
class Found:
    """A form as it stands on a page, and what a careful person would send with it."""

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

    def wrong(self, name: str, value: object) -> MultiDict[str, str]:
        """Return the good values with one of them replaced, or left out if it is None."""
        sent = MultiDict(self.good)
        sent.poplist(name)
        if value is not None:
            sent.setlist(name, value if isinstance(value, list) else [value])  # type: ignore[arg-type]
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


@pytest.fixture(params=PEOPLE)
def found(request, demo_app, world, connection: Connection) -> Iterator[tuple[Client, list[Found]]]:
    """Give one person's browser and every form that they meet."""
    with world.session() as session:
        references = records.build(session, world.moment, world.family)
    client = Client(demo_app).sign_in(request.param)
    forms: dict[object, Found] = {}
    for page in pages(client, references):
        for form in page.forms:
            key = (form.get("action") or page.path, frozenset(names(form)))
            forms.setdefault(key, Found(page, form, good(form)))
    return client, list(forms.values())


@pytest.fixture
def send(found, connection):
    """Give a way to send values with a form and take back whatever that changed."""
    client, _forms = found

    def sends(one: Found, values: MultiDict[str, str]) -> Page:
        with client.unchanged(), connection.begin_nested() as savepoint:
            answer = client.send(one.page, one.form, values, follow=False)
            savepoint.rollback()
        return answer

    return sends


def test_junk_in_any_field_is_answered_with_a_sentence(found, send):
    for one in found[1]:
        for name in one.typed():
            for kind, junk in JUNK.items():
                answer = send(one, one.wrong(name, junk))
                what = f"{kind} as {name!r}: {one.where}"
                assert answer.status in ANSWERS, f"{answer.status} for {what}"
                if answer.status == 422:
                    assert answer.errors, f"no sentence for {what}"
                if answer.status == 422 and kind == "HTML" and one.keeps(name):
                    kept = answer.field(name)
                    assert kept == junk[: max(len(kept), 4)], f"lost: {what}"


def test_a_choice_that_was_not_offered_is_refused(found, send):
    """A foreign or a made-up reference among the choices has no effect."""
    for one in found[1]:
        if one.form.get("method") != "post":
            continue
        for name in one.chosen():
            for junk in (routes.MADE_UP, "a\x00b", b"\xed\xa0\x80", ["x", routes.MADE_UP]):
                answer = send(one, one.wrong(name, junk))
                assert answer.status in REFUSALS, f"{junk!r} as {name!r}: {one.where}"


def test_a_field_that_is_missing_or_sent_twice_is_no_error(found, send):
    for one in found[1]:
        for name in names(one.form):
            answer = send(one, one.wrong(name, None))
            assert answer.status in ANSWERS, f"{answer.status} without {name!r}: {one.where}"
            twice = one.good.getlist(name) * 2 or ["a", "b"]
            answer = send(one, one.wrong(name, twice))
            assert answer.status in ANSWERS, f"{answer.status} twice {name!r}: {one.where}"
        assert send(one, MultiDict()).status in ANSWERS, f"nothing at all: {one.where}"


def test_far_too_much_is_refused_at_the_door(found, send):
    for one in found[1]:
        if one.form.get("method") == "post":
            whole = one.wrong("text", "x" * 10_000_000)
            assert send(one, whole).status == 413, one.where


def test_a_form_sent_twice_has_one_effect(found, connection):
    """F11: the second press leads where the first one led, and changes nothing."""
    client, forms = found
    for one in forms:
        if one.form.get("method") != "post":
            continue
        with client.unchanged(), connection.begin_nested() as savepoint:
            first = client.send(one.page, one.form, one.good, follow=False)
            if first.status in (302, 303):
                before = databases.fingerprints(connection)
                second = client.send(one.page, one.form, one.good, follow=False)
                assert second.headers.get("Location") == first.headers.get("Location"), one.where
                changed = databases.changed(before, connection)
                assert changed - BY_THE_WAY == set(), one.where
            savepoint.rollback()


def test_a_stale_form_changes_nothing(found, connection):
    """A form that was filled in from an older version leads to the page that shows both texts."""
    client, forms = found
    for one in forms:
        if not one.good.get("version"):
            continue
        for stale in ("0", "", "x", "-1", None):
            with client.unchanged(), connection.begin_nested() as savepoint:
                before = databases.fingerprints(connection)
                values = one.wrong("version", stale)
                answer = client.send(one.page, one.form, values, follow=False)
                changed = databases.changed(before, connection) - BY_THE_WAY
                savepoint.rollback()
            assert answer.status in ANSWERS, f"{answer.status}, version {stale!r}: {one.where}"
            assert changed == set(), f"version {stale!r}: {one.where}"


NO_ADDRESSES = ["%00", "a%00b", "..", "%ED%A0%80", "LANE-01%0A", "lane-01", "1", "%F0%9F%91%AA"]


def test_an_address_that_is_none_is_not_found(demo_app, world, amira):
    with world.session() as session:
        references = records.build(session, world.moment, world.family)
    client = Client(demo_app).sign_in("Amira")
    for rule in routes.rules(demo_app):
        if routes.record_of(rule) is None:
            continue
        path = routes.address(demo_app, rule, dict.fromkeys(references, "REFERENCE"))
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
def test_junk_in_the_query_is_no_error(demo_app, world, name):
    with world.session() as session:
        references = records.build(session, world.moment, world.family)
    client = Client(demo_app).sign_in(name)
    for page in list(pages(client, references)):
        for query in QUERIES:
            answer = client.get(f"{page.path}?{query}", follow=False)
            assert answer.status in {200, 302, 400, 404, 422}, (page.path, query)
