"""The family page: the whole picture at a glance."""

from datetime import timedelta

import pytest
import time_machine

from casework import SAID, ask, case_of_amira_alone
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.families import Involvement
from coordinator.services import actions, contact_attempts, notes, plan_sharing, plans
from coordinator.services.contact_attempts import Attempt
from coordinator.services.sharing import Audience
from coordinator.vocabulary import (
    GoalFor,
    Level,
    Mechanism,
    Outcome,
)

HOME = "/families/LANE-01"


def reference_of(world, name):
    with world.session() as session:
        return (
            session.query(Involvement.reference)
            .join(Account, Account.id == Involvement.account_id)
            .filter(Account.name == name)
            .order_by(Involvement.id)
            .first()[0]
        )


def just_now(world):
    return world.moment.now - timedelta(minutes=1)


def headings(page):
    return [heading.get_text().strip() for heading in page.main.select("h2")]


def test_it_says_who_works_with_the_family_by_agency_and_how_to_reach_each(amira, world):
    page = amira.get(HOME)
    links = page.links.values()
    assert "Social worker, Eastway Family Support" in page.text
    assert any(link.startswith("tel:") for link in links)
    assert "mailto:ben@eastway.example" in links
    assert f"{HOME}/contacts/log?whom={reference_of(world, 'Ben')}" in links
    assert "Amira (you)" in page.text


def test_it_shows_the_link_workers_and_duty_desks_of_the_teams_on_the_case(ben):
    """E03: her name, what she can and cannot do, and her hours."""
    page = ben.get(HOME)
    assert "Link worker, Northside CMHT: Cerys" in page.text
    assert "Hours: Monday to Friday, 9am to 5pm" in page.text
    assert "Duty desk, Northside CMHT" in page.text


def test_a_press_on_a_worker_logs_a_contact_with_that_worker(amira):
    page = amira.click(amira.get(HOME), "Log a contact with Ben")
    assert page.h1 == "Log a contact"
    assert "Ben" in page.soup.select_one("option[selected]").get_text()


def test_last_tried_and_last_reached_are_said_apart(amira, world):
    """P13."""
    for outcome, ago in ((Outcome.REACHED, 5), (Outcome.NO_ANSWER, 1)):
        with world.does("Amira") as (session, actor):
            attempt = Attempt(
                whom=reference_of(world, "Ben"),
                mechanism=Mechanism.TELEPHONE,
                attempted_at=world.moment.now - timedelta(days=ago),
                outcome=outcome,
                line="About the school",
            )
            family = world.family_for(session, actor)
            contact_attempts.log(session, actor, world.moment, family, attempt)
    page = amira.get(HOME)
    assert "Last tried yesterday, last reached" in page.text


def test_it_says_what_is_missing_and_who_could_supply_it(amira, world):
    home = "/".join(
        amira.submit(
            amira.get("/families/open"),
            {
                "name": "Walter Pike",
                "children_asked": "not-asked",
                "children_why_not": "In a hurry",
            },
        ).path.split("/")[:3]
    )
    page = amira.get(home)
    assert "What is missing" in headings(page)
    for words, step in (
        ("No worker of children’s social care yet", "Ask their duty desk to join"),
        ("Nobody has asked about children yet", "Answer it now"),
        ("No plan yet", "Start the plan"),
    ):
        assert words in page.text
        assert amira.click(page, step).status == 200
    assert "No meeting is planned" in page.text


def test_a_duty_desk_that_was_asked_is_named_with_its_phone_until_it_answers(amira, bella):

    family = case_of_amira_alone(amira)
    ask(amira, family)
    page = amira.get(f"/families/{family}")
    assert "Eastway Family Support was asked and has not answered" in page.text
    assert "01632 960200" in page.text


@pytest.fixture
def plan(world):
    """Start a plan with a goal for the parent alone, and give its family's reference."""
    with world.does("Amira") as (session, actor):
        family = world.family_for(session, actor)
        here = session, actor, world.moment
        plans.start(*here, family)
        goal = plans.add_goal(*here, family, GoalFor.PARENT, "I sleep through the night")
        plan_sharing.share(*here, family, [goal], SAID)
    return HOME


