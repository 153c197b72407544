"""A professional disagreement: workers, managers, leads; each stage has an owner, a day, an end."""

from __future__ import annotations

from datetime import timedelta

from casework import choice
from page import Client
from referring import DAY, LIST, at
from waiting_list import rows

WORDS = {
    "about": "No further action after two mornings alone",
    "wanted": "Somebody has to see Leo this week",
}


def raised(client: Client):
    """Put a disagreement with Ben forward; return its page."""
    page = client.get("/families/LANE-01/disagreements/raise")
    return client.submit(page, {"with_whom": choice(page, "with_whom", "Ben"), **WORDS})


def end(client: Client, path: str, outcome: str, up: str = ""):
    """Say what came of the stage; return the page that follows."""
    page = client.get(f"{path}/stage")
    more = {"next_owner": choice(page, "next_owner", up)} if up else {}
    return client.submit(page, {"outcome": outcome, "said": "We spoke on the phone", **more})


def test_both_agencies_see_it_with_its_owner_and_its_day(app, dana, elif_, world):
    """Issue 5, point 7, R12: worker to worker, two working days, on the owner's page."""
    with at(DAY):
        amira, ben, bella = (Client(app).sign_in(name) for name in ("Amira", "Ben", "Bella"))
        path = raised(amira).path
        assert "Ben, Eastway Children’s Services, sees to it by Thursday 26 November" in (
            amira.get(path).text
        )
        assert "Settle a disagreement between workers" in " ".join(
            rows(ben.get("/today"), "this-week")
        )
        assert WORDS["about"] in ben.get(path).text
        assert "Between workers" in ben.get(LIST).text
        assert bella.get(path).status == 404
        assert WORDS["about"] not in ben.get("/today").text


def test_it_goes_up_from_workers_to_managers_to_leads_and_no_further(app, world):
    """Issue 5, point 7: each stage has an owner, a due date by the area's rule and an outcome."""
    with at(DAY):
        amira, ben, dev = (Client(app).sign_in(name) for name in ("Amira", "Ben", "Dev"))
        path = raised(amira).path
        refused = ben.submit(ben.get(f"{path}/stage"), {"outcome": "taken-up", "said": "No"})
        assert refused.errors == {"next_owner": "Choose who takes it up"}
        page = end(ben, path, "taken-up", "Dev")
        assert "Dev, Eastway Children’s Services, sees to it by Thursday" in page.text
        page = end(dev, path, "taken-up", "Esi")
        assert "Esi, Eastway Children’s Services, sees to it by tomorrow" in page.text
        esi = Client(app).sign_in("Esi")
        asked = esi.get(path)
        assert asked.path == "/families/LANE-01/reason"
        asked = esi.submit(asked, {"reason": "I am to settle a disagreement"})
        assert "taken-up" not in esi.get(f"{path}/stage").html
        page = end(esi, path, "agreed")
        assert "We agree now" in page.text
        assert rows(esi.get("/today"), "today") == []
        assert ben.get(f"{path}/stage").status == 403


def test_managers_see_what_is_overdue(app, world):
    """Issue 5, point 7: managers of both agencies, from the day after the last one."""
    with at(DAY):
        path = raised(Client(app).sign_in("Amira")).path
        dana = Client(app).sign_in("Dana")
        assert rows(dana.get("/today"), "late") == []
        assert "Between workers" in dana.get("/disagreements").text
    with at(DAY + timedelta(days=3)):
        for name in ("Dana", "Dev"):
            manager = Client(app).sign_in(name)
            row = rows(manager.get("/today"), "late")[0]
            assert row.startswith("See to a disagreement between workers")
            assert "Late" in manager.get("/disagreements").text
        wale = Client(app).sign_in("Wale")
        assert "LANE-01" not in wale.get("/disagreements").text
        assert wale.get(path).status == 404


def test_a_manager_sets_how_long_a_stage_may_take(app, dev, world):
    """Stage limits are settings with history: the same clocks as all others."""
    clocks = dev.get("/clocks")
    page = dev.click(clocks, "Settle a disagreement between workers")
    page = dev.click(page, "Change the limit")
    dev.submit(page, {"limit": "1", "reason": "A working day is enough here"})
    amira = Client(app).sign_in("Amira")
    assert "Ben" in raised(amira).text
