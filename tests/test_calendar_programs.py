"""What leaves is understood by an independent parser and by a real calendar server and client."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

import pytest
import vobject

import gathering
import visiting
from answering import answered, delivered, take
from calendars import calendar_of, calendar_server, received
from coordinator import clock
from coordinator.vocabulary import Reply, ReplyBy
from gathering import CANARIES, Inbox, arrange, invitations
from page import Client

AMIRA = "amira@northside.example"


@pytest.fixture
def ben(fresh_app) -> Client:
    return Client(fresh_app).sign_in("Ben")


def parsed(raw: bytes):
    """Return the one event of a calendar as vobject reads it, and what it is for."""
    calendar = vobject.readOne(raw.decode())
    assert calendar.validate(raiseException=True)
    return calendar.vevent, calendar.method.value if hasattr(calendar, "method") else ""


def test_another_parser_reads_each_message(fresh_app, kept, ben):
    """Point 5: request, update, cancel and reply; one UID, rising numbers, one attendee."""
    inbox = Inbox()
    page = arrange(ben, start="2:30pm")
    (request,) = delivered(kept, fresh_app, inbox, AMIRA)
    ben.submit(ben.get(f"{page.path}/change"), {"start": "4pm"}, button="Save the change")
    (_, update) = delivered(kept, fresh_app, inbox, AMIRA)
    cancel = ben.get(f"{page.path}/cancel")
    ben.submit(cancel, {"reason": "No room"}, button="Cancel the meeting")
    (_, _, cancelled) = delivered(kept, fresh_app, inbox, AMIRA)
    read = [parsed(gathering.calendar_bytes(mail)) for mail in (request, update, cancelled)]
    assert [method for _, method in read] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [event for event, _ in read]
    assert len({event.uid.value for event in events}) == 1
    assert [event.sequence.value for event in events] == ["0", "1", "2"]
    for event in events:
        assert [a.value for a in event.attendee_list] == [f"mailto:{AMIRA}"]
        assert event.organizer.value.startswith("mailto:")
        assert event.dtend.value - event.dtstart.value == timedelta(hours=1)
        assert event.dtstart.value.tzinfo is not None
    start = events[0].dtstart.value.astimezone(UTC)
    assert start == events[1].dtstart.value.astimezone(UTC) - timedelta(hours=1, minutes=30)
    reply = gathering.parsed(answered(update))
    event, method = parsed(gathering.calendar_bytes(reply))
    assert (method, event.attendee.params["PARTSTAT"]) == ("REPLY", ["ACCEPTED"])


def test_a_calendar_at_a_server_follows_a_meeting(fresh_app, kept, ben, tmp_path):
    """The event is there once, moves with the update, answers, and goes with the cancellation."""
    inbox = Inbox()
    page = arrange(ben, start="2:30pm")
    (request,) = delivered(kept, fresh_app, inbox, AMIRA)
    with calendar_server(tmp_path) as server:
        hers = calendar_of(server, "amira")
        received(hers, request)
        received(hers, request)
        (stored,) = hers.events()
        first = stored.icalendar_component.decoded("DTSTART")
        ben.submit(ben.get(f"{page.path}/change"), {"start": "4pm"}, button="Save the change")
        (_, update) = delivered(kept, fresh_app, inbox, AMIRA)
        received(hers, update)
        # The mail that was overtaken arrives late, and changes nothing.
        received(hers, request)
        (stored,) = hers.events()
        moved = stored.icalendar_component.decoded("DTSTART")
        assert moved - first == timedelta(hours=1, minutes=30)
        on_that_day = hers.search(
            start=moved - timedelta(hours=1), end=moved + timedelta(hours=2), event=True
        )
        assert len(on_that_day) == 1
        assert take(kept, answered(update)) == ""
        mine = invitations(kept)["Amira"]
        assert (mine.reply, mine.reply_by) == (Reply.ACCEPTED, ReplyBy.MAIL)
        everything = "".join(event.data for event in hers.events())
        assert "UID" in everything
        assert not any(canary in everything for canary in CANARIES)
        cancel = ben.get(f"{page.path}/cancel")
        ben.submit(cancel, {"reason": "No room"}, button="Cancel the meeting")
        received(hers, delivered(kept, fresh_app, inbox, AMIRA)[-1])
        assert hers.events() == []


def test_whoever_is_asked_no_longer_loses_the_event(fresh_app, kept, ben, tmp_path):
    """Removal sends CANCEL, to a guest as to a worker."""
    inbox = Inbox()
    page = arrange(ben)
    visiting.ask(kept, gathering.reference(page))
    delivered(kept, fresh_app, inbox, AMIRA)
    with calendar_server(tmp_path) as server:
        hers = calendar_of(server, "ines")
        received(hers, inbox.to(visiting.ADDRESS)[-1])
        assert len(hers.events()) == 1
        withdrawn = ben.click(ben.get(page.path), "Withdraw the invitation of Ines")
        page = ben.submit(withdrawn, button="Withdraw it")
        assert page.status == 200, page.errors
        delivered(kept, fresh_app, inbox, AMIRA)
        received(hers, inbox.to(visiting.ADDRESS)[-1])
        assert hers.events() == []


def test_a_meetings_file_opens_in_a_calendar(ben, fresh_app, kept, tmp_path):
    """E60: the calendar file has no family details in its title, or anywhere."""
    page = arrange(ben)
    asked = visiting.ask(kept, gathering.reference(page))
    amira = Client(fresh_app).sign_in("Amira")
    for client, path in (
        (amira, f"{page.path}/calendar"),
        (Client(fresh_app), f"{visiting.link(kept, asked)}/calendar"),
    ):
        file = client.get(path)
        assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
        raw = file.response.get_data()
        event, method = parsed(raw)
        assert (method, event.summary.value) == (
            "PUBLISH",
            f"Meeting, reference {gathering.reference(page)}",
        )
        assert not any(canary in raw.decode() for canary in CANARIES)
        assert b"ATTENDEE" not in raw
        assert b"/guest/" not in raw
    with calendar_server(Path(tmp_path)) as server:
        stored = calendar_of(server, "amira").save_event(raw.replace(b"METHOD:PUBLISH\r\n", b""))
        assert stored.icalendar_component["SUMMARY"] == event.summary.value
    assert event.dtstart.value > clock.now()
