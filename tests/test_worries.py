"""I am worried about a child: four screens, each step timed, left half way and gone on with."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from coordinator.models.families import Person
from coordinator.models.worries import Worry, WorryStep
from coordinator.vocabulary import GuideStep
from page import Client
from referring import DAY, LIST, NIGHT, at, set_up, worried
from waiting_list import rows


def test_within_four_screens_there_is_the_number_the_route_and_a_draft(app, world):
    """E28, J07: two questions, the lead, the route, the form; the case shows when it was begun."""
    set_up(world)
    with at(DAY):
        amira = Client(app).sign_in("Amira")
        first = amira.get("/families/LANE-01")
        first = amira.click(first, "I am worried about a child")
        assert first.links["999"] == "tel:999"
        assert first.field("family") == "LANE-01"
        second = amira.submit(first, {"danger": "no"})
        assert "Elif" in second.text
        assert "01632 960110" in second.text
        third = amira.submit(second, button="Go on: refer")
        assert "Eastway Family Support" in third.text
        assert "01632 960200" in third.text
        fourth = amira.submit(third, {"form": "child-concern"}, button="Begin the form")
        assert fourth.h1 == "Concern about a child"
        assert "Begun today, 11am Amira, Northside Mental Health" in amira.get(LIST).text


def test_each_step_has_its_time_and_half_way_it_waits_on_today(app, world):
    """E28, J07: leaving half way keeps a reminder that leads back to the same screen."""
    with at(DAY):
        amira = Client(app).sign_in("Amira")
        page = worried(amira)
    with at(DAY + timedelta(minutes=4)):
        amira.submit(page, button="Go on: refer")
    with world.session() as session:
        steps = {row.step: row.at for row in session.scalars(select(WorryStep))}
    assert steps[GuideStep.REFER] - steps[GuideStep.LEAD] == timedelta(minutes=4)
    with at(DAY + timedelta(minutes=5)):
        today = amira.get("/today")
        assert any(row.startswith("Go on: you are worried") for row in rows(today, "today"))
        again = amira.click(today, "Go on: you are worried about a child (family LANE-01)")
        assert again.h1 == "Refer"
        amira.submit(again, button="It is seen to")
        assert rows(amira.get("/today"), "today") == []


def test_each_agency_reads_its_own_words_and_numbers(amira, ben, farah, world):
    """E28: different for each organisation, and a setting; what was said before stays."""
    page = worried(amira)
    assert "Elif" in page.text
    assert "Esi" not in page.text
    page = worried(ben)
    assert "Esi" in page.text
    assert "strategy discussion" in page.text
    settings = farah.get("/referral-settings/words/csc")
    farah.submit(settings, {"lead": "Ring Esi, whatever the hour."})
    assert "Ring Esi, whatever the hour." in worried(ben).text
    assert "strategy discussion" in farah.get("/referral-settings").text
    assert "strategy discussion" not in worried(amira).text


def test_danger_now_leads_with_999_and_the_run_is_its_owners_alone(amira, dana, world):
    page = worried(amira, danger="yes")
    assert page.links["999"] == "tel:999"
    assert page.text.index("999") < page.text.index("Elif")
    assert dana.get(page.path).status == 404
    again = amira.submit(amira.get("/worried"), {"danger": None})
    assert again.status == 422
    assert again.errors == {"danger": "Say whether somebody is in danger now"}


def test_a_child_whom_nobody_here_knows_can_be_referred(app, world):
    """E28: without a family there are the numbers, and a name is enough to begin the form."""
    set_up(world)
    with at(NIGHT):
        gus = Client(app).sign_in("Gus")
        page = gus.submit(gus.submit(gus.get("/worried"), {"danger": "no"}), button="Go on: refer")
        assert "Eastway Safeguarding" in page.text
        assert "01632 960210" in page.text
        assert "Eastway Family Support is closed until tomorrow, 9am" in page.text
        page = gus.submit(gus.click(page, "Name the child"), {"name": "Sam, surname not known"})
        page = gus.submit(page, {"form": "child-concern"}, button="Begin the form")
        assert "Sam, surname not known" in page.field(page.soup.textarea["name"])
    with world.session() as session:
        person = session.scalars(select(Person).where(Person.name.startswith("Sam"))).one()
        run = session.scalars(select(Worry)).one()
        assert run.family_id == person.family_id
