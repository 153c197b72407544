"""Where actions show, and to whom: the plan, each person's list, the other agency."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

from coordinator import clock
from coordinator.models.families import Exclusion, Family
from coordinator.reads import actions as reads
from coordinator.vocabulary import ActionState, CaseRole
from page import Client
from planning import (
    PLAN,
    action_page,
    add_action,
    add_goal,
    day,
    put_on_the_case,
    row,
    start,
    state_of,
    texts,
    waiting,
    whole_plan,
)


def test_an_overdue_action_shows_to_both_agencies_with_the_last_note(amira, ben, world):
    """E14, first clause: Ben sees that Amira's action is late, with her last note."""
    whole_plan(amira)
    add_action(amira, "Write to the GP", "Amira", day(0))
    form = amira.click(action_page(amira, "Write to the GP"), "Say where it stands")
    amira.submit(form, {"words": "Waiting for Kim’s consent"}, button="Save")
    assert "Late" not in row(ben.get(PLAN), "Write to the GP")
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        later = Client(ben.app).sign_in("Ben")
        line = row(later.get(PLAN), "Write to the GP")
        assert "Late" in line
        assert "yesterday" in line
        assert "Amira: Waiting for Kim’s consent" in line
        assert [w.row.late for w in waiting(world, "Amira").to_do] == [True]


def test_an_action_under_a_goal_follows_its_goal_and_its_plan(amira, ben):
    start(amira)
    add_goal(amira, "Leo gets to school", "child")
    page = add_action(amira, "Ask the school", "Ben", goal="Leo gets to school")
    card = next(c for c in page.main.select(".co-goal") if "Leo gets" in c.get_text())
    assert "Ask the school" in card.get_text()
    assert "Ask the school" not in ben.get(PLAN).html


def test_an_action_of_somebody_who_may_not_see_the_plan_is_open(amira, ben):
    start(amira)
    add_action(ben, "Ring Amira about Leo", "Amira")
    assert "Ring Amira about Leo" in row(amira.get(PLAN), "Ring Amira about Leo")
    assert "Accept Ring Amira about Leo" in amira.get(PLAN).buttons()


def test_an_action_that_is_not_opened_has_no_page_for_the_other_agency(amira, ben, bella, world):
    start(amira)
    add_action(amira, "Ring the sleep clinic", "Ben")
    page = action_page(amira, "Ring the sleep clinic")
    assert ben.get(page.path).status == 404
    assert ben.post(f"{page.path}/accept").status == 404
    assert bella.get(page.path).status == 404
    assert waiting(world, "Ben").to_answer == ()


def test_what_i_asked_of_others_waits_on_my_list(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    add_action(amira, "Write to the GP", "Amira")
    mine, theirs = waiting(world, "Amira"), waiting(world, "Ben")
    assert texts(mine.from_others) == ["Ask the school"]
    assert texts(mine.to_do) == ["Write to the GP"]
    assert texts(theirs.to_answer) == ["Ask the school"]
    assert theirs.to_do == theirs.from_others == theirs.declined == ()


def test_an_owner_moves_an_action_only_for_the_agency_that_it_is_asked_of(amira, world):
    """Gus is seconded: what he owns for Eastway he cannot finish as somebody of Northside (E07)."""
    whole_plan(amira)
    put_on_the_case(world, "Gus", CaseRole.SOCIAL_WORKER, "Eastway Family Support")
    put_on_the_case(world, "Gus", CaseRole.CARE_COORDINATOR, "Northside CMHT")
    add_action(amira, "Ask the school", "Gus, social worker")
    northside = Client(amira.app).sign_in("Gus")
    eastway = Client(amira.app).sign_in("Gus", "Eastway")
    assert texts(waiting(world, "Gus").to_answer) == []
    assert "Accept Ask the school" not in northside.get(PLAN).buttons()
    assert northside.post(f"{action_page(northside, 'Ask the school').path}/accept").status == 403
    eastway.submit(eastway.get(PLAN), button="Accept Ask the school")
    assert state_of(world, "Ask the school") is ActionState.ACCEPTED


def test_nothing_waits_in_a_family_that_i_may_not_know(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    with world.does("Dev") as (session, dev):
        session.add(
            Exclusion(
                family_id=session.scalars(select(Family.id)).one(),
                account_id=world.account_id("Ben"),
                reason="A relative",
                set_by_id=dev.account_id,
                set_at=world.moment.now,
            )
        )
    nothing = waiting(world, "Ben")
    assert nothing.to_answer == nothing.to_do == nothing.from_others == ()
    assert ben.get(PLAN).status == 404
    page = amira.get(f"{PLAN}/actions/add")
    names = [choice.get_text() for choice in page.main.select("select[name=owner] option")]
    assert not any(name.startswith("Ben") for name in names)


def test_the_list_of_what_waits_takes_one_statement(amira, world, statements):
    whole_plan(amira)
    for number in range(5):
        add_action(amira, f"Action {number}", "Amira")
    with world.does("Amira") as (session, actor):
        statements.clear()
        assert len(reads.waiting_for(session, actor, world.moment).to_do) == 5
        assert len(statements) == 1


def test_a_press_from_another_page_leads_back_to_it(amira):
    start(amira)
    add_action(amira, "Write to the GP", "Amira")
    page = amira.submit(action_page(amira, "Write to the GP"), button="Done")
    assert page.path.startswith("/actions/")
    add_action(amira, "Write again", "Amira")
    address = action_page(amira, "Write again").path
    page = amira.post(f"{address}/done", {"back": "https://elsewhere.example"})
    assert page.path == PLAN
