"""J05: who is my safeguarding lead?  Turnover, and the administrator."""

import re
from datetime import timedelta
from operator import itemgetter

import pytest
from sqlalchemy import select

import databases
from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post
from coordinator.vocabulary import PostKind

pytestmark = pytest.mark.browser
LEADS = "My safeguarding lead"
CLOSE = "Close the account on that day"
# A visible page of each kind: a list, a form, a record, the directory, a figure.
SAMPLE = ("/today", "/families/LANE-01", "/families/LANE-01/plan", "/calendar", "/directory")


@pytest.mark.parametrize("hands", ["mouse", "keyboard"])
def test_a_lead_leaves_and_everybody_knows_the_next(demo, person, hands):
    """J05, E05, E06, M01: closing is stopped until each post has somebody; the new one confirms."""
    with databases.session_of(demo) as session:
        elif_ = session.scalars(select(Account.reference).where(Account.name == "Elif")).one()
        adults = session.scalars(
            select(Post.reference)
            .join(Agency, Agency.id == Post.agency_id)
            .where(Post.kind == PostKind.SAFEGUARDING_ADULTS, Agency.name.startswith("Northside"))
        ).one()
    amira, farah, ewan, dana = (person(name) for name in ("Amira", "Farah", "Ewan", "Dana"))
    # 1. From any page, in a few keys.
    amira.goes("/families/LANE-01")
    amira.presses(LEADS)
    for words in ("Elif", "Ewan", "Safeguarding children lead", "Safeguarding adults lead"):
        amira.sees(words)
    # 2. Closing is stopped, and names what she holds.
    friday = clock.today() + timedelta(days=3)
    farah.goes(f"/accounts/{elif_}")
    farah.presses("Close the account")
    farah.types_date("Last day", friday)
    farah.presses("Go on")
    farah.sees("Safeguarding children lead")
    farah.presses(CLOSE)
    farah.sees("There is a problem")
    # 3. The post goes to the deputy; what is left is named, until nothing is.
    farah.goes(f"/accounts/{elif_}/leaving")
    farah.presses("Safeguarding children lead, Northside Mental Health")
    farah.picks("Person", _option(farah, "Person", "Ewan"))
    farah.presses("Save")
    farah.presses(CLOSE)
    farah.sees("Deputy: Safeguarding adults lead")
    farah.goes(f"/accounts/{elif_}/leaving")
    farah.presses("Safeguarding adults lead, Northside Mental Health")
    farah.picks("Person", _option(farah, "Person", "Cerys"))
    farah.presses("Save")
    farah.presses(CLOSE)
    farah.sees("Nothing is left")
    # 4. Amira sees the new holder at once, and that he has not confirmed.
    amira.presses(LEADS)
    amira.sees("Not yet confirmed")
    farah.goes("/directory")
    farah.sees("Safeguarding children lead")
    # 5. He confirms; Farah's task is closed.
    ewan.goes("/directory/safeguarding-lead")
    ewan.presses("Safeguarding children lead")
    ewan.presses("This is right")
    ewan.sees("you confirmed your post today")
    # 6. The adults' lead becomes vacant: the deputy shows, and Dana's figure falls.
    dana.goes("/measures")
    before = _of_teams(dana)
    farah.goes(f"/directory/posts/{adults}/holder")
    farah.picks("Person", _option(farah, "Person", "Nobody"))
    farah.presses("Save")
    amira.presses(LEADS)
    amira.sees("Vacant")
    amira.sees("Cerys")
    dana.goes("/measures")
    assert _of_teams(dana) == (0, before[1])
    assert before[0] > 0
    # 7. Amira is away; the parent's copy carries who covers for her, and today's date.
    amira.goes("/directory/me")
    amira.presses("Add days away")
    amira.types_date("Last day away", friday)
    amira.picks("Who acts for them?", _option(amira, "Who acts for them?", "Paula"))
    amira.presses("Show it in the directory")
    amira.goes("/families/LANE-01/openness/copy")
    amira.sees("Paula acts for Amira")
    amira.sees(f"Correct on {clock.today():%-d %B %Y}")


def _option(who, label, name):
    texts = who.page.get_by_label(label, exact=True).locator("option").all_inner_texts()
    return next(text for text in texts if text.startswith(name))


def _of_teams(who):
    """Return how many teams have leads who confirmed, of how many of both agencies together."""
    row = who.page.locator("main tr", has_text="Safeguarding leads confirmed").inner_text()
    return max(
        ((int(a), int(b)) for a, b in re.findall(r"(\d+)\sof\s(\d+)", row)), key=itemgetter(1)
    )


@pytest.mark.parametrize("hands", ["keyboard"])
def test_the_leads_are_found_in_five_keys_from_any_page(person, hands):
    """Issue 5, done; E05: within five seconds by keyboard, which five keys take no longer than."""
    amira = person("Amira")
    for path in SAMPLE:
        amira.goes(path)
        keys = 0
        while amira.page.evaluate("document.activeElement.innerText") != LEADS:
            amira.page.keyboard.press("Tab")
            keys += 1
            assert keys < 5, path
        amira.page.keyboard.press("Enter")
        amira.page.wait_for_url("**/directory/safeguarding-lead")
        amira.sees("Elif")
