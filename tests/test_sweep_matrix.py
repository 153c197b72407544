"""Who gets in where: the table of tests/matrix.txt, proved for every route and every person."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

import databases
import matrix
import records
import routes
from coordinator import create_app
from page import Client, Page
from world import World


@pytest.fixture
def references(demo_app, world: World) -> dict[str, str]:
    """Give one record of each noun, and Colm excluded from the family."""
    with world.session() as session:
        found = records.build(session, world.moment, world.family)
        records.Writer.of(session, world.moment, world.family).exclude("Colm")
    return found


def letter(method: str, page: Page) -> str:
    """Return the letter of the table for what came back."""
    location = page.headers.get("Location", "")
    if "Clear-Site-Data" in page.headers:
        return "y"
    if location.startswith("/sign-in"):
        return "signed out"
    if method == "GET" and page.status == 302:
        return "r"
    letters = {403: "n", 404: "-", 200: "y", 302: "y", 303: "y", 409: "y", 422: "y"}
    return letters.get(page.status, str(page.status))


def test_the_table_names_every_endpoint_and_no_other():
    app = create_app(databases.config("sqlite://", demo=True))
    there = {rule.endpoint for rule in routes.rules(app)} - {"static"}
    table = set(matrix.rows())
    assert there - table == set(), "these endpoints stand in no row of tests/matrix.txt"
    assert table - there == set(), "these rows of tests/matrix.txt have no endpoint"


@pytest.mark.in_turn
@pytest.mark.parametrize(("who", "name", "agency"), matrix.PEOPLE, ids=str)
def test_each_person_gets_in_where_the_table_says(
    who, name, agency, demo_app, references, connection: Connection
):
    """E59: the matrix of roles, for every endpoint that there is."""
    client = Client(demo_app, checked=False).sign_in(name, agency)
    wrong = []
    for rule in routes.rules(demo_app):
        expected = matrix.rows().get(rule.endpoint, {}).get(who, ".")
        if expected == ".":
            continue
        path = routes.address(demo_app, rule, references)
        for method in sorted(routes.methods(rule)):
            data = {"csrf_token": client.csrf_token()} if method == "POST" else None
            # Whatever the act changes is taken back, so that the next row meets the same world.
            with client.unchanged(), connection.begin_nested() as savepoint:
                got = letter(method, client.open(method, path, follow=False, data=data))
                savepoint.rollback()
            wanted = "n" if expected == "r" and method == "POST" else expected
            if got != wanted:
                wrong.append(f"{method} {rule.endpoint} {path}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def test_nobody_gets_in_without_signing_in(demo_app, references, visitor, connection):
    """Every route that is not public leads to the sign-in page, and changes nothing."""
    visitor = Client(demo_app)
    before = databases.fingerprints(connection)
    for rule in routes.rules(demo_app):
        if rule.endpoint == "static" or routes.gate(demo_app, rule) == "public":
            continue
        path = routes.address(demo_app, rule, references)
        for method in sorted(routes.methods(rule)):
            data = {"csrf_token": visitor.csrf_token()} if method == "POST" else None
            page = visitor.open(method, path, follow=False, data=data)
            assert page.headers.get("Location") == "/sign-in", (method, path)
    assert databases.changed(before, connection) == set()


def test_without_a_token_a_form_is_refused_and_changes_nothing(demo_app, references, connection):
    """ASVS v5.0.0-3.5.1: a form that another site made has no effect."""
    client = Client(demo_app, checked=False).sign_in("Amira")
    before = databases.fingerprints(connection)
    for rule in routes.rules(demo_app):
        if "POST" not in routes.methods(rule):
            continue
        path = routes.address(demo_app, rule, references)
        forms = ({}, {"csrf_token": "wrong"})
        statuses = {client.post(path, form, csrf=False, follow=False).status for form in forms}
        token = {"csrf_token": client.csrf_token()}
        foreign = client.post(path, token, follow=False, headers={"Sec-Fetch-Site": "cross-site"})
        assert statuses | {foreign.status} <= {400, 403, 404}, path
    assert databases.changed(before, connection) <= {"trail_events", "sign_in_sessions"}
