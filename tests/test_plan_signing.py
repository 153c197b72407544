"""Signing the plan: both agencies sign the same words; a later edit opens the next version."""

from __future__ import annotations

from sqlalchemy import select

from coordinator.models.families import Family, Involvement
from coordinator.models.plans import Goal, PlanSignature, PlanVersion, PlanVersionEntry
from coordinator.vocabulary import DEFAULT_NOTICE, CaseRole, ChildrenAsked, Level
from page import Client
from planning import (
    PLAN,
    action_page,
    add_action,
    add_goal,
    answer,
    goal_link,
    put_on_the_case,
    ready_plan,
    sign,
    signed_plan,
    start,
    whole_plan,
)


def change_goal(client, old, new):
    form = client.get(goal_link(client, old, "change"))
    return client.submit(form, {"text": new}, button="Save")


def test_when_both_have_signed_a_version_is_locked_with_names_and_date(amira, ben, world):
    """E23: both sign, and version 1 is locked with date and names."""
    ready_plan(amira, ben)
    page = sign(amira)
    assert "The other agency is asked to sign" in page.text
    assert "Draft of version 1" in page.text
    assert "Ben is asked" in page.text
    assert world.count(PlanVersion) == 0
    page = sign(ben)
    assert "Version 1 is signed by both agencies and locked" in page.text
    assert "Version 1, signed by Amira for Northside Mental Health and Ben for" in page.text
    assert world.count(PlanVersion) == 1
    page = amira.click(page, "Version 1")
    assert page.h1 == "Shared plan, version 1"
    for words in ("A goal for the child", "Ask the school", "Part: I visit.", "Amira for North"):
        assert words in page.text


def test_a_later_edit_opens_the_next_version_as_a_draft_that_lists_the_changes(amira, ben, world):
    """E23: Ben edits, version 2 opens as draft, shows the changes and asks Amira to sign."""
    signed_plan(amira, ben)
    change_goal(ben, "A goal for the child", "Leo is at school by nine")
    add_goal(ben, "Leo has a friend", "child")
    form = ben.get(goal_link(ben, "A goal for the family", "change"))
    ben.submit(form, button="Drop this goal")
    page = amira.get(f"{PLAN}/missing-goals")
    amira.submit(page, {"no_family_goal": "Nate is away."}, button="Save")
    page = amira.get(PLAN)
    assert "Draft of version 2" in page.text
    assert "Version 1 holds until both agencies sign" in page.text
    assert "Changed since version 1" in page.text
    assert "Amira is asked" in page.text
    assert "Was: For the child: A goal for the child" in page.text
    assert "Is now: For the child: Leo is at school by nine" in page.text
    assert "Added: goal Is now: For the child: Leo has a friend" in page.text
    assert "Removed: goal Was: For the family together: A goal for the family" in page.text
    assert "Sign" in page.links

    old = amira.get(f"{PLAN}/versions/1")
    assert "A goal for the child" in old.text
    assert "Leo has a friend" not in old.text
    sign(ben)
    page = sign(amira)
    assert "Version 2 is signed by both agencies" in page.text
    assert world.count(PlanVersion) == 2
    old = amira.get(f"{PLAN}/versions/1")
    assert "A newer version was signed since" in old.text


def test_another_change_makes_an_earlier_signature_stale(amira, ben, world):
    ready_plan(amira, ben)
    sign(amira)
    change_goal(ben, "A goal for the child", "Other words")
    page = sign(ben)
    assert "The other agency is asked to sign" in page.text
    assert world.count(PlanVersion) == 0
    assert "Amira is asked" in amira.get(PLAN).text
    sign(amira)
    assert world.count(PlanVersion) == 1


def test_nobody_signs_words_that_they_have_not_read(amira, ben, world):
    ready_plan(amira, ben)
    read = ben.get(f"{PLAN}/sign")
    change_goal(amira, "A goal for the child", "Other words")
    page = ben.submit(read, to="/plan/sign")
    assert page.status == 409
    assert "The plan changed while you were reading it" in page.text
    assert world.count(PlanSignature) == 0
    assert ben.submit(page, to="/plan/sign").status == 200
    assert world.count(PlanSignature) == 1


def test_what_becomes_of_an_action_is_no_change_of_the_plan(amira, ben):
    signed_plan(amira, ben)
    page = ben.submit(ben.get(PLAN), button="Accept")
    page = ben.submit(page, button="Done")
    assert "Version 1, signed by" in page.text


def test_another_date_or_owner_of_an_action_is_a_change(amira, ben):
    signed_plan(amira, ben)
    form = amira.click(action_page(amira, "Ask the school"), "Change who, what or when")
    page = amira.submit(form, {"text": "Ask the nursery"}, button="Save")
    assert "Draft of version 2" in page.text
    assert "Ask the school (Ben, by" in page.text


def test_an_action_that_was_never_signed_goes_without_a_trace_in_the_versions(amira, ben):
    signed_plan(amira, ben)
    add_action(ben, "Ask the dentist", "Ben")
    assert "Draft of version 2" in ben.get(PLAN).text
    form = ben.click(action_page(ben, "Ask the dentist"), "Cancel this action")
    page = ben.submit(form, {"reason": "Not needed"}, button="Cancel the action")
    assert "Version 1, signed by" in page.text


