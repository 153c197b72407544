"""Concerns about working together: private, owned, and never closed in silence (E22)."""

from __future__ import annotations

from datetime import timedelta

import pytest

import pair_records
from coordinator import clock
from coordinator.models.joint_concerns import JointConcern
from coordinator.vocabulary import ConcernKind
from page import Client
from writer import Writer

EAST = "Eastway Family Support"
WHAT = "The agreed visits did not happen in three weeks"
LABEL = ConcernKind.SUPPORT_NOT_GIVEN.label


def about(page, team: str = EAST) -> str:
    """Return the value under which the form offers a team."""
    return next(one["value"] for one in page.soup("option") if one.get_text(strip=True) == team)


def told(client: Client, text: str = WHAT):
    """Raise a concern about Eastway's team; return the page that follows."""
    form = client.get("/working-together/raise")
    kind = ConcernKind.SUPPORT_NOT_GIVEN.value
    return client.submit(form, {"about": about(form), "kind": kind, "text": text})


def test_a_concern_is_read_by_both_managers_and_link_workers_alone(app, world):
    """E22: nobody else finds it, in no list, no audit and no family; theirs is not told who."""
    amira = Client(app).sign_in("Amira")
    home = told(amira).path
    assert LABEL in amira.get("/working-together").text
    for name, knows_who in (("Cerys", True), ("Dana", True), ("Dev", False), ("Colm", False)):
        reader = Client(app).sign_in(name)
        page = reader.click(reader.get("/working-together"), LABEL)
        assert (WHAT in page.text, "Amira" in page.main.get_text()) == (True, knows_who), name
    # A deputy of the link worker, a colleague, a lead who reads the audit, another's manager.
    others = {name: Client(app).sign_in(name) for name in ("Idris", "Ben", "Elif", "Wale")}
    assert {name: one.get(home).status for name, one in others.items()} == dict.fromkeys(
        others, 404
    )
    assert LABEL not in others["Wale"].get("/working-together").text
    assert "working together" not in others["Idris"].get("/today").main.get_text()
    assert "concern about working" not in others["Elif"].get("/audit").text
    assert WHAT not in amira.get("/families/LANE-01").text


def test_it_is_not_closed_before_who_raised_it_is_told_what_came_of_it(app, world):
    """E22: its owner closes it, with an outcome that stands on Today of who raised it."""
    amira, dana, dev = (Client(app).sign_in(name) for name in ("Amira", "Dana", "Dev"))
    home = told(amira).path
    dev.submit(dev.get(home), {}, button="Take it up")
    assert dana.get(f"{home}/close").status == 403
    assert "Dev has it" in dana.get(home).text
    form = dev.click(dev.get(home), "Say what came of it")
    assert "waits for that" in dev.submit(form, {"outcome": " "}).errors["outcome"]
    dev.submit(form, {"outcome": "A second worker covers the visits from Monday"})
    read = amira.click(
        amira.get("/today"), "Read: what came of your concern about working together"
    )
    assert "A second worker covers the visits" in read.text
    amira.submit(read, {}, button="I have read it")
    assert "what came of your concern" not in amira.get("/today").text
    counts = [cell.get_text() for cell in dana.get("/working-together").soup("td")]
    assert counts[-3:] == ["0", "1", "0 days"]


@pytest.mark.parametrize(
    ("text", "named"),
    [("Ben never rings back", "“Ben”"), ("Kim waited in vain", "“Kim”")],
)
def test_a_concern_names_no_worker_and_no_family(amira, world, text, named):
    """E22: stopped beside the field; nothing typed is lost."""
    page = told(amira, text)
    assert named in page.errors["text"]
    assert page.field("text").strip() == text
    assert world.count(JointConcern) == 0


def test_a_late_answer_comes_back_to_all_who_answer(app, world):
    """E22: what an owner leaves lying is on Today of the others once it is late."""
    with world.does("Farah") as (session, _):
        writer = Writer.of(session, world.moment, world.family)
        pair_records.concern(writer, owner_id=world.account_id("Dev"))
    dana = Client(app).sign_in("Dana")
    assert "Take up" not in dana.get("/today").text
    with clock.standing_at(clock.now() + timedelta(days=15)):
        dana = Client(app).sign_in("Dana")
        assert "Take up" in dana.get("/today").text
