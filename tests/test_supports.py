"""Support at agreed times: what and when, how steady it is, and whether it is enough."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import time_machine
from sqlalchemy import select

import gathering
from casework import TOLD
from coordinator import clock
from coordinator.clock import day_in_words
from coordinator.models.families import Person
from coordinator.models.supports import SupportReview, TakenTime
from coordinator.reads import calendar
from coordinator.reads.calendar_rows import Asked, Period
from gathering import arrange
from page import Client, Page
from planning import option
from world import World

PLAN = "/families/LANE-01/plan"
WHAT = "Skills group"


def support(client: Client, first: date, weeks: int = 10, **values: Any) -> Page:
    """Write down a weekly support for Kim, 10am to midday, by the form."""
    page = client.get("/families/LANE-01/support/add")
    filled = {
        "what": WHAT,
        "first_on": first,
        "last_on": first + timedelta(weeks=weeks),
        "start": "10am",
        "minutes": "120",
        "place": "Northside Centre, room 2",
        "given_by": "Paula",
        **values,
    }
    if page.main.select('select[name="person"] option[value=""]'):
        filled["person"] = option(page, "person", "Kim")
    return client.submit(page, filled, button="Save")


def session(client: Client, page: Page, day: date, outcome: str, **values: Any) -> Page:
    """Write down what became of a session."""
    form = client.get(f"{page.path}/sessions?day={day}")
    return client.submit(form, {"outcome": outcome, **values}, button="Save")


def share(client: Client, page: Page) -> None:
    """Open a support to the other agency, by the page on which its level is changed."""
    form = client.get(f"/entries/{page.path.split('/')[2]}/level")
    assert WHAT in form.text
    client.submit(form, {"level": "open", "what": "What it is and when", **TOLD})


def busy(world: World, name: str, period: Period) -> tuple[Any, ...]:
    """Return what somebody is told of Kim's time in this period."""
    with world.does(name) as (db, actor):
        kim = db.scalars(select(Person.id).where(Person.name.startswith("Kim"))).one()
        family = world.family_for(db, actor)
        asked = Asked(people=frozenset({kim}))
        return calendar.busy(db, actor, world.moment, family, asked, period)


def test_the_other_agency_is_told_that_the_time_is_taken_and_no_more(amira, ben, world):
    """E46: Kim's group is on Tuesdays 10 to 12; Ben is warned of the time and not told what."""
    first = world.moment.today + timedelta(days=8)
    page = support_page = support(amira, first)
    assert f"{first:%A}s, 10am to midday" in page.text
    assert WHAT in amira.get(PLAN).text
    assert WHAT not in ben.get(PLAN).html
    assert "Held back: Regular appointment" in ben.get("/families/LANE-01").text
    assert ben.get(page.path).status == 404
    starts = clock.instant_of(datetime.combine(first, time(10)))
    inside = Period(starts + timedelta(minutes=30), starts + timedelta(minutes=90))
    (taken,) = busy(world, "Ben", inside)
    assert taken.period == Period(starts, starts + timedelta(hours=2))
    assert WHAT not in repr(taken)
    after = Period(starts + timedelta(hours=2), starts + timedelta(hours=3))
    assert busy(world, "Ben", after) == ()
    warned = arrange(ben, day=first, start="11am", heeding=True)
    assert warned.errors == {"": "Kim Lane has an appointment then."}
    assert WHAT not in warned.html
    warned = arrange(ben, day=first, start="11am", heeding=True, again="1", times="2")
    (said,) = warned.errors.values()
    assert f"Kim Lane has an appointment on 2 of the days, first {day_in_words(first)}" in said
    page = ben.submit(warned, button="Arrange it all the same")
    assert "2 meetings are arranged." in page.text
    move = ben.get(f"{page.path}/change")
    warned = ben.submit(move, {"start": "11:30am", "which": "following"}, button="Save the change")
    assert "Kim Lane has an appointment on 2 of the days" in warned.errors[""]
    share(amira, support_page)
    assert WHAT in ben.get(PLAN).text


