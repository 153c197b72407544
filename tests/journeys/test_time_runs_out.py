"""A session that is about to end, in a browser: a warning, a press, and typing that survives."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from coordinator.access import actor
from coordinator.demo import cast
from coordinator.services import sign_in
from coordinator.settings import FIRST

pytestmark = pytest.mark.browser

SOON = replace(FIRST, idle_limit=timedelta(seconds=100))
OVER = replace(FIRST, idle_limit=timedelta(0))


@pytest.mark.parametrize("hands", ["mouse"])
def test_a_person_is_warned_stays_and_loses_nothing_when_it_ends(person, monkeypatch):
    amira = person("Amira")
    page, status = amira.page, amira.page.get_by_role("status")
    page.clock.install()
    amira.goes("/families/open")
    expect(status).to_be_empty()

    monkeypatch.setattr(sign_in, "SETTINGS", SOON)
    page.clock.fast_forward("13:01")
    expect(status).to_contain_text("You will be signed out in 2 minutes.")
    amira.looks()
    monkeypatch.undo()
    page.get_by_role("button", name="Stay signed in").click()
    expect(status).to_be_empty()

    amira.types("Full name", "Robin Vale")
    monkeypatch.setattr(actor, "SETTINGS", OVER)
    page.clock.fast_forward("13:01")
    expect(status).to_contain_text("You are signed out.")
    page.get_by_role("link", name="Sign in again").click()
    amira.sees("You were signed out because nothing happened for a while.")
    page.locator("#email").fill(amira.email)
    page.locator("#password").fill(cast.PASSWORD)
    monkeypatch.undo()
    amira.presses("Sign in")
    expect(page).to_have_url(f"{amira.address}/families/open?draft=1")
    expect(page.get_by_label("Full name")).to_have_value("Robin Vale")


@pytest.mark.parametrize("hands", ["keyboard"])
def test_somebody_who_is_typing_is_not_signed_out(person, monkeypatch):
    amira = person("Amira")
    page, status = amira.page, amira.page.get_by_role("status")
    page.clock.install()
    amira.goes("/families/open")
    monkeypatch.setattr(sign_in, "SETTINGS", SOON)
    page.clock.fast_forward("13:01")
    expect(status).to_contain_text("in 2 minutes")
    monkeypatch.undo()
    page.keyboard.press("Tab")
    expect(status).to_be_empty()
