"""Quoracy, meeting again, and what a conference decided about each child (issue 4, 10; R6)."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

from clock_steps import (
    change_limit,
    child,
    days_later,
    deadlines,
    give_status,
    hold,
    next_monday,
    running,
)
from coordinator.models.child_statuses import ConferenceOutcome, StatusOfChild
from coordinator.vocabulary import EXPLAINED, ChildStatus, DeadlineState, GuestRole
from coordinator.working_days import months_from, working_days_from
from gathering import arrange
from page import Client

INITIAL = "Initial child protection conference"
AMIRAS = "Northside Mental Health"
NURSE = (GuestRole.HEALTH_VISITOR, "Riverside Health Visiting")
SCHOOL = (GuestRole.SCHOOL, "Hill School")
COPY = "/families/LANE-01/openness/copy"


def afterwards(world, name="Ben"):
    """Return somebody who signs in on the days after the conference."""
    return Client(world.app).sign_in(name)


def decide(client, world, at, **values):
    form = client.get(f"{at}/outcomes/add")
    filled = {"child": child(world), "status": "protection-plan", **values}
    return client.submit(form, filled, button="Write it down")


def test_a_conference_with_two_other_agencies_is_quorate(world):
    """R6: children's social care and two others."""
    at = hold(world, INITIAL, next_monday(), guests=(NURSE,))
    with days_later(20):
        page = afterwards(world).get(at)
        assert "Quorate: children’s social care came" in page.text
        assert "Northside Mental Health" in page.text
        assert "Meet again" not in page.links
    assert set(running(world)) == {"outcome-letter", "conference-record", "report-initial"}


def test_without_enough_agencies_it_says_so_and_one_press_meets_again_within_the_limit(world):
    """R6: a new date within 10 working days; the arrangement is filled in."""
    day = next_monday()
    at = hold(world, INITIAL, day)
    due = running(world)["reconvene"]
    assert due.due_on == working_days_from(day, 10)
    with days_later((day - date.today()).days + 1):  # noqa: DTZ011
        ben = afterwards(world)
        page = ben.get(at)
        assert "Not quorate: 2 other agencies are needed" in page.text
        form = ben.click(page, "Meet again")
        asked = parse_qs(urlsplit(page.links["Meet again"]).query)
        assert date.fromisoformat(asked["day"][0]) <= due.due_on
        assert form.field("day-day") == str(date.fromisoformat(asked["day"][0]).day)
        again = ben.submit(form, button="Arrange the meeting and invite")
        assert again.status == 200, again.errors
        assert again.h1 == INITIAL


def test_who_stands_by_a_parent_is_no_agency(world):
    for role in (GuestRole.ADVOCATE, GuestRole.SUPPORTER, GuestRole.FOSTER_CARER):
        at = hold(world, INITIAL, next_monday(), guests=((role, "A charity"),))
        with days_later(20):
            assert "Not quorate" in afterwards(world).get(at).text


def test_two_people_of_one_organisation_are_one_agency(world):
    at = hold(world, INITIAL, next_monday(), absent=("Amira",), guests=(NURSE, NURSE))
    with days_later(20):
        assert "Not quorate" in afterwards(world).get(at).text


def test_the_area_may_need_fewer_agencies(dev, world):
    change_limit(dev, world, "quorum", limit="1")
    at = hold(world, INITIAL, next_monday())
    with days_later(20):
        assert "Quorate: " in afterwards(world).get(at).text


def test_who_was_invited_and_did_not_come_is_no_attendee(world):
    at = hold(world, INITIAL, next_monday(), absent=("Amira",), guests=(NURSE,))
    with days_later(20):
        assert "Not quorate" in afterwards(world).get(at).text