def test_the_plan_is_told_in_a_few_lines_and_a_missing_goal_is_named(ben, plan):
    """E51: who could supply the child's goal."""
    page = ben.get(plan)
    assert "I sleep through the night" in page.text
    assert "Draft, not signed yet" in page.text
    assert "No goal for the child" in page.text
    assert "Ask Ben" in page.text
    assert "No goal for the parent or carer" not in page.text


def test_a_plan_of_one_agency_is_held_back_from_the_other_and_not_called_missing(ben, world):
    with world.does("Amira") as (session, actor):
        family = world.family_for(session, actor)
        plans.start(session, actor, world.moment, family)
        plans.add_goal(session, actor, world.moment, family, GoalFor.PARENT, "Canary goal")
    page = ben.get(HOME)
    assert "Held back: Shared plan" in page.text
    assert page.text.count("Held back:") == 1
    assert "No plan yet" not in page.text
    assert "Canary" not in page.html


def test_what_waits_for_me_comes_first_and_what_is_late_for_others_next(amira, ben, plan, world):
    with world.does("Amira") as (session, actor):
        family = world.family_for(session, actor)
        owner = reference_of(world, "Ben")
        today = world.moment.today
        actions.ask(session, actor, world.moment, family, "Ask the school", owner, today)
    page = ben.get(plan)
    assert headings(page)[0] == "Waiting for you"
    assert "Ask the school" in page.text
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        later = type(amira)(amira.app).sign_in("Amira").get(plan)
    assert headings(later)[0] == "Late"
    assert "Ask the school" in later.text


def test_a_long_silence_between_the_agencies_is_said(amira):
    with time_machine.travel(clock.now() + timedelta(days=16), tick=False):
        page = type(amira)(amira.app).sign_in("Amira").get(HOME)
    assert "No conversation between the agencies for 16 days" in page.text
    assert "Call Ben" in page.text
    assert "No conversation" not in amira.get(HOME).text


def test_what_is_held_back_is_named_with_its_holder_and_how_to_ask(ben, world):
    with world.does("Amira") as (session, actor):
        family = world.family_for(session, actor)
        notes.add_note(session, actor, world.moment, family, "Canary", Audience(Level.OWN_AGENCY))
    page = ben.get(HOME)
    assert "Held back: Note" in page.text
    assert "Held by Amira, Northside Mental Health" in page.text
    assert "Canary" not in page.html


def test_no_page_of_a_family_holds_a_diagnosis_or_a_field_of_equality(amira):
    """T03, T25."""
    for path in ("", "/people", "/people/add", "/sharing"):
        words = amira.get(HOME + path).html.lower()
        for never in ("diagnos", "ethnic", "religion", "disorder", "sexual"):
            assert never not in words


def test_a_reader_who_may_change_nothing_is_offered_nothing_to_change(dana):
    page = dana.get(HOME)
    assert "Log a contact" not in page.links
    assert "Add a note" not in page.links
    assert "Start the plan" not in page.links


def test_the_family_page_takes_at_most_twelve_statements_however_much_there_is(
    amira, plan, world, statements
):
    def count():
        amira.get(plan)
        statements.clear()
        amira.get(plan)
        return len(statements)

    before = count()
    for number in range(5):
        with world.does("Amira") as (session, actor):
            family = world.family_for(session, actor)
            here = session, actor, world.moment
            notes.add_note(*here, family, f"Note {number}")
            plans.add_goal(*here, family, GoalFor.CHILD, f"Goal {number}")
            owner = reference_of(world, "Ben")
            actions.ask(*here, family, f"Do {number}", owner, world.moment.today)
            attempt = Attempt(owner, Mechanism.EMAIL, just_now(world), Outcome.REACHED, "x")
            contact_attempts.log(*here, family, attempt)
    assert count() == before
    assert before <= 12
