"""The private three-question check: once for each who came, shown only in groups of five."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coordinator.models.directory import Agency
from coordinator.models.meetings import MeetingKind
from coordinator.models.minutes import CheckCount
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import CheckAnswer, CheckQuestion
from gathering import trail
from minuting import begins, came, closed, lend, review, strength

YES = {"heard": "yes", "respectful": "partly", "had_needed": "no"}
ROW = "Answer three questions about the care plan review (CPA)"


@pytest.fixture
def over(amira, hugo, world) -> str:
    """Give a meeting whose minutes are closed; Ben did not come."""
    lend(world)
    meeting = review(amira, chair="Hana", minute_taker="Hugo")
    begins(world, meeting)
    strength(amira, meeting)
    came(hugo, meeting, Ben="absent")
    closed(hugo, meeting)
    return meeting


def answered_before(world, times, agency="Northside Mental Health"):
    """Let so many people have answered after earlier meetings of the kind."""
    with world.session() as session:
        kind = session.scalars(
            select(MeetingKind.id).where(MeetingKind.name == "Care plan review (CPA)")
        ).one()
        where = session.scalars(select(Agency.id).where(Agency.name == agency)).one()
        for question in CheckQuestion:
            for answer in CheckAnswer:
                waiting = times if answer is CheckAnswer.YES else 0
                session.add(
                    CheckCount(
                        kind_id=kind,
                        agency_id=where,
                        question=question,
                        answer=answer,
                        waiting=waiting,
                        shown=0,
                    )
                )


def test_it_is_offered_once_to_each_who_came(amira, ben, over):
    """E34, J02, 7: each attendee gets the private three-question check."""
    assert ROW in amira.get("/today").text
    assert ROW not in ben.get("/today").text
    page = amira.submit(amira.get(f"/meetings/{over}/check"), YES, button="Send my answers")
    assert page.path == "/today"
    assert ROW not in page.text
    again = amira.submit(amira.get(f"/meetings/{over}/check"), YES, button="Send my answers")
    assert again.status == 422
    assert "You have answered already" in again.text


def test_somebody_who_did_not_come_is_not_counted(ben, over, world):
    page = ben.submit(ben.get(f"/meetings/{over}/check"), YES, button="Send my answers")
    assert page.status == 422
    assert world.count(CheckCount) == 0


def test_all_three_are_asked_and_one_may_rather_not_say(amira, over, world):
    page = amira.submit(amira.get(f"/meetings/{over}/check"), {}, button="Send my answers")
    assert set(page.errors) == {"heard", "respectful", "had_needed"}
    page = amira.submit(page, {}, button="I would rather not say")
    assert ROW not in page.text
    assert world.count(CheckCount) == 0


def test_four_answers_are_not_shown_and_five_are_without_names(amira, dana, over, world):
    """E34: four answered, none displayed; five or more across meetings, shares appear."""
    answered_before(world, 3)
    amira.submit(amira.get(f"/meetings/{over}/check"), YES, button="Send my answers")
    text = dana.get("/meeting-checks").text
    assert "Nothing is shown yet" in text
    assert "Care plan review" not in text


def test_the_fifth_answer_shows_the_group(amira, dana, over, world):
    """E34: by meeting type and agency, without names and without a ranking."""
    answered_before(world, 4)
    amira.submit(amira.get(f"/meetings/{over}/check"), YES, button="Send my answers")
    page = dana.get("/meeting-checks")
    assert "Care plan review (CPA), Northside Mental Health: 5 answers, in per cent" in page.text
    assert "Was the parent heard? 100 0 0" in page.text
    assert "Was the talk respectful? 80 20 0" in page.text
    assert "Amira" not in page.main.get_text()


def test_a_later_answer_waits_until_it_cannot_be_told_from_others(amira, dana, over, world):
    """E34: the figures before and after one answer are the same."""
    answered_before(world, 5)
    with world.session() as session:
        for count in session.scalars(select(CheckCount)):
            count.shown, count.waiting = count.waiting, 0
    before = dana.get("/meeting-checks").main.get_text()
    amira.submit(amira.get(f"/meetings/{over}/check"), YES, button="Send my answers")
    assert dana.get("/meeting-checks").main.get_text() == before


def test_no_answer_is_kept_with_whose_it_is(amira, over, world):
    """E34: no table and no event of the trail says what somebody answered."""
    before = len(trail(world))
    amira.submit(amira.get(f"/meetings/{over}/check"), YES, button="Send my answers")
    since = trail(world)[before:]
    assert {event.record_kind for event in since} <= {"invitations", "today", "meeting", None}
    columns = {column.name for column in CheckCount.__table__.columns}
    assert columns == {"kind_id", "agency_id", "question", "answer", "waiting", "shown"}
    assert TrailEvent.__tablename__ != CheckCount.__tablename__


def test_the_figures_are_for_managers(amira, farah, dana, dev):
    statuses = [c.get("/meeting-checks").status for c in (amira, farah, dana, dev)]
    assert statuses == [403, 403, 200, 200]
