"""What is taken to supervision, what was decided, and how much each worker has (E52, E39)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import worry_records
from coordinator import clock
from coordinator.models.families import Involvement
from coordinator.vocabulary import Level
from page import Client
from writer import Writer

HOME = "/families/LANE-01/supervision"
DECIDED = "Offer the visits on Mondays, and look again in four weeks"


def rows(page, heading: str) -> str:
    """Return the words of the list under a heading."""
    found = next(one for one in page.soup("h2") if one.get_text().startswith(heading))
    after = found.find_next_siblings(limit=2)
    return " ".join(one.get_text(" ", strip=True) for one in after)


def test_what_was_discussed_leaves_the_list_and_stays_as_a_decision(app, world):
    """E52: marked by the worker; the manager records day and decision; the other agency nothing."""
    amira, dana, ben = (Client(app).sign_in(name) for name in ("Amira", "Dana", "Ben"))
    before = ben.get("/families/LANE-01").main.get_text()
    amira.submit(amira.get(f"{HOME}/take"), {})
    assert "LANE-01" in rows(dana.get("/supervision"), "On the list")
    form = dana.click(dana.get(HOME), "Write the decision The whole case")
    late = dana.submit(form, {"decision": DECIDED, "discussed_on": clock.today() + timedelta(1)})
    assert "today or earlier" in late.errors["discussed_on"]
    dana.submit(late, {"decision": DECIDED, "discussed_on": clock.today()})
    for reader in (dana, amira):
        assert "LANE-01" not in rows(reader.get("/supervision"), "On the list")
        assert DECIDED in reader.get(HOME).text
    assert DECIDED not in ben.get(HOME).text
    assert ben.get("/families/LANE-01").main.get_text() == before
    assert "Supervision" not in ben.get("/families/LANE-01/sharing").main.get_text()


def test_a_case_without_supervision_for_the_period_is_listed(app, world):
    """E52: open over 90 days (a setting) with none, for the worker and their own manager alone."""
    long_ago = clock.today() - timedelta(days=91)
    with world.does("Farah") as (session, _):
        for one in session.scalars(select(Involvement)):
            one.starts_on = long_ago
    heading = "To bring up"
    for name, there in (("Amira", True), ("Dana", True), ("Wale", False)):
        page = Client(app).sign_in(name).get("/supervision")
        assert ("LANE-01" in rows(page, heading)) is there, name
    dana = Client(app).sign_in("Dana")
    assert "Ben" not in dana.get("/supervision").main.get_text()
    with world.does("Amira") as (session, _):
        writer = Writer.of(session, world.moment, world.family)
        worry_records.supervised(writer, "Amira", DECIDED, discussed_on=clock.today())
    assert "LANE-01" not in rows(dana.get("/supervision"), heading)


def test_a_call_for_help_is_on_the_managers_today_at_once(app, world):
    """E39: "I need help with this", and no other manager's."""
    amira = Client(app).sign_in("Amira")
    amira.submit(amira.get(f"{HOME}/take"), {"needs_help": True})
    said = "Amira needs help with this case"
    dana = Client(app).sign_in("Dana")
    assert said in dana.get("/today").text
    for name in ("Dev", "Wale"):
        assert said not in Client(app).sign_in(name).get("/today").text
    twice = amira.submit(amira.get(f"{HOME}/take"), {"needs_help": True})
    assert twice.errors == {"": "It is on the list already"}
    amira.submit(amira.get(HOME), {}, button="Take off The whole case")
    assert said not in dana.get("/today").text


def test_a_manager_counts_what_they_may_know_of_and_no_more(app, world):
    """E39: families, open actions and overdue by worker, without what is kept from the manager."""
    with world.does("Amira") as (session, _):
        writer = Writer.of(session, world.moment, world.family)
        writer.action("Amira", "Amira", "Ring the school").due_on -= timedelta(days=6)
        writer.action("Amira", "Amira", "Ask her sister", Level.NAMED)
    dana = Client(app).sign_in("Dana")
    loads = [cell.get_text() for cell in dana.get("/supervision").soup("td")]
    assert loads == ["1", "1", "1"]
    with world.does("Farah") as (session, _):
        Writer.of(session, world.moment, world.family).keep_out("Dana")
    page = dana.get("/supervision")
    assert not page.soup("td")
    assert "LANE-01" not in page.text