def test_going_back_to_old_words_is_signed_anew(amira, ben, world):
    signed_plan(amira, ben)
    change_goal(ben, "A goal for the child", "New words")
    sign(amira), sign(ben)
    change_goal(ben, "New words", "A goal for the child")
    assert "Draft of version 3" in ben.get(PLAN).text
    sign(amira)
    assert world.count(PlanVersion) == 2
    sign(ben)
    assert world.count(PlanVersion) == 3


def test_signing_twice_counts_once(amira, ben, world):
    ready_plan(amira, ben)
    page = amira.get(f"{PLAN}/sign")
    amira.submit(page, to="/plan/sign")
    amira.submit(page, to="/plan/sign", tampered={"form_key": "another"})
    assert world.count(PlanSignature) == 1
    sign(ben)
    again = ben.post(f"{PLAN}/sign", {"content": "0" * 64})
    assert again.status in (409, 422)
    assert world.count(PlanVersion) == 1


def test_only_the_lead_worker_signs(amira, ben, world):
    ready_plan(amira, ben)
    put_on_the_case(world, "Bella", CaseRole.SOCIAL_WORKER)
    bella = Client(amira.app).sign_in("Bella")
    assert "Sign" not in bella.get(PLAN).links
    assert bella.get(f"{PLAN}/sign").status == 403
    assert bella.post(f"{PLAN}/sign").status == 403


def test_a_plan_stays_a_draft_until_somebody_asks_about_children(amira, ben, world):
    """E49: "not asked" keeps the plan a draft."""
    ready_plan(amira, ben)
    with world.does("Amira") as (session, _amira):
        session.scalars(select(Family)).one().children_asked = ChildrenAsked.NOT_ASKED
    page = amira.get(f"{PLAN}/sign")
    assert page.h1 == "Not ready to sign"
    assert "Nobody has asked about children yet, so the plan stays a draft" in page.text
    assert amira.post(f"{PLAN}/sign").status == 422
    assert world.count(PlanSignature) == 0


def test_without_the_other_agency_there_is_no_signing(amira, ben, world):
    ready_plan(amira, ben)
    with world.does("Ben") as (session, actor):
        mine = session.scalars(
            select(Involvement).where(Involvement.account_id == actor.account_id)
        ).one()
        mine.lead = False
    page = amira.get(f"{PLAN}/sign")
    assert "Nobody from children’s social care is the lead worker" in page.text
    with world.does("Ben") as (session, _actor):
        session.get_one(Involvement, mine.id).ends_on = world.moment.today.replace(year=2020)
        session.get_one(Involvement, mine.id).starts_on = world.moment.today.replace(year=2019)
    page = amira.get(f"{PLAN}/sign")
    assert "Nobody from children’s social care is on the case yet" in page.text
    assert amira.post(f"{PLAN}/sign").status == 422


def test_an_agency_signs_only_when_somebody_there_said_what_they_do(amira, ben):
    whole_plan(amira)
    page = ben.get(f"{PLAN}/sign")
    assert "Nobody from Eastway Children’s Services has said what they do" in page.text
    assert amira.get(f"{PLAN}/sign").h1 == "Sign the plan"


def test_all_that_is_missing_stands_on_one_page_with_a_way_to_each(amira):
    start(amira)
    page = amira.get(f"{PLAN}/sign")
    lines = page.main.select("li.co-row")
    assert len(lines) == 5  # not shared; no goal for any side; no role
    assert all(line.a["href"].startswith("/families/LANE-01/") for line in lines)


def test_a_disputed_goal_cannot_be_signed(amira, ben, world):
    """E15: the plan cannot be called agreed while a goal is disputed."""
    ready_plan(amira, ben)
    sign(amira)
    answer(ben, "A goal for the child", "not-agreed", "Too much.")
    assert ben.post(f"{PLAN}/sign").status == 422
    assert world.count(PlanVersion) == 0
    page = ben.get(PLAN)
    assert "Not agreed by Eastway Children’s Services" in page.text
    assert "Version 1, signed" not in page.text


def test_a_locked_version_is_read_under_todays_rights(amira, ben, bella, world):
    """E23, with spec/sharing.md: what is held back today is absent from what was signed, too."""
    signed_plan(amira, ben)
    assert "A goal for the child" in ben.get(f"{PLAN}/versions/1").text
    with world.does("Amira") as (session, _amira):
        goal = session.scalars(select(Goal).where(Goal.text == "A goal for the child")).one()
        goal.level, goal.notice = Level.OWN_AGENCY, DEFAULT_NOTICE[Level.OWN_AGENCY]
    assert "A goal for the child" not in ben.get(f"{PLAN}/versions/1").html
    assert "A goal for the child" not in ben.get(PLAN).html
    assert "A goal for the child" in amira.get(f"{PLAN}/versions/1").text
    assert bella.get(f"{PLAN}/versions/1").status == 404


def test_a_version_that_does_not_exist_is_not_found(amira, ben):
    signed_plan(amira, ben)
    for number in ("2", "0", "99999999999999999999"):
        assert amira.get(f"{PLAN}/versions/{number}").status == 404


def test_a_locked_version_keeps_every_entry_that_was_open(amira, ben, world):
    signed_plan(amira, ben)
    assert world.count(PlanVersionEntry) == 6  # three goals, two roles, one action


def test_a_plan_that_is_wholly_open_is_not_shared_again(amira):
    whole_plan(amira)
    page = amira.get(f"{PLAN}/share")
    assert "Both agencies see the whole plan already" in page.text
    assert page.main.form is None
