"""The shared plan: who writes it, who sees it, and what stands in it."""

from __future__ import annotations

from sqlalchemy import select

from coordinator.models.entries import Entry
from coordinator.models.sharing import Sharing
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import CaseRole, EntryKind, Level, ParentTold, Purpose
from planning import (
    PLAN,
    SHARED,
    add_action,
    add_goal,
    answer,
    goal_link,
    put_on_the_case,
    say_role,
    share,
    start,
    whole_plan,
)


def test_a_newcomer_sees_one_button_and_what_it_is(amira):
    page = amira.get(PLAN)
    assert "which both agencies keep" in page.text
    assert page.buttons() == ["Start the plan"]
    assert "Not open to the other agency yet" in start(amira).text


def test_a_family_has_one_plan(amira, ben, world):
    start(amira)
    again = amira.post(f"{PLAN}/start")
    assert "has been started already" in again.text
    other = ben.post(f"{PLAN}/start")
    assert "not opened to your agency yet" in other.text
    assert world.count(Entry, Entry.kind == EntryKind.PLAN) == 1


def test_until_it_is_opened_the_other_agency_sees_a_notice_and_no_word_of_it(amira, ben):
    start(amira)
    add_goal(amira, "Kim sleeps through")
    add_action(amira, "Ring the sleep clinic", "Ben")
    page = ben.get(PLAN)
    assert "Northside Mental Health has started a plan on" in page.text
    assert "not opened to your agency yet" in page.text
    assert "Ask Amira" in page.text
    for hidden in ("Kim sleeps through", "sleep clinic", "goals/add", "plan/role", "plan/share"):
        assert hidden not in page.html
    assert ben.get(goal_link(amira, "Kim sleeps through", "change")).status == 404


def test_the_other_agency_cannot_write_in_a_plan_that_is_not_open_to_it(amira, ben, world):
    start(amira)
    before = world.count(Entry)
    refused = add_goal(ben, "Leo gets to school")
    assert refused.status == 422
    assert "not opened to your agency" in refused.text or "Start the plan first" in refused.text
    assert world.count(Entry) == before


def test_a_stranger_to_the_case_is_told_that_there_is_no_such_page(amira, bella):
    whole_plan(amira)
    made_up = bella.get("/families/LANE-99/plan")
    for address in (PLAN, f"{PLAN}/share", f"{PLAN}/sign", f"{PLAN}/goals/add"):
        page = bella.get(address)
        assert (page.status, page.text) == (404, made_up.text)


def test_sharing_waits_for_purpose_and_for_what_the_parent_was_told(amira, ben, world):
    """J01, step 5: both are asked for; then the plan is open and a sharing record exists."""
    start(amira)
    add_goal(amira, "Kim sleeps through")
    form = amira.get(f"{PLAN}/share")
    page = amira.submit(form, {}, button="Share")
    assert page.status == 422
    assert page.errors["purpose"] == "Choose why you share it"
    assert page.errors["parent_told"] == "Say whether the parent or carer was told"
    assert "Kim sleeps through" not in ben.get(PLAN).html
    assert world.count(Sharing) == 0

    page = amira.submit(form, SHARED, button="Share")
    assert "open to both agencies" in page.text
    assert "Kim sleeps through" in ben.get(PLAN).text
    with world.session() as session:
        record = session.scalars(select(Sharing)).one()
        assert (record.purpose, record.parent_told) == (Purpose.JOINT_PLAN, ParentTold.YES)
        assert record.level is Level.OPEN
        assert "Goal" in record.what
        assert "sleeps" not in record.what


def test_who_was_not_told_needs_a_reason(amira):
    start(amira)
    page = share(amira, parent_told="not-safe")
    assert page.status == 422
    assert page.errors["parent_view"] == "Say why the parent or carer is not told yet"
    page = amira.submit(page, {"parent_view": "He opens her post."}, button="Share")
    assert page.status == 200


