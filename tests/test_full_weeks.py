"""The contacts of a family in a week, and what is asked where there are too many (S08)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import update

from clock_steps import change_limit
from coordinator import clock
from coordinator.models.visits import FullWeek, Visit, WeekAnswer
from coordinator.vocabulary import VisitState, WeekWord
from gathering import arrange
from test_visits import VISITS, book


def a_day(number: int = 0) -> date:
    """Return a day of the week after next: so many days after its Monday."""
    today = clock.today()
    return today + timedelta(days=14 - today.weekday() + number)


def fill(amira, ben, number: int) -> None:
    """Book so many visits in that week, with a word where one is asked for."""
    for one in range(number):
        client = (amira, ben)[one % 2]
        page = book(client, day=a_day(one % 5), start=f"{9 + one // 5}am")
        if page.status == 422:
            page = client.submit(page, {"why_more": "The baby is new"}, button="Book the visit")
        assert page.status == 200, page.errors


def test_above_the_level_both_agencies_combine_or_explain_and_note_the_effect(amira, ben, world):
    """S08: seven contacts, the level is five, Ben adds an eighth; a joint one lowers the count."""
    fill(amira, ben, 7)
    page = book(ben, day=a_day(4), start="2pm")
    assert page.errors["why_more"].startswith("This makes 8 contacts in the week from Monday")
    assert "above the level of 5. Combine it with another" in page.errors["why_more"]
    page = ben.submit(page, {"why_more": "The court asks for it"}, button="Book the visit")
    at = page.path
    week = amira.get(VISITS).text
    assert "8 contacts The level is 5." in week
    assert "Each of them is needed. The court asks for it" in week
    assert world.count(FullWeek) == 1

    form = ben.click(ben.get(at), "Make it a joint visit with the other agency")
    first = form.soup.select_one("input[name=other]")["value"]
    page = ben.submit(form, {"other": first}, button="Combine them")
    assert "One visit, two owners" in page.text
    assert "7 contacts The level is 5." in amira.get(VISITS).text
    assert world.count(Visit, Visit.state == VisitState.CANCELLED) == 1


def test_the_other_agency_is_asked_on_today_until_it_answers_and_afterwards_for_the_effect(
    amira, ben, world
):
    """S08: both agencies are asked to combine visits and note the effect."""
    for number in range(6):
        page = book(ben, day=a_day(number % 5), start=f"{9 + number // 5}am")
    ben.submit(page, {"why_more": "Each has another task"}, button="Book the visit")
    asks = "Combine visits, or say why not: 6 contacts in one week, the level is 5"
    assert asks in amira.get("/today").text
    assert asks not in ben.get("/today").text
    links = amira.get("/today").links
    form = amira.get(next(href for words, href in links.items() if words.startswith(asks)))
    early = amira.submit(form, {"word": "effect", "text": "None yet"}, button="Save")
    assert early.errors == {"word": "The week has not begun yet"}
    page = amira.submit(form, {"word": "combine", "text": "Two on Tuesday"}, button="Save")
    assert "We combine some of them. Two on Tuesday" in ben.get(page.path).text
    assert asks not in amira.get("/today").text
    with world.session() as session:
        ago = {"monday": a_day() - timedelta(days=21)}
        session.connection().execute(update(FullWeek.__table__).values(**ago))
        session.commit()
    for client in (amira, ben):
        assert "Note what 6 contacts in a week did for the family" in client.get("/today").text
    assert world.count(WeekAnswer, WeekAnswer.word == WeekWord.NEEDED) == 1


def test_a_meeting_with_a_parent_counts_and_what_is_cancelled_does_not(amira, ben, world):
    """S08: one list of all professional contacts; fewer contacts, and nobody is asked any more."""
    fill(amira, ben, 5)
    with_kim = arrange(ben, day=a_day(2), start="4pm")
    assert with_kim.status == 200, with_kim.errors
    assert "6 contacts The level is 5." in amira.get(VISITS).text
    asked = world.count(FullWeek, FullWeek.ended_at.is_(None))
    form = ben.get(f"{with_kim.path}/cancel")
    ben.submit(form, {"reason": "Kim is ill"}, button="Cancel the meeting")
    assert "5 contacts" in amira.get(VISITS).text
    assert (asked, world.count(FullWeek, FullWeek.ended_at.is_(None))) == (1, 0)


def test_a_manager_changes_the_level_from_a_day_on(dev, amira, ben, world):
    """S08: a set level, with its history; the weeks before keep theirs."""
    change_limit(dev, world, "contacts-in-a-week", limit="2")
    fill(amira, ben, 3)
    assert "3 contacts The level is 2." in amira.get(VISITS).text
