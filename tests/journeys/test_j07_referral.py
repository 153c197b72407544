"""J07, steps 1 to 5: from a worry to the referral's outcome, and who is proposed then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import databases
import records
import worry_records
from coordinator import clock, trail
from coordinator.access.sights import Moment
from coordinator.models.referrals import Referral

pytestmark = pytest.mark.browser


@pytest.fixture
def routes(demo):
    """Let referrals about Eastway have somewhere to go."""
    with databases.session_of(demo) as session:
        moment = Moment(clock.now(), clock.today())
        worry_records.settings(records.Writer.of(session, moment, "LANE-01"))


@pytest.mark.parametrize("hands", ["mouse", "keyboard"])
def test_a_worry_becomes_a_referral_and_its_outcome_comes_back(demo, routes, person):
    """J07, E28 E29 E30: four screens, a draft that waits, amber when late, the outcome, a place."""
    amira, ben = person("Amira"), person("Ben")
    # 1. The lead's number, the route for now, the form.
    amira.goes("/families/LANE-01")
    amira.presses("I am worried about a child")
    amira.chooses("No, or I am not sure")
    amira.presses("Go on: whom to talk to")
    amira.sees("Safeguarding children lead, now")
    amira.presses("Go on: refer")
    amira.sees("Eastway")
    # 2. The family's data is filled in; what is missing is listed.
    amira.chooses("Concern about a child")
    amira.presses("Begin the form")
    assert any("Leo" in box.input_value() for box in amira.page.locator("textarea").all())
    amira.presses("Go on to sending")
    amira.sees("Still missing")
    # 3. She leaves, and comes back from Today.
    amira.goes("/today")
    amira.presses("Finish the referral")
    amira.sees("Begun")
    empty = [
        box.get_attribute("id")
        for box in amira.page.locator("textarea").all()
        if not box.input_value()
    ]
    for which in empty:
        label = amira.page.locator(f"label[for='{which}']").inner_text()
        amira.types(label, "He was alone all night")
    amira.presses("Go on to sending")
    # 4. Sent: it waits for a receipt, and is amber a working day later.
    amira.chooses(_to(amira, "Eastway Family Support"))
    amira.chooses(_first(amira, "basis"))
    amira.chooses(_first(amira, "parent_told"))
    amira.presses("Send it")
    amira.sees("Sent, not acknowledged yet")
    with databases.session_of(demo) as session:
        trail.acting(session, trail.Acting(service="test"), "test")
        sent = session.scalars(select(Referral)).one()
        sent.due_at -= timedelta(days=9)
        sent.due_on -= timedelta(days=9)
    amira.goes("/today")
    amira.sees("nobody has acknowledged your referral")
    # 5. Acknowledged, decided; she reads the outcome and is proposed for the conference.
    ben.goes("/today")
    ben.presses("Acknowledge a referral")
    ben.presses("Acknowledge")
    ben.presses("Decide")
    ben.chooses("Accepted")
    ben.types("Why, and what happens now?", "Initial conference on Friday")
    ben.presses("Save")
    amira.goes("/today")
    amira.presses("Read: your referral is accepted")
    amira.sees("Initial conference on Friday")
    ben.goes("/families/LANE-01/meetings/arrange")
    proposed = ben.page.locator("label", has_text="Amira").first
    assert ben.page.locator(f"#{proposed.get_attribute('for')}").is_checked()


def _first(who, field):
    """Return the label of a field's first choice."""
    first = who.page.locator(f"input[name={field}]").first.get_attribute("id")
    return who.page.locator(f"label[for='{first}']").inner_text()


def _to(who, team):
    """Return the label of a team to which the referral can go."""
    labels = who.page.locator(".govuk-radios__label").all_inner_texts()
    return next(text for text in labels if team in text)
