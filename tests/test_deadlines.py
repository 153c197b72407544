"""What is due by when: started and met by what happens, explained when missed (issue 4, 9)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from clock_steps import (
    CLOCKS,
    child,
    days_later,
    deadlines,
    give_status,
    hold,
    next_monday,
    record_event,
    running,
)
from coordinator import clock
from coordinator.models.deadlines import Deadline
from coordinator.models.entries import EntryReader
from coordinator.models.families import Involvement
from coordinator.models.meetings import MeetingKind
from coordinator.services import meeting_clocks
from coordinator.vocabulary import DeadlineState, Level, Procedure
from coordinator.working_days import months_from, working_days_from
from gathering import always_on_the_case, arrange
from page import Client
from writer import Writer

HOME = "/families/LANE-01"


def settle(client, world, code, **values):
    at = f"/deadlines/{deadlines(world)[code].reference}/settle"
    return client.submit(client.get(at), values, button="Save")


def test_a_strategy_discussion_that_is_held_starts_its_clock(ben, world):
    """R3: the record goes to those who took part within one working day."""
    day = next_monday()
    hold(world, "Strategy discussion", day)
    due = running(world)["strategy-record"]
    assert due.due_on == working_days_from(day, 1)
    assert "Record of the strategy discussion" in ben.get(CLOCKS).text


def test_an_enquiry_starts_the_clock_of_the_conference_for_that_child(ben, world):
    """R4: 15 working days from the strategy discussion at which the enquiry was started."""
    give_status(ben, world, "section-47")
    due = running(world)["initial-conference"]
    assert due.due_on == working_days_from(clock.today(), 15)
    page = ben.get(CLOCKS)
    assert "Initial child protection conference: Mia" in page.text


def test_a_core_group_meets_its_clock_and_starts_the_next(ben, world):
    """R8: the first within 10 working days, then at most 28 days apart."""
    give_status(ben, world, "protection-plan")
    assert running(world)["core-group-first"].due_on == working_days_from(clock.today(), 10)
    day = next_monday()
    at = hold(world, "Core group", day)
    first = deadlines(world)["core-group-first"]
    assert (first.state, first.met_on) == (DeadlineState.MET, day)
    assert running(world)["core-group-next"].due_on == day + timedelta(days=28)
    hold(world, "Core group", day + timedelta(days=14))
    assert running(world)["core-group-next"].due_on == day + timedelta(days=42)
    assert at.startswith("/meetings/")


def test_the_first_review_is_due_three_months_after_the_plan(ben, world):
    """R9."""
    give_status(ben, world, "protection-plan")
    assert running(world)["review-first"].due_on == months_from(clock.today(), 3)


def test_correcting_who_came_starts_no_clock_twice(ben, world):
    day = next_monday()
    at = hold(world, "Core group", day)
    with days_later(12):
        again = Client(world.app).sign_in("Ben")
        again.submit(again.get(f"{at}/attendance"), button="Save who came")
    assert world.count(Deadline) == 1


def test_reports_are_due_before_a_conference_and_move_with_it(ben, world):
    """R5: two working days before an initial conference."""
    day = next_monday()
    page = arrange(ben, "Initial child protection conference", day=day)
    assert running(world)["report-initial"].due_on == working_days_from(day, -2)
    form = ben.get(f"{page.path}/change")
    ben.submit(form, {"day": day + timedelta(days=1)}, button="Save the change")
    assert running(world)["report-initial"].due_on == working_days_from(day, -1)
    form = ben.get(f"{page.path}/cancel")
    ben.submit(form, {"reason": "The chair is ill"}, button="Cancel the meeting")
    assert running(world) == {}
    assert deadlines(world)["report-initial"].ended_reason == "The meeting was cancelled"


def test_going_home_starts_seventy_two_hours(amira, world):
    """R10: the follow-up after leaving a psychiatric ward."""
    page = record_event(amira, "discharge", at="4:30pm")
    due = running(world)["discharge-follow-up"]
    assert due.due_at - due.started_at == timedelta(hours=72)
    assert "Follow-up after leaving a psychiatric ward" in page.text
    # Another day is set: the clock is counted anew.
    record_event(amira, "discharge", day=clock.today() + timedelta(days=2))
    day = clock.today() + timedelta(days=4)
    assert running(world)["discharge-follow-up"].due_on == day
    page = amira.get(CLOCKS)
    assert f"due by {day:%A} {day.day} {day:%B}" in page.text
    assert "midnight" not in page.text


def test_an_event_that_is_written_down_twice_starts_nothing(ben, world):
    record_event(ben, "referral")
    page = record_event(ben, "referral")
    assert page.errors[""] == "This is written down already, and its clocks run"
    assert world.count(Deadline) == 3


def test_a_day_to_come_or_long_ago_is_refused(ben, world):
    page = record_event(ben, "referral", day=clock.today() + timedelta(days=1))
    assert page.errors["day"] == "The day must be today or before"
    page = record_event(ben, "referral", day=clock.today() - timedelta(days=500))
    assert "within the last year" in page.errors["day"]
    assert world.count(Deadline) == 0


def test_what_is_due_is_on_the_family_page_and_on_today_of_those_who_keep_it(amira, ben, world):
    """Issue 4, 9: on the family page and on Today as "due by", late first."""
    record_event(ben, "referral", day=clock.today() - timedelta(days=7))
    page = ben.get(HOME)
    assert "Due by" in [h.get_text() for h in page.main.select("h2")]
    assert page.soup.select(".co-row--late")
    today = ben.get("/today").text
    assert "See to decide on the referral and answer the referrer" in today
    # What the other agency has to keep waits for them, and not for Amira.
    assert "decide on the referral" not in amira.get("/today").text
    assert "ask again about a referral" in amira.get("/today").text
    assert "Decide on the referral" in amira.get(HOME).text


def test_what_is_missed_needs_a_reason_that_both_managers_read(amira, ben, dana, dev, world):
    """Issue 4, 9: a reason required when missed; both managers see it."""
    record_event(ben, "referral", day=clock.today() - timedelta(days=7))
    page = settle(ben, world, "referral-response", how="met", reason="")
    assert page.status == 422
    assert page.errors["reason"] == "It is late: say why"
    for manager in (dana, dev):
        assert "nobody has said why yet" in manager.get("/clocks/missed").text
    settle(ben, world, "referral-response", how="met", reason="The form came to the wrong desk")
    assert deadlines(world)["referral-response"].state is DeadlineState.MET
    for manager in (dana, dev):
        page = manager.get("/clocks/missed")
        assert "The form came to the wrong desk" in page.text
        assert "Met late" in page.text
    assert amira.get("/clocks/missed").status == 403


def test_what_is_late_can_be_explained_before_it_is_done(ben, world):
    record_event(ben, "referral", day=clock.today() - timedelta(days=7))
    settle(ben, world, "referral-response", how="late", reason="No worker is free")
    stored = deadlines(world)["referral-response"]
    assert (stored.state, stored.missed_reason) == (DeadlineState.RUNNING, "No worker is free")
    assert (
        settle(ben, world, "assessment", how="late", reason="x").errors["how"] == "It is not late"
    )


def test_what_is_no_longer_needed_says_why(ben, world):
    record_event(ben, "referral")
    page = settle(ben, world, "assessment", how="not-needed")
    assert page.errors["reason"] == "Say why it is no longer needed"
    settle(ben, world, "assessment", how="not-needed", reason="The family moved away")
    assert "The family moved away" in ben.get(CLOCKS).text


def test_of_two_who_settle_at_once_the_second_sees_the_first(amira, ben, world):
    record_event(ben, "referral")
    at = f"/deadlines/{deadlines(world)['assessment'].reference}/settle"
    form = amira.get(at)
    settle(ben, world, "assessment", how="met")
    page = amira.submit(form, {"how": "not-needed", "reason": "Moved"}, button="Save")
    assert page.status == 409


def test_who_is_not_on_the_case_sees_no_clock_of_it(bella, hana, ben, world):
    record_event(ben, "referral")
    at = f"/deadlines/{deadlines(world)['assessment'].reference}/settle"
    for outsider in (bella, hana):
        assert outsider.get(CLOCKS).status == 404
        assert outsider.get(at).status == 404


def test_what_follows_from_a_meeting_is_read_by_whom_the_meeting_is_read(ben, amira, world):
    """A deadline takes the level and the readers of what it follows from."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        meeting = writer.meeting("Ben", "Hana", [], Level.NAMED)
        kinds = select(MeetingKind.id).where(MeetingKind.procedure == Procedure.CORE_GROUP)
        meeting.kind_id = session.scalars(kinds).one()
        session.add(EntryReader(entry_id=meeting.id, account_id=world.account_id("Bella")))
        session.flush()
        meeting_clocks.held(session, world.moment, meeting)
    due = running(world)["core-group-next"]
    assert due.level is Level.NAMED
    with world.session() as session:
        readers = session.scalars(
            select(EntryReader.account_id).where(EntryReader.entry_id == due.id)
        ).all()
    assert readers == [world.account_id("Bella")]
    assert "Next core group" in ben.get(CLOCKS).text
    for path in (CLOCKS, HOME, "/today"):
        assert "ext core group" not in amira.get(path).text
    assert amira.get(f"/deadlines/{due.reference}/settle").status == 404


def test_no_clock_measures_a_parent(ben, world):
    """Issue 4: no clock is ever a score of a parent."""
    record_event(ben, "referral", day=clock.today() - timedelta(days=7))
    page = ben.get(CLOCKS)
    assert "never a parent" in page.text
    for word in ("score", "engage", "complian", "risk level"):
        assert word not in page.main.get_text().lower()


def test_the_page_takes_the_same_statements_however_much_is_due(ben, world, statements):
    def taken():
        ben.get(CLOCKS)
        statements.clear()
        ben.get(CLOCKS)
        return len(statements)

    record_event(ben, "referral")
    few = taken()
    record_event(ben, "disagreement")
    record_event(ben, "birth", child=child(world))
    assert taken() == few <= 8


def test_a_clock_runs_on_when_the_one_who_started_it_leaves(ben, amira, world):
    always_on_the_case(world)
    record_event(ben, "referral")
    with world.session() as session:
        workers = session.scalar(select(func.count()).select_from(Involvement))
    assert workers
    assert "Child and family assessment" in amira.get(CLOCKS).text
