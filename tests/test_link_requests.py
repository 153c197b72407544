"""Link workers: asked from a case, on their queue, answered, heard of, and counted by team."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import records
from casework import choice
from coordinator.access import release
from coordinator.access.letters import Sender, queued
from coordinator.models.directory import Post, PostHolding
from coordinator.models.link_requests import LinkRequest
from coordinator.models.outbox import OutboxMessage
from coordinator.vocabulary import Outcome
from page import Client
from referring import DAY, at
from waiting_list import rows, tell

ASK = "/families/LANE-01/link-requests/ask"
WHAT = "The review needs somebody who knows her"


def ask(client: Client, about: str = "Amira", team: str = "Northside CMHT", **more):
    """Ask the link worker of a team; return the page that follows."""
    page = client.get(ASK)
    label = next(x for x in page.soup.select("input[name=post]") if team in _row(x))
    filled = {"help": "chase", "what": WHAT, "post": label["value"]}
    if about:
        filled["about"] = choice(page, "about", about)
    return client.submit(page, filled | more)


def _row(box) -> str:
    return box.find_parent(class_="govuk-radios__item").get_text(" ")


def newest(world) -> str:
    """Return the address of the latest request."""
    with world.session() as session:
        latest = select(LinkRequest.reference).order_by(LinkRequest.id.desc()).limit(1)
        return f"/link-requests/{session.scalar(latest)}"


def answer(client: Client, path: str, outcome: str = "put-in-touch", **more):
    """Say what came of a request; return the page that follows."""
    said = {"outcome": outcome, "said": "Amira rings at noon"}
    return client.submit(client.get(f"{path}/answer"), said | more)


def vacate(world, *names: str) -> None:
    """Let these people hold no link worker's post any more."""
    with world.does("Farah") as (session, _):
        for holding in session.scalars(select(PostHolding)):
            post = session.get_one(Post, holding.post_id)
            if post.kind.value == "link-worker" and post.team_id:
                holding.ends_on = world.moment.today - timedelta(days=1)


def test_the_link_worker_is_named_with_role_and_hours_and_gets_what_is_asked(app, world):
    """E03, J04 step 3: from the case; on her queue and Today, and in the case's contact log."""
    with at(DAY):
        ben, cerys, bella = (Client(app).sign_in(name) for name in ("Ben", "Cerys", "Bella"))
        for days in (4, 2, 1):
            tell(world, "Ben", "Amira", Outcome.NO_ANSWER, timedelta(days=days), "Her words")
        assert "Ask the link worker" in ben.get("/families/LANE-01").text
        card = ben.click(ben.get("/directory"), "Ask the link worker of Northside CMHT")
        page = ben.click(card, "LANE-01 Kim Lane, Nate Moss")
        assert page.path.startswith(ASK)
        assert "Can:" in page.text
        assert "Cannot:" in page.text
        refused = ask(ben, about="")
        assert refused.errors == {"about": "Choose the colleague whom you need"}
        ask(ben)
        path = newest(world)
        assert "Cerys" in ben.get("/families/LANE-01/contacts").text
        assert any(r.startswith("Help: find out") for r in rows(cerys.get("/today"), "this-week"))
        assert path in cerys.get("/link-requests").links.values()
        shown = cerys.get(path)
        assert WHAT in shown.text
        assert shown.text.count("No answer") == 3
        # She is not on the case: what she was sent, and nothing else of the family.
        assert "Her words" not in shown.text
        assert "Kim" not in shown.text
        assert cerys.get("/families/LANE-01").status == 404
        assert bella.get(path).status == 404


def test_put_in_touch_closes_it_and_both_workers_see_the_call_until_it_is_logged(app, world):
    """E03, E20, J04 steps 4 and 5: who asked is told; the call waits for both."""
    with at(DAY):
        amira, ben, cerys = (Client(app).sign_in(name) for name in ("Amira", "Ben", "Cerys"))
        ask(ben)
        path = newest(world)
        assert any("answer as the link worker" in r for r in rows(ben.get("/today"), "others"))
        half = answer(cerys, path, call_on=DAY.date())
        assert half.errors == {"call_on": "Enter the time of the call, too, or no day"}
        late = answer(cerys, path, call_on=(DAY - timedelta(days=1)).date(), call_time="9am")
        assert late.errors == {"call_on": "The day of the call must be today or later"}
        answer(cerys, path, call_on=DAY.date(), call_time="12pm")
        assert "Amira rings at noon" in ben.get(path).text
        assert rows(cerys.get("/today"), "today") == []
        for client, other in ((amira, "Ben"), (ben, "Amira")):
            assert any(f"Talk with {other}" in row for row in rows(client.get("/today"), "today"))
        tell(world, "Amira", "Ben", Outcome.REACHED, timedelta())
        for client in (amira, ben):
            assert not any("Talk with" in row for row in rows(client.get("/today"), "today"))