def test_sessions_stay_at_their_time_on_the_wall_over_both_clock_changes(app, world):
    """Faults, F15: a weekly 10:00 is not at 9:00 after the clocks change."""
    gathering.always_on_the_case(world)
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=UTC), tick=True):
        support(Client(app).sign_in("Amira"), date(2027, 3, 16), 34, every_weeks="2")
    with world.session() as db:
        found = db.scalars(select(TakenTime).order_by(TakenTime.agreed_on)).all()
        assert len(found) == 18
        assert {f"{clock.local(one.starts_at):%A %H:%M}" for one in found} == {"Tuesday 10:00"}
        assert {one.starts_at.hour for one in found} == {9, 10}


def test_what_the_service_moved_is_told_at_the_review_and_not_counted_against_the_parent(
    amira, ben, hana, world
):
    """I04: three of four moved by the service; Hana opens the review, and asks if it is enough."""
    first = world.moment.today - timedelta(days=28)
    days = [first + timedelta(weeks=n) for n in range(4)]
    page = support(amira, first)
    assert page.text.count("Held as agreed") == 5
    refused = session(amira, page, days[0], "moved-by-service")
    assert refused.errors == {"reason": "Say why the service moved it"}
    for day in days[:3]:
        session(amira, page, day, "moved-by-service", reason="Staff away")
    page = session(amira, page, days[3], "moved-by-parent")
    assert "Moved by service: 3 of 4" in page.text
    share(amira, page)
    meeting = arrange(ben, "Review child protection conference", chair="Hana")
    shown = hana.get(meeting.path)
    assert "Moved by service: 3 of 4" in shown.text
    for word in ("missed", "absent", "did not come", "1 of 4"):
        assert word not in shown.text.lower()
    form = hana.click(shown, "Ask if it is enough")
    (field,) = {str(box["name"]) for box in form.main.select("input[type=radio]")}
    shown = hana.submit(
        form, {field: "no", f"note_{field}": "Twice a week"}, button="Keep the answers"
    )
    assert "Enough? No, it is not enough" in shown.text
    assert "“Twice a week”" in amira.get(page.path).text
    with world.session() as db:
        (kept,) = db.scalars(select(SupportReview)).all()
        assert (kept.enough.value, kept.note) == ("no", "Twice a week")


def test_a_session_that_is_moved_takes_its_new_time_and_frees_the_old(amira, world):
    """Moved ahead of time: the old time is free, the new one taken; not held takes none."""
    first = world.moment.today + timedelta(days=8)
    page = support(amira, first, 1)
    other = first + timedelta(days=1)
    session(amira, page, first, "moved-by-service", reason="Room", moved_day=other, moved_at="2pm")
    session(amira, page, first + timedelta(weeks=1), "not-held")
    (taken,) = busy(world, "Ben", Period(world.moment.now, world.moment.now + timedelta(days=60)))
    assert clock.local(taken.period.starts_at).replace(tzinfo=None) == datetime.combine(
        other, time(14)
    )
    held = session(amira, page, first, "held")
    assert held.errors == {"outcome": "It has not taken place yet"}


def test_another_pattern_begins_today_and_an_ended_one_takes_no_time(amira, world):
    """What became of past sessions stays; paused or ended, its times are free."""
    first = world.moment.today - timedelta(days=14)
    page = support(amira, first)
    session(amira, page, first, "held")
    ahead = Period(world.moment.now, world.moment.now + timedelta(days=400))
    before = len(busy(world, "Ben", ahead))
    change = amira.click(page, "Change (What is agreed)")
    page = amira.submit(change, {"start": "2pm", "first_on": first}, button="Save")
    assert "2pm to 4pm" in page.text
    assert before - 1 <= len(busy(world, "Ben", ahead)) <= before + 1
    amira.submit(amira.get(f"{page.path}/change"), {"state": "ended"}, button="Save")
    assert busy(world, "Ben", ahead) == ()
    assert "Held as agreed" in amira.get(page.path).text
