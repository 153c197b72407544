"""J01: a care coordinator opens a case and logs the first shared plan."""

from datetime import timedelta

import pytest

from coordinator import clock

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("hands", ["mouse", "no script"])
def test_a_care_coordinator_logs_the_first_shared_plan(person, hands):
    """E01 E13 E15 E23 E49 E51: from a case to a version that both agencies signed."""
    amira, ben = person("Amira"), person("Ben")

    # 1. A case, and the honest answer that nobody has asked about children.
    amira.goes("/families/open")
    amira.types("Full name", "Ruby Vale")
    amira.chooses("Not asked yet")
    amira.types("If nobody has asked yet: why not?", "First visit, she was in a hurry")
    amira.presses("Open the case")
    amira.sees("Nobody has asked yet")
    family = amira.page.url.split("/families/")[1].split("/")[0]
    amira.goes("/families")
    amira.sees("Children not asked about")

    # 2. Two children, a partner, and the other agency.
    for name, place in (("Ned Vale", "Child"), ("Una Vale", "Child"), ("Cal Roe", "Partner")):
        amira.goes(f"/families/{family}/people/add")
        amira.types("Full name", name)
        amira.chooses(place, within="Place in the family")
        amira.presses("Add to the family")
    amira.goes(f"/families/{family}")
    amira.does_not_see("Nobody has asked")
    amira.goes(f"/families/{family}/ask")
    _pick(amira, "Which team?", "Eastway Family Support")
    amira.types("Why do you ask them to join?", "We both know this family")
    amira.presses("Ask the team")
    ben.goes("/today")
    ben.presses("Answer")
    ben.does_not_see("Ruby")
    ben.presses("Name a worker")
    _pick(ben, "Who will work with this family?", "Ben")
    ben.presses("Join with this worker")

    # 3. A plan with a goal for the parent only cannot be signed.
    amira.goes(f"/families/{family}/plan")
    amira.presses("Start the plan")
    _goal(amira, family, "The parent or carer", "I sleep at night")
    amira.goes(f"/families/{family}/plan")
    amira.sees("goal for the child")
    amira.does_not_see("Sign the plan for")
    _goal(amira, family, "The child", "Ned has breakfast before school")
    _goal(amira, family, "The family together", "We eat together on Sundays")
    _role(amira, family, "I see Ruby every fortnight", "I do not assess the children")

    # 4. An action has exactly one owner.
    amira.goes(f"/families/{family}/plan/actions/add")
    amira.types("What will be done?", "Ask the school about breakfast")
    amira.types_date("By when?", clock.today() + timedelta(days=10))
    amira.presses("Add the action")
    amira.sees("Choose who will do this: one person or one team on the case")
    _pick(amira, "Who will do it?", "Ben")
    amira.presses("Add the action")
    amira.sees("Ask the school about breakfast")
    amira.sees("Eastway Children’s Services")

    # 5. Opening it to the other agency asks for the purpose and what the parent was told.
    ben.goes(f"/families/{family}/plan")
    ben.does_not_see("breakfast")
    amira.goes(f"/families/{family}/plan/share")
    amira.presses("Share")
    amira.sees("Choose why you share it")
    amira.sees("Say whether the parent or carer was told")
    amira.chooses("To plan help for the family together")
    amira.chooses("Working together for children")
    amira.types("Who needs it, and for what?", "Ben, to plan with us")
    amira.chooses("Yes, told")
    amira.presses("Share")

    # 6. Ben reads it, says what he does, and does not agree with one goal.
    ben.goes("/today")
    ben.sees("Ask the school about breakfast")
    _role(ben, family, "I visit every week", "I do not give treatment")
    ben.goes(f"/families/{family}/plan")
    ben.presses("Not quite", within="We eat together on Sundays")
    ben.chooses("Not agreed")
    ben.types("What you do not agree with, and what would do instead", "Sundays are hard for Cal")
    ben.presses("Save")
    ben.sees("Not agreed")
    amira.goes(f"/families/{family}/plan")
    amira.sees("Sundays are hard for Cal")

    # 7. The goal changes, Ben agrees, both sign; a later edit opens version 2.
    amira.presses("Change", within="We eat together on Sundays")
    amira.types("The goal", "We eat together once a week")
    amira.presses("Save")
    ben.goes(f"/families/{family}/plan")
    for goal in ("I sleep at night", "Ned has breakfast", "We eat together once a week"):
        ben.goes(f"/families/{family}/plan")
        ben.presses("Agree", within=goal)
    _sign(amira, family)
    _sign(ben, family)
    ben.sees("Version 1")
    _goal(amira, family, "The child", "Una is weighed every month")
    amira.goes(f"/families/{family}/plan")
    amira.sees("Added")
    amira.sees("Una is weighed every month")

    # 8. Somebody who is not on the case sees nothing, and the manager sees that they tried.
    bella = person("Bella")
    bella.goes(f"/families/{family}/plan")
    assert bella.heading() == "Page not found"
    dana = person("Dana")
    dana.goes(f"/audit?family={family}")
    dana.sees("Bella")


def _goal(somebody, family, side, words):
    somebody.goes(f"/families/{family}/plan/goals/add")
    somebody.chooses(side)
    somebody.types("The goal", words)
    somebody.presses("Add the goal")


def _role(somebody, family, does, does_not):
    somebody.goes(f"/families/{family}/plan/role")
    somebody.types("What I do", does)
    somebody.types("What I do not do", does_not)
    somebody.presses("Save")


def _sign(somebody, family):
    somebody.goes(f"/families/{family}/plan/sign")
    somebody.presses("Sign version 1")


def _pick(somebody, label, start):
    """Pick from a list by the beginning of the words, which go on with role and agency."""
    texts = somebody.page.get_by_label(label, exact=True).locator("option").all_inner_texts()
    somebody.picks(label, next(text for text in texts if text.startswith(start)))
