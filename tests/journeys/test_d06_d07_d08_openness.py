"""D06, D07 and D08 in a browser: what the parent is told, what is passed on, and help-seeking."""

from datetime import timedelta

import pytest

from coordinator import clock

pytestmark = pytest.mark.browser

HOME = "/families/LANE-01"


@pytest.mark.parametrize("hands", ["no script"])
def test_what_the_parent_is_not_told_has_a_reason_and_a_day(person, hands):
    """D06, S23: the two-way openness sheet; her copy leaves out what she is not told."""
    ben, amira = person("Ben"), person("Amira")
    ben.goes(f"{HOME}/openness")
    ben.presses("Write down what the parent is not told, and why")
    ben.types("What is the parent not told?", "That a neighbour called us")
    ben.types_date("When will you think of it again?", clock.today() + timedelta(days=7))
    ben.presses("Write it down")
    ben.sees("Say why the parent is not told")
    ben.types("Why is the parent not told?", "Nate reads her post")
    ben.presses("Write it down")
    ben.sees("That a neighbour called us")
    amira.goes(f"{HOME}/openness")
    amira.sees("Why not told: Nate reads her post")
    amira.presses("The parent’s own copy of this record")
    amira.does_not_see("neighbour")
    amira.goes(f"{HOME}/openness")
    amira.presses("Has the parent been told?")
    amira.chooses("Yes, told")
    amira.types("What does the parent think of it?", "Glad to know")
    amira.presses("Save")
    amira.presses("The parent’s own copy of this record")
    amira.sees("That a neighbour called us")


@pytest.mark.parametrize("hands", ["keyboard"])
def test_a_confidence_stays_and_one_line_of_it_is_shared(person, hands):
    """D07, S24: own agency; shared item by item; the sharing record says that Kim was told."""
    amira, ben = person("Amira"), person("Ben")
    amira.goes(f"{HOME}/notes/add")
    amira.types("Note", "Kim told me that she shouts at night")
    amira.presses("Add the note")
    ben.goes(f"{HOME}/sharing")
    ben.sees("Held by Amira")
    ben.does_not_see("shouts")
    amira.goes(f"{HOME}/notes/add")
    amira.types("Note", "Kim would like help at night")
    amira.chooses("Both agencies on the case")
    amira.chooses("To plan help for the family together")
    amira.chooses("Working together for children")
    amira.types("Who needs it, and for what?", "Ben, to find a sitter")
    amira.chooses("Yes, told")
    amira.types("What do they think of it? If they are not told: why not?", "Fine with her")
    amira.presses("Add the note")
    ben.goes(f"{HOME}/sharing")
    ben.sees("Kim would like help at night")
    ben.sees("Yes, told")
    ben.sees("Fine with her")
    ben.does_not_see("shouts")


@pytest.mark.parametrize("hands", ["no script"])
def test_who_asks_for_help_is_shown_as_asking_and_the_question_is_what_help_was_given(
    person, hands
):
    """D08, P04: help-seeking is shown as such, to all who see the line."""
    amira, ben = person("Amira"), person("Ben")
    amira.goes(f"{HOME}/openness")
    amira.presses("Write down what the parent asked for")
    amira.types("What help did the parent ask for?", "Somebody to call when she cannot sleep")
    amira.presses("Write it down")
    ben.goes(f"{HOME}/openness")
    ben.sees("What the parent told us, to get help")
    ben.presses("What became of it?")
    ben.chooses("Help was given")
    ben.types("What help was given?", "The crisis line, and a visit on Tuesdays")
    ben.presses("Save")
    amira.goes(f"{HOME}/openness")
    amira.sees("Help was given: The crisis line, and a visit on Tuesdays")
    amira.presses("Before you tell us: who works together")
    amira.sees("neither is asking for help")
