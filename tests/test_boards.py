"""The board of a meeting: everybody writes, nobody takes away what another wrote."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import visiting
from coordinator.models.boards import BoardEntry
from filling import words
from gathering import arrange, reference
from minuting import begins, came, closed, lend, review, strength
from page import Client


@pytest.fixture
def meeting(amira, world) -> str:
    lend(world)
    return review(amira, chair="Hana", minute_taker="Hugo")


def handle(world, text="They eat together"):
    with world.session() as session:
        return session.scalars(select(BoardEntry.reference).where(BoardEntry.text == text)).one()


def test_a_strength_stays_with_its_author_and_others_can_only_answer_it(amira, ben, meeting, world):
    """S06: Ben cannot delete it, but can add a reply."""
    strength(amira, meeting)
    page = ben.get(f"/meetings/{meeting}/board")
    assert "They eat together" in page.text
    assert "Amira, Northside Mental Health" in page.text
    assert not [link for link in page.links if "Change your words" in link]
    assert page.buttons() == [] or all("elete" not in button for button in page.buttons())
    mine = handle(world)
    assert ben.get(f"/board/{mine}/change").status == 403
    assert ben.post(f"/board/{mine}/change", {"text": "Gone"}).status == 403
    page = ben.submit(ben.get(f"/board/{mine}/answer"), {"text": "Twice a week"})
    assert "Twice a week" in page.text
    assert "They eat together" in page.text


def test_no_route_takes_an_entry_off_the_board(app):
    """S06: others cannot remove it, nor can its author."""
    acts = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("boards.")
    }
    assert acts == {"boards.show", "boards.add", "boards.answer", "boards.change"}


def test_its_author_changes_their_own_words_while_the_minutes_are_open(amira, hugo, meeting, world):
    strength(amira, meeting)
    page = amira.get(f"/board/{handle(world)}/change")
    page = amira.submit(page, {"text": "They eat together on Sundays"})
    assert "They eat together on Sundays" in page.text
    begins(world, meeting)
    came(hugo, meeting)
    closed(hugo, meeting)
    mine = handle(world, "They eat together on Sundays")
    assert amira.get(f"/board/{mine}/change").status == 403
    assert amira.get(f"/meetings/{meeting}/board/add").status == 403


def test_an_entry_made_for_somebody_else_says_so(hugo, ben, meeting):
    """J02, 6: Hugo writes down a worry from Ben; a parent's words say whose they are."""
    page = hugo.get(f"/meetings/{meeting}/board/add")
    offered = {words(o): o["value"] for o in page.soup.select("select[name=said_by] option")}
    strength(hugo, meeting, "Leo likes school", said_by=offered["Ben"])
    strength(hugo, meeting, "I sleep again", said_by=offered["Kim Lane"])
    text = ben.get(f"/meetings/{meeting}/board").text
    assert "Leo likes school Ben, written down by Hugo" in text
    assert "I sleep again Kim Lane, written down by Hugo" in text


def test_somebody_who_is_invited_and_no_more_does_not_read_the_board(amira, cerys, meeting, world):
    strength(amira, meeting)
    assert cerys.get(f"/meetings/{meeting}/board").status == 404


def test_minutes_are_not_closed_without_a_strength_or_a_reason(hugo, meeting, world):
    """S06: when Hugo closes minutes with no strengths, a reason is required."""
    begins(world, meeting)
    came(hugo, meeting)
    page = closed(hugo, meeting, parents_view="")
    assert page.status == 422
    assert page.errors["why_no_strengths"] == "No strength is on the board: add one, or say why"
    assert page.errors["why_no_view"] == "Write the parent’s view, or say why there is none"
    page = hugo.submit(
        page,
        {"why_no_strengths": "Nobody had time", "why_no_view": "Kim could not come"},
        button="Close the minutes",
    )
    assert "Closed by Hugo" in page.text
    assert "Nobody had time" in page.text
    assert "Kim could not come" in page.text


def test_with_a_strength_and_the_parents_view_no_reason_is_asked(amira, hugo, meeting, world):
    begins(world, meeting)
    strength(amira, meeting)
    came(hugo, meeting)
    assert "why_no_strengths" not in hugo.get(f"/meetings/{meeting}/minutes/close").html
    assert "Closed by Hugo" in closed(hugo, meeting).text


def test_a_guests_words_on_the_board_are_changed_by_nobody(ben, app, world):
    """S06, S12: under strengths with its author; who arranged the meeting can only answer it."""
    guest = visiting.ask(world, reference(arrange(ben, chair="Hana")))
    said = {"side": "strength", "text": "She does all the feeding herself"}
    ines = Client(app)
    form = ines.get(f"{visiting.link(world, guest)}/board")
    ines.submit(form, said, button="Add it to the board")
    board = Client(app).sign_in("Hana").get(f"/meetings/{guest.meeting}/board")
    assert "Strengths She does all the feeding herself Ines, by their own link" in board.text
    page = ben.get(f"/meetings/{guest.meeting}/board")
    assert not [link for link in page.links if "Change your words" in link]
    line = handle(world, said["text"])
    assert ben.get(f"/board/{line}/change").status == 403
    assert ben.post(f"/board/{line}/change", {"text": "She needs help"}).status == 403
    page = ben.submit(ben.get(f"/board/{line}/answer"), {"text": "Since September"})
    assert said["text"] in page.text
    assert "Since September" in page.text
