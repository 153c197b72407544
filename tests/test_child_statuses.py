"""The legal and planning status of each child, voluntary help among them (S25, I20)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from clock_records import a_child
from clock_steps import child, deadlines, give_status, running
from coordinator import clock
from coordinator.models.child_statuses import StatusOfChild
from coordinator.models.clock_rules import ClockRule
from coordinator.reads import child_statuses
from coordinator.services import guests
from coordinator.services.guests import GuestDetails
from coordinator.vocabulary import (
    EXPLAINED,
    VOLUNTARY_STATUSES,
    CaseRole,
    ChildStatus,
    GuestRole,
    Level,
    Procedure,
)
from gathering import MEETINGS, arrange
from writer import Writer

HOME = "/families/LANE-01"
COPY = f"{HOME}/openness/copy"


def roles(world, procedure=None):
    """Return who should be asked, as Ben sees it: role → why."""
    with world.does("Ben") as (session, actor):
        family = world.family_for(session, actor)
        now = child_statuses.now_of_family(session, actor, world.moment, family)
        found = child_statuses.invited_at_stage(now, procedure)
    return {one.role: one.why for one in found}


def test_a_status_has_dates_an_explanation_and_a_history(ben, amira, world):
    """S25: legal and planning status for each child with dates and a plain explanation."""
    began = clock.today() - timedelta(days=30)
    give_status(ben, world, "child-in-need", starts_on=began)
    page = give_status(ben, world, "protection-plan")
    assert page.path == f"/children/{child(world)}/status"
    assert EXPLAINED[ChildStatus.PROTECTION_PLAN] in page.text
    page = amira.get(page.path)
    assert "Child in need" in page.text
    assert "Before" in [h.get_text() for h in page.main.select("h2")]
    with world.session() as session:
        stored = session.scalars(select(StatusOfChild).order_by(StatusOfChild.id)).all()
        assert [(s.status, s.starts_on, s.ends_on) for s in stored] == [
            (ChildStatus.CHILD_IN_NEED, began, clock.today()),
            (ChildStatus.PROTECTION_PLAN, clock.today(), None),
        ]


def test_a_court_decides_beside_a_plan(ben, world):
    give_status(ben, world, "protection-plan")
    page = give_status(ben, world, "care-proceedings")
    cards = [h.get_text() for h in page.main.select(".govuk-summary-card__title")]
    assert cards == ["Child protection plan", "Care proceedings"]
    give_status(ben, world, "interim-care-order")
    page = ben.get(page.path)
    cards = [h.get_text() for h in page.main.select(".govuk-summary-card__title")]
    assert cards == ["Child protection plan", "Interim care order"]


@pytest.mark.parametrize("status", list(ChildStatus))
def test_every_status_is_explained_in_two_plain_sentences(status):
    """S25: the parent copy explains the status in two plain sentences."""
    sentences = [part for part in EXPLAINED[status].split(". ") if part]
    assert len(sentences) == 2
    assert all(len(sentence.split()) <= 30 for sentence in sentences)


def test_the_parents_copy_explains_the_status_in_plain_words(ben, world):
    """S25."""
    give_status(ben, world, "protection-plan")
    page = ben.get(COPY)
    assert "Mia Lane: child protection plan" in page.text
    assert EXPLAINED[ChildStatus.PROTECTION_PLAN] in page.text


def test_an_enquiry_is_told_in_person_and_not_first_by_the_copy(ben, world):
    give_status(ben, world, "section-47")
    assert "ection 47" not in ben.get(COPY).text


def test_a_worker_may_explain_a_status_in_better_words(ben, world):
    give_status(ben, world, "early-help", explanation="Cerys helps with mornings. You chose it.")
    assert "Cerys helps with mornings." in ben.get(COPY).text


def test_at_the_stage_of_a_plan_the_coordinator_and_the_health_visitor_are_asked(ben, world):
    """S25: when Ben schedules the next core group, Amira and Ines are proposed."""
    assert roles(world) == {}
    give_status(ben, world, "protection-plan")
    found = roles(world, Procedure.CORE_GROUP)
    assert found[CaseRole.CARE_COORDINATOR] == "Mia Lane: child protection plan"
    assert GuestRole.HEALTH_VISITOR in found


def test_a_status_that_the_reader_may_not_read_proposes_nobody(world):
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        writer.add(
            StatusOfChild,
            "Amira",
            Level.OWN_AGENCY,
            person_id=a_child(writer).id,
            status=ChildStatus.PROTECTION_PLAN,
            starts_on=world.moment.today,
            explanation="x",
        )
    assert roles(world) == {}


CHILD_PROTECTION = ("child protection", "section 47", "conference", "significant harm")


def test_voluntary_help_is_equal_and_knows_no_child_protection_words(ben, amira, world, dana):
    """I20: invitations, plan and copies all work and no child-protection wording appears."""
    for status in VOLUNTARY_STATUSES[1:]:
        give_status(ben, world, status.value)
    give_status(ben, world, "early-help")
    meeting = arrange(ben, "Team around the family")
    assert meeting.status == 200
    assert running(world) == {}
    child_page = f"/children/{child(world)}/status"
    pages = (meeting.path, HOME, f"{HOME}/people", f"{HOME}/clocks", COPY, MEETINGS, child_page)
    form = ben.get(f"{MEETINGS}/arrange")
    kinds = form.soup.find("select", {"name": "kind"}).get_text().lower()
    assert "team around the family" in kinds
    assert [word for word in (*CHILD_PROTECTION, "core group") if word in kinds] == []
    assert "Initial child protection conference" in ben.click(form, "List every kind").text
    for reader in (ben, amira, dana):
        for path in (*pages, f"{HOME}/plan", "/today"):
            page = reader.get(path)
            assert page.status == 200, path
            words = page.text.lower()
            assert [word for word in CHILD_PROTECTION if word in words] == [], path


def test_the_same_status_twice_is_refused(ben, world):
    give_status(ben, world, "early-help")
    page = give_status(ben, world, "early-help")
    assert "It is so already" in page.errors["status"]
    page = give_status(ben, world, "child-in-need", starts_on=clock.today() - timedelta(days=3))
    assert "Another began on" in page.errors["starts_on"]
    page = give_status(ben, world, "child-in-need", starts_on=clock.today() + timedelta(days=3))
    assert page.errors["starts_on"] == "The day must be today or before"


def test_a_status_ends_without_another(ben, amira, world):
    page = give_status(ben, world, "early-help")
    end = ben.click(page, "End it (Early help)")
    hers = amira.get(end.path)
    page = ben.submit(end, button="Write down the end")
    assert "Nothing is written down yet." in page.text
    assert amira.submit(hers, button="Write down the end").status == 409


def test_what_ran_for_a_plan_ends_with_the_last_plan(ben, world):
    for name in ("Mia", "Leo"):
        give_status(ben, world, "protection-plan", name)
    assert set(running(world)) == {"core-group-first", "review-first"}
    give_status(ben, world, "child-in-need")
    assert set(running(world)) == {"core-group-first", "review-first"}
    give_status(ben, world, "none", "Leo")
    assert running(world) == {}
    assert deadlines(world)["review-first"].ended_reason == "The child protection plan ended"


def test_an_enquiry_that_ends_without_a_plan_needs_no_conference(ben, world):
    give_status(ben, world, "section-47")
    give_status(ben, world, "child-in-need")
    assert running(world) == {}
    give_status(ben, world, "section-47", "Leo")
    give_status(ben, world, "protection-plan", "Leo")
    assert "initial-conference" in running(world)


def test_when_the_next_core_group_is_arranged_those_who_should_come_are_proposed(ben, world):
    """S25: Amira and Ines are proposed, with the reason."""
    with world.does("Ben") as (session, actor):
        details = GuestDetails(
            "Ines Field", GuestRole.SCHOOL, "Hill School", "ines@healthvisiting.example"
        )
        family = world.family_for(session, actor)
        guests.add(session, actor, world.moment, family, details)
    give_status(ben, world, "protection-plan")
    page = ben.get(f"{MEETINGS}/arrange")
    ticked = [
        box.find_next("label").get_text(" ", strip=True)
        for box in page.soup.select("input[name=invite][checked]")
    ]
    assert any("Amira" in words for words in ticked)
    assert any("Ines Field" in words for words in ticked)
    assert "Mia Lane: child protection plan" in page.text
    assert "Who should be asked and is not known here: Health visitor" in page.text


def test_cp_is_says_yes_for_twelve_months_and_copies_nothing(ben, world):
    """R14: current or last 12 months."""
    page = give_status(ben, world, "early-help")
    assert "CP-IS" not in page.text
    give_status(ben, world, "protection-plan")
    page = give_status(ben, world, "none")
    assert "CP-IS: yes" in page.text
    with world.session() as session:
        rule = session.scalars(select(ClockRule).where(ClockRule.code == "cp-is")).one()
        assert rule.limit == 12


def test_an_adult_of_the_family_has_no_such_page(ben, world):
    assert ben.get(f"/children/{child(world, 'Kim')}/status").status == 404


def test_who_is_not_on_the_case_learns_no_status(bella, hana, ben, world):
    give_status(ben, world, "protection-plan")
    for outsider in (bella, hana):
        assert outsider.get(f"/children/{child(world)}/status").status == 404
