"""One agency's help ends: everything has an owner, the other agency knows, there is a way back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import records
from casework import choice
from clock_steps import days_later
from coordinator.models.families import Involvement
from coordinator.models.outbox import OutboxMessage
from coordinator.models.plans import Action
from coordinator.models.sharing import Note
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import ActionState, Level
from page import Client

HOME = "/families/LANE-01"
SAID = "I can do this. I want to be able to ring."


def planned(client, world, **values):
    """Plan the end of Northside's help in ten days; return its page."""
    day = world.moment.today
    page = client.get(f"{HOME}/endings/plan")
    whole = {
        "reason": "She has what she needs",
        "view": "said",
        "parents_view": SAID,
        "ends_on": day + timedelta(days=10),
        "continues": "Ben visits every week",
        "way_back": "Ring our duty desk",
        "back_until": day + timedelta(days=180),
        "numbers": "Crisis line 0800 000 000",
    }
    return client.submit(page, whole | values, button="Plan the ending")


def held(world):
    """Give Amira an action, a request, a meeting to come and a support; return the action's id."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        action = writer.action("Amira", "Amira", "Take Kim to the group").id
        writer.action("Amira", "Amira", "Write to the surgery")
        writer.request("Ben", "Amira", "What helps her at night?", Level.OPEN)
        writer.meeting("Amira", "Hana", ["Amira", "Ben"])
        return action


def decided(client, ending, first="Ben"):
    """Say what becomes of each thing: the first goes to somebody, the others end."""
    page = client.get(f"{ending}/items")
    fields = [field["name"] for field in page.soup.select("[name^=why_], [name^=to_]")]
    whom = next(name for name in fields if name.startswith("to_"))
    values = {name: "No longer needed" for name in fields if name.startswith("why_")}
    values[f"why_{whom[3:]}"] = ""
    return client.submit(page, {**values, whom: choice(page, whom, first)}, button="Save")


def press(client, ending, button):
    return client.submit(client.get(ending), button=button)


def test_it_is_planned_with_a_reason_the_parents_view_and_a_way_back(amira, ben, world):
    """E24, P03, J12 step 3: nothing typed is lost; the other agency is told, with a reference."""
    day = world.moment.today
    page = planned(
        amira, world, reason="", parents_view="", ends_on=day - timedelta(1), back_until=day
    )
    assert page.status == 422
    assert "reason" in page.errors
    page = planned(amira, world, parents_view="", back_until=day)
    assert {"parents_view", "back_until"} <= set(page.errors)
    assert "Ring our duty desk" in page.html
    page = planned(amira, world)
    assert "Waiting for the other agency" in page.text
    assert "Acknowledge that the help of Northside" in ben.get("/today").text
    assert "acknowledge that your help ends" in amira.get("/today").text
    with world.session() as session:
        told = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "ending")).one()
    assert told.account_id == world.account_id("Ben")
    copy = amira.click(page, "Print the copy for the parent")
    for words in (SAID, "Ben visits every week", "Ring our duty desk", "0800 000 000"):
        assert words in copy.text


def test_sixty_quiet_days_propose_nothing(amira, world):
    """P03, T09: the tool never suggests closing; only a worker plans an ending."""

    def said() -> str:
        pages = (amira.get(path).text for path in ("/today", HOME, f"{HOME}/plan", "/families"))
        return " ".join(pages).casefold()

    with days_later(60):
        amira = Client(amira.app).sign_in("Amira")
        quiet = said()
    for word in ("close the case", "end your", "step down", "help ends", "no longer needed"):
        assert word not in quiet


def test_help_ends_only_when_all_is_owned_and_the_other_agency_knows(amira, ben, dana, world):
    """E24, J12 steps 4 to 6: 422 until then; what is open moves to who takes it over."""
    action = held(world)
    ending = planned(amira, world).path
    page = press(amira, ending, "End our help")
    assert page.status == 422
    assert "Nobody of the other agency has acknowledged it" in page.text
    assert ben.get(f"{ending}/items").status == 403
    known = ben.click(ben.get(ending), "Acknowledge")
    ben.submit(known, {"keeps_plan": True}, button="Acknowledge")
    page = press(amira, ending, "End our help")
    assert page.status == 422
    assert "Say first what becomes of" in page.text
    for thing in ("Take Kim to the group", "What helps her at night?"):
        assert thing in page.text
    page = amira.submit(amira.get(f"{ending}/items"), button="Save")
    assert page.status == 422
    page = decided(amira, ending)
    assert "Ben takes it over" in page.text
    assert "goes on with what helps and the early signs" in page.text
    page = press(amira, ending, "End our help")
    assert "Final" in page.text
    with world.session() as session:
        moved = session.get_one(Action, action)
        assert moved.owner_account_id == world.account_id("Ben")
        assert moved.state is ActionState.REQUESTED
        ends = session.scalars(
            select(Involvement.ends_on).where(
                Involvement.account_id == world.account_id("Amira"),
                Involvement.ends_on.is_not(None),
            )
        ).all()
    assert ends == [world.moment.today + timedelta(days=10)]


def test_a_manager_lets_it_end_without_an_answer_and_the_partner_reads_why(
    amira, ben, dana, dev, world
):
    """E24, J12 step 5: with a reason, in the trail, told to the other agency."""
    ending = planned(amira, world).path
    for nobody in (amira, ben, dev):
        assert nobody.get(f"{ending}/override").status == 403
    page = dana.click(dana.get(ending), "Let it end all the same")
    assert dana.submit(page, button="Let it end").status == 422
    dana.submit(page, {"reason": "Three calls in two weeks"}, button="Let it end")
    assert "ends without your answer" in ben.get("/today").text
    assert "Three calls in two weeks" in ben.get(ending).text
    assert "Final" in press(amira, ending, "End our help").text
    trail = dana.get(f"/audit?family={world.family}").text
    assert "let their agency’s help end all the same" in trail


def ended(amira, ben, world):
    """Let Northside's help end in ten days."""
    ending = planned(amira, world).path
    ben.submit(ben.get(f"{ending}/acknowledge"), button="Acknowledge")
    press(amira, ending, "End our help")
    return ending


