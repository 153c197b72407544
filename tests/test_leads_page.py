"""The page with the leads' numbers stays up when the database is down, prints, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
import time_machine

import databases
import listed
from coordinator import clock, create_app, leads_page
from coordinator.vocabulary import PostKind
from page import Client
from world import World


@pytest.fixture
def printed(fresh_app, tmp_path):
    """Give an app whose page lies in a folder of this test."""
    place = str(tmp_path / "a" / "leads.html")
    settings = replace(fresh_app.config["COORDINATOR"], leads_page=place)
    fresh_app.config["COORDINATOR"] = settings
    return fresh_app


def without_database(app):
    """Return the same app whose database is gone."""
    return create_app(replace(app.config["COORDINATOR"], database_url="sqlite:////nonexistent/db"))


def write(app) -> bool:
    return leads_page.write(app, databases.engine_of(app))


def test_the_numbers_are_there_without_the_database_and_name_no_family(printed):
    """Issue 5, point 6: posts, holders, deputies, numbers and hours; no query, no family."""
    assert Client(printed).get("/leads").status == 200
    assert write(printed)
    gone = without_database(printed)
    gone.testing = False
    client = Client(gone)
    with client.browser.session_transaction() as cookie:
        cookie["token"] = "a session that nobody can look up"
    page = client.get("/leads")
    assert page.status == 200
    assert page.h1 == "Numbers to call"
    for words in ("Elif", "Deputy: Ewan", "01632 960110", "Vacant", "Monday to Friday, 9am to 5pm"):
        assert words in page.text
    for words in ("LANE", "Kim", "Leo"):
        assert words not in page.html
    down = client.get("/today")
    assert down.status == 503
    assert down.links["Numbers to call, now and on paper"] == "/leads"


def test_it_is_written_again_when_the_directory_or_the_day_changes_and_only_then(printed):
    """Issue 5, point 6: whenever the directory changes, and nightly."""
    assert write(printed)
    assert not write(printed)
    farah = Client(printed).sign_in("Farah")
    post = listed.post(World(printed), PostKind.SAFEGUARDING_CHILDREN)
    farah.submit(farah.get(f"/directory/posts/{post}/change"), {"phone": "01632 960777"})
    assert write(printed)
    assert "01632 960777" in farah.get("/leads").text
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert write(printed)


def test_what_cannot_be_read_or_written_leaves_it_as_it_was(printed, tmp_path):
    write(printed)
    before = (tmp_path / "a" / "leads.html").read_text()
    assert not write(without_database(printed))
    assert (tmp_path / "a" / "leads.html").read_text() == before


def test_the_worker_and_a_command_write_it(printed):
    """The worker has it written once a minute, beside its chores."""
    ran = printed.test_cli_runner().invoke(args=["leads-page"])
    assert ran.output == "The numbers to call are written.\n", ran.exception
    said = printed.test_cli_runner().invoke(args=["leads-page"]).output
    assert said == "They are as they were.\n"
    Path(printed.config["COORDINATOR"].leads_page).unlink()
    stop = Event()
    keeper = Thread(target=leads_page.keep, args=(printed, databases.engine_of(printed), stop))
    keeper.start()
    client, seen = Client(printed), ""
    for _ in range(100):
        seen = client.get("/leads").text
        if "Elif" in seen:
            break
        sleep(0.05)
    stop.set()
    keeper.join(5)
    assert "Elif" in seen
