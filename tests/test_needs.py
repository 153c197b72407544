"""How to meet and talk with a parent, carried into her meetings."""

from __future__ import annotations

from datetime import timedelta

import belonging
from belonging import PEOPLE, needs_of_kim
from coordinator import clock
from coordinator.models.trail import TrailEvent
from coordinator.services.needs import NeedsSaid
from coordinator.vocabulary import MeetWhere
from gathering import arrange
from minuting import begins, came, lend, review
from planning import option

PORTUGUESE = NeedsSaid(language="Portuguese", interpreter=True)
ARRANGE = "Arrange the meeting and invite"
ALL_THE_SAME = "Arrange it all the same"


def test_what_she_needs_stands_on_the_people_page_for_both_agencies(amira, ben, world):
    """S31, I05: language, interpreter, format, and where she likes to meet."""
    form = amira.click(amira.get(PEOPLE), "Write it down: how to meet and talk with Kim Lane")
    values = {
        "language": "Portuguese",
        "interpreter": True,
        "formats": "Large print",
        "likes": "home",
        "not_there": "site",
    }
    amira.submit(form, values, button="Save")
    shown = ben.get(PEOPLE).text
    for words in ("Portuguese, with an interpreter", "Large print", "Likes to meet: at home"):
        assert words in shown
    form = ben.click(ben.get(PEOPLE), "Change: how to meet and talk with Kim Lane")
    assert form.field("language") == "Portuguese"


def test_two_who_write_at_once_see_both_texts(amira, ben, world):
    first = amira.get(f"/people/{belonging.person(world, 'Kim')}/needs")
    second = ben.get(f"/people/{belonging.person(world, 'Kim')}/needs")
    amira.submit(first, {"language": "Portuguese"}, button="Save")
    late = ben.submit(second, {"language": "Spanish"}, button="Save")
    assert late.status == 409
    assert late.field("language") == "Spanish"
    assert "Portuguese" in late.text


def test_a_meeting_without_the_interpreter_warns_and_one_press_confirms(ben, world):
    """S31: Kim needs a Portuguese interpreter, and Ben schedules a meeting without one."""
    needs_of_kim(world, PORTUGUESE)
    page = arrange(ben)
    assert page.errors == {"": "Kim Lane needs an interpreter (Portuguese), and none is booked."}
    page = ben.submit(page, button=ALL_THE_SAME)
    assert "Portuguese: not booked" in page.text
    assert world.count(TrailEvent, TrailEvent.outcome == "against-a-wish") == 1


def test_an_interpreter_who_is_booked_stands_on_the_meetings_page(ben, world):
    needs_of_kim(world, PORTUGUESE)
    page = arrange(ben, interpreter_booked="yes")
    assert page.status == 200
    assert "Portuguese: booked" in page.text
    form = ben.click(page, "Change (When and where)")
    assert form.field("interpreter_booked") == "yes"
    page = ben.submit(form, {"interpreter_booked": "no"}, button="Save the change")
    assert "none is booked" in page.errors[""]


def test_a_place_that_she_does_not_want_must_be_confirmed(ben, world):
    """I05: Kim prefers home and not the office, and Ben schedules at the office."""
    needs_of_kim(world, NeedsSaid(likes=MeetWhere.HOME, not_there=MeetWhere.SITE))
    form = arrange(ben)
    assert form.errors[""] == (
        "Kim Lane does not want to meet at an agency’s site, and likes to meet at home."
    )
    assert ben.submit(form, button=ALL_THE_SAME).status == 200
    elsewhere = arrange(ben, place="phone", place_text="Ring the duty line")
    assert elsewhere.status == 200


def test_the_parents_copy_is_made_in_large_print_and_marked_as_translated(amira, hugo, ben, world):
    """S31: language and format stand at the copy; a translated one is marked with its date."""
    lend(world)
    meeting = review(amira, chair="Hana", minute_taker="Hugo")
    needs_of_kim(world, PORTUGUESE)
    begins(world, meeting)
    came(hugo, meeting)
    page = ben.get(f"/meetings/{meeting}/copy")
    assert "Kim Lane needs: Portuguese, with an interpreter" in page.text
    assert ben.click(page, "Large print").main.select(".co-handout--large")
    form = ben.click(page, "Write down that a copy was handed over")
    kim = option(form, "invitation", "Kim Lane")
    early = {"invitation": kim, "language": "Portuguese", "on": clock.today() - timedelta(days=60)}
    page = ben.submit(form, early, button="Write it down")
    assert page.errors == {"on": "The day must be after the meeting, and not to come"}
    page = ben.submit(page, {"on": clock.today()}, button="Write it down")
    assert "Kim Lane has a translated copy in Portuguese since" in page.text
    assert world.count(TrailEvent, TrailEvent.outcome == "copy-given") == 1
