"""A need that was raised and not answered goes to both managers, and closes with what was done."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator import chores, clock, trail
from coordinator.access import release
from coordinator.access.letters import Sender, queued
from coordinator.access.sights import Moment
from coordinator.models.outbox import OutboxMessage
from coordinator.models.raised_needs import RaisedNeed
from page import Client
from referring import DAY, at
from waiting_list import rows

RAISE = "/families/LANE-01/raised-needs/raise"
ROW = "Answer the need raised with Northside CMHT"
SAID = "Kim spoke of not wanting to go on"


def _raise(ben) -> str:
    page = ben.get(RAISE)
    desk = next(
        one["value"]
        for one in page.soup.select("select[name=team] option")
        if "Northside CMHT" in one.get_text()
    )
    page = ben.submit(page, {"team": desk, "what": SAID})
    assert "Not answered" in page.text
    return str(page.path)


def _worker(world) -> int:
    """Let the worker do its round; return how many mails were queued."""
    with world.session() as session:
        now = Moment(clock.now(), clock.today())
        trail.acting(session, chores.ACTING, chores.NEEDS.action)
        return chores.NEEDS.does(session, now)[0] if chores.NEEDS.is_due(session, now) else 0


def test_a_need_that_nobody_answers_goes_to_both_managers_within_its_hours(app, world):
    """E35: two hours (setting) after the desk was told, once, and to nobody before; no words."""
    with at(DAY):
        here = _raise(Client(app).sign_in("Ben"))
        assert any(ROW in row for row in rows(Client(app).sign_in("Amira").get("/today"), "today"))
        assert ROW not in Client(app).sign_in("Dana").get("/today").text
        assert _worker(world) == 0
    with at(DAY + timedelta(hours=2)):
        assert _worker(world) == 2
        assert _worker(world) == 0
        for name in ("Dana", "Dev"):
            page = Client(app).sign_in(name).get("/today")
            assert any(ROW in row for row in rows(page, "late")), name
            assert SAID not in page.text
        with world.session() as session:
            sender = Sender("Coordinator <tool@coordinator.example>", "https://tool.example")
            now = Moment(clock.now(), clock.today())
            waits = select(OutboxMessage).where(OutboxMessage.kind == "raised-need")
            letters = [
                release.compose(session, now, queued(one), sender) for one in session.scalars(waits)
            ]
            assert {one.recipient for one in letters} == {
                "dana@northside.example",
                "dev@eastway.example",
            }
            for one in letters:
                assert f"https://tool.example{here}" in str(one.message)
                assert not any(word in str(one.message) for word in ("Kim", "Ben", SAID))


def test_it_cannot_be_closed_without_what_was_done(app, world):
    """E35: not with blanks, and not twice; then it leaves Today, and nobody is written to."""
    with at(DAY):
        ben, dana = Client(app).sign_in("Ben"), Client(app).sign_in("Dana")
        here = _raise(ben)
        page = dana.submit(dana.click(dana.get(here), "Say what was done"), {"done": "  "})
        assert page.status == 422
        assert page.errors["done"].startswith("Say what was done")
        page = dana.submit(page, {"done": "Amira saw Kim at noon."})
        assert "What was done: Amira saw Kim at noon." in page.text
        late = ben.post(f"{here}/close", {"done": "Again", "form_key": "second"})
        assert late.status == 422
        assert ROW not in ben.get("/today").text
    with at(DAY + timedelta(hours=3)):
        assert _worker(world) == 0


def test_it_is_held_back_from_nobody_on_the_case_and_known_to_no_other(ben, bella, hana, world):
    """E35: open to both agencies; another worker of the team and a chair do not find it."""
    here = _raise(ben)
    assert bella.get(here).status == 404
    assert hana.get(here).status == 404
    page = ben.get(RAISE)
    tomorrow = clock.today() + timedelta(days=1)
    page = ben.submit(page, {"what": SAID, "on": tomorrow})
    assert {"team"} == set(page.errors)
    assert page.field("what") == SAID
    assert world.count(RaisedNeed) == 1