def test_what_is_not_ticked_stays_with_its_own_agency(amira, ben, world):
    start(amira)
    add_goal(amira, "Kim sleeps through")
    add_goal(amira, "A goal for later", "family")
    form = amira.get(f"{PLAN}/share")
    ticks = form.main.select("input[name=entries]")
    assert len(ticks) == 2
    assert all(tick.has_attr("checked") for tick in ticks)
    keep = next(tick["value"] for tick in ticks if "sleeps" in tick.find_parent("div").text)
    amira.submit(form, {**SHARED, "entries": [keep]}, button="Share")
    page = ben.get(PLAN)
    assert "Kim sleeps through" in page.text
    assert "A goal for later" not in page.html
    assert "Held back: Goal" in page.text
    assert "Your agency only" in amira.get(PLAN).text

    later = amira.submit(amira.get(f"{PLAN}/share"), SHARED, button="Share")
    assert later.status == 200
    assert "A goal for later" in ben.get(PLAN).text


def test_sharing_a_made_up_reference_opens_nothing(amira, world):
    start(amira)
    add_goal(amira, "Kim sleeps through")
    form = amira.get(f"{PLAN}/share")
    page = amira.submit(form, SHARED, button="Share", tampered={"entries": ["AAAAAAAAA"]})
    assert page.status == 422
    assert world.count(Sharing) == 0


def test_what_is_added_to_an_open_plan_is_open(amira, ben):
    whole_plan(amira)
    add_goal(ben, "Leo has somebody to talk to", "child")
    assert "Leo has somebody to talk to" in amira.get(PLAN).text


def test_what_helps_stands_first(amira):
    """E27: the section "what helps when working with me" is placed first."""
    whole_plan(amira)
    page = amira.get(f"{PLAN}/what-helps/add")
    page = amira.submit(page, {"text": "Tell me the agenda the day before"}, button="Save")
    headings = [heading.get_text(strip=True) for heading in page.main.select("h2")]
    assert headings[0] == "What helps when working with me"
    assert "Tell me the agenda the day before" in page.text


def test_each_worker_says_what_they_do_and_what_not(amira, ben):
    """E13: each plan member has a role statement (what I do, what I do not do)."""
    whole_plan(amira)
    page = amira.get(PLAN)
    assert "Ben" in page.text
    assert "Has not said yet what they do" in page.text
    page = say_role(ben, "I visit every week", "")
    assert page.status == 422
    assert page.errors["i_do_not"] == "Write what you do not do, so that nobody waits for it"
    say_role(ben, "I visit every week", "I do not give treatment")
    page = amira.get(PLAN)
    assert "Part: I visit every week" in page.text
    assert "Limits: I do not give treatment" in page.text


def test_a_disputed_goal_is_shown_plainly_and_keeps_the_plan_from_being_agreed(amira, ben):
    """E15: "not agreed" with a comment shows on the plan and refuses the status "agreed"."""
    whole_plan(amira)
    say_role(ben)
    refused = answer(ben, "A goal for the child", "not-agreed")
    assert refused.status == 422
    assert "Say what you do not agree with" in refused.errors["comment"]
    answer(ben, "A goal for the child", "not-agreed", "He is asked too much.")
    for client in (amira, ben):
        page = client.get(PLAN)
        assert "Not agreed by Eastway Children’s Services" in page.text
        assert "He is asked too much." in page.text
        page = client.get(f"{PLAN}/sign")
        assert page.h1 == "Not ready to sign"
        assert "Eastway Children’s Services does not agree with a goal for the child" in page.text
        assert not page.main.select("form")
        assert client.post(f"{PLAN}/sign", {"content": "0" * 64}).status == 422


def test_a_changed_goal_asks_the_other_agency_again(amira, ben):
    """J01, step 7: after a change the dispute is over, and the other agency is asked again."""
    whole_plan(amira)
    answer(ben, "A goal for the child", "not-agreed", "Too much.")
    form = amira.get(goal_link(amira, "A goal for the child", "change"))
    amira.submit(form, {"text": "A smaller goal"}, button="Save")
    page = ben.get(PLAN)
    assert "Not agreed by" not in page.text
    assert "Asked again" in page.text
    page = ben.submit(page, button="Agree", to=goal_link(ben, "A smaller goal", "agree"))
    assert "Asked again" not in page.text


def test_nobody_agrees_to_words_that_they_have_not_read(amira, ben):
    whole_plan(amira)
    read = ben.get(PLAN)
    address = goal_link(ben, "A goal for the child", "agree")
    form = amira.get(goal_link(amira, "A goal for the child", "change"))
    amira.submit(form, {"text": "Other words"}, button="Save")
    page = ben.submit(read, button="Agree", to=address)
    assert page.status == 409
    assert "Other words" in page.text