def test_the_past_stays_readable_and_nothing_new_is_seen(amira, ben, world):
    """E24, J12 step 7: what she could read on her last day, in its words of then; no writing."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.add(Note, "Amira", Level.OWN_AGENCY, text="Ours before")
        writer.add(Note, "Ben", Level.OPEN, text="Open before")
        writer.add(Note, "Ben", Level.OWN_AGENCY, text="Theirs before")
        later = writer.add(Note, "Ben", Level.NAMED, text="Opened afterwards")
        later_id = later.id
    ended(amira, ben, world)
    assert amira.get("/past/LANE-01").status == 404
    with days_later(12):
        with world.session() as session:
            writer = records.Writer.of(session, world.moment, world.family)
            writer.add(Note, "Ben", Level.OPEN, text="Written afterwards")
            session.get_one(Note, later_id).level = Level.OPEN
            session.flush()
        amira = Client(amira.app).sign_in("Amira")
        assert amira.get(HOME).status == 404
        assert amira.get(f"{HOME}/notes/add").status == 404
        page = amira.click(amira.get("/families"), "LANE-01")
        assert "Ours before" in page.text
        assert "Open before" in page.text
        for hidden in ("Theirs before", "Written afterwards", "Opened afterwards"):
            assert hidden not in page.html
        assert amira.post("/past/LANE-01").status == 405
        looks = TrailEvent.action == "past.read", TrailEvent.family_id.is_not(None)
        assert world.count(TrailEvent, *looks) == 1
        dana = Client(amira.app).sign_in("Dana")
        assert dana.get("/past/LANE-01").status == 404
        with world.session() as session:
            records.Writer.of(session, world.moment, world.family).keep_out("Amira")
        assert amira.get("/past/LANE-01").status == 404
        assert "LANE-01" not in amira.get("/families").text


def test_one_press_asks_them_back_without_a_referral(amira, ben, dana, world):
    """P03, E24: the ended team's duty desk names a worker, who finds the plan where it was."""
    ending = ended(amira, ben, world)
    with days_later(12):
        ben = Client(ben.app).sign_in("Ben")
        page = press(ben, ending, "Ask them back")
        assert "asked to name a worker" in page.text
        amira = Client(amira.app).sign_in("Amira")
        request = amira.click(amira.get("/families"), "Name a worker for family LANE-01")
        answer = amira.click(request, "Name a worker")
        amira.submit(
            answer, {"worker": choice(answer, "worker", "Amira")}, button="Join with this worker"
        )
        assert amira.get(HOME).status == 200
        assert "Taken up again" in ben.get(ending).text


def test_a_manager_reads_how_help_ended_and_how_workers_changed(amira, ben, dana, dev, world):
    """M34, M26: by team, nothing under five of another team, and no name."""
    ended(amira, ben, world)

    def lines(client) -> dict[str, list[str]]:
        rows = client.get("/meeting-figures").soup.select("tbody tr")
        cells = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in rows]
        return {f"{len(row)} {row[0]}": row[1:] for row in cells}

    hers, his = lines(dana), lines(dev)
    assert hers["8 Northside CMHT"] == ["1", "10", "1", "10", "0", "0", "0"]
    assert his["8 Northside CMHT"][0] == "fewer than 5"
    assert hers["7 Northside CMHT"][:3] == ["1", "0", "1"]
    assert hers["7 Eastway Family Support"][0] == "fewer than 5"


def test_after_a_separation_help_does_not_end_unless_the_manager_says_why(amira, ben, dev, world):
    """S14, T19: the plan for the parent is open, with owners from both agencies."""
    page = ben.click(ben.get(f"{HOME}/people"), "Status of Mia Lane")
    page = ben.click(page, "Write down the status")
    ben.submit(page, {"status": "interim-care-order"}, button="Write it down")
    assert "who sees to what the parent needs now" in amira.get("/today").text
    after = f"{HOME}/after-separation"
    assert ben.get(after).text.count("Nobody yet.") == 4
    for client, part, owner in ((ben, "contact", "Ben"), (amira, "grief", "Amira")):
        link = next(h for t, h in client.get(after).links.items() if h.endswith(f"part={part}"))
        form = client.get(link)
        said = {
            "text": "We go together",
            "owner": choice(form, "owner", owner),
            "due_on": world.moment.today + timedelta(days=3),
        }
        page = client.submit(form, said, button="Save")
    assert page.text.count("Nobody yet.") == 2
    for agency in ("Northside", "Eastway"):
        assert agency in page.text
    ending = planned(ben, world).path
    amira.submit(amira.get(f"{ending}/acknowledge"), button="Acknowledge")
    with_reasons = ben.get(f"{ending}/items")
    fields = [field["name"] for field in with_reasons.soup.select("[name^=why_]")]
    ben.submit(with_reasons, dict.fromkeys(fields, "No longer needed"), button="Save")
    page = press(ben, ending, "End our help")
    assert page.status == 422
    assert "A child was taken to live elsewhere: help goes on until" in page.text
    page = dev.click(dev.get(ending), "Let it end all the same")
    dev.submit(page, {"reason": "They move to another area"}, button="Let it end")
    assert "Final" in press(ben, ending, "End our help").text
