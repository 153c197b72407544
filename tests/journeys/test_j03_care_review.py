"""J03: a care review with a part that is closed to children's services."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import databases
from coordinator import clock, trail
from coordinator.access.sights import Moment
from coordinator.models.meetings import Meeting
from coordinator.trail import Acting
from minuting import lent

pytestmark = pytest.mark.browser

SECRET, TEXT = "Xylophone in therapy", "What came up in the sessions of July"
NOTE = "Therapy content is not needed to decide"
SAID = "Kim spoke about the winter wardrobe"


@pytest.mark.parametrize("hands", ["mouse", "no script"])
def test_a_care_review_with_a_closed_part_from_invitation_to_audit(person, demo, hands):
    """E10 E12 E18 I06 S26: closed and seen to be closed, asked about, answered with two themes."""
    with databases.session_of(demo) as session:
        lent(session, Moment(clock.now(), clock.today()))
    amira, ben = person("Amira"), person("Ben")

    # 1. Ben is proposed, and stays.
    amira.goes("/families/LANE-01/meetings/arrange")
    amira.sees("Social worker on the case, Eastway Children’s Services")
    amira.picks("Kind of meeting", "Care plan review (CPA)")
    amira.types_date("Date", clock.today() + timedelta(days=7))
    amira.types("Start", "2pm")
    amira.picks("Length", "2 hours")
    amira.chooses("By phone")
    amira.types("Room, address, or how to join", "Ring the duty line")
    _pick(amira, "Minute taker", "Hugo")
    amira.presses("Arrange the meeting and invite")
    meeting = amira.page.url.split("/meetings/")[1].split("?")[0]

    # 2. Four parts, the first of which nobody has to make; closing wants a reason and a line.
    amira.presses("Plan the parts")
    amira.sees("Part 1: What is still to be done")
    _adds(amira, "How things are at home")
    amira.presses("Add a part")
    amira.types("What this part is called", SECRET)
    amira.types("What is to be talked about", TEXT)
    amira.chooses("My agency only")
    amira.presses("Add the part")
    amira.sees("Choose why it is closed")
    amira.sees("Say in a line why it is closed")
    amira.chooses("Therapy content, not needed for the decision")
    amira.types("In a line", NOTE)
    amira.chooses("Hugo, minute taker, Eastway Children’s Services")
    amira.presses("Add the part")
    _adds(amira, "What we agree")

    # 3. Ben sees when his parts are, that part 3 is closed, why, and who closed it.
    ben.goes(f"/meetings/{meeting}")
    for words in (
        "2:10pm to 2:25pm",
        "Part 2: How things are at home",
        "Part 3 Closed to your agency",
        "Therapy content, not needed for the decision. Closed by Amira, Northside Mental Health.",
        "2:40pm to 2:55pm",
        "Part 4: What we agree",
    ):
        ben.sees(words)
    _nothing_of_part_three(ben)
    ben.presses("Yes, I am coming")

    # 4. Hugo takes the minutes of each part, and who was there for it.
    _held_yesterday(demo, meeting)
    hugo = person("Hugo")
    hugo.goes(f"/meetings/{meeting}/minutes/write")
    hugo.types("Minutes of part 2: How things are at home", "Mornings are calmer.")
    hugo.types(f"Minutes of part 3: {SECRET}", SAID)
    hugo.types("Minutes of part 4: What we agree", "Visits go on every week.")
    _there(hugo, SECRET, "Amira", "Hugo")
    hugo.types("What was decided, in plain words", "Amira visits every week.")
    hugo.types("What the parent said about it", "Kim is glad of it.")
    hugo.presses("Save the minutes")
    hugo.sees("There for it: Amira, Hugo")
    hugo.presses("Strengths, worries and needs")
    hugo.presses("Write on the board")
    hugo.chooses("A strength")
    hugo.types("In their own words", "Kim asks for help early.")
    _pick(hugo, "Whose words?", "Amira")
    hugo.presses("Put it on the board")
    hugo.sees("Amira, written down by Hugo")
    hugo.goes(f"/meetings/{meeting}/attendance")
    for group in hugo.page.get_by_role("group").all():
        group.get_by_label("Came", exact=True).check(force=True)
    hugo.presses("Save who came")
    hugo.goes(f"/meetings/{meeting}/minutes/close")
    hugo.presses("Close the minutes")
    hugo.sees("Closed by Hugo")

    # 5. Ben reads the minutes; part 3's text is in no page, no download and no search of his.
    ben.goes("/today")
    ben.presses("the minutes of the care plan review (CPA)")
    ben.sees("Mornings are calmer.")
    ben.sees("Part 3 Closed to your agency")
    _nothing_of_part_three(ben)
    for path in ("/board", "/copy", "/agenda", ""):
        ben.goes(f"/meetings/{meeting}{path}")
        _nothing_of_part_three(ben)
    dev = person("Dev")
    dev.goes("/audit?family=LANE-01")
    _nothing_of_part_three(dev)

    # 6. Ben asks about part 3, with a purpose and a date.
    ben.goes(f"/meetings/{meeting}/minutes")
    ben.presses("Ask about part 3")
    ben.sees("Part 3 of the care plan review (CPA)")
    ben.types("Why?", "The conference needs to know what helps")
    ben.types("For which decision?", "The conference on Friday")
    ben.presses("Ask")
    ben.sees("Amira")

    # 7. Amira answers with two themes, and that Kim was told.
    amira.goes("/today")
    amira.presses("Part 3 of the care plan review")
    if amira.heading() != "Answer a request":
        amira.presses("Answer")
    amira.chooses("In summary")
    amira.types("The answer", "Tired, copes well with help. Sleeps better.")
    amira.chooses("Yes, told")
    amira.types("What do they think of it? If they are not told: why not?", "Kim was told")
    amira.types("Your reason", "The rest is therapy content")
    amira.presses("Send the answer")
    ben.goes("/families/LANE-01/requests")
    ben.presses("Part 3 of the care plan review")
    ben.sees("Tired, copes well with help. Sleeps better.")
    ben.sees("Kim was told")
    _nothing_of_part_three(ben)

    # 8. Dana reads in the audit what was closed, asked, answered, and read, in order.
    dana = person("Dana")
    dana.goes("/audit?family=LANE-01&kinds=sharing&kinds=request")
    told = dana.page.locator("main table").inner_text()
    order = ("wrote an answer", "asked Amira for information", "held something back")
    assert sorted(order, key=told.index) == list(order), told
    dana.goes("/audit?family=LANE-01&kinds=look")
    dana.sees("looked at minutes")
    for words in (SECRET, TEXT, SAID):
        dana.does_not_see(words)


def _adds(somebody, title):
    somebody.presses("Add a part")
    somebody.types("What this part is called", title)
    somebody.presses("Add the part")
    somebody.sees(title)


def _there(somebody, title, *names):
    group = somebody.page.get_by_role("group", name=f"{title}?")
    for box in group.get_by_role("checkbox").all():
        label = box.evaluate("e => e.labels[0].innerText.trim()")
        box.set_checked(label in names, force=True)


def _nothing_of_part_three(somebody):
    for words in (SECRET, TEXT, NOTE, SAID):
        somebody.does_not_see(words)


def _held_yesterday(demo, reference):
    """Let the meeting's time have come, as if a week had passed."""
    with databases.session_of(demo) as session:
        trail.acting(session, Acting(service="test"), "test.time-passes")
        meeting = session.scalars(select(Meeting).where(Meeting.reference == reference)).one()
        meeting.starts_at -= timedelta(days=8)
        meeting.local_start -= timedelta(days=8)


def _pick(somebody, label, start):
    """Pick from a list by the beginning of the words, which go on with role and agency."""
    texts = somebody.page.get_by_label(label, exact=True).locator("option").all_inner_texts()
    somebody.picks(label, next(text for text in texts if text.startswith(start)))
