"""A form changes what it shows and nothing else, whatever is sent with it (threats, 11).

Every column of every table is posted to every form, beside what the form asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import Boolean, Connection, Date, DateTime, Integer, LargeBinary

import databases
import records
from coordinator.models import Model
from filling import names
from page import Page
from test_sweep_bad_input import Found, Tried
from world import World

WORD, NUMBER, DAY = "Quokka-9Z", 424_242, date(2031, 1, 2)
# What was sent is kept where it was sent to: not a fact about anybody.
KEPT = {"drafts", "submissions", "trail_events"}

pytestmark = pytest.mark.in_turn


@pytest.fixture(scope="module")
def tried(apps: dict[bool, Flask], pytestconfig: pytest.Config) -> Iterator[Tried]:
    """Give the forms there are, on a world that each try leaves as it was.

    The usual run takes each ninth form, and `--ci` each third.
    """
    app = apps[True]
    with databases.outer_transaction(app) as connection:
        world = World(app)
        with world.session() as session:
            references = records.build(session, world.moment, world.family)
        tried = Tried(app, connection, references)
        if not pytestconfig.getoption("--long"):
            tried.forms = tried.forms[:: 3 if pytestconfig.getoption("--ci") else 9]
        yield tried


def posted_columns() -> dict[str, str]:
    """Return a telling value for each name that a column has anywhere."""
    values: dict[str, str] = {}
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            kind = column.type
            if isinstance(kind, Boolean):
                values[column.name] = "y"
            elif isinstance(kind, Integer):
                values[column.name] = str(NUMBER)
            elif isinstance(kind, Date | DateTime):
                values[column.name] = DAY.isoformat()
            elif not isinstance(kind, LargeBinary):
                values.setdefault(column.name, getattr(kind, "enums", [WORD])[-1])
    return values


def planted(connection: Connection) -> set[str]:
    """Return the columns that hold one of the telling values."""
    found = set()
    for name, rows in databases.fingerprints(connection).items():
        for row in rows if name not in KEPT else ():
            for column, value in row._mapping.items():
                day = value.date() if isinstance(value, datetime) else value
                if day in (NUMBER, DAY) or (isinstance(value, str) and WORD in value):
                    found.add(f"{name}.{column}")
    return found


def after(tried: Tried, one: Found, more: dict[str, str]) -> set[str]:
    """Return what was planted by sending a form with this much more."""
    with one.client.unchanged(), tried.connection.begin_nested() as savepoint:
        one.client.send(one.page, one.form, one.wrong(more), follow=False)
        there = planted(tried.connection)
        savepoint.rollback()
    return there


def asked_for(tried: Tried) -> dict[str, set[str]]:
    """Return all names that each endpoint asks for, in any of its forms, first or shown again."""
    found: dict[str, set[str]] = {}
    chosen = {endpoint_of(tried, one) for one in tried.forms}
    for one in tried.every_form:
        if endpoint_of(tried, one) not in chosen:
            continue
        again, _ = tried.send(one, one.good)
        there = {name for form in [one.form, *_forms(again)] for name in names(form)}
        there |= {name.rpartition("-")[0] for name in there}
        found.setdefault(endpoint_of(tried, one), set()).update(there)
    return found


def _forms(page: Page) -> list[Tag]:
    return page.forms if page.is_html else []


def endpoint_of(tried: Tried, one: Found) -> str:
    where = urlsplit(urljoin(one.page.path, str(one.form.get("action") or ""))).path
    return str(tried.adapter.match(where, str(one.form.get("method", "get")).upper())[0])


def test_a_form_changes_no_column_that_it_does_not_show(tried):
    columns, asked = posted_columns(), asked_for(tried)
    for one in tried.forms:
        if one.form.get("method") != "post":
            continue
        hidden = columns.keys() - asked[endpoint_of(tried, one)]
        found = after(tried, one, {name: columns[name] for name in hidden})
        assert found == set(), f"{one.where} writes {found}"
