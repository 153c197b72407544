"""Visits: booked, moved, told of; a joint one has two owners, one record, and two parts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

import visit_records
from belonging import needs_of_kim
from coordinator import clock
from coordinator.models.trail import TrailEvent
from coordinator.models.visits import Visit, VisitMove, VisitPart
from coordinator.services.needs import NeedsSaid
from coordinator.vocabulary import Level, MeetWhere, MovedBy, VisitState
from page import Client, Page
from planning import option
from world import World
from writer import Writer

HOME = "/families/LANE-01"
VISITS = f"{HOME}/visits"


def book(client: Client, kind: str = "Home visit", **values: object) -> Page:
    """Book a visit in three days by the form as it stands."""
    form = client.get(f"{VISITS}/book")
    for name in ("second", "owner"):
        if name in values:
            values[name] = option(form, name, str(values[name]))
    filled = {"kind": option(form, "kind", kind), "day": in_days(3), "start": "10am", **values}
    return client.submit(form, filled, button="Book the visit")


def in_days(days: int):
    return clock.today() + timedelta(days=days)


def afterwards(world: World) -> None:
    """Let every visit have been yesterday."""
    ago = {"starts_at": clock.now() - timedelta(days=1)}
    with world.session() as session:
        session.connection().execute(update(Visit.__table__).values(**ago))  # type: ignore[arg-type]
        session.commit()


def row(page: Page, words: str) -> str:
    """Return the row of a list that holds these words."""
    return next(
        item.get_text(" ", strip=True)
        for item in page.soup.select("li.co-row")
        if words in item.get_text()
    )


def test_a_joint_visit_is_one_entry_on_both_lists_and_complete_with_both_parts(amira, ben, world):
    """S22: one entry, two owners, one shared record; it counts once, and once for each agency."""
    page = book(amira, "Joint visit", second="Ben")
    assert page.status == 200, page.errors
    for client in (amira, ben):
        assert "Go to the joint visit" in row(client.get("/today"), "joint visit")
        weeks = client.get(VISITS).text
        assert re.search(r"1 contact Eastway[^:]*: 1, Northside[^:]*: 1", weeks), weeks
    at = page.path
    afterwards(world)
    assert "Record how the joint visit went" in ben.get("/today").text
    told = {"state": "done", "text": "Leo showed us his room"}
    page = ben.submit(ben.get(f"{at}/record"), told, button="Save")
    assert "Not complete" in page.text
    assert "Waits for the part of Amira" in page.text
    assert "Add your part of the joint visit" in amira.get("/today").text
    assert "your part of the joint visit" not in ben.get("/today").text
    form = amira.get(f"{at}/record")
    assert "Leo showed us his room" in form.text
    page = amira.submit(form, {"text": "Kim slept better"}, button="Add it")
    assert "Complete" in page.text
    assert "Not complete" not in page.text
    assert "joint visit" not in amira.get("/today").text
    assert (world.count(Visit), world.count(VisitPart)) == (1, 2)


def test_a_joint_kind_needs_an_owner_of_each_agency_and_both_must_read_it(amira):
    """S22; and both owners must be able to read it."""
    page = book(amira, "Joint assessment")
    assert page.errors == {"second": "A joint assessment has an owner of each agency"}
    page = book(amira, second="Amira")
    assert page.errors == {"second": "Choose somebody of the other agency"}
    page = book(amira, second="Ben", level="own-agency")
    assert page.errors == {"level": "Both agencies read it: both owners must be able to"}


def test_an_excluded_worker_is_not_offered_and_is_refused_like_nobody(amira, world):
    """Who may not know of the family cannot own a visit, and nothing says why."""
    form = amira.get(f"{VISITS}/book")
    ben = option(form, "second", "Ben")
    with world.session() as session:
        Writer.of(session, world.moment, world.family).keep_out("Ben")
        session.commit()
    assert "Ben" not in amira.get(f"{VISITS}/book").text
    values = {"kind": option(form, "kind", "Joint visit"), "day": in_days(3), "start": "10am"}
    page = amira.submit(form, values, button="Book the visit", tampered={"second": ben})
    assert page.errors == {"second": "Choose somebody from the list"}


def test_a_visit_of_one_agency_leaves_the_other_a_notice_and_no_more(amira, ben):
    page = book(amira, level="own-agency", purpose="To talk about sleep")
    assert page.status == 200, page.errors
    assert "To talk about sleep" in amira.get(page.path).text
    assert ben.get(page.path).status == 404
    assert "Home visit" not in ben.get(VISITS).text


def test_moving_and_cancelling_say_who_wanted_it_and_why(amira, ben, world):
    page = book(amira)
    at = page.path
    form = amira.click(page, "Change or move (What is agreed)")
    page = amira.submit(form, {"start": "11am"}, button="Save the change")
    assert page.errors == {
        "moved_by": "Say who wanted another time",
        "why_moved": "Say why it is moved",
    }
    moved = {"moved_by": "family", "why_moved": "Leo is at the dentist"}
    page = amira.submit(page, moved, button="Save the change")
    assert "The family: Leo is at the dentist (Amira)" in page.text
    form = ben.get(f"{at}/cancel")
    assert ben.submit(form, button="Cancel the visit").errors.keys() == {"moved_by", "reason"}
    page = ben.submit(
        form, {"moved_by": "service", "reason": "Nobody can come"}, button="Cancel the visit"
    )
    assert "Cancelled. Nobody can come" in page.text
    with world.session() as session:
        by = [move.moved_by for move in session.query(VisitMove).order_by(VisitMove.id)]
    assert by == [MovedBy.FAMILY, MovedBy.SERVICE]
    assert amira.get(f"{at}/change").status == 403


def test_nobody_home_is_no_missed_engagement_and_what_did_not_happen_has_a_side(amira, world):
    """spec/cautions.md: no answer never counts as missed engagement."""
    at = book(amira).path
    assert amira.submit(amira.get(f"{at}/record"), {"state": "no-answer"}).errors == {
        "": "It has not begun yet. You can move or cancel it"
    }
    afterwards(world)
    form = amira.get(f"{at}/record")
    page = amira.submit(form, {"state": "not-done"}, button="Save")
    assert page.errors == {"moved_by": "Say on whose side it was", "reason": "Say why"}
    page = amira.submit(form, {"state": "done"}, button="Save")
    assert page.errors == {"text": "Write your part"}
    page = amira.submit(form, {"state": "no-answer"}, button="Save")
    assert "Nobody home" in page.text
    assert amira.get(f"{at}/record").status == 403
    assert world.count(VisitMove) == 0


def test_a_place_that_she_does_not_like_must_be_confirmed_and_her_choice_is_kept(ben, world):
    """I05: Kim prefers home, and Ben schedules at the office."""
    needs_of_kim(world, NeedsSaid(likes=MeetWhere.HOME))
    form = ben.get(f"{VISITS}/book")
    assert "Likes to meet: at home" in form.text
    page = book(ben, place="site", site=option(form, "site", "Eastway"), parents_choice="no")
    assert page.errors == {"": "Kim Lane likes to meet at home."}
    page = ben.submit(page, button="Book it all the same")
    assert page.status == 200
    assert "Parent’s choice No" in page.text
    assert world.count(TrailEvent, TrailEvent.outcome == "against-a-wish") == 1
    assert book(ben, place="phone", day=in_days(4)).status == 200


def test_an_observation_needs_a_purpose_an_end_and_the_parents_view(amira):
    """S08: any close observation needs purpose, end date and the parent's view."""
    page = book(amira, "Close observation")
    assert page.errors == {
        "purpose": "Say what the observation is for",
        "observe_until": "Enter the day on which it ends",
        "parents_view": "Write down what the parent says of it",
    }
    page = amira.submit(
        page,
        {
            "purpose": "To see how Mia feeds",
            "observe_until": in_days(5),
            "parents_view": "She would rather be alone at night",
        },
        button="Book the visit",
    )
    assert "She would rather be alone at night" in page.text


