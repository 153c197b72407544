"""J02: a social worker invites colleagues to a core group."""

from datetime import timedelta

import pytest
from sqlalchemy import select

import databases
from coordinator import clock, trail
from coordinator.models.meetings import Meeting
from coordinator.trail import Acting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("hands", ["mouse", "no script"])
def test_a_social_worker_invites_colleagues_to_a_core_group(person, demo, hands):
    """E02 E10 E11 E14 E46 S07 I11 P15: who is asked and why, a clash, reply, attendance, action."""
    ben, amira = person("Ben"), person("Amira")

    # The private question comes first; each agency answers it alone.
    for worker in (amira, ben):
        worker.goes("/families/LANE-01/people")
        worker.page.get_by_role("link", name="about Nate Moss").click()
        worker.chooses("Yes, it is safe")
        worker.presses("Save your answer")
        worker.sees("Your answer is kept, in private.")
    # Kim names Ines.
    ben.presses("Add somebody who works with the family")
    ben.types("Full name", "Ines Field")
    ben.picks("Who are they to the family?", "Health visitor")
    ben.page.get_by_label("The parent wants this person at meetings").check(force=True)
    ben.presses("Add")

    # Kim has her group on the day of the core group, and for Ben it is an appointment.
    day = clock.today() + timedelta(days=7)
    amira.goes("/families/LANE-01/support/add")
    amira.picks("Whom it is for", "Kim Lane")
    amira.types("What it is", "Skills group")
    amira.types_date("First day", day)
    amira.types_date("Last day", day)
    amira.types("From", "2pm")
    amira.picks("How long", "1 hour")
    amira.presses("Save")
    amira.sees("Skills group")

    # 1. and 2. Each is proposed with the reason; leaving somebody out wants one.
    ben.goes("/families/LANE-01/meetings")
    ben.presses("Arrange a meeting")
    ben.sees("Care coordinator on the case, Northside Mental Health")
    ben.sees("lives with Leo and Mia")
    ben.sees("Kim would like Ines there")
    ben.picks("Kind of meeting", "Core group")
    ben.types_date("Date", day)
    ben.types("Start", "2:30pm")
    ben.chooses("By phone")
    ben.types("Room, address, or how to join", "Ring the duty line and ask for the core group")
    _pick(ben, "Chair", "Hana")
    _pick(ben, "Minute taker", "Hugo")
    ben.page.get_by_label("Amira", exact=True).uncheck(force=True)
    ben.page.get_by_label("Nate Moss", exact=True).uncheck(force=True)
    ben.presses("Arrange the meeting and invite")
    ben.sees("Why is the partner agency not invited?")
    ben.sees("Why is Nate Moss not invited?")
    ben.chooses("Amira")
    ben.chooses("Nobody asked them")
    # 3. An appointment and no more: he moves it.
    ben.sees("Kim Lane has an appointment then")
    ben.does_not_see("Skills group")
    ben.types("Start", "4pm")
    ben.presses("Arrange the meeting and invite")
    ben.sees("No answer yet")
    ben.sees("Nate Moss (nobody asked them)")
    meeting = ben.page.url.split("/meetings/")[1].split("/")[0].split("?")[0]
    ben.page.get_by_role("link", name="Ask Kim Lane, and write down how and when").click()
    ben.chooses("In person")
    ben.picks("Are they coming?", "Yes")
    ben.presses("Save")
    ben.sees("Asked in person today")

    # 4. Amira declines, sends Cerys, and says what she wants heard.
    amira.goes("/today")
    amira.presses("Answer the invitation")
    amira.presses("Send a deputy")
    _pick(amira, "Deputy", "Cerys")
    amira.presses("Save your answer")
    amira.goes(f"/meetings/{meeting}/written-view")
    amira.page.locator("textarea").fill("Kim would like the next meeting at home.")
    amira.presses("Send your view")
    cerys = person("Cerys")
    cerys.goes(f"/meetings/{meeting}")
    cerys.does_not_see("Kim")
    cerys.presses("Yes, I am coming")
    ben.goes(f"/meetings/{meeting}")
    ben.sees("Sending a deputy")
    ben.sees("Cerys")
    ben.sees("Kim would like the next meeting at home.")

    # 5. The chair reads that mental health will be heard.
    hana = person("Hana")
    hana.goes(f"/meetings/{meeting}")
    hana.sees("Adult mental health is represented: Cerys")

    # 6. The day comes; Hugo records who came and what was agreed.
    _held_yesterday(demo, meeting)
    hugo = person("Hugo")
    hugo.goes(f"/meetings/{meeting}/attendance")
    groups = hugo.page.get_by_role("group").all()
    for group in groups:
        words = group.inner_text()
        answer = "Sent apologies" if "Amira" in words.split("\n")[0] else "Came"
        group.get_by_label(answer, exact=True).check(force=True)
    hugo.presses("Save who came")
    hugo.sees("Came")
    hugo.goes(f"/meetings/{meeting}/actions/add")
    hugo.types("What will be done?", "Book the next meeting at home")
    _pick(hugo, "Who will do it?", "Amira")
    hugo.types_date("By when?", clock.today() + timedelta(days=5))
    hugo.presses("Add the action")
    amira.goes("/today")
    amira.sees("Book the next meeting at home")
    ben.goes("/families/LANE-01/plan")
    ben.sees("Book the next meeting at home")

    # 8. The manager reads that mental health was there, by a deputy, and that Nate was not asked.
    dev = person("Dev")
    dev.goes("/measures")
    dev.presses("Partner agency came or contributed")
    dev.sees("Sent a deputy")
    dev.does_not_see("Nate")
    dev.goes("/meeting-figures")
    left_out = dev.page.locator("main tbody tr").first.inner_text().split()
    assert left_out[-2:] == ["1", "0"], left_out
    dev.does_not_see("Nate")


@pytest.mark.parametrize("hands", ["no script"])
def test_a_social_worker_who_is_not_on_the_case_can_invite_nobody(person, hands):
    """E02: the address answers as one that does not exist, and the manager sees the attempt."""
    bella, dev = person("Bella"), person("Dev")
    bella.goes("/families/LANE-01/meetings/arrange")
    assert bella.heading() == "Page not found"
    dev.goes("/audit?family=LANE-01")
    dev.sees("Bella")


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
