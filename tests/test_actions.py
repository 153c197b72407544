"""Actions: one owner, an agency and a date; asked for, answered, finished or given up."""

from __future__ import annotations

import pytest

from coordinator.models.entries import Entry
from coordinator.models.plans import Action
from coordinator.vocabulary import ActionState, CaseRole, EntryKind
from planning import (
    PLAN,
    action_page,
    add_action,
    add_goal,
    day,
    goal_link,
    option,
    put_on_the_case,
    row,
    start,
    state_of,
    texts,
    waiting,
    whole_plan,
)


def test_an_action_without_an_owner_is_refused_with_a_plain_message(amira, hugo, ben, world):
    """E13: refused without an owner; with Ben and a date it is in his list, under CSC."""
    whole_plan(amira)
    put_on_the_case(world, "Hugo", CaseRole.MINUTE_TAKER)
    page = hugo.get(f"{PLAN}/actions/add")
    page = hugo.submit(page, {"text": "Ask the school", "due_on": day(7)}, button="Add the action")
    assert page.status == 422
    assert page.errors == {"owner": "Choose who will do this: one person or one team on the case"}
    assert page.field("text") == "Ask the school"
    assert world.count(Action) == 0

    owner = option(page, "owner", "Ben")
    page = hugo.submit(page, {"owner": owner}, button="Add the action")
    assert page.status == 200
    assert texts(waiting(world, "Ben").to_answer) == ["Ask the school"]
    line = row(amira.get(PLAN), "Ask the school")
    assert "Ben, Eastway Children’s Services" in line
    assert "Asked, no answer yet" in line


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"due_on": day(-1)}, "due_on", "The date must be today or later"),
        ({"due_on": None}, "due_on", "Enter the date by which it will be done"),
        ({"text": ""}, "text", "Write what will be done"),
    ],
)
def test_an_action_needs_words_and_a_day_to_come(amira, wrong, field, sentence):
    """E13: an action needs exactly one owner, an agency and a date."""
    start(amira)
    page = amira.get(f"{PLAN}/actions/add")
    values = {"text": "Ring Leo’s school", "owner": option(page, "owner", "Ben"), "due_on": day(7)}
    if wrong.get("due_on", "") is None:
        values.pop("due_on")
    else:
        values |= wrong
    page = amira.submit(page, values, button="Add the action")
    assert page.errors == {field: sentence}
    if field != "text":
        assert page.field("text") == "Ring Leo’s school"


def test_only_who_is_on_the_case_can_own_an_action(amira, world):
    start(amira)
    page = amira.get(f"{PLAN}/actions/add")
    names = [choice.get_text() for choice in page.main.select("select[name=owner] option")]
    assert any(name.startswith("Ben, social worker") for name in names)
    assert any(name.startswith("Eastway Family Support") for name in names)
    assert not any(name.startswith(("Bella", "Dana", "Gus")) for name in names)
    values = {"text": "Anything", "due_on": day(1)}
    for forged in ("AAAAAAAAA", "x", "p-1"):
        page = amira.submit(page, values, button="Add the action", tampered={"owner": forged})
        assert page.status == 422
        assert "owner" in page.errors
    assert world.count(Action) == 0


def test_what_i_take_on_myself_is_accepted_at_once(amira):
    start(amira)
    page = add_action(amira, "Write to the GP", "Amira")
    assert "Accepted" in row(page, "Write to the GP")


