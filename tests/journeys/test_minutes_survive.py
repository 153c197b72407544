"""Minutes while people talk: by keyboard, through a lost connection and a session that runs out."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

import databases
from coordinator import clock
from coordinator.access import actor
from coordinator.access.sights import Moment
from coordinator.demo import cast
from coordinator.models.accounts import Draft
from coordinator.models.plans import Action
from coordinator.settings import FIRST
from minuting import lent

pytestmark = pytest.mark.browser

OVER = replace(FIRST, idle_limit=timedelta(0))
DECIDED = "What was decided, in plain words"


@pytest.fixture
def address(demo) -> str:
    """Give the address of the minutes of a core group that Hugo takes, as of an hour ago."""
    with databases.session_of(demo) as session:
        moment = Moment(clock.now(), clock.today())
        hugo = cast.actor(session, "Hugo").account_id
        meeting = lent(session, moment).meeting(
            "Ben", "Hana", ["Ben", "Amira", "Hugo"], minute_taker_id=hugo
        )
        meeting.starts_at = moment.now - timedelta(hours=1)
        return f"/meetings/{meeting.reference}/minutes/write"


@pytest.mark.parametrize("hands", ["keyboard"])
def test_an_action_is_added_with_enter_and_stands_beneath_at_once(person, demo, address):
    """E13 E14: what, owner, agency and date, without leaving the page or the keyboard."""
    hugo = person("Hugo")
    hugo.goes(address)
    page = hugo.page
    hugo.types(DECIDED, "Visits go on.")
    for text, who in (("Ring the nursery", "Amira"), ("Book the room", "Ben")):
        hugo.types("What will be done?", text)
        owners = page.get_by_label("Who, and for which agency?")
        words = next(w for w in owners.locator("option").all_inner_texts() if w.startswith(who))
        hugo.picks("Who, and for which agency?", words)
        page.get_by_label("What will be done?").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#agreed")).to_contain_text(text)
        expect(page.get_by_label("What will be done?")).to_be_focused()
        expect(page.get_by_label("What will be done?")).to_have_value("")
    expect(page.get_by_label(DECIDED)).to_have_value("Visits go on.")
    expect(page.locator("#agreed")).to_contain_text("Northside Mental Health")
    with databases.session_of(demo) as session:
        texts = set(session.scalars(select(Action.text)))
    assert {"Ring the nursery", "Book the room"} <= texts
    amira = person("Amira")
    amira.goes("/today")
    amira.sees("Ring the nursery")


@pytest.mark.parametrize("hands", ["mouse"])
def test_what_is_wrong_with_an_action_is_said_beside_it_without_leaving_the_page(person, address):
    hugo = person("Hugo")
    hugo.goes(address)
    hugo.types(DECIDED, "Visits go on.")
    hugo.types("What will be done?", "Ring the nursery")
    hugo.page.get_by_role("button", name="Add this action").click()
    expect(hugo.page.locator("#action-line")).to_contain_text("Choose who will do this")
    expect(hugo.page.get_by_label("What will be done?")).to_have_value("Ring the nursery")
    expect(hugo.page.get_by_label(DECIDED)).to_have_value("Visits go on.")
    hugo.looks()


@pytest.mark.parametrize("hands", ["mouse"])
def test_a_lost_connection_loses_nothing(person, address):
    """Point 7: the text stays, says so, and is kept as soon as there is a connection again."""
    hugo = person("Hugo")
    hugo.goes(address)
    page, status = hugo.page, hugo.page.locator(".co-kept")
    hugo.types(DECIDED, "First words.")
    expect(status).to_contain_text("Kept as a draft at")
    hugo.context.set_offline(True)
    page.get_by_label(DECIDED).fill("First words. And more while there is no connection.")
    expect(status).to_contain_text("There is no connection.")
    hugo.types("What will be done?", "Ring the nursery")
    page.get_by_role("button", name="Add this action").click()
    expect(page.get_by_label("What will be done?")).to_have_value("Ring the nursery")
    page.get_by_role("button", name="Save the minutes").click()
    expect(status).to_contain_text("There is no connection.")
    assert page.url.endswith(address)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    hugo.context.set_offline(False)
    expect(status).to_contain_text("Kept as a draft at")
    hugo.faults = [one for one in hugo.faults if "ERR_INTERNET_DISCONNECTED" not in one]
    hugo.goes(address)
    hugo.sees("What you had typed is here again")
    value = page.get_by_label(DECIDED)
    expect(value).to_have_value("First words. And more while there is no connection.")
    expect(page.get_by_label("What will be done?")).to_have_value("Ring the nursery")


@pytest.mark.parametrize("hands", ["mouse"])
def test_a_session_that_runs_out_keeps_what_was_typed(person, demo, address, monkeypatch):
    """Point 7: a time-out keeps it as a draft, for the same person."""
    hugo = person("Hugo")
    hugo.goes(address)
    page, status = hugo.page, hugo.page.locator(".co-kept")
    monkeypatch.setattr(actor, "SETTINGS", OVER)
    hugo.types(DECIDED, "Typed after the session had ended.")
    expect(status).to_contain_text("You are signed out.")
    with databases.session_of(demo) as session:
        assert "Typed after" in session.scalars(select(Draft.form)).one()
    hugo.goes("/sign-in")
    page.locator("#email").fill(hugo.email)
    page.locator("#password").fill(cast.PASSWORD)
    monkeypatch.undo()
    hugo.presses("Sign in")
    expect(page).to_have_url(re.compile(r"/minutes/write\?draft=1$"))
    expect(page.get_by_label(DECIDED)).to_have_value("Typed after the session had ended.")
    hugo.presses("Save the minutes")
    hugo.sees("Typed after the session had ended.")
