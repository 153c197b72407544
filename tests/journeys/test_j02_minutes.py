"""J02, steps 5 to 7: the day before, what is said and agreed there, and what comes after it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

import databases
from coordinator import clock, trail
from coordinator.access.sights import Moment
from coordinator.models.meetings import Invitation, Meeting
from coordinator.trail import Acting
from coordinator.vocabulary import Reply
from minuting import lent

pytestmark = pytest.mark.browser


@pytest.fixture
def meeting(demo) -> str:
    """Give a core group of tomorrow: Amira sends Cerys, and an action has been late since then."""
    with databases.session_of(demo) as session:
        writer = lent(session, Moment(clock.now(), clock.today()))
        late = writer.action("Ben", "Amira", "Ask about the school run")
        late.due_on = clock.today() - timedelta(days=1)
        record = writer.meeting("Ben", "Hana", ["Ben", "Amira", "Cerys", "Hana", "Hugo"])
        asked = session.scalars(
            select(Invitation).where(Invitation.meeting_id == record.id).order_by(Invitation.id)
        ).all()
        record.minute_taker_id = asked[4].account_id
        asked[1].reply, asked[2].deputy_for_id = Reply.DELEGATED, asked[1].id
        asked[2].reply = Reply.ACCEPTED
        record.starts_at -= timedelta(days=6)
        return record.reference


@pytest.mark.parametrize("hands", ["mouse", "no script"])
def test_a_core_group_is_minuted_closed_and_asked_about(person, demo, meeting, hands):
    """E14 E34 S06: late actions first, a strength that stays, actions on Today, three questions."""
    # 5. The chair opens the meeting the day before.
    hana = person("Hana")
    hana.goes(f"/meetings/{meeting}")
    first = hana.page.locator(".co-part").first
    expect(first).to_contain_text("Part 1: What is still to be done")
    expect(first).to_contain_text("Ask about the school run")
    expect(first).to_contain_text("Late")

    # 6. Hugo writes down who came, a strength from Cerys, a worry from Ben, and two actions.
    _held_yesterday(demo, meeting)
    hugo = person("Hugo")
    hugo.goes(f"/meetings/{meeting}/attendance")
    for group in hugo.page.get_by_role("group").all():
        name = group.locator("legend").inner_text().strip()
        answer = "Sent apologies" if name == "Amira" else "Came"
        group.get_by_label(answer, exact=True).check(force=True)
    hugo.presses("Save who came")
    for side, text, whose in (
        ("A strength", "Kim rings before it is too much.", "Cerys"),
        ("A worry", "Leo misses the first lesson.", "Ben"),
    ):
        hugo.goes(f"/meetings/{meeting}/board/add")
        hugo.chooses(side)
        hugo.types("In their own words", text)
        hugo.picks("Whose words?", whose)
        hugo.presses("Put it on the board")
        hugo.sees(f"{whose}, written down by Hugo")
    hugo.goes(f"/meetings/{meeting}/minutes/write")
    for text, who in (("Visit on Tuesday", "Amira"), ("Ring the school", "Ben")):
        hugo.types("What will be done?", text)
        _pick(hugo, "Who, and for which agency?", who)
        hugo.page.get_by_role("button", name="Add this action").click()
        expect(hugo.page.locator("#agreed")).to_contain_text(text)
    hugo.types("What was decided, in plain words", "Amira visits, and Ben rings the school.")
    hugo.presses("Save the minutes")
    ben, amira = person("Ben"), person("Amira")
    for somebody, text in ((amira, "Visit on Tuesday"), (ben, "Ring the school")):
        somebody.goes("/today")
        somebody.sees(text)
    ben.goes(f"/meetings/{meeting}/board")
    ben.sees("Kim rings before it is too much.")
    ben.does_not_see("/change")

    # 7. The minutes are closed; each who came is asked three questions, once and in private.
    hugo.goes(f"/meetings/{meeting}/minutes/close")
    hugo.presses("Close the minutes")
    hugo.sees("Write the parent’s view, or say why there is none")
    hugo.types("If there is no view of the parent’s: why?", "Kim was ill; Amira asks her")
    hugo.presses("Close the minutes")
    hugo.sees("Closed by Hugo")
    cerys = person("Cerys")
    cerys.goes("/today")
    cerys.presses("three questions about")
    for legend in ("Was the parent heard?", "Was the talk respectful?"):
        cerys.page.get_by_role("group", name=legend).get_by_label("Yes").check(force=True)
    cerys.presses("Send my answers")
    cerys.sees("Choose one of the three")
    group = cerys.page.get_by_role("group", name="Did you have what you needed?")
    group.get_by_label("Partly").check(force=True)
    cerys.presses("Send my answers")
    cerys.sees("Thank you.")
    cerys.does_not_see("three questions about")
    amira.goes("/today")
    amira.does_not_see("three questions about")
    dana = person("Dana")
    dana.goes("/meeting-checks")
    dana.sees("Nothing is shown yet")


def _held_yesterday(demo, reference):
    """Let the meeting's time have come, as if two days had passed."""
    with databases.session_of(demo) as session:
        trail.acting(session, Acting(service="test"), "test.time-passes")
        meeting = session.scalars(select(Meeting).where(Meeting.reference == reference)).one()
        meeting.starts_at -= timedelta(days=2)
        meeting.local_start -= timedelta(days=8)


def _pick(somebody, label, start):
    """Pick from a list by the beginning of the words, which go on with role and agency."""
    texts = somebody.page.get_by_label(label, exact=True).locator("option").all_inner_texts()
    somebody.picks(label, next(text for text in texts if text.startswith(start)))
