"""J04: nobody answers, from the third try in vain to the call."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import databases
import records
from coordinator import clock, trail
from coordinator.access.sights import Moment
from coordinator.models.families import Involvement

pytestmark = pytest.mark.browser

CONTACTS = "/families/LANE-01/contacts"
WAYS = (("Phone", "No answer"), ("Email", "Left a message"), ("Phone", "No answer"))


@pytest.mark.parametrize("hands", ["mouse", "no script"])
def test_the_contact_ladder_from_three_tries_to_a_conversation(person, demo, hands):
    """E03 E04 E19 E20 E58: the manager, the team, the link worker, and then the two talk."""
    with databases.session_of(demo) as session:
        trail.acting(session, trail.Acting(service="test"), "test")
        for involvement in session.scalars(select(Involvement)):
            involvement.starts_on = clock.today() - timedelta(days=20)
        moment = Moment(clock.now(), clock.today())
        writer = records.Writer.of(session, moment, "LANE-01")
        meeting = writer.meeting("Ben", "Hana", ["Amira"]).reference
    ben, dana = person("Ben"), person("Dana")
    dana.goes("/today")
    dana.does_not_see("why Amira cannot be reached")
    assert _time_to_talk(ben) == 1

    # 1. Three tries in vain: the case says what comes next, and Dana is told.
    for way, outcome in WAYS:
        ben.goes(f"{CONTACTS}/log")
        _picks(ben, "Who was it?", "Amira")
        ben.chooses(way, within="How?")
        ben.chooses(outcome, within="Outcome")
        ben.types("One line", "About the review")
        ben.presses("Log this contact")
    ben.sees("Amira was not reached: 3 tries in 5 working days")
    ben.sees("Call the duty desk of Northside CMHT")
    dana.goes("/today")
    dana.sees("why Amira cannot be reached")

    # 2. The invitation that waits goes to the team, and says so.
    ben.goes(f"/meetings/{meeting}")
    ben.presses("Not reached: send it to the team of Amira")
    ben.presses("Send it to the team")
    ben.sees("Sent to Northside CMHT because the person was not reached")

    # 3. The link worker has it on her queue, with the three tries.
    ben.goes(CONTACTS)
    ben.presses("Ask the link worker about Amira")
    ben.sees("Cannot: Hold a case")
    ben.chooses("Cerys")
    ben.types("What for?", "To agree the day of the review")
    ben.presses("Ask")
    ben.sees("Tries that nobody answered")
    cerys = person("Cerys")
    cerys.goes("/link-requests")
    cerys.page.locator("main .co-row a", has_text="nobody answers: Amira").click()
    assert cerys.page.locator("main table tbody tr").count() == 3
    cerys.does_not_see("Kim")

    # 4. Put in touch, with a call today: both see it, and the request is closed with its time.
    cerys.presses("Say what came of it")
    cerys.chooses("Put in touch")
    cerys.types("In a line", "Back at her desk")
    cerys.types_date("When do they talk?", clock.today())
    cerys.types("Time", "11:59pm")
    cerys.presses("Close the request")
    cerys.sees("closed it after less than an hour")
    amira = person("Amira")
    for one, other in ((ben, "Amira"), (amira, "Ben")):
        one.goes("/today")
        one.sees(f"{other}: Cerys has put you in touch")

    # 5. The call is logged: the agencies have talked today, and nothing waits any more.
    amira.page.locator(".co-row__what a", has_text="Cerys has put you in touch").click()
    amira.presses("Log the call")
    amira.chooses("Phone", within="How?")
    amira.chooses("Reached", within="Outcome")
    amira.types("One line", "We agreed on Thursday")
    amira.presses("Log this contact")
    amira.sees("The agencies last talked today")
    for one in (ben, amira):
        one.goes("/today")
        one.does_not_see("has put you in touch")
        assert _time_to_talk(one) == 0
    dana.goes("/today")
    dana.does_not_see("why Amira cannot be reached")

    # 6. Who starts contact: shares by team, no names.
    dana.goes("/contact-balance")
    dana.sees("Eastway Family Support")
    dana.does_not_see("LANE-01")

    # 7. An earlier try stays: only a correction can be added to it.
    ben.goes(CONTACTS)
    ben.page.get_by_role("link", name="Correct").last.click()
    ben.types("One line", "About the review and the school")
    ben.presses("Add the correction")
    ben.sees("The first entry stays beside it")


def _time_to_talk(person) -> int:
    """Return whether LANE-01 stands on the list of families to talk about."""
    person.goes("/today")
    rows = person.page.locator("li.co-row", has_text="LANE-01")
    return rows.filter(has_text="and no conversation").count()


def _picks(person, label: str, start: str) -> None:
    options = person.page.get_by_label(label, exact=True).locator("option").all_inner_texts()
    person.picks(label, next(text for text in options if text.startswith(start)))