@pytest.mark.parametrize("place_text", ["12 Rose Lane", "Café, NE1 4AB"])
def test_no_address_stands_in_a_visit(amira, place_text):
    page = book(amira, place="neutral", place_text=place_text)
    assert page.errors.keys() == {"place_text"}


def test_a_guest_and_who_left_the_case_find_no_visit(world, hana, bella):
    """A private part of the family's life: being invited to a meeting opens no visit."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        visit = visit_records.visit(writer, "Amira", "Before the review", Level.OPEN, "Ben")
        reference = visit.reference
        session.commit()
    for client in (hana, bella):
        assert client.get(f"/visits/{reference}").status == 404
        assert client.get(VISITS).status == 404
    assert world.count(Visit, Visit.state == VisitState.PLANNED) == 1


def test_the_way_counts_for_who_travels_and_not_for_the_family(amira, world):
    """S08, I05: travel time stands in the clash check; a joint visit stands in both calendars."""
    assert book(amira, travel_after="30", second="Ben").status == 200
    page = book(amira, start="11:15am")
    assert page.errors == {"": "You have an appointment then."}
    page = book(amira, start="10:30am", second="Ben")
    assert page.errors == {
        "": "Kim Lane has an appointment then. Ben has an appointment then."
        " You have an appointment then."
    }
    assert amira.submit(page, button="Book it all the same").status == 200
    assert amira.get(f"/calendar?on={in_days(3)}").text.count("Home visit") == 2