def test_what_came_of_it_is_read_and_a_request_can_be_withdrawn(app, world):
    """E04: told to who asked until they say that they read it; their own to take back."""
    with at(DAY):
        ben, cerys = Client(app).sign_in("Ben"), Client(app).sign_in("Cerys")
        ask(ben, about="", help="explain")
        touch = answer(cerys, newest(world))
        assert touch.errors == {"outcome": "No colleague is named in this request. Choose another"}
        answer(cerys, newest(world), "explained")
        today = ben.get("/today")
        assert any("what came of your request to Cerys" in row for row in rows(today, "today"))
        ben.submit(today, {}, to=f"{newest(world)}/heard")
        assert not any("what came of" in row for row in rows(ben.get("/today"), "today"))
        ask(ben)
        ben.submit(ben.get(newest(world)), {}, button="No longer needed")
        assert "Nobody waits for you" in cerys.get("/link-requests").text


def test_no_request_lies_nowhere_and_an_exclusion_beats_the_post(app, world):
    """Issue 5, point 4: the holder, else the deputy, else the manager; never who may not know."""
    with at(DAY):
        ben = Client(app).sign_in("Ben")
        with world.session() as session:
            records.Writer.of(session, world.moment, world.family).exclude("Cerys")
        ask(ben)
        path = newest(world)
        cerys, idris, dana = (Client(app).sign_in(name) for name in ("Cerys", "Idris", "Dana"))
        assert "Idris, for Northside CMHT" in ben.get(path).text
        assert cerys.get(path).status == 404
        assert WHAT in idris.get(path).text
        assert "LANE-01" not in cerys.get("/link-requests").text
        assert dana.get(f"{path}/answer").status == 403
        vacate(world)
        assert idris.get(path).status == 404
        assert dana.get(f"{path}/answer").status == 200
        ask(ben)
        assert "Dana, for Northside CMHT" in ben.get(newest(world)).text


def test_the_mail_to_a_link_worker_says_nothing_of_the_family(ben, world):
    """E03: a reference and a link; and none once she may not know of it."""
    ask(ben)
    with world.session() as session:
        waits = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == "link-request")
        ).one()
        sender = Sender("Coordinator <tool@coordinator.example>", "https://tool.example")
        mail = release.compose(session, world.moment, queued(waits), sender)
        assert mail.recipient == "cerys@northside.example"
        text = str(mail.message)
        assert newest(world) in text
        assert not any(word in text for word in ("Kim", "LANE", WHAT, "Amira"))


def test_the_report_counts_by_team_what_was_asked_closed_open_and_how_long_it_took(app, world):
    """E04, M04: 3 asked, 1 closed, 2 open, its time, and whether the two then talked."""
    with at(DAY):
        ben = Client(app).sign_in("Ben")
        for _ in range(3):
            ask(ben)
    with at(DAY + timedelta(hours=3)):
        cerys, dana, dev = (Client(app).sign_in(name) for name in ("Cerys", "Dana", "Dev"))
        answer(cerys, newest(world))
        tell(world, "Amira", "Ben", Outcome.REACHED, timedelta())
        report = dana.get("/link-requests/figures")
        cells = [
            cell.get_text(strip=True) for cell in report.soup.select("table tr")[1].select("td")
        ]
        assert cells[1:5] == ["3", "1", "2", "3 hours"]
        assert cells[5] == "3 (100%)"
        assert len(report.soup.select("li.co-row")) == 3
        # Of another team's link worker, fewer than five are not told.
        other = dev.get("/link-requests/figures")
        assert "fewer than 5" in other.text
        assert not other.soup.select("li.co-row")
        assert Client(app).sign_in("Bella").get("/link-requests/figures").status == 403


def test_who_starts_contact_is_a_balance_by_team_without_names(app, world):
    """E58, M13, J04 step 6: 8 contacts by one agency and 2 by the other are 80% and 20%."""
    with at(DAY):
        for number in range(10):
            by, whom = ("Ben", "Amira") if number < 8 else ("Amira", "Ben")
            tell(world, by, whom, Outcome.NO_ANSWER, timedelta(hours=number))
        dana = Client(app).sign_in("Dana")
        page = dana.get("/contact-balance")
        table = page.soup.select_one("table").get_text(" ")
        assert "Eastway Family Support Eastway Children’s Services 8 0 0 8 80%" in " ".join(
            table.split()
        )
        assert "20%" in table
        assert not any(name in page.main.get_text() for name in ("Ben", "Amira", "LANE-01"))
        # Her counterpart: two of another team are too few to be told, and a share would tell them.
        other = Client(app).sign_in("Dev").get("/contact-balance").main.get_text()
        assert "fewer than 5" in other
        assert "80%" not in other
        assert Client(app).sign_in("Ben").get("/contact-balance").status == 403
