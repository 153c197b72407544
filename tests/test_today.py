"""What waits for me, most urgent first, and what to do where nothing does."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

import records
from coordinator import clock, trail
from coordinator.models.accounts import Account
from coordinator.models.directory import Team
from coordinator.models.families import Family, Involvement, JoinRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.models.trail import TrailEvent
from coordinator.services import contact_attempts, families
from coordinator.services.contact_attempts import Attempt
from coordinator.services.families import PersonDetails
from coordinator.vocabulary import (
    ActionState,
    CaseRole,
    ChildrenAsked,
    EventKind,
    JoinState,
    Level,
    Mechanism,
    MeetingState,
    Outcome,
    Relation,
    Reply,
)
from page import Client, Page
from world import World


def rows(page: Page, group: str) -> list[str]:
    """Return the words of the rows of a group of Today."""
    heading = page.soup.find(id=group)
    if heading is None:
        return []
    section = copy(heading.find_parent("section"))
    for hidden in section.select(".co-row__what .govuk-visually-hidden"):
        hidden.extract()
    return [" ".join(row.get_text(" ").split()) for row in section.select("li.co-row")]


def tell(world: World, author: str, whom: str, outcome: Outcome, ago: timedelta, line="said"):
    """Log a call between two workers of LANE-01 some time ago."""
    with world.does(author) as (session, actor):
        reference = session.scalars(
            select(Involvement.reference)
            .join(Account, Account.id == Involvement.account_id)
            .where(Account.name == whom)
        ).one()
        attempt = Attempt(reference, Mechanism.TELEPHONE, clock.now() - ago, outcome, line)
        family = world.family_for(session, actor)
        contact_attempts.log(session, actor, world.moment, family, attempt)


def together_since(world: World, days: int) -> None:
    """Let everybody have been on the case of LANE-01 for so many days."""
    with world.does("Amira") as (session, _actor):
        for involvement in session.scalars(select(Involvement)):
            involvement.starts_on = clock.today() - timedelta(days=days)


def add_action(world: World, author: str, owner: str, **facts: Any) -> str:
    """Add an action to LANE-01 and return its reference."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        action: Action = writer.action(author, owner, "Ask the ward", Level.OPEN)
        for name, value in facts.items():
            setattr(action, name, value)
        session.flush()
        return action.reference


def add_meeting(world: World, author: str, chair: str, invited: list[str], **facts: Any) -> str:
    """Add a meeting about LANE-01 and return its reference."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        meeting: Meeting = writer.meeting(author, chair, invited)
        for name, value in facts.items():
            setattr(meeting, name, value)
        session.flush()
        return meeting.reference


def answer(world: World, name: str, reply: Reply) -> None:
    """Answer every invitation of a person."""
    with world.does(name) as (session, actor):
        for invitation in session.scalars(
            select(Invitation).where(Invitation.account_id == actor.account_id)
        ):
            invitation.reply = reply


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


def test_a_chair_is_not_told_to_talk(hana, world):
    together_since(world, 60)
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).involve("Hana", CaseRole.CHAIR)
    assert rows(hana.get("/today"), "late") == []


def test_a_request_to_join_waits_for_the_asked_team(amira, bella, world):
    with world.does("Amira") as (session, actor):
        session.add(
            JoinRequest(
                family_id=session.scalars(select(Family.id)).first(),
                team_id=session.scalars(
                    select(Team.id).where(Team.name == "Eastway Family Support")
                ).one(),
                asked_by_id=actor.account_id,
                asked_at=clock.now() - timedelta(hours=2),
                why="Two children live at home",
                state=JoinState.ASKED,
            )
        )
    (row,) = rows(bella.get("/today"), "today")
    assert row.startswith("Answer the request to join a family asked ")
    assert "LANE-01" in row
    assert "Kim" not in row
    assert rows(amira.get("/today"), "others")[0].startswith(
        "Eastway Family Support: name a worker for the family"
    )


def test_children_whom_nobody_asked_about_stay_on_the_list(gus, world):
    """E49: until somebody has asked."""
    with world.does("Gus") as (session, actor):
        reference = families.open_family(
            session,
            actor,
            world.moment,
            PersonDetails("Tom Reed", Relation.PARENT_OR_CARER),
            ChildrenAsked.NOT_ASKED,
            "Too unwell",
        )
    page = gus.get("/today")
    explain = f"Explain how we share Parent not yet told how we share {reference} Tom Reed"
    assert rows(page, "this-week") == [
        f"Ask about children Nobody has asked yet {reference} Tom Reed",
        explain,
    ]
    page = gus.click(page, f"Ask about children (family {reference})")
    gus.submit(page, {"children_asked": "no"})
    assert rows(gus.get("/today"), "this-week") == [explain]


def test_what_is_held_back_from_me_does_not_wait_for_me(amira, world):
    add_action(world, "Ben", "Amira", level=Level.OWN_AGENCY)
    with world.session() as session:
        trail.acting(session, trail.Acting(service="test"), "test")
        action = session.scalars(select(Action)).one()
        assert action.level is Level.OWN_AGENCY
    assert "Ask the ward" not in amira.get("/today").html


def test_an_exclusion_empties_my_page_of_the_family(colm, world):
    with world.session() as session:
        records.build(session, world.moment, world.family)
        records.Writer.of(session, world.moment, world.family).exclude("Colm")
    page = colm.get("/today")
    # The request to join is addressed to Colm's team, about a family that he may not know of.
    assert "LANE-01" not in page.html
    assert page.soup.select(".co-row") == []


def test_a_stranger_and_an_administrator_have_a_first_step_instead_of_a_blank_page(bella, farah):
    page = bella.get("/today")
    assert "You are not on a case" in page.text
    assert page.links["Open a case"] == "/families/open"
    page = farah.get("/today")
    assert "Make, change and close accounts" in page.links
    assert "Open a case" not in page.links
    assert "LANE-01" not in page.html


def test_the_demo_says_what_to_try(demo_app, amira):
    page = Client(demo_app).sign_in("Amira").get("/today")
    assert "New here? Try this" in page.text
    assert page.links["Read and write the shared plan"] == "/families/LANE-01/plan"
    add = amira.get("/today")
    assert "New here?" not in add.text


def test_a_manager_gets_to_who_was_not_reached_in_one_press(dana, amira):
    assert dana.get("/today").links["Who was not reached"].startswith("/audit?")
    assert "Who was not reached" not in amira.get("/today").links


def test_looking_at_today_is_written_down(amira, world):
    amira.get("/today")
    looks = (TrailEvent.kind == EventKind.LOOK, TrailEvent.record_kind == "today")
    assert world.count(TrailEvent, *looks) == 1


def test_today_takes_the_same_statements_however_many_families_there_are(amira, world, statements):
    amira.get("/today")
    statements.clear()
    amira.get("/today")
    few = len(statements)
    with world.session() as session:
        for number in range(6):
            records.another_family(
                session, world.moment, f"Person {number}", f"99912345{number:02}", ["Amira", "Ben"]
            )
        records.build(session, world.moment, world.family)
    statements.clear()
    page = amira.get("/today")
    assert len(page.soup.select(".co-row")) > 10
    assert len(statements) == few <= 12
