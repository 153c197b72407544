"""Meetings that come again: arranged at once, asked to one by one, moved alone or with the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from sqlalchemy import select, update

import gathering
import visiting
from coordinator import chores, clock, trail
from coordinator.clock import day_in_words
from coordinator.models.families import Involvement
from coordinator.models.meetings import Meeting
from coordinator.models.outbox import OutboxMessage
from coordinator.services import series_turns
from coordinator.vocabulary import CaseRole, MeetingState
from coordinator.working_days import BANK_HOLIDAYS
from gathering import arrange, letter, soon, waiting
from page import Client, Page
from planning import put_on_the_case
from world import World

INVOLVEMENTS = Involvement.__table__


def series(client: Client, times: int = 3, weeks: int = 6, **values: Any) -> Page:
    """Arrange a series of core groups on LANE-01."""
    values = {"day": a_day(weeks), **values}
    return arrange(client, again=str(weeks), times=str(times), **values)


def a_day(weeks: int) -> date:
    """Return a day to come that leads to no bank holiday, nor do the two days after it."""
    day = soon()
    while any(
        day + timedelta(weeks * 7 * n + more) in BANK_HOLIDAYS
        for n in range(5)
        for more in range(3)
    ):
        day += timedelta(days=1)
    return day


def meetings(world: World) -> list[Meeting]:
    """Return the meetings, the earliest first."""
    with world.session() as session:
        rows = list(session.scalars(select(Meeting).order_by(Meeting.starts_at)))
        session.expunge_all()
    return rows


def walls(world: World) -> list[str]:
    """Return when the planned meetings are, by the clock on the wall."""
    return [
        f"{clock.local(one.starts_at):%d %b %H:%M}"
        for one in meetings(world)
        if one.state is MeetingState.PLANNED
    ]


def words(world: World, message: OutboxMessage) -> str:
    """Return the text of a mail as it would leave now."""
    text = letter(world, message).message.get_body(("plain",))
    assert text is not None
    return str(text.get_content())


def told(world: World, name: str) -> list[tuple[str, str]]:
    """Return of which kind each message to somebody is, and about which meeting."""
    return [(one.kind, one.about) for one in waiting(world, name)]


def take_turns(world: World, at: datetime) -> int:
    """Let the worker ask people to the meetings whose turn it is by then."""
    with time_machine.travel(at, tick=True), world.session() as session:
        trail.acting(session, trail.Acting(service="worker"), "meetings.ask-next")
        return series_turns.ask_next(session, world.moment)[0]


def test_a_series_is_arranged_at_once_and_one_letter_names_all_its_days(ben, world):
    """One mail to each person, with the days and nothing of the family; the rest wait."""
    page = series(ben)
    assert "3 meetings are arranged." in page.text
    assert "Every 6 weeks" in page.text
    first, *others = meetings(world)
    assert [one.local_start - first.local_start for one in others] == [
        timedelta(weeks=6),
        timedelta(weeks=12),
    ]
    assert len({one.uid for one in (first, *others)}) == 3
    (message,) = waiting(world, "Amira")
    said = words(world, message)
    assert "It is one of a series, every 6 weeks. After it:" in said
    assert all(f"- {day_in_words(one.local_start)}, 2:30pm to 3:30pm" in said for one in others)
    assert not any(word in said for word in gathering.CANARIES)


def test_a_series_stays_at_its_time_on_the_wall_over_both_clock_changes(app, world):
    """Faults, F15: 10:00 is 10:00 before and after the last Sundays of March and of October."""
    gathering.always_on_the_case(world)
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=UTC), tick=True):
        series(Client(app).sign_in("Ben"), 3, 26, day=date(2027, 2, 2), start="10am")
    assert walls(world) == [f"{day} 10:00" for day in ("02 Feb", "03 Aug", "01 Feb")]
    assert [one.starts_at.hour for one in meetings(world)] == [10, 9, 10]


def test_people_are_asked_to_each_when_the_one_before_it_is_over(fresh_app, social_worker, kept):
    """Nobody has twelve invitations to answer, and who joined the case since is asked, too."""
    series(social_worker)
    first, second, third = (one.reference for one in meetings(kept))
    ines = visiting.ask(kept, second)
    assert told(kept, "Amira") == [("invitation", first)]
    amira = Client(fresh_app).sign_in("Amira")
    assert len(amira.get("/today").main.select('form[action$="/reply"]')) == 1
    assert "when the meeting before this one is over" in amira.get(f"/meetings/{second}").text
    put_on_the_case(kept, "Bella", CaseRole.SOCIAL_WORKER)
    with kept.session() as session:
        joins = update(INVOLVEMENTS).where(INVOLVEMENTS.c.account_id == kept.account_id("Bella"))
        tomorrow = kept.moment.today + timedelta(days=1)
        session.connection().execute(joins.values(starts_on=tomorrow))
    worker = gathering.worker(fresh_app, "folder:/nonexistent")
    over = meetings(kept)[0].starts_at + timedelta(minutes=60)
    asked = []
    for wait in (timedelta(minutes=-1), timedelta(0), timedelta(hours=1)):
        with time_machine.travel(over + wait, tick=True):
            asked.append(chores.do(worker.engine, chores.SERIES))
    assert asked == [0, 1, 0]
    assert told(kept, "Amira") == [("invitation", first), ("invitation", second)]
    assert told(kept, "Bella") == [("invitation", second)]
    assert third not in {message.about for message in waiting(kept)}
    assert [one.about for one in waiting(kept) if one.guest_id == ines.guest_id] == [second]


def test_moving_one_of_a_series_leaves_the_others_and_tells_everybody(ben, world):
    """Only this one: the days before and after it, and their numbers, stay."""
    series(ben)
    before = walls(world)
    _, second, _ = meetings(world)
    page = ben.get(f"/meetings/{second.reference}/change")
    moved = second.local_start.date() + timedelta(days=2)
    page = ben.submit(page, {"day": moved}, button="Save the change")
    assert page.errors == {"which": "Choose whether this is for the others, too"}
    ben.submit(page, {"which": "one"}, button="Save the change")
    assert walls(world) == [before[0], f"{moved:%d %b} 14:30", before[2]]
    assert [one.sequence for one in meetings(world)] == [0, 1, 0]
    assert told(world, "Amira")[1:] == [("update", second.reference)]
    assert take_turns(world, second.starts_at - timedelta(hours=1)) == 0


def test_moving_this_and_all_that_follow_is_told_in_one_letter(ben, world):
    """All take the new time and as many days on; one mail says so; each keeps its own words."""
    series(ben)
    first, second, third = meetings(world)
    ben.submit(
        ben.get(f"/meetings/{third.reference}/change"),
        {"purpose": "The last one"},
        button="Save the change",
    )
    day = second.local_start.date() + timedelta(days=1)
    ben.submit(
        ben.get(f"/meetings/{second.reference}/change"),
        {"day": day, "start": "4pm", "which": "following"},
        button="Save the change",
    )
    assert [one.local_start for one in meetings(world)] == [
        first.local_start,
        *(one.local_start + timedelta(days=1, hours=1.5) for one in (second, third)),
    ]
    assert meetings(world)[-1].purpose == "The last one"
    _, message = waiting(world, "Amira")
    assert (message.kind, message.about) == ("update", second.reference)
    said = words(world, message)
    assert said.count(", 4pm to 5pm") == 2


def test_cancelling_this_and_all_that_follow_is_told_in_one_letter(ben, world):
    """The first one stays; of those that nobody was asked to, one letter tells."""
    series(ben)
    first, second, third = meetings(world)
    page = ben.submit(
        ben.get(f"/meetings/{second.reference}/cancel"),
        {"reason": "The plan has ended", "which": "following"},
        button="Cancel the meeting",
    )
    assert "2 meetings are cancelled. Everybody invited is told." in page.text
    planned, cancelled = MeetingState.PLANNED, MeetingState.CANCELLED
    assert [one.state for one in meetings(world)] == [planned, cancelled, cancelled]
    _, message = waiting(world, "Amira")
    assert (message.kind, message.about) == ("cancellation", second.reference)
    assert f"- {day_in_words(third.local_start)}, " in words(world, message)
    assert take_turns(world, first.starts_at + timedelta(hours=2)) == 0


def test_a_series_has_an_end_and_no_day_without_its_time(app, ben, world):
    """So many times or until a day, 12 at most; an hour that the clocks skip is named (F15)."""
    page = arrange(ben, again="6")
    assert page.errors == {"times": "Choose how many meetings, or say until when: one of the two"}
    page = arrange(ben, again="1", until=soon(400))
    assert page.errors == {"until": "A series is of 12 meetings at most"}
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False):
        gathering.always_on_the_case(world)
        page = series(Client(app).sign_in("Ben"), 3, 1, day=date(2027, 3, 14), start="1:30am")
    assert page.errors["start"].startswith("There is no 1:30am on Sunday 28 March 2027")
    assert world.count(Meeting) == 0
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False):
        page = series(Client(app).sign_in("Ben"), 3, 1, day=date(2027, 3, 15), heeding=True)
    assert page.errors == {"": "Monday 29 March 2027 is a bank holiday."}
    day = a_day(2)
    arrange(ben, again="2", day=day, until=day + timedelta(days=14 * 2))
    assert len(walls(world)) == 3
