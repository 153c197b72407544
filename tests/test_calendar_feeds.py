"""A subscribed calendar: an address with a secret that tells references and times, and no more."""

from __future__ import annotations

import vobject
from icalendar import Calendar
from sqlalchemy import select

import gathering
import records
from coordinator import trail
from coordinator.models.accounts import Account
from coordinator.models.calendars import CalendarFeed, CalendarFetch
from coordinator.models.trail import TrailEvent
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EventKind
from gathering import CANARIES, PURPOSE, arrange, letter, reference, waiting
from test_calendars import exclude, off_the_case

HERE = "/calendar/subscribe"


def address(client, button="Make an address"):
    """Make an address by the page, and return its path."""
    shown = client.submit(client.get(HERE), button=button)
    text = shown.main.select_one("code").get_text()
    assert client.get(HERE).main.select_one("code") is None
    return str(text).removeprefix("http://localhost")


def events(client, path):
    """Return the events that a calendar program is told, by reference."""
    page = client.get(path)
    assert page.status == 200
    assert page.response.mimetype == "text/calendar"
    calendar = Calendar.from_ical(page.response.get_data())
    return {str(event["SUMMARY"]).split()[-1]: event for event in calendar.walk("VEVENT")}


def fetches(world, kind=EventKind.EXPORT):
    return world.count(TrailEvent, TrailEvent.action == "calendar.fetch", TrailEvent.kind == kind)


def test_a_feed_tells_references_and_times_and_is_the_same_object_as_the_mail(
    amira, ben, visitor, world
):
    """E60, J02, 7: stable UIDs and SEQUENCE; no name, family, kind, purpose, place or link."""
    page = arrange(ben, place_text="Room 4", purpose=PURPOSE)
    meeting = reference(page)
    mail = gathering.event(letter(world, waiting(world, "Amira")[0]).message)
    path = address(amira)
    told = events(visitor, path)[meeting]
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "STATUS"):
        assert told[name] == mail[name]
    raw = visitor.get(path).html
    for word in (*CANARIES, PURPOSE, "Northside", "Room 4", "http", "ATTENDEE", "Amira"):
        assert word not in raw
    assert set(told) == {
        *("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "CLASS")
    }
    vobject.readOne(raw).validate(raiseException=True)
    ben.submit(ben.get(f"/meetings/{meeting}/cancel"), {"reason": "Snow"})
    off = events(visitor, path)[meeting]
    assert (off["UID"], off["STATUS"], off["SEQUENCE"]) == (mail["UID"], "CANCELLED", 1)
    assert off["SUMMARY"] == f"Cancelled: reference {meeting}"


def test_a_calendar_that_asks_again_is_told_nothing_new_and_fills_no_trail(
    amira, ben, visitor, world
):
    """ETag and 304; the trail keeps one line for each thing that was told (decision 23)."""
    path = address(amira)
    first = visitor.get(path)
    etag = first.response.headers["ETag"]
    assert visitor.get(path).response.headers["ETag"] == etag
    again = visitor.get(path, headers={"If-None-Match": etag})
    assert (again.status, again.html, fetches(world)) == (304, "", 1)
    assert "A calendar last fetched it today" in amira.get(HERE).text
    arrange(ben)
    assert visitor.get(path, headers={"If-None-Match": etag}).status == 200
    assert fetches(world) == 2
    with world.session() as session:
        session.scalars(select(CalendarFetch)).one().in_the_hour = SETTINGS.calendar_fetches_an_hour
    late = visitor.get(path)
    assert late.status == 429
    assert 0 < int(late.response.headers["Retry-After"]) <= 3600


def test_an_address_that_works_no_longer_is_a_page_that_is_not_there(amira, farah, visitor, world):
    """P13, threats 12: reset, switched off, closed account or made up, it looks the same."""
    missing = visitor.get("/no-such-page")
    first = address(amira)
    second = address(amira, "Make a new address")
    assert visitor.get(second).status == 200
    assert (visitor.get(first).status, visitor.get(first).body) == (404, missing.body)
    amira.submit(amira.get(HERE), button="Switch it off")
    assert visitor.get(second).body == missing.body
    assert "has no address" in amira.get(HERE).text
    third = address(amira)
    with world.session() as session:
        who = session.scalars(select(Account.reference).where(Account.name == "Amira")).one()
    farah.submit(farah.get(f"/accounts/{who}/close"))
    assert visitor.get(third).body == missing.body
    assert world.count(CalendarFeed, CalendarFeed.ended_at.is_(None)) == 0
    assert fetches(world, EventKind.REFUSAL) == 4
    with world.session() as session:
        for _ in range(SETTINGS.wrong_calendars_an_hour - 4):
            trail.refused(session, trail.NOBODY, "calendar.fetch", None)
    assert visitor.get("/calendar/feed/made-up.ics").body == missing.body
    assert fetches(world, EventKind.REFUSAL) == SETTINGS.wrong_calendars_an_hour


def test_what_is_hidden_from_somebody_is_not_in_their_feed_and_leaves_it_at_once(
    amira, ben, visitor, world
):
    """E60, threats 1, 8, 12: a pair of worlds has one feed; whoever loses a role loses its rows."""
    mine, theirs = address(amira), address(ben)
    lane = reference(arrange(ben))
    alone = visitor.get(theirs).html
    with world.session() as session:
        names = ("Quill", "9434765919", ["Amira", "Paula"], "Ben")
        other = records.another_family(session, world.moment, *names)["meeting"]
    assert visitor.get(theirs).html == alone
    assert {lane, other} < set(events(visitor, mine))
    exclude(world, "Ben")
    assert events(visitor, theirs) == {}
    off_the_case(world, "Amira")
    assert set(events(visitor, mine)) == {other}
