"""J12: a worker hands over, and one agency's help ends."""

from datetime import timedelta

import pytest

from clock_steps import days_later
from coordinator import clock

pytestmark = pytest.mark.browser
HOME = "/families/LANE-01"


@pytest.mark.parametrize("hands", ["mouse", "no script"])
def test_a_worker_hands_over_and_one_agencys_help_ends(person, hands):
    """E24 S18 P03: from the note for Bella to the past that Amira keeps."""
    amira, ben, bella = person("Amira"), person("Ben"), person("Bella")
    today = clock.today()

    # 1. Ben hands over: the note and the introduction are asked for, and Amira is told.
    bella.goes(HOME)
    assert bella.heading() == "Page not found"
    ben.goes(f"{HOME}/people")
    ben.presses("Hand over to a colleague")
    _pick(ben, "Who takes over?", "Bella")
    ben.chooses("Yes, we wrote it together")
    ben.presses("Hand over")
    ben.sees("Write the note, or say below why there is none")
    ben.types(
        "What the next worker needs to know, so that they do not have to start again",
        "Ring before you come",
    )
    ben.types_date("When you introduce your colleague to them, together", today + timedelta(days=2))
    ben.presses("Hand over")
    ben.sees("Ring before you come")
    ben.presses("Copy for the parent")
    ben.sees("You meet both of them together")
    amira.goes("/today")
    amira.sees("Meet Bella, who takes over from Ben")

    # 2. Bella is there from today, and reads the note first.
    bella.goes(HOME)
    bella.sees("2 workers in 12 months")
    bella.presses("Read first: what you need to know")
    bella.sees("Ring before you come")

    # 3. Amira ends her agency's help: a reason and the parent's view are required.
    amira.goes(f"{HOME}/endings/plan")
    amira.presses("Plan the ending")
    amira.sees("Say why it ends")
    amira.types("Why your agency’s help ends", "She has what she needs")
    amira.chooses("Asked, and this is what they think")
    amira.types("What they think, or why they were not asked", "I want to be able to ring")
    amira.types_date("Last day of your help", today)
    amira.types("What continues, and with whom", "Bella visits every week")
    amira.types("The quick way back: whom to ring, and what happens then", "Ring our duty desk")
    amira.types_date("The way back is open until", today + timedelta(days=180))
    amira.types("Numbers for a hard day or night", "Crisis line 0800 000 000")
    amira.presses("Plan the ending")
    amira.sees("Waiting for the other agency")

    # 5. It cannot be final before Bella acknowledges it.
    ending = amira.page.url.removeprefix(amira.address)
    amira.presses("End our help")
    amira.sees("Nobody of the other agency has acknowledged it")
    dana = person("Dana")
    dana.goes(ending)
    dana.presses("Let it end all the same")
    dana.sees("Why it ends all the same")

    # 6. Bella acknowledges it, and goes on with what helps.
    bella.goes(ending)
    bella.presses("Acknowledge")
    bella.chooses("I go on with what helps and the early signs in the plan")
    bella.presses("Acknowledge")
    bella.sees("goes on with what helps and the early signs")

    # 4. Whatever Amira's agency holds needs an owner or an end.
    amira.goes(f"{ending}/items")
    fields = amira.page.locator("[name^=why_]")
    for number in range(fields.count()):
        fields.nth(number).fill("No longer needed")
    amira.presses("Save")
    amira.presses("End our help")
    amira.sees("ends after the last day")
    amira.goes(f"{ending}/copy")
    for words in ("Bella visits every week", "Ring our duty desk", "0800 000 000"):
        amira.sees(words)

    # 8. The manager's figures count the ending.
    dana.goes("/meeting-figures")
    dana.sees("How did help end, in 12 months?")

    # 7. The next day Amira reads the past, and nothing can be changed.
    with days_later(2):
        amira = person("Amira")
        amira.goes(HOME)
        assert amira.heading() == "Page not found"
        amira.goes("/families")
        amira.presses("LANE-01")
        amira.sees("Nothing can be changed here")


def _pick(somebody, label, start):
    """Pick from a list by the beginning of the words, which go on with role and agency."""
    texts = somebody.page.get_by_label(label, exact=True).locator("option").all_inner_texts()
    somebody.picks(label, next(text for text in texts if text.startswith(start)))
