"""Champions of both agencies share a list of difficulties, without family names (S21)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

import pair_records
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.difficulties import Difficulty, JointMeeting
from coordinator.models.directory import Agency, Post, PostHolding
from coordinator.vocabulary import PostKind
from page import Client
from writer import Writer

HARD = "Nobody knows who rings first after a visit"


def champions(world) -> None:
    """Make Amira and Ben the champions of their agencies."""
    with world.does("Farah") as (session, _):
        for name, agency in (("Amira", "Northside"), ("Ben", "Eastway")):
            there = select(Agency.id).where(Agency.name.startswith(agency))
            post = Post(kind=PostKind.CHAMPION, agency_id=session.scalars(there).one())
            session.add(post)
            session.flush()
            who = session.scalars(select(Account.id).where(Account.name == name)).one()
            since = world.moment.today - timedelta(days=5)
            held = {"account_id": who, "deputy": False, "starts_on": since}
            session.add(PostHolding(post_id=post.id, **held))


def told(client: Client, text: str = HARD):
    """Add a difficulty; return the page that follows."""
    return client.submit(client.get("/difficulties/add"), {"text": text})


def test_either_champion_adds_and_both_see_it_and_its_resolution_counts(app, world):
    """S21: added, worked on, resolved with a day, open again; counted in the figures."""
    champions(world)
    ben, bella = Client(app).sign_in("Ben"), Client(app).sign_in("Bella")
    home = told(ben).path
    assert bella.get(home).status == bella.get("/difficulties").status == 403
    with clock.standing_at(clock.now() + timedelta(days=10)):
        amira, dana = Client(app).sign_in("Amira"), Client(app).sign_in("Dana")
        page = amira.click(amira.get("/difficulties"), HARD)
        page = amira.submit(amira.click(page, "Say what is done"), {"text": "We try a list"})
        form = amira.click(page, "It is resolved")
        early = {"text": "The list works", "on_day": clock.today() - timedelta(days=20)}
        assert "between" in amira.submit(form, early).errors["on_day"]
        day = clock.today() - timedelta(days=4)
        page = amira.submit(form, {"text": "The list works", "on_day": day})
        assert "after 6 days" in page.text
        figures = [cell.get_text() for cell in dana.get("/link-requests/figures").soup("td")]
        assert figures[figures.index("6 days") - 2 :][:3] == ["0", "1", "6 days"]
        again = amira.click(page, "Open it again")
        page = amira.submit(again, {"text": "Nobody keeps the list"})
        assert "It is resolved" in page.links
        twice = amira.submit(amira.get(again.path), {"text": "Once more"})
        assert twice.errors == {"": "It is open already."}
        assert "6 days" not in dana.get("/link-requests/figures").text
        for words in ("We try a list", "The list works", "Nobody keeps the list"):
            assert words in dana.get(home).text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kim waited for a call", "“Kim”"),
        ("LANE-01 had two visits in a day", "“LANE-01”"),
        ("Nobody comes to 12 Rose Street", "address"),
    ],
)
def test_a_difficulty_names_no_family_of_its_writers(app, world, text, named):
    """S21: a name, a reference or an address is stopped with a sentence; nothing typed is lost."""
    champions(world)
    page = told(Client(app).sign_in("Ben"), text)
    assert named in page.errors["text"]
    assert page.field("text").strip() == text
    assert world.count(Difficulty) == 0


def test_joint_meetings_are_logged_with_who_and_which_difficulties(cerys, world):
    """S21: of both agencies, on a past day; the difficulty says when it was talked about."""
    with world.does("Farah") as (session, _):
        writer = Writer.of(session, world.moment, world.family)
        hard = pair_records.difficulty(writer)
        home, text = f"/difficulties/{hard.reference}", hard.text
    form = cerys.click(cerys.get("/difficulties"), "Log a joint meeting")
    hers, his = (pair_records.box(form, "people", name) for name in ("Cerys", "Colm"))
    about = pair_records.box(form, "topics", text)
    tomorrow = world.moment.today + timedelta(days=1)
    wrong = cerys.submit(form, {"people": [hers], "topics": [about], "held_on": tomorrow})
    assert wrong.errors == {
        "held_on": "The day must be today or earlier",
        "people": "Choose somebody of each agency",
    }
    day = world.moment.today
    page = cerys.submit(wrong, {"people": [hers, his], "topics": [about], "held_on": day})
    assert "Cerys, Colm" in page.text
    assert world.count(JointMeeting) == 2
    assert "Talked about in a joint meeting" in cerys.get(home).text
