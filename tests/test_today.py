"""What waits for me, most urgent first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from coordinator import clock
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.vocabulary import (
    ActionState,
    MeetingState,
    Outcome,
    Reply,
)
from waiting_list import add_action, add_meeting, answer, rows, tell, together_since


def test_a_late_action_stands_first_with_its_owners_last_note(amira, ben, world):
    """E14, first clause: late for who is to do it, and seen as late by who asked for it."""
    yesterday = clock.today() - timedelta(days=1)
    add_action(
        world,
        "Ben",
        "Amira",
        due_on=yesterday,
        state=ActionState.ACCEPTED,
        state_reason="Left a note with the clerk",
    )
    (late,) = rows(amira.get("/today"), "late")
    assert late.startswith("Do: Ask the ward Late by yesterday")
    assert "LANE-01 Kim Lane, Nate Moss" in late
    assert "“Left a note with the clerk”" in late
    (waits,) = rows(ben.get("/today"), "others")
    assert waits.startswith("Amira: Ask the ward Late by yesterday")
    assert "“Left a note with the clerk”" in waits


def test_an_action_is_accepted_and_done_with_one_press_each(amira, world):
    reference = add_action(world, "Ben", "Amira")
    page = amira.get("/today")
    assert rows(page, "this-week")[0].startswith("Say yes or no to: Ask the ward by ")
    page = amira.submit(page, {}, button="Accept", to=f"/actions/{reference}/accept")
    assert page.path == "/today"
    assert rows(page, "this-week")[0].startswith("Do: Ask the ward")
    page = amira.submit(page, {}, button="Done", to=f"/actions/{reference}/done")
    assert page.path == "/today"
    assert "Ask the ward" not in page.text
    assert world.count(Action, Action.state == ActionState.DONE) == 1


def test_a_declined_action_comes_back_to_who_asked(amira, ben, world):
    add_action(world, "Amira", "Ben", state=ActionState.DECLINED, state_reason="The room is shut")
    (row,) = rows(amira.get("/today"), "today")
    assert row.startswith("Change or cancel: Ask the ward Declined by Ben")
    assert "“The room is shut”" in row
    assert rows(ben.get("/today"), "today") == []


def test_an_invitation_is_answered_with_one_press(amira, ben, world):
    reference = add_meeting(world, "Ben", "Hana", ["Amira", "Hana"])
    page = amira.get("/today")
    (row,) = rows(page, "today")
    assert row.startswith("Answer the invitation to the care plan review (CPA) meeting ")
    assert "Ben, Eastway Children’s Services" in row
    assert rows(ben.get("/today"), "others")[0].startswith("Missing: 2 answers to the invitation")
    page = amira.submit(page, {}, button="I am coming", to=f"/meetings/{reference}/reply")
    assert page.status == 200
    with world.session() as session:
        mine = Invitation.account_id == world.account_id("Amira")
        assert session.scalars(select(Invitation.reply).where(mine)).one() is Reply.ACCEPTED
    page = amira.get("/today")
    assert rows(page, "today") == []
    assert rows(page, "this-week")[0].startswith("Go to the care plan review (CPA)")


def test_a_meeting_long_from_now_is_not_yet_something_to_go_to(amira, world):
    add_meeting(world, "Ben", "Hana", ["Amira"], starts_at=clock.now() + timedelta(days=30))
    assert rows(amira.get("/today"), "this-week")[0].startswith("Answer the invitation")
    answer(world, "Amira", Reply.ACCEPTED)
    assert "care plan review" not in amira.get("/today").text


def test_whom_i_sent_a_deputy_for_or_declined_i_do_not_go_to(amira, world):
    add_meeting(world, "Ben", "Hana", ["Amira"], starts_at=clock.now() + timedelta(days=2))
    for reply in (Reply.DECLINED, Reply.DELEGATED):
        answer(world, "Amira", reply)
        assert "care plan review" not in amira.get("/today").text


def test_after_a_meeting_its_chair_is_asked_who_came(amira, hana, world):
    held = {"starts_at": clock.now() - timedelta(days=2)}
    reference = add_meeting(world, "Amira", "Hana", ["Hana", "Ben"], **held)
    (row,) = rows(hana.get("/today"), "late")
    assert row.startswith("Record who came to the care plan review (CPA) Late held ")
    assert "Kim Lane" not in row, "a chair who is not on the case reads the reference only"
    assert "LANE-01" in row
    assert rows(amira.get("/today"), "late") == []
    with world.does("Hana") as (session, _actor):
        meeting = session.scalars(select(Meeting).where(Meeting.reference == reference)).one()
        meeting.state = MeetingState.HELD
    assert rows(hana.get("/today"), "late") == []


def test_a_call_to_return_waits_until_either_reaches_the_other(amira, ben, world):
    tell(world, "Ben", "Amira", Outcome.LEFT_MESSAGE, timedelta(hours=30), "Older")
    tell(world, "Ben", "Amira", Outcome.LEFT_MESSAGE, timedelta(hours=3), "About Friday")
    (row,) = rows(amira.get("/today"), "today")
    assert row.startswith("Call back Ben left a message ")
    assert "“About Friday”" in row
    assert "01632 961" in row
    assert rows(ben.get("/today"), "today") == []
    tell(world, "Amira", "Ben", Outcome.NO_ANSWER, timedelta(hours=2))
    assert len(rows(amira.get("/today"), "today")) == 1
    page = amira.click(amira.get("/today"), "Call back Ben (family LANE-01)")
    assert page.h1 == "Log a contact"
    page = amira.submit(page, {"mechanism": "02", "outcome": "reached", "line": "Friday is fine"})
    assert page.status == 200
    assert rows(amira.get("/today"), "today") == []


def test_a_call_that_the_caller_followed_up_waits_no_longer(amira, world):
    tell(world, "Ben", "Amira", Outcome.LEFT_MESSAGE, timedelta(hours=3))
    tell(world, "Ben", "Amira", Outcome.REACHED, timedelta(hours=1))
    assert rows(amira.get("/today"), "today") == []


@pytest.mark.parametrize("caller", ["Amira", "Ben"])
def test_agencies_that_have_not_talked_for_too_long_are_on_both_lists(amira, ben, world, caller):
    """E20: sixteen days with a rhythm of fourteen; a call that reached the other clears both."""
    together_since(world, 60)
    tell(world, "Ben", "Amira", Outcome.REACHED, timedelta(days=16))
    (row,) = rows(amira.get("/today"), "late")
    assert row.startswith("Talk with Ben: 16 days since the last conversation Late")
    (row,) = rows(ben.get("/today"), "late")
    assert row.startswith("Talk with Amira: 16 days since the last conversation Late")
    other = "Ben" if caller == "Amira" else "Amira"
    tell(world, caller, other, Outcome.LEFT_MESSAGE, timedelta(hours=2))
    assert len(rows(ben.get("/today"), "late")) == 1
    tell(world, caller, other, Outcome.REACHED, timedelta(hours=1))
    assert rows(amira.get("/today"), "late") == rows(ben.get("/today"), "late") == []


def test_agencies_that_never_talked_are_counted_from_the_day_both_were_there(amira, world):
    assert rows(amira.get("/today"), "late") == []
    together_since(world, 14)
    assert rows(amira.get("/today"), "late") == []
    together_since(world, 15)
    (row,) = rows(amira.get("/today"), "late")
    assert row.startswith("Talk with Ben: 15 days since both agencies joined, and no conversation")
