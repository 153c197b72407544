"""Times across the clock changes, and what a calendar is told: nothing about the family."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

import gathering
from coordinator.access.letters import WithheldError
from coordinator.models.accounts import Account
from coordinator.models.meetings import Meeting
from coordinator.services import exclusions
from gathering import CANARIES, PURPOSE, arrange, letter, waiting
from listed import account
from page import Client

SPRING, AUTUMN, LAST_AUTUMN = date(2027, 3, 28), date(2027, 10, 31), date(2026, 10, 25)
# local start, minutes → the instants in UTC, or the time that is offered instead
TABLE = [
    (SPRING, "12:30am", 60, "0328T003000Z", "0328T013000Z", "12:30am to 2:30am"),
    (SPRING, "1am", 60, "2am", "", ""),
    (SPRING, "1:30am", 60, "2:30am", "", ""),
    (SPRING, "2am", 60, "0328T010000Z", "0328T020000Z", "2am to 3am"),
    (SPRING, "10am", 90, "0328T090000Z", "0328T103000Z", "10am to 11:30am"),
    (date(2027, 3, 27), "11pm", 180, "0327T230000Z", "0328T020000Z", "11pm to 3am"),
    (AUTUMN, "12:30am", 60, "1030T233000Z", "1031T003000Z", "12:30am to 1:30am"),
    (AUTUMN, "1:30am", 60, "1031T003000Z", "1031T013000Z", "1:30am to 1:30am"),
    (AUTUMN, "2am", 60, "1031T020000Z", "1031T030000Z", "2am to 3am"),
    (AUTUMN, "10am", 60, "1031T100000Z", "1031T110000Z", "10am to 11am"),
    (LAST_AUTUMN, "1:30am", 60, "1025T003000Z", "1025T013000Z", "1:30am to 1:30am"),
    (LAST_AUTUMN, "1:30am", 60, "1025T013000Z", "1025T023000Z", "1:30am to 2:30am"),
    (LAST_AUTUMN, "10am", 60, "1025T100000Z", "1025T110000Z", "10am to 11am"),
]


@pytest.mark.parametrize(("day", "start", "minutes", "begins", "ends", "shown"), TABLE)
def test_local_time_is_right_across_the_clock_changes(
    app, world, day, start, minutes, begins, ends, shown
):
    """F15: ten stays ten, a missing hour is refused with the next, the double hour asks which."""
    gathering.always_on_the_case(world)
    with time_machine.travel(datetime(day.year, day.month, 1, 9, tzinfo=UTC), tick=False):
        ben = Client(app).sign_in("Ben")
        page = arrange(ben, day=day, start=start, minutes=str(minutes))
        if which := {"1:30am to 1:30am": "first", "1:30am to 2:30am": "second"}.get(shown):
            assert "1:30am comes twice. Choose which one you mean" in page.errors["which_hour"]
            page = ben.submit(page, {"which_hour": which}, button="Arrange the meeting and invite")
        if not ends:
            assert page.status == 422
            assert page.errors["start"].endswith(f"The next time that exists is {begins}")
            assert world.count(Meeting) == 0
            return
        assert page.status == 200
        assert shown in page.text
        note = f"The {which} time, "
        assert (note in page.text) is (start == "1:30am")
        raw = gathering.calendar_bytes(letter(world, waiting(world, "Amira")[0]).message)
        assert f"DTSTART:{day.year}{begins}\r\n".encode() in raw
        assert f"DTEND:{day.year}{ends}\r\n".encode() in raw


def test_a_meeting_in_the_double_hour_can_be_moved_to_the_other_one(app, world):
    """F15: the form shows which one it is; moving it is a change that everybody is told of."""
    gathering.always_on_the_case(world)
    with time_machine.travel(datetime(2027, 10, 1, 9, tzinfo=UTC), tick=False):
        ben = Client(app).sign_in("Ben")
        page = arrange(ben, day=AUTUMN, start="1:30am")
        page = ben.submit(page, {"which_hour": "first"}, button="Arrange the meeting and invite")
        form = ben.click(page, "Change (When and where)")
        assert form.field("which_hour") == "first"
        page = ben.submit(form, {"which_hour": "second"}, button="Save the change")
        assert "The second time, after the clocks have gone back." in page.text
        with world.session() as session:
            meeting = session.scalars(select(Meeting)).one()
            assert (meeting.starts_at.hour, meeting.sequence) == (1, 1)


def test_a_time_that_was_offered_can_be_taken(app, world):
    gathering.always_on_the_case(world)
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=UTC), tick=False):
        ben = Client(app).sign_in("Ben")
        page = arrange(ben, day=SPRING, start="1:30am")
        page = ben.submit(page, {"start": "2:30am"}, button="Arrange the meeting and invite")
        assert "2:30am to 3:30am" in page.text


def test_an_invitation_is_a_calendar_request_to_one_person(ben, world):
    """RFC 5546: UID, SEQUENCE, DTSTAMP, one ATTENDEE, the tool as ORGANIZER, CRLF kept."""
    page = arrange(ben, place_text="Room 4")
    (message,) = waiting(world, "Amira")
    mail = letter(world, message).message
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    raw = gathering.calendar_bytes(mail)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    event = gathering.event(mail)
    with world.session() as session:
        stored = session.scalars(select(Meeting.uid)).one()
    assert event["UID"] == stored
    assert event["SEQUENCE"] == 0
    assert event["SUMMARY"] == mail["Subject"] == f"Meeting, reference {gathering.reference(page)}"
    assert event["ORGANIZER"] == "mailto:no-reply@coordinator.example"
    assert event["ATTENDEE"] == "mailto:amira@northside.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["LOCATION"].startswith("Northside")
    assert "Room 4" not in mail.as_string() + raw.decode()
    assert event["URL"].startswith("https://coordinator.example/meetings/")
    assert mail["To"] == "amira@northside.example"
    own = gathering.event(letter(world, waiting(world, "Ben")[0]).message)
    assert own["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


@pytest.mark.parametrize("place", ["elsewhere", "video", "phone"])
def test_only_a_listed_site_is_named(ben, world, place):
    """Threat 16: where the refuge is stays on the page."""
    page = arrange(ben, place=place, place_text="The Harbour rooms, back door")
    assert "The Harbour rooms" in page.text
    mail = letter(world, waiting(world, "Amira")[0]).message
    assert "LOCATION" not in gathering.event(mail)
    for text in (mail.as_string(), gathering.calendar_bytes(mail).decode()):
        assert "Harbour" not in text


def test_a_cancellation_bears_the_same_uid_and_a_higher_number(ben, world):
    page = arrange(ben)
    change = ben.click(page, "Change (When and where)")
    ben.submit(change, {"start": "4pm"}, button="Save the change")
    ben.submit(ben.get(f"{page.path}/cancel"), {"reason": "No room"}, button="Cancel the meeting")
    # Composed as each would have been: the number never falls.
    with pytest.raises(WithheldError, match="no longer planned"):
        letter(world, waiting(world, "Amira")[0])
    cancelled = letter(world, waiting(world, "Amira")[2]).message
    event = gathering.event(cancelled)
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")
    assert b"METHOD:CANCEL" in gathering.calendar_bytes(cancelled)
    assert event["ATTENDEE"] == "mailto:amira@northside.example"
    with world.session() as session:
        assert event["UID"] == session.scalars(select(Meeting.uid)).one()


def test_no_mail_names_the_family_or_says_what_a_meeting_is_for(ben, amira, world):
    """Threat 16: canaries in everything that people typed, and in the kind of the meeting."""
    page = arrange(ben, place_text="Kim’s kitchen", chair="Hana")
    form = amira.get(f"{page.path}/reply?reply=declined")
    amira.submit(
        form,
        {"deputy": gathering.membership(world, "Cerys"), "note": "Leo is ill"},
        button="Save your answer",
    )
    view = amira.get(f"{page.path}/written-view")
    amira.submit(view, {"written_view": "Mia’s depression"}, button="Send your view")
    change = ben.get(f"{page.path}/change")
    ben.submit(change, {"start": "4pm", "purpose": f"Still {PURPOSE}"}, button="Save the change")
    left = ["Amira", "Ben", "Hana", "Cerys"]
    messages = [m for name in left for m in waiting(world, name)]
    assert len(messages) == 8
    for message in messages:
        assert not any(canary in message.details for canary in CANARIES)
        sent = letter(world, message).message
        words = sent.as_string() + gathering.calendar_bytes(sent).decode()
        assert not any(canary in words for canary in CANARIES), words
        assert PURPOSE not in words


def test_mail_is_composed_under_what_its_recipient_may_see_when_it_is_sent(
    ben, cerys, amira, world
):
    """Promise 10: no longer invited, excluded or closed: withheld, with the reason."""
    page = arrange(ben)
    form = amira.get(f"{page.path}/reply?reply=delegated")
    amira.submit(form, {"deputy": gathering.membership(world, "Cerys")}, button="Save your answer")
    hers, (to_cerys,) = waiting(world, "Amira"), waiting(world, "Cerys")
    assert letter(world, to_cerys).recipient == "cerys@northside.example"
    with world.does("Dana") as (session, dana):
        exclusions.set_exclusion(
            session,
            dana,
            world.moment,
            world.family_for(session, dana),
            account(world, "Cerys"),
            "A neighbour",
        )
    with pytest.raises(WithheldError, match="may not receive"):
        letter(world, to_cerys)
    with world.does("Farah") as (session, _farah):
        session.get_one(Account, world.account_id("Amira")).closed_at = world.moment.now
    with pytest.raises(WithheldError, match="account is closed"):
        letter(world, hers[0])


def test_a_message_that_was_queued_before_the_invitation_was_taken_back_is_withheld(ben, world):
    page = arrange(ben, chair="Hana")
    ben.submit(ben.click(page, "Withdraw the invitation of Hana"), button="Withdraw it")
    first, last = waiting(world, "Hana")
    with pytest.raises(WithheldError, match="no longer invited"):
        letter(world, first)
    assert letter(world, last).message["Subject"].startswith("Cancelled: meeting")
