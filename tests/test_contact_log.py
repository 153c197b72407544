"""Reading who was tried and who was reached; nothing in the log changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

import databases
from calling import CALLED, CONTACTS, LOG, lines, on_the_case, pages_of, tell
from coordinator import clock
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, Outcome
from world import World


def test_both_agencies_read_the_log_and_a_stranger_does_not(amira, bella, world):
    tell(world, "Ben", "Amira")
    assert "Ben tried Amira" in amira.get(CONTACTS).text
    assert bella.get(CONTACTS).status == 404
    assert bella.get(LOG).status == 404


def test_a_manager_reads_the_log_and_logs_nothing(dana, world):
    tell(world, "Ben", "Amira")
    page = dana.get(CONTACTS)
    assert "Ben tried Amira" in page.text
    assert "Log a contact" not in page.links
    assert dana.get(LOG).status == 403


def test_last_attempted_and_last_reached_are_two_figures(amira, ben, world):
    """E19, E20: both by when it was tried, whenever it was logged."""
    tell(world, "Ben", "Amira", Outcome.NO_ANSWER, ago=timedelta(days=2))
    tell(world, "Ben", "Amira", Outcome.REACHED, ago=timedelta(days=9))
    card = next(c for c in ben.get(CONTACTS).soup.select(".co-person") if "Amira" in c.get_text())
    attempted, reached = (dd.get_text() for dd in card.select("dd"))
    assert attempted.startswith(f"{clock.today() - timedelta(days=2):%A}")
    assert reached.startswith(f"{clock.today() - timedelta(days=9):%A}")
    page = amira.get(CONTACTS)
    assert "Ben" not in " ".join(c.get_text() for c in page.soup.select(".co-person"))
    assert "Never tried Log a contact with Ben, social worker" in page.text


def test_the_page_says_how_long_the_agencies_have_not_talked(ben, world):
    """E20: the last conversation between the agencies, against the agreed rhythm."""
    assert "No conversation between the agencies" in ben.get(CONTACTS).text
    tell(world, "Ben", "Amira", Outcome.REACHED, ago=timedelta(days=16))
    tell(world, "Ben", "Amira", Outcome.LEFT_MESSAGE, ago=timedelta(days=1))
    assert "Time to talk." in (text := ben.get(CONTACTS).text)
    assert "16 days ago" in text
    tell(world, "Amira", "Ben", Outcome.REACHED, ago=timedelta(days=2))
    assert "Time to talk." not in ben.get(CONTACTS).text


@pytest.mark.parametrize(
    "verb", ["UPDATE contact_attempts SET line = 'x'", "DELETE FROM contact_attempts"]
)
def test_no_statement_changes_or_deletes_a_contact(fresh_app, verb):
    """E59: not even by SQL, on both databases."""
    tell(World(fresh_app), "Ben", "Amira")
    engine = databases.engine_of(fresh_app)
    with engine.connect() as connection:
        databases.tell(connection, "", "", "test")
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(verb))


def test_the_trail_says_who_tried_whom_and_with_what_outcome(ben, world):
    """E59: a contact stands in the trail with its outcome, towards the worker who was tried."""
    ben.submit(ben.get(LOG), CALLED | {"whom": on_the_case(world, "Amira")})
    with world.session() as session:
        row = session.execute(
            select(
                TrailEvent.actor_id, TrailEvent.towards_id, TrailEvent.outcome, TrailEvent.action
            ).where(TrailEvent.kind == EventKind.CONTACT)
        ).one()
    assert row == (world.account_id("Ben"), world.account_id("Amira"), "reached", "contacts.log")


def test_the_log_is_read_a_page_at_a_time_newest_first(ben, world, monkeypatch):
    monkeypatch.setattr("coordinator.reads.contact_log.SETTINGS", pages_of(3))
    for number in range(8):
        tell(world, "Ben", "Amira", Outcome.REACHED, timedelta(days=number), f"line {number}")
    page = ben.get(CONTACTS)
    assert lines(page) == ["line 0", "line 1", "line 2"]
    page = ben.click(page, "Older")
    assert lines(page) == ["line 3", "line 4", "line 5"]
    page = ben.click(page, "Older")
    assert lines(page) == ["line 6", "line 7"]
    assert "Older" not in page.links
    page = ben.click(page, "Newer")
    assert lines(page) == ["line 3", "line 4", "line 5"]
    page = ben.click(page, "Newer")
    assert lines(page) == ["line 0", "line 1", "line 2"]
    assert "Newer" not in page.links


@pytest.mark.parametrize("query", ["before=AAAA99999", "after=LANE-01", "before=%00", "before=é"])
def test_a_page_that_starts_nowhere_is_not_found(ben, query):
    assert ben.get(f"{CONTACTS}?{query}").status == 404


def test_the_log_takes_the_same_statements_however_long_it_is(ben, world, statements):
    tell(world, "Ben", "Amira", Outcome.REACHED)
    ben.get(CONTACTS)
    statements.clear()
    ben.get(CONTACTS)
    few = len(statements)
    for number in range(20):
        reference = tell(world, "Ben", "Amira", Outcome.REACHED, timedelta(days=number))
    ben.submit(ben.get(f"/contacts/{reference}/correct"), {"line": "corrected"})
    statements.clear()
    ben.get(CONTACTS)
    assert len(statements) == few <= 12
