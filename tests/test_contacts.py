"""Logging who was contacted: five answers and one press."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from calling import CALLED, CONTACTS, LOG, on_the_case
from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.families import Person
from coordinator.services import contact_attempts
from coordinator.services.contact_attempts import Attempt
from coordinator.vocabulary import Mechanism, Outcome


def test_a_contact_needs_five_answers_or_fewer_and_one_press(ben, world):
    """S32: whom, how, when, outcome and one line; the family and his own name are known."""
    page = ben.get(f"{LOG}?whom={on_the_case(world, 'Amira')}")
    assert page.field("whom") == on_the_case(world, "Amira")
    assert not {"family", "author", "agency"} & {str(f["name"]) for f in page.main.select("[name]")}
    page = ben.submit(page, CALLED, button="Log this contact")
    assert page.path.startswith(CONTACTS)
    assert "Ben tried Amira" in page.text
    with world.session() as session:
        logged = session.scalars(select(ContactAttempt)).one()
        assert logged.account_id == world.account_id("Amira")
        assert logged.author_id == world.account_id("Ben")
        assert logged.outcome is Outcome.REACHED
        assert abs(clock.now() - logged.attempted_at) < timedelta(minutes=2)


def test_an_empty_form_asks_for_at_most_five_things(ben):
    """S32: no more is required than whom, how, when, outcome and one line."""
    page = ben.post(LOG, {"form_key": "empty"})
    assert page.status == 422
    questions = {"on": "when", "at": "when"}
    assert len({questions.get(field, field) for field in page.errors}) <= 5
    assert {"whom", "mechanism", "outcome"} <= set(page.errors)


def test_the_outcome_has_no_default(ben):
    page = ben.get(LOG)
    assert not page.soup.select("input[name=outcome][checked]")
    page = ben.submit(
        page, {"whom": page.soup.select("select option")[1]["value"], "mechanism": "02"}
    )
    assert page.errors["outcome"] == "Choose what came of it"


def test_people_on_the_case_come_first_and_one_never_tries_oneself(ben):
    page = ben.get(LOG)
    offered = [option.get_text() for option in page.soup.select("select[name=whom] option")][1:]
    assert offered[0] == "Amira, care coordinator, Northside Mental Health"
    assert offered[1].startswith("Duty desk of Northside CMHT")
    assert offered[2].startswith("Duty desk of Eastway Family Support")
    assert offered[3] == "Kim Lane, parent or carer"
    assert not [line for line in offered if line.startswith("Ben")]


@pytest.mark.parametrize("whom", ["AAAA99999", "' OR 1=1 --", "\x00", "LANE-01"])
def test_a_made_up_whom_in_the_address_is_not_believed(ben, whom):
    page = ben.get(LOG, query_string={"whom": whom})
    assert page.status == 200
    assert page.field("whom") == ""


def test_somebody_of_another_family_cannot_be_chosen(ben, bella, world):
    """A reference that is not of this case is an error beside the question, and is not kept."""
    opened = bella.submit(
        bella.get("/families/open"),
        {"name": "Jo Other", "children_asked": "no"},
    )
    with world.session() as session:
        stranger = session.scalars(select(Person.reference).where(Person.name == "Jo Other")).one()
    assert opened.status == 200
    page = ben.submit(ben.get(LOG), CALLED, tampered={"whom": stranger})
    assert page.status == 422
    assert "list" in page.errors["whom"]
    assert world.count(ContactAttempt) == 0


def test_the_service_refuses_whom_it_cannot_find_on_the_case(world):
    with world.does("Ben") as (session, actor):
        family = world.family_for(session, actor)
        for whom in (on_the_case(world, "Ben"), "AAAA99999", contact_attempts.AS_BEFORE, ""):
            attempt = Attempt(whom, Mechanism.EMAIL, clock.now(), Outcome.NO_ANSWER)
            with pytest.raises(contact_attempts.InvalidError) as refused:
                contact_attempts.log(session, actor, world.moment, family, attempt)
            assert "whom" in refused.value.problems


def test_somebody_who_is_not_on_the_list_is_written_down(ben, world):
    values = CALLED | {"someone_else": "Dr Jain, GP"}
    page = ben.submit(ben.get(LOG), values)
    assert "Ben tried Dr Jain, GP" in page.text
    page = ben.submit(ben.get(LOG), values | {"whom": on_the_case(world, "Amira")})
    assert page.errors["whom"] == "Choose from the list or write who it was, not both"
    assert page.field("someone_else") == "Dr Jain, GP"


def test_a_duty_desk_and_a_member_of_the_family_can_be_tried(ben):
    for words in ("Duty desk of Northside CMHT", "Kim Lane"):
        page = ben.get(LOG)
        options = page.soup.select("select[name=whom] option")
        value = next(o["value"] for o in options if o.get_text().startswith(words))
        page = ben.submit(page, {"whom": value, "mechanism": "09", "outcome": "no-answer"})
        assert (
            f"Ben tried {words[0].lower() + words[1:] if 'desk' in words else words}".replace(
                "duty desk", "the duty desk"
            )
            in page.text
        )


def test_a_contact_cannot_lie_in_the_future(ben, world):
    whom = on_the_case(world, "Amira")
    tomorrow = clock.today() + timedelta(days=1)
    page = ben.submit(ben.get(LOG), CALLED | {"whom": whom, "on": tomorrow})
    assert page.errors == {"on": "The date must be today or earlier"}
    assert page.field("line") == CALLED["line"]
    with world.does("Ben") as (session, actor):
        moment = Moment(datetime(2027, 1, 5, 10, tzinfo=clock.UTC), date(2027, 1, 5))
        attempt = Attempt(
            whom, Mechanism.EMAIL, moment.now + timedelta(minutes=5), Outcome.NO_ANSWER
        )
        with pytest.raises(contact_attempts.InvalidError) as refused:
            contact_attempts.log(session, actor, moment, world.family_for(session, actor), attempt)
        assert refused.value.problems == {"at": "The time must be now or earlier"}


def test_a_time_that_the_clocks_skipped_is_refused_with_a_sentence(ben, world):
    whom = on_the_case(world, "Amira")
    page = ben.submit(ben.get(LOG), CALLED | {"whom": whom, "on": date(2026, 3, 29), "at": "01:30"})
    assert page.errors["at"].startswith("The clocks went forward")


def test_a_conversation_needs_one_line_and_a_try_that_nobody_answered_does_not(ben, world):
    values = {"whom": on_the_case(world, "Amira"), "mechanism": "02", "outcome": "reached"}
    page = ben.submit(ben.get(LOG), values)
    assert page.errors == {"line": "Enter one line: what was said, or what message you left"}
    page = ben.submit(page, {"outcome": "no-answer"})
    assert page.status == 200
    assert "No answer" in page.text


def test_when_it_was_tried_is_not_when_it_was_logged(ben, world):
    three_days_ago = clock.today() - timedelta(days=3)
    page = ben.submit(
        ben.get(LOG),
        CALLED | {"whom": on_the_case(world, "Amira"), "on": three_days_ago, "at": "10:15"},
    )
    assert "Logged later, today" in page.text
    with world.session() as session:
        logged = session.scalars(select(ContactAttempt)).one()
        assert clock.local(logged.attempted_at).date() == three_days_ago
        assert clock.now() - logged.created_at < timedelta(minutes=1)


def test_a_second_press_logs_nothing_twice(ben, world):
    page = ben.get(f"{LOG}?whom={on_the_case(world, 'Amira')}")
    ben.submit(page, CALLED)
    ben.submit(page, CALLED)
    assert world.count(ContactAttempt) == 1
