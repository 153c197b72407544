"""From "share" to saved, and the next step of who is not sure, in a real browser."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("hands", ["keyboard", "no script"])
def test_who_shares_is_done_in_one_page_and_who_is_not_sure_asks_first(person, hands):
    """E17: few questions, all of them on one page; "not sure" goes to a lead."""
    amira, ben = person("Amira"), person("Ben")
    amira.goes("/families/LANE-01/notes/add")
    amira.types("Note", "Kim asks for help at night")
    amira.chooses("Both agencies on the case")
    amira.chooses("To plan help for the family together")
    amira.chooses("Freely agreed")
    amira.types("Who needs it, and for what?", "Ben, to find a sitter")
    amira.chooses("Yes, told")
    amira.presses("Add the note")
    ben.goes("/families/LANE-01/sharing")
    ben.sees("Kim asks for help at night")
    ben.sees("Freely agreed (consent)")

    amira.goes("/families/LANE-01/notes/add")
    amira.types("Note", "Kim told me more")
    amira.chooses("Both agencies on the case")
    amira.presses("Not sure: keep it back and ask a lead")
    amira.types("What are you not sure about?", "May Ben know?")
    amira.presses("Send the question")
    amira.sees("May Ben know?")
    ben.goes("/families/LANE-01/sharing")
    ben.does_not_see("Kim told me more")

    elif_ = person("Elif")
    elif_.goes("/today")
    elif_.presses("Answer whether to share something (family LANE-01)")
    elif_.sees("Kim told me more")
    elif_.chooses("Do not share it")
    elif_.types("Why, and what exactly?", "It is hers to tell.")
    elif_.presses("Send the advice")

    amira.goes("/today")
    amira.presses("Decide whether to share the note (family LANE-01)")
    amira.sees("It is hers to tell.")
    amira.presses("Do not share it for now")
    amira.types("Why is it not shared for now?", "It is hers to tell")
    amira.presses("Save the decision")
    amira.sees("not shared for now")
