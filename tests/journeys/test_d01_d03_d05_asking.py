"""D01, D03 and D05 in a browser: the full story against confidentiality, between and inside."""

from datetime import timedelta

import pytest

from coordinator import clock

pytestmark = pytest.mark.browser

HOME = "/families/LANE-01"


def asks(one, **said):
    """Fill in a request that is due in two days, and send it."""
    one.types("What do you need to know?", said["what"])
    one.types("Why?", said["why"])
    one.types("For which decision?", said["decision"])
    one.types_date("By when?", clock.today() + timedelta(days=2))
    one.presses("Ask")


@pytest.mark.parametrize("hands", ["no script"])
def test_a_worker_asks_for_the_whole_story_and_gets_what_the_decision_needs(person, hands):
    """D01, E16: the decision is named; a summary needs a reason; the asker says if it is enough."""
    ben, amira = person("Ben"), person("Amira")
    ben.goes(f"{HOME}/requests/ask")
    ben.page.get_by_label("Whom do you ask?").select_option(index=1)
    asks(
        ben,
        what="Current risk and treatment",
        why="To judge whether the children are safe at home",
        decision="The conference on Friday",
    )
    ben.sees("No answer yet.")

    amira.goes("/today")
    amira.presses("Answer the request for information")
    amira.presses("Answer")
    amira.sees("The conference on Friday")
    amira.chooses("In summary")
    amira.types("The answer", "Kim takes what was prescribed, and calls me when she cannot sleep")
    amira.chooses("Yes, told")
    amira.presses("Answer")
    amira.sees("There is a problem")
    amira.types("Your reason", "The rest does not bear on Friday")
    amira.types("What do they think of it?", "Kim helped to write it")
    amira.presses("Answer")

    ben.goes("/today")
    ben.presses("Say whether the answer is enough")
    ben.sees("calls me when she cannot sleep")
    ben.sees("The rest does not bear on Friday")
    ben.presses("Say whether it is enough")
    ben.chooses("Partly")
    ben.presses("Save")
    ben.sees("Partly")

    # D05: a manager reads the balance by team and direction, without the words.
    dana = person("Dana")
    dana.goes("/today")
    dana.presses("Requests")
    dana.sees("Northside CMHT")
    dana.does_not_see("Kim takes what was prescribed")


@pytest.mark.parametrize("hands", ["no script"])
def test_a_psychologist_gives_two_lines_and_keeps_the_rest(person, hands):
    """D03, E18, I06: a notice to the coordinator, nothing to the other agency, then one theme."""
    amira, ben = person("Amira"), person("Ben")
    amira.goes(f"{HOME}/workers/add")
    listed = amira.page.get_by_label("Colleague")
    option = listed.locator("option", has_text="Paula").first
    listed.select_option(value=option.get_attribute("value"))
    amira.presses("Put on the case")
    paula = person("Paula")
    paula.goes(f"{HOME}/notes/add")
    paula.types("Note", "She told me of the night on the ward")
    paula.presses("Add the note")
    paula.sees("Named people")

    ben.goes(HOME)
    ben.does_not_see("Paula (")
    ben.goes(f"{HOME}/sharing")
    ben.does_not_see("Held by Paula")
    amira.goes(HOME)
    amira.sees("Held by Paula")
    amira.does_not_see("the night on the ward")
    amira.presses("Ask Paula")
    asks(
        amira,
        what="Which two lines would help me to keep her safe?",
        why="I see Kim every fortnight",
        decision="What I say in the review",
    )
    paula.goes("/today")
    paula.presses("Answer the request for information")
    paula.presses("Answer")
    paula.chooses("In summary")
    paula.types("The answer", "Tired, copes well with help")
    paula.chooses("Yes, told")
    paula.types("What do they think of it?", "Kim chose the words")
    paula.types("Your reason", "The rest is hers")
    paula.presses("Answer")
    amira.goes("/today")
    amira.presses("Say whether the answer is enough")
    amira.sees("Tired, copes well with help")
    amira.does_not_see("the night on the ward")
    ben.goes(f"{HOME}/sharing")
    ben.does_not_see("Tired, copes well")
    ben.does_not_see("Which two lines")