def test_a_conference_decides_about_each_child_and_the_clocks_follow(ben, world):
    """Issue 4, 10: per-child status, dates and a plain explanation; R8 and R9."""
    give_status(ben, world, "section-47")
    day = next_monday()
    at = hold(world, INITIAL, day, guests=(NURSE, SCHOOL))
    enquiry = deadlines(world)["initial-conference"]
    assert (enquiry.state, enquiry.met_on) == (DeadlineState.MET, day)
    with days_later(20):
        ben = afterwards(world)
        page = decide(ben, world, at)
        assert page.status == 200, page.errors
        assert "Mia Lane: child protection plan" in page.text
        assert EXPLAINED[ChildStatus.PROTECTION_PLAN] in page.text
        decide(ben, world, at, child=child(world, "Leo"), status="child-in-need")
        copy = ben.get(COPY)
        assert "What was decided" in [h.get_text() for h in copy.main.select("h2")]
        assert "Leo Lane: child in need" in copy.text
        assert "Decided by: The conference" in copy.text
        again = decide(ben, world, at)
        assert "written down already" in again.errors["child"]
    due = running(world)
    assert due["core-group-first"].due_on == working_days_from(day, 10)
    assert due["review-first"].due_on == months_from(day, 3)
    assert world.count(StatusOfChild, StatusOfChild.status == ChildStatus.PROTECTION_PLAN) == 1
    assert world.count(ConferenceOutcome) == 2


def test_a_review_may_decide_that_a_plan_goes_on(ben, world):
    give_status(ben, world, "protection-plan")
    day = next_monday()
    at = hold(world, "Review child protection conference", day, guests=(NURSE,))
    assert deadlines(world)["review-first"].state is DeadlineState.MET
    assert running(world)["review-next"].due_on == months_from(day, 6)
    with days_later(20):
        page = decide(afterwards(world), world, at)
        assert page.status == 200, page.errors
    assert world.count(StatusOfChild) == 1
    assert world.count(ConferenceOutcome) == 1


def test_a_conference_that_was_not_quorate_decides_nothing(world):
    at = hold(world, INITIAL, next_monday())
    with days_later(20):
        page = decide(afterwards(world), world, at)
    assert page.status == 422
    assert "It cannot decide; it has to meet again" in page.errors[""]
    assert world.count(ConferenceOutcome) == 0


def test_only_a_conference_that_was_held_decides(ben, world):
    page = decide(ben, world, arrange(ben, "Core group").path)
    assert page.errors[""] == "Only a conference decides about a child’s plan"
    page = decide(ben, world, arrange(ben, INITIAL, day=next_monday()).path)
    assert page.errors[""] == "Say first who came to the conference"


def test_who_is_invited_and_no_more_learns_no_outcome(world):
    """The chair of the day reads the invitation; the children stand on no page of hers."""
    at = hold(world, INITIAL, next_monday(), guests=(NURSE,))
    with days_later(20):
        decide(afterwards(world), world, at)
        assert afterwards(world, "Bella").get(at).status == 404
        assert afterwards(world, "Bella").get(f"{at}/outcomes/add").status == 404


def test_the_page_of_a_conference_takes_few_statements(world, statements):
    at = hold(world, INITIAL, next_monday(), guests=(NURSE,))
    with days_later(20):
        ben = afterwards(world)
        decide(ben, world, at)
        ben.get(at)
        statements.clear()
        ben.get(at)
        assert len(statements) <= 12, "\n".join(statements)


def test_the_chair_lets_it_go_ahead_with_a_reason_that_is_kept_and_audited(world, dev):
    """Issue 4, 10; R6: only the chair, and only with a reason; then it decides, and clocks run."""
    at = hold(world, INITIAL, next_monday(), chair="Hana", minute_taker="Ben")
    with days_later(20):
        hana, ben = afterwards(world, "Hana"), afterwards(world)
        page = ben.get(at)
        assert "Meet again" in page.links
        assert "Go ahead with a reason" not in page.links
        assert ben.get(f"{at}/outcomes/go-ahead").status == 403
        form = hana.click(hana.get(at), "Go ahead with a reason")
        empty = hana.submit(form, {"reason": ""}, button="Go ahead")
        assert (empty.status, empty.errors["reason"]) == (422, "Say why it goes ahead")
        reason = "The child cannot wait, and the school sent a report"
        page = hana.submit(empty, {"reason": reason}, button="Go ahead")
        assert f"Not quorate: 2 other agencies are needed, and {AMIRAS} came." in page.text
        assert f"The chair let it go ahead: “{reason}”" in page.text
        assert "Meet again" not in ben.get(at).links
        assert decide(ben, world, at).status == 200
        again = hana.get(f"{at}/outcomes/go-ahead")
        assert hana.submit(again, {"reason": "Twice"}, button="Go ahead").status == 422
        said = afterwards(world, "Dev").get("/audit?family=LANE-01&kinds=change").text
        assert "let a conference go ahead without a quorum" in said
    assert "reconvene" not in running(world)
    assert "core-group-first" in running(world)