def test_two_people_who_change_one_goal_lose_no_words(amira, ben):
    whole_plan(amira)
    address = goal_link(amira, "A goal for the child", "change")
    mine, theirs = amira.get(address), ben.get(address)
    amira.submit(mine, {"text": "What Amira wrote"}, button="Save")
    page = ben.submit(theirs, {"text": "What Ben wrote"}, button="Save")
    assert page.status == 409
    assert "What Amira wrote" in page.text
    assert page.field("text") == "What Ben wrote"
    page = ben.submit(page, {"text": "What both wrote"}, button="Save")
    assert "What both wrote" in page.text


def test_a_dropped_goal_leaves_the_plan_and_its_actions_stay(amira):
    whole_plan(amira)
    add_action(amira, "Ring the school", "Amira", goal="A goal for the child")
    form = amira.get(goal_link(amira, "A goal for the child", "change"))
    page = amira.submit(form, button="Drop this goal")
    assert "A goal for the child" not in page.text
    assert "Actions without a goal" in page.text
    assert "Ring the school" in page.text


def test_a_side_without_a_goal_needs_a_goal_or_a_reason(amira, ben):
    """E51: a plan with child goals only cannot be signed, and the other way round."""
    for side, wanted in (("child", "the parent or carer"), ("parent", "the child")):
        if side == "child":
            start(ben)
        add_goal(ben, f"A goal for the {side}", side)
        if side == "child":
            say_role(ben)
            share(ben)
            page = ben.get(f"{PLAN}/sign")
            assert f"There is no goal for {wanted}, and no reason why not" in page.text
            assert page.links["Add a goal or give a reason"] == f"{PLAN}/missing-goals"
    page = ben.get(f"{PLAN}/sign")
    assert "There is no goal for the family together, and no reason why not" in page.text
    form = ben.get(f"{PLAN}/missing-goals")
    page = ben.submit(form, {"no_family_goal": "Nate is away until May."}, button="Save")
    assert "No goal, because: Nate is away until May." in page.text
    assert ben.get(f"{PLAN}/sign").h1 == "Sign the plan"


def test_a_plan_with_only_parent_goals_wants_a_child_goal(amira):
    """E51, the other way round."""
    start(amira)
    add_goal(amira, "Kim sleeps through", "parent")
    page = amira.get(f"{PLAN}/sign")
    assert "There is no goal for the child, and no reason why not" in page.text


def test_a_chair_reads_the_open_plan_and_writes_nothing(amira, hana, world):
    whole_plan(amira)
    put_on_the_case(world, "Hana", CaseRole.CHAIR)
    page = hana.get(PLAN)
    assert "A goal for the child" in page.text
    assert "Add a goal" not in page.links
    assert hana.get(f"{PLAN}/goals/add").status == 403
    assert hana.post(f"{PLAN}/start").status == 403


def test_the_manager_of_a_team_on_the_case_reads_the_plan_and_writes_nothing(amira, dana):
    start(amira)
    add_goal(amira, "Kim sleeps through")
    page = dana.get(PLAN)
    assert "Kim sleeps through" in page.text
    assert not page.forms
    assert dana.get(f"{PLAN}/goals/add").status == 403


def test_a_plan_page_leaves_a_look_and_no_words_in_the_trail(amira, world):
    start(amira)
    add_goal(amira, "Kim sleeps through")
    amira.get(PLAN)
    with world.session() as session:
        rows = session.scalars(select(TrailEvent)).all()
    assert any(row.kind == "look" and row.action == "plans.read" for row in rows)
    assert not any("sleeps" in (row.fields or "") for row in rows)


def test_the_plan_page_takes_a_constant_number_of_statements(amira, ben, statements):
    whole_plan(amira)
    say_role(ben)
    amira.get(PLAN)
    statements.clear()
    amira.get(PLAN)
    few = len(statements)
    for number in range(10):
        add_action(amira, f"Action {number}", "Amira" if number % 2 else "Ben")
    statements.clear()
    amira.get(PLAN)
    assert len(statements) == few <= 12, "\n".join(statements)
