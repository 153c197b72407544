"""D18, D21 and D22 in a browser: two hats, being looked up, and immediate danger."""

import pytest

from coordinator.demo import cast
from coordinator.demo.teller import age

pytestmark = pytest.mark.browser

HOME = "/families/LANE-01"


@pytest.mark.parametrize("hands", ["no script"])
def test_a_second_role_on_one_case_needs_a_reason_and_the_switch_is_on_every_page(person, hands):
    """D18, E07: as acting agency, and only as case member."""
    amira, ben = person("Amira"), person("Ben")
    amira.goes(f"{HOME}/workers/add")
    _pick(amira, "Gus")
    amira.presses("Put on the case")
    ben.goes(f"{HOME}/workers/add")
    _pick(ben, "Gus")
    ben.presses("Put on the case")
    ben.sees("Gus has a part in this case already: say why they need a second one")
    ben.types("If they have a part in this case already", "Gus covers my holidays")
    ben.presses("Put on the case")
    ben.sees("Second role on this case: Gus covers my holidays")
    amira.goes(f"{HOME}/notes/add")
    amira.types("Note", "Kim sleeps badly")
    amira.presses("Add the note")
    gus = person("Gus")
    gus.goes(f"{HOME}/sharing")
    gus.sees("You are acting for Northside Mental Health")
    gus.sees("Kim sleeps badly")
    gus.presses("Switch to")
    gus.goes(f"{HOME}/sharing")
    gus.sees("You are acting for Eastway Children’s Services")
    gus.sees("Held by Amira")
    gus.does_not_see("Kim sleeps badly")


@pytest.mark.parametrize("hands", ["no script"])
def test_who_looks_a_family_up_learns_whom_to_call_and_is_written_down(person, hands):
    """D21, E09: a search without a reason is refused; opening needs to be on the case."""
    bella = person("Bella")
    bella.goes("/families/find")
    bella.types("Full name", "Kim Lane")
    bella.types_date("Date of birth", age(29))
    bella.presses("Ask")
    bella.sees("a search without a reason is refused")
    bella.page.locator("input[name=reason]").first.check(force=True)
    bella.presses("Ask")
    bella.sees("This family is known")
    bella.sees("Amira")
    bella.does_not_see("LANE-01")
    bella.does_not_see("Leo")
    dana = person("Dana")
    dana.goes(f"{HOME}/looks")
    dana.sees("Bella")


@pytest.mark.parametrize("hands", ["keyboard"])
def test_what_is_held_back_opens_at_once_when_a_child_is_in_danger(person, hands):
    """D22: one line first; author and lead told at once; review by a lead."""
    amira, ben = person("Amira"), person("Ben")
    amira.goes(f"{HOME}/notes/add")
    amira.types("Note", "The key is with Joy next door")
    amira.presses("Add the note")
    ben.goes(HOME)
    ben.presses("Immediate danger")
    ben.presses("Open now")
    ben.chooses("A child is in immediate danger")
    ben.types("What do you fear, in one line?", "Mia cries and nobody answers the door")
    ben.types("Your password", cast.PASSWORD)
    ben.presses("Open it now")
    ben.sees("The key is with Joy next door")
    amira.goes("/today")
    amira.presses("Read who opened something of yours in immediate danger")
    amira.sees("Mia cries and nobody answers the door")
    elif_ = person("Elif")
    elif_.goes("/today")
    elif_.presses("Review what was opened in immediate danger")
    elif_.presses("Review")
    elif_.chooses("Justified")
    elif_.types("What did you find?", "Right to look: the door was opened in time")
    elif_.presses("Finish the review")
    elif_.sees("Right to look")


def _pick(one, name):
    listed = one.page.get_by_label("Colleague")
    option = listed.locator("option", has_text=name).first
    listed.select_option(value=option.get_attribute("value"))