def test_the_owner_accepts_with_one_press_and_then_it_is_done(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    assert "Accept Ask the school" not in amira.get(PLAN).buttons()
    assert "Accept Ask the school" in ben.get(PLAN).buttons()
    page = ben.submit(ben.get(PLAN), button="Accept")
    assert "Accepted" in row(page, "Ask the school")
    page = ben.submit(page, button="Done")
    assert state_of(world, "Ask the school") is ActionState.DONE
    assert "Done or given up (1)" in page.text


def test_a_second_press_of_the_same_button_has_no_second_effect(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    page = ben.get(PLAN)
    assert ben.submit(page, button="Accept").status == 200
    before = world.count(Entry)
    again = ben.submit(page, button="Accept")
    assert again.status == 200
    assert world.count(Entry) == before
    assert state_of(world, "Ask the school") is ActionState.ACCEPTED


def test_a_declined_action_returns_to_its_requester(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    form = ben.click(ben.get(PLAN), "Decline Ask the school")
    assert ben.submit(form, button="Decline").errors == {
        "reason": "Say why, so that whoever asked can find another way"
    }
    ben.submit(form, {"reason": "I am on leave"}, button="Decline")
    assert texts(waiting(world, "Amira").declined) == ["Ask the school"]
    assert waiting(world, "Ben").to_answer == ()
    page = amira.get(PLAN)
    assert "I am on leave" in row(page, "Ask the school")
    form = amira.click(page, "Ask again Ask the school")
    page = amira.submit(form, {"due_on": day(20)}, button="Save")
    assert state_of(world, "Ask the school") is ActionState.REQUESTED
    assert "I am on leave" not in page.text
    assert texts(waiting(world, "Ben").to_answer) == ["Ask the school"]


def test_another_owner_is_asked_anew(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    ben.submit(ben.get(PLAN), button="Accept")
    form = amira.click(action_page(amira, "Ask the school"), "Change who, what or when")
    team = option(form, "owner", "Eastway Family Support")
    amira.submit(form, {"owner": team}, button="Save")
    assert state_of(world, "Ask the school") is ActionState.REQUESTED
    page = ben.get(PLAN)
    assert "Eastway Family Support" in row(page, "Ask the school")
    assert "Accept Ask the school" in page.buttons()  # Ben works in that team


def test_nobody_accepts_words_that_they_have_not_read(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    read = ben.get(PLAN)
    form = amira.click(action_page(amira, "Ask the school"), "Change who, what or when")
    amira.submit(form, {"text": "Ask the school and pay for it"}, button="Save")
    page = ben.submit(read, button="Accept")
    assert "This changed while you were reading it" in page.text
    assert state_of(world, "Ask the school and pay for it") is ActionState.REQUESTED


def test_two_people_who_change_one_action_lose_no_words(amira, world):
    whole_plan(amira)
    add_action(amira, "Ask the school", "Ben")
    form = amira.click(action_page(amira, "Ask the school"), "Change who, what or when")
    amira.submit(form, {"text": "First words"}, button="Save")
    page = amira.submit(form, {"text": "Second words"}, button="Save", tampered={"form_key": "x"})
    assert page.status == 409
    assert "First words" in page.text
    assert page.field("text") == "Second words"


def test_cannot_be_done_is_an_answer_with_a_reason(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Find a play group", "Ben")
    page = ben.submit(ben.get(PLAN), button="Accept")
    form = ben.click(page, "Cannot be done Find a play group")
    assert set(ben.submit(form, button="Save").errors) == {"reason", "words"}
    values = {"reason": "waiting-list", "words": "Five months; asked on Monday"}
    ben.submit(form, values, button="Save")
    line = row(amira.get(PLAN), "Find a play group")
    assert "Cannot be done" in line
    assert "There is a waiting list: Five months; asked on Monday" in line


def test_the_requester_or_the_owner_cancels(amira, ben, world):
    whole_plan(amira)
    for client, text in ((amira, "Ask the school"), (ben, "Ask the nursery")):
        add_action(amira, text, "Ben")
        form = client.click(action_page(client, text), "Cancel this action")
        client.submit(form, {"reason": "Kim did it herself"}, button="Cancel the action")
        assert state_of(world, text) is ActionState.CANCELLED


def test_who_neither_asked_nor_owns_moves_nothing(amira, ben, world):
    whole_plan(amira)
    add_action(amira, "Write to the GP", "Amira")
    page = action_page(ben, "Write to the GP")
    assert page.forms == []
    for verb in ("accept", "done", "decline", "cannot", "cancel", "change", "note"):
        assert ben.post(f"{page.path}/{verb}", {"reason": "x", "words": "x"}).status == 403
    assert state_of(world, "Write to the GP") is ActionState.ACCEPTED


@pytest.mark.parametrize("verb", ["accept", "done", "decline", "cannot", "cancel", "change"])
def test_a_finished_action_moves_no_more(amira, world, verb):
    start(amira)
    add_action(amira, "Write to the GP", "Amira")
    page = amira.submit(action_page(amira, "Write to the GP"), button="Done")
    answer = amira.post(f"{page.path}/{verb}", {"reason": "x", "version": "9"})
    assert answer.status == 403
    assert state_of(world, "Write to the GP") is ActionState.DONE


def test_a_goal_of_another_family_cannot_be_named(amira, world):
    start(amira)
    add_goal(amira, "Leo gets to school", "child")
    page = amira.get(f"{PLAN}/actions/add?goal=AAAAAAAAA")
    assert page.status == 200
    values = {"text": "Anything", "owner": option(page, "owner", "Ben"), "due_on": day(1)}
    page = amira.submit(page, values, button="Add the action", tampered={"goal": "AAAAAAAAA"})
    assert page.errors == {"goal": "Choose one of the goals"}


def test_an_action_is_one_entry_among_the_others(amira, world):
    start(amira)
    add_goal(amira, "Leo gets to school", "child")
    assert goal_link(amira, "Leo gets to school", "change").startswith("/goals/")
    add_action(amira, "Write to the GP", "Amira", goal="Leo gets to school")
    assert world.count(Entry, Entry.kind == EntryKind.ACTION) == 1
