"""True of every page of LANE-01 and of every page without a record, whoever adds it."""

from __future__ import annotations

import pytest

import databases
import records
import routes
from page import Client

MOST_STATEMENTS = 12
# Today gathers what waits from fourteen kinds of records, each asked once.
ALLOWED = {"/today": 14}
# A parent's copy of a meeting carries the directory's numbers of today, too.
MOST_OF_A_COPY = 13
READERS = ("Amira", "Ben", "Dana", "Farah")
# What a look may write: itself, and when its session was last used.
A_LOOK_WRITES = {"trail_events", "sign_in_sessions"}


def most(path: str) -> int:
    """Return how many statements a page may take."""
    return ALLOWED.get(path, MOST_OF_A_COPY if path.endswith("/copy") else MOST_STATEMENTS)


@pytest.fixture
def references(demo_app, world):
    with world.session() as session:
        return records.build(session, world.moment, world.family)


def addresses(app, references, method="GET"):
    """Return every address of the app that takes this method, with the world's records in it."""
    return [
        routes.address(app, rule, references)
        for rule in routes.rules(app)
        if method in routes.methods(rule) and rule.endpoint != "static"
    ]


def pages(client, references):
    """Yield every page that this person may open."""
    for path in addresses(client.app, references):
        page = client.get(path, follow=False)
        if page.status == 200:
            yield page


@pytest.mark.in_turn
@pytest.mark.parametrize("name", READERS)
def test_to_look_changes_nothing_but_the_trail_and_the_session(
    name, demo_app, references, connection
):
    """A GET, or a HEAD, of any address leaves every other table as it was."""
    client = Client(demo_app).sign_in(name)
    before = databases.fingerprints(connection)
    for path in addresses(demo_app, references):
        shown, head = client.get(path, follow=False), client.head(path)
        assert (head.status, head.html) == (shown.status, ""), path
        assert set(head.headers.keys()) == set(shown.headers.keys()), path
    assert databases.changed(before, connection) <= A_LOOK_WRITES


@pytest.mark.in_turn
@pytest.mark.parametrize("name", ["Amira", "Dana"])
def test_a_page_takes_few_statements_and_no_more_for_more_rows(
    name, demo_app, references, world, statements
):
    """At most 12 statements, the door's own among them; ten times the rows take no more."""
    client = Client(demo_app).sign_in(name)

    def counted() -> dict[str, int]:
        counts = {}
        for path in addresses(demo_app, references):
            statements.clear()
            if client.get(path, follow=False).status == 200:
                counts[path] = len(statements)
        return counts

    few = counted()
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        for number in range(10):
            writer.of_each_kind("Amira", f"Words {number}", records.Level.OPEN)
            writer.of_each_kind("Ben", f"Words {number}", records.Level.OPEN)
    many = counted()
    assert {path: (few[path], n) for path, n in many.items() if n > few[path]} == {}
    assert {path: n for path, n in few.items() if n > most(path)} == {}


@pytest.mark.in_turn
@pytest.mark.parametrize("name", READERS)
def test_every_link_and_every_form_leads_somewhere(name, demo_app, references):
    """No link leads to what is not there or is not for the person who is shown the link."""
    client = Client(demo_app).sign_in(name)
    adapter = demo_app.url_map.bind("localhost")
    dead, tried = {}, set()
    for page in pages(client, references):
        for words, href in page.links.items():
            target = href.partition("#")[0]
            if target.startswith("/") and target not in tried:
                tried.add(target)
                status = client.get(target).status
                if status != 200:
                    dead[f"{page.path}: {words}"] = (target, status)
        for form in page.soup.select("form"):
            target = str(form.get("action") or page.path).partition("?")[0]
            if not adapter.test(target, str(form.get("method", "get")).upper()):
                dead[f"{page.path}: form"] = (target, form.get("method"))
    assert dead == {}


@pytest.mark.in_turn
@pytest.mark.parametrize("name", READERS)
def test_every_button_that_is_shown_may_be_pressed(name, demo_app, references, connection):
    """Pressing any form as it stands is never refused for want of leave, and never an error."""
    client = Client(demo_app).sign_in(name)
    wrong = []
    for page in pages(client, references):
        for number, form in enumerate(page.forms):
            with client.unchanged(), connection.begin_nested() as savepoint:
                answer = client.press(page, form)
                savepoint.rollback()
            if answer.status not in (200, 302, 303, 409, 422):
                wrong.append((page.path, number, form.get("action"), answer.status))
    assert wrong == []


def test_an_address_that_takes_no_such_request_says_so(demo_app, references):
    client = Client(demo_app).sign_in("Amira")
    for path in addresses(demo_app, references):
        assert client.open("DELETE", path, follow=False).status in (404, 405), path
