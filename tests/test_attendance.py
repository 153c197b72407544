"""What comes of a meeting: who came, apart from what they had replied, and what was agreed."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

import gathering
from coordinator import clock
from coordinator.models.meetings import Meeting
from coordinator.vocabulary import MeetingState, Reply
from gathering import MEETINGS, arrange, invitations, soon
from page import Client
from planning import option


def after_the_meeting() -> time_machine.travel:
    """Travel to the day after a meeting that was arranged for `soon()`."""
    return time_machine.travel(clock.now() + timedelta(days=11), tick=False)


def test_the_minute_taker_records_who_came_and_a_deputy_counts_for_their_agency(app, ben, world):
    """E11: when Hugo records attendance, Cerys counts as CMHT attendance."""
    page = arrange(ben, minute_taker="Hugo")
    form = Client(app).sign_in("Amira").get(f"{page.path}/reply?reply=declined")
    Client(app).sign_in("Amira").submit(
        form, {"deputy": gathering.membership(world, "Cerys")}, button="Save your answer"
    )
    invited = gathering.everybody(world)
    with after_the_meeting():
        hugo = Client(app).sign_in("Hugo")
        shown = hugo.get(page.path)
        form = hugo.click(shown, "Record who came")
        missing = hugo.submit(form, button="Save who came").errors
        assert missing.keys() == set(invited.values())
        came = dict.fromkeys(invited.values(), "attended")
        came[invited["Amira"]] = "apologies"
        shown = hugo.submit(form, came, button="Save who came")
        assert "Northside Mental Health: 1 came" in shown.text
        # The reply stands beside the attendance: they are different facts.
        assert "Had answered: not coming" in shown.text
        listed = hugo.get(MEETINGS)
        assert "Northside Mental Health: Cerys came" in listed.text
    assert invitations(world)["Amira"].reply is Reply.DECLINED
    with world.session() as session:
        assert session.scalars(select(Meeting.state)).all() == [MeetingState.HELD]


def test_nobody_can_say_who_came_before_the_meeting_begins(ben, world):
    page = arrange(ben)
    form = ben.get(f"{page.path}/attendance")
    came = dict.fromkeys(gathering.everybody(world).values(), "attended")
    page = ben.submit(form, came, button="Save who came")
    assert page.status == 422
    assert page.errors[""] == "The meeting has not begun. Say afterwards who came."


def test_attendance_is_for_the_chair_and_the_minute_taker_who_are_named(ben, amira, hana):
    page = arrange(ben, chair="Hana")
    assert hana.get(f"{page.path}/attendance").status == 200
    assert ben.get(f"{page.path}/attendance").status == 403
    assert amira.get(f"{page.path}/attendance").status == 403


def test_two_people_who_record_at_once_both_see_what_stands(app, ben, world):
    page = arrange(ben, chair="Hana", minute_taker="Hugo")
    came = dict.fromkeys(gathering.everybody(world).values(), "attended")
    with after_the_meeting():
        hana, hugo = Client(app).sign_in("Hana"), Client(app).sign_in("Hugo")
        first, second = hana.get(f"{page.path}/attendance"), hugo.get(f"{page.path}/attendance")
        assert hana.submit(first, came, button="Save who came").status == 200
        late = hugo.submit(second, dict.fromkeys(came, "absent"), button="Save who came")
        assert late.status == 409
        assert "What stands now" in late.text
        assert hugo.submit(late, button="Save who came").status == 200
    assert {i.attendance.value for i in invitations(world).values()} == {"absent"}


def test_an_action_agreed_in_a_meeting_stands_on_the_plan(ben):
    """E14: agreed in the meeting, it is on the plan and on its owner's page."""
    page = arrange(ben)
    form = ben.click(page, "Add an action agreed for this meeting")
    values = {
        "text": "Ring the nursery",
        "owner": option(form, "owner", "Amira"),
        "due_on": soon(5),
    }
    page = ben.submit(form, values, button="Add the action")
    assert "Ring the nursery" in page.text
    assert page.path.startswith("/meetings/")
    assert "Ring the nursery" in ben.get("/families/LANE-01/plan").text


def test_what_is_open_comes_before_the_meeting(ben):
    """S25: outstanding actions are the first thing that a meeting looks at."""
    page = arrange(ben)
    form = ben.get(f"{page.path}/actions/add")
    values = {
        "text": "Ring the nursery",
        "owner": option(form, "owner", "Amira"),
        "due_on": soon(5),
    }
    ben.submit(form, values, button="Add the action")
    shown = ben.get(page.path).text
    assert shown.index("Before the meeting") < shown.index("Ring the nursery")
    assert "No answer yet from Amira" in shown
