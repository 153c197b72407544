"""Was adult mental health asked, and will it be heard?  What the chair can still do (S07)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

import gathering
from coordinator import clock
from coordinator.models.meetings import Meeting
from coordinator.models.trail import TrailEvent
from gathering import arrange, waiting
from page import Client
from writer import Writer

NO_VOICE = "No voice of adult mental health yet"


@pytest.fixture
def meeting(ben) -> str:
    """Give the address of a core group with Hana in the chair; Amira has not answered."""
    return arrange(ben, chair="Hana").path


@pytest.fixture
def the_day_before(meeting):
    """Let it be the day before that meeting."""
    with time_machine.travel(clock.now() + timedelta(days=9), tick=False):
        yield


def test_invited_replied_coming_and_report_stand_on_the_page(ben, amira, meeting):
    """S07, R13: the four facts, and no alarm as long as there is time."""
    page = ben.get(meeting)
    assert NO_VOICE in page.text
    assert "Invited: Amira. Replied: nobody. Coming: nobody. Report in: none." in page.text
    assert "What can still be done" not in page.text
    amira.submit(amira.get(meeting), button="Yes, I am coming")
    shown = ben.get(meeting).text
    assert "Adult mental health is represented: Amira" in shown


def test_the_chair_sees_it_the_day_before_with_what_can_be_done(app, meeting, the_day_before):
    """S07: on Today and on the meeting's page."""
    hana = Client(app).sign_in("Hana")
    assert "no voice of adult mental health at the core group" in hana.get("/today").text
    shown = hana.get(meeting).text
    for words in (
        "What can still be done",
        "Ask link worker Cerys",
        "Ask Amira for a written view",
    ):
        assert words in shown
    assert "To move it, ask Ben." in shown


def test_a_link_worker_is_asked_with_one_press(app, meeting, world, the_day_before):
    hana = Client(app).sign_in("Hana")
    page = hana.submit(hana.get(meeting), button="Ask link worker Cerys")
    assert "Ask link worker Cerys" not in page.text
    assert [one.kind for one in waiting(world, "Cerys")] == ["invitation"]
    cerys = Client(app).sign_in("Cerys")
    page = cerys.submit(cerys.get(meeting), button="Yes, I am coming")
    assert "Kim" not in page.html
    assert "Adult mental health is represented: Cerys" in hana.get(meeting).text
    assert "no voice" not in hana.get("/today").text


def test_a_written_view_is_asked_for_and_is_a_voice(app, meeting, world, the_day_before):
    hana, amira = Client(app).sign_in("Hana"), Client(app).sign_in("Amira")
    hana.submit(hana.get(meeting), button="Ask Amira for a written view")
    assert [one.kind for one in waiting(world, "Amira")] == ["invitation", "view-asked"]
    assert "A written view from you is asked for." in amira.get(meeting).text
    assert "a written view for the core group" in amira.get("/today").text
    form = amira.get(f"{meeting}/written-view")
    amira.submit(form, {"written_view": "She sleeps better."}, button="Send your view")
    assert "reports in writing: Amira" in hana.get(meeting).text


def test_to_go_ahead_needs_a_reason_that_is_kept_and_audited(app, meeting, world, the_day_before):
    """S07: go ahead with a reason; the choice is in the audit."""
    hana = Client(app).sign_in("Hana")
    form = hana.click(hana.get(meeting), "Go ahead with a reason")
    assert hana.submit(form, button="Go ahead").errors == {"reason": "Say why it goes ahead"}
    page = hana.submit(form, {"reason": "Amira is ill, and it cannot wait"}, button="Go ahead")
    assert "It goes ahead all the same: “Amira is ill, and it cannot wait”" in page.text
    assert "What can still be done" not in page.text
    assert world.count(Meeting, Meeting.went_ahead != "") == 1
    assert world.count(TrailEvent, TrailEvent.outcome == "went-ahead") == 1
    assert "no voice" not in hana.get("/today").text


def test_the_mirror_stands_at_the_parents_review(amira, meeting):
    """E10, R13: at a meeting of the mental health team the social worker is the missing voice."""
    page = arrange(amira, "Care plan review (CPA)")
    assert "No voice of children’s social care yet" in page.text


def test_who_is_invited_and_not_on_the_case_is_told_nothing_of_it(app, amira, ben, meeting, world):
    form = amira.get(f"{meeting}/reply?reply=declined")
    deputy = gathering.membership(world, "Gus")
    amira.submit(form, {"deputy": deputy}, button="Save your answer")
    gus = Client(app).sign_in("Gus")
    assert "voice of" not in gus.get(meeting).text


def test_a_link_worker_who_may_not_know_the_family_is_not_offered(
    app, meeting, world, the_day_before
):
    with world.session() as session:
        Writer.of(session, world.moment, world.family).keep_out("Cerys")
    hana = Client(app).sign_in("Hana")
    assert "Cerys" not in hana.get(meeting).text
