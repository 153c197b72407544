"""A colleague's answer in a calendar arrives as a reply (RFC 5546), and nothing else does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import databases
import gathering
import visiting
from answering import answered, delivered, take
from config import Config, ConfigError
from coordinator import clock, create_app
from coordinator.access.letters import queued
from coordinator.access.release import compose
from coordinator.models.trail import TrailEvent
from coordinator.services import itip
from coordinator.services.itip import RefusedError
from coordinator.vocabulary import EventKind, Reply, ReplyBy
from gathering import Inbox, arrange, invitations
from page import Client
from test_calendar import account
from world import World

SECRET = "a secret of the mail server, and long enough"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def meeting(social_worker) -> str:
    return gathering.reference(arrange(social_worker))


@pytest.fixture
def asked(fresh_app, kept, meeting, inbox) -> EmailMessage:
    """Give the invitation as it arrived at Amira's."""
    (mail,) = delivered(kept, fresh_app, inbox, "amira@northside.example")
    return mail


def hers(world: World):
    return invitations(world)["Amira"]


def refusals(world: World) -> list[str | None]:
    events = gathering.trail(
        world, TrailEvent.action == "replies.by-mail", TrailEvent.allowed.is_(False)
    )
    return [event.reason for event in events]


@pytest.mark.parametrize("reply", [Reply.ACCEPTED, Reply.DECLINED, Reply.TENTATIVE])
def test_an_answer_from_a_calendar_is_the_reply_of_its_person(kept, asked, reply):
    """Point 5: matched by UID and address, and shown as one that came by mail."""
    assert take(kept, answered(asked, reply.name)) == ""
    mine = hers(kept)
    assert (mine.reply, mine.reply_by) == (reply, ReplyBy.MAIL)
    (event,) = gathering.trail(kept, TrailEvent.kind == EventKind.REPLY.value)
    assert (event.actor_id, event.service) == (kept.account_id("Amira"), "mail")
    assert event.outcome == reply.value


def test_a_delegate_is_a_note_and_no_invitation(kept, asked):
    """Delegated: the deputy's address alone, and nobody is let in by it."""
    assert take(kept, answered(asked, "DELEGATED", delegate="cerys@northside.example")) == ""
    mine = hers(kept)
    assert (mine.reply, mine.reply_note) == (Reply.DELEGATED, "Deputy: cerys@northside.example")
    assert set(invitations(kept)) == {"Amira", "Ben"}


def test_the_same_mail_twice_has_one_effect(kept, asked):
    raw = answered(asked)
    assert [take(kept, raw), take(kept, raw)] == ["", "duplicate"]
    assert len(gathering.trail(kept, TrailEvent.kind == EventKind.REPLY.value)) == 1


def test_an_older_answer_never_overwrites_a_newer_one(fresh_app, kept, asked, meeting):
    """By mail or on the page: the newest word counts, whenever the mail arrives."""
    early, late = clock.now() - timedelta(minutes=9), clock.now() - timedelta(minutes=5)
    assert take(kept, answered(asked, "DECLINED", stamp=late)) == ""
    assert take(kept, answered(asked, "ACCEPTED", stamp=early)) == "stale"
    amira = Client(fresh_app).sign_in("Amira")
    form = amira.get(f"/meetings/{meeting}/reply")
    amira.submit(form, {"reply": "accepted"}, button="Save your answer")
    assert take(kept, answered(asked, "TENTATIVE", stamp=late)) == "stale"
    assert hers(kept).reply is Reply.ACCEPTED


def test_a_clock_that_runs_ahead_locks_no_later_answer_out(kept, asked):
    ahead = clock.now() + timedelta(days=400)
    assert take(kept, answered(asked, "DECLINED", stamp=ahead)) == ""
    assert take(kept, answered(asked, "ACCEPTED"), later=timedelta(minutes=1)) == "stale"
    later = clock.now() + timedelta(minutes=2)
    assert take(kept, answered(asked, "ACCEPTED", stamp=later), timedelta(minutes=3)) == ""
    assert hers(kept).reply is Reply.ACCEPTED


def test_an_answer_to_the_time_before_a_change_does_not_count(
    fresh_app, kept, social_worker, asked, meeting, inbox
):
    """SEQUENCE: what was accepted is not what it is now."""
    change = social_worker.get(f"/meetings/{meeting}/change")
    social_worker.submit(change, {"start": "4pm"}, button="Save the change")
    assert take(kept, answered(asked)) == ""
    (_, update) = delivered(kept, fresh_app, inbox, "amira@northside.example")
    later = clock.now() + timedelta(seconds=2)
    assert take(kept, answered(asked, "DECLINED", stamp=later), timedelta(seconds=3)) == "stale"
    assert gathering.event(update)["SEQUENCE"] == 1
    assert take(kept, answered(update, "TENTATIVE", stamp=later), timedelta(seconds=3)) == ""
    assert hers(kept).reply is Reply.TENTATIVE


@pytest.mark.parametrize(
    ("forged", "why"),
    [
        ({"uid": "made-up@example.org"}, "unknown"),
        ({"sequence": 7}, "stale"),
        ({"sender": "Mallory <mallory@example.org>"}, "wrong-sender"),
        (
            {"sender": "cerys@northside.example", "attendees": ["cerys@northside.example"]},
            "unknown",
        ),
        ({"attendees": []}, "wrong-sender"),
        ({"attendees": ["amira@northside.example"] * 2}, "wrong-sender"),
        ({"method": "REQUEST"}, "no-reply"),
        ({"method": "CANCEL"}, "no-reply"),
        ({"partstat": "NEEDS-ACTION"}, "unreadable"),
        ({"partstat": "COMPLETED"}, "unreadable"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_forged_or_odd_is_refused_and_counted(kept, asked, forged, why):
    before = hers(kept)
    assert take(kept, answered(asked, **forged)) == why
    after = hers(kept)
    assert (after.reply, after.version) == (before.reply, before.version)
    assert refusals(kept) == [why]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "no-calendar"),
        (b"\x00\xff" * 1000, "no-calendar"),
        (b"Subject: I am on leave\r\n\r\nBack on Monday", "no-calendar"),
        (b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n", "unreadable"),
        (b"Content-Type: text/calendar\r\n\r\nnot a calendar at all", "unreadable"),
        (b"X: " + b"a" * itip.LARGEST, "too-large"),
        (b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n" * 60_000, "too-large"),
    ],
    ids=["nothing", "noise", "on leave", "half", "no calendar", "huge", "many parts"],
)
def test_what_is_no_answer_is_refused_without_harm(kept, raw, why):
    assert take(kept, raw) == why
    assert refusals(kept) == [why]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 3000), noise=st.binary(max_size=40))
def test_no_bytes_break_the_reader(cut, noise):
    """Whatever arrives is an answer or a refusal, and never anything else."""
    mail = EmailMessage()
    mail["From"] = "amira@northside.example"
    mail.set_content("x")
    mail.add_alternative(
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T100000Z\r\n"
        b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:amira@northside.example\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR\r\n",
        maintype="text",
        subtype="calendar",
    )
    raw = mail.as_bytes()
    with suppress(RefusedError):
        itip.read(raw[:cut] + noise + raw[cut:])


def test_nobody_answers_for_whom_an_exclusion_keeps_out(kept, asked):
    """An exclusion beats every invitation, and the refusal is that of a number nobody knows."""
    from coordinator.services import exclusions  # noqa: PLC0415

    with kept.does("Dana") as (session, dana):
        family = kept.family_for(session, dana)
        exclusions.set_exclusion(
            session, dana, kept.moment, family, account(kept, "Amira"), "A neighbour"
        )
    assert take(kept, answered(asked)) == "unknown"
    (event,) = gathering.trail(kept, TrailEvent.outcome == "refused")
    assert (event.family_id, event.record_ref) == (None, None)


def test_a_meeting_that_is_off_takes_no_answer(kept, social_worker, asked, meeting):
    cancel = social_worker.get(f"/meetings/{meeting}/cancel")
    social_worker.submit(cancel, {"reason": "No room"}, button="Cancel the meeting")
    assert take(kept, answered(asked)) == "over"


def test_who_accepts_after_all_needs_no_deputy(fresh_app, kept, asked, meeting):
    amira = Client(fresh_app).sign_in("Amira")
    form = amira.get(f"/meetings/{meeting}/reply?reply=delegated")
    deputy = gathering.membership(kept, "Cerys")
    amira.submit(form, {"deputy": deputy}, button="Save your answer")
    later = timedelta(seconds=2)
    raw = answered(asked, stamp=clock.now() + later)
    assert take(kept, raw, later * 2) == ""
    assert set(invitations(kept)) == {"Amira", "Ben"}


def test_a_guests_calendar_answers_too(fresh_app, kept, meeting, inbox):
    """P13: by link or by calendar; the guest stands in the trail by reference."""
    guest = visiting.ask(kept, meeting)
    (mail,) = delivered(kept, fresh_app, inbox, visiting.ADDRESS)
    assert "/guest/" in mail.get_body(("plain",)).get_content()
    assert "/guest/" not in gathering.calendar_bytes(mail).decode()
    assert take(kept, answered(mail)) == ""
    mine = visiting.invitation(kept, guest)
    assert (mine.reply, mine.reply_by) == (Reply.ACCEPTED, ReplyBy.MAIL)
    (event,) = gathering.trail(kept, TrailEvent.kind == EventKind.REPLY.value)
    assert (event.actor_id, event.service) == (None, f"guest:{guest.guest}")


def test_the_worker_reads_the_maildir(fresh_app, kept, asked, tmp_path):
    """Taken mail is removed, refused mail lies among the read, what is no mail stays."""
    new = tmp_path / "new"
    new.mkdir()
    (new / "1.answer").write_bytes(answered(asked))
    (new / "2.noise").write_bytes(b"Subject: Hello\r\n\r\nAre you there?")
    (new / "3.huge").write_bytes(b"a" * (itip.LARGEST + 10))
    (new / "4.link").symlink_to(Path("/etc/hostname"))
    sender = replace(gathering.worker(fresh_app, "folder:/nonexistent"), replies=str(tmp_path))
    assert sender.take_answers() == 1
    assert sender.take_answers() == 0
    assert hers(kept).reply is Reply.ACCEPTED
    assert [path.name for path in new.iterdir()] == ["4.link"]
    assert sorted(p.name for p in (tmp_path / "cur").iterdir()) == ["2.noise:2,S", "3.huge:2,S"]
    assert replace(sender, replies=str(tmp_path / "nowhere")).take_answers() == 0


def test_the_hook_takes_a_mail_from_who_knows_the_secret(fresh_database, fresh_app, kept, asked):
    app = create_app(replace(databases.config(fresh_database), replies_secret=SECRET))
    client = app.test_client()
    raw = answered(asked)
    assert client.post("/answers-by-mail", data=raw).status_code == 403
    wrong = {"Authorization": "Bearer wrong"}
    assert client.post("/answers-by-mail", data=raw, headers=wrong).status_code == 403
    right = {"Authorization": f"Bearer {SECRET}"}
    taken = client.post("/answers-by-mail", data=raw, headers=right)
    assert (taken.status_code, taken.text) == (200, "taken\n")
    again = client.post("/answers-by-mail", data=raw, headers=right)
    assert again.text == "refused: duplicate\n"
    assert hers(kept).reply is Reply.ACCEPTED
    databases.dispose(app)


def test_without_a_secret_there_is_no_hook(fresh_app):
    assert fresh_app.test_client().post("/answers-by-mail", data=b"x").status_code == 404


def test_calendars_answer_to_the_address_that_is_read(fresh_app, kept, meeting):
    """The organiser is who reads answers; without one, the mail says that they do not arrive."""
    (message,) = gathering.waiting(kept, "Amira")
    with kept.session() as session:
        read = replace(gathering.SENDER, replies_to="answers@coordinator.example")
        mails = [
            compose(session, kept.moment, queued(message), sender).message
            for sender in (read, gathering.SENDER)
        ]
    organisers = [str(gathering.event(mail)["ORGANIZER"]) for mail in mails]
    assert organisers == [
        "mailto:answers@coordinator.example",
        "mailto:no-reply@coordinator.example",
    ]
    texts = [mail.get_body(("plain",)).get_content() for mail in mails]
    assert "You can answer from your calendar" in texts[0]
    assert "does not reach Coordinator" in texts[1]


def test_half_of_the_settings_for_answers_starts_nothing():
    whole = {"SECRET_KEY": "x" * 32, "BASE_URL": "https://c.example", "MAIL_URL": "folder:/m"}
    whole["SEAL_KEY"] = "5e" * 32
    for half in (
        {"REPLIES_TO": "a@c.example"},
        {"REPLIES_FOLDER": "/maildir"},
        {"REPLIES_TO": "a@c.example", "REPLIES_SECRET": "short"},
    ):
        with pytest.raises(ConfigError):
            Config.from_environment({**whole, **half})
    read = Config.from_environment({**whole, "REPLIES_TO": "a@c.example", "REPLIES_FOLDER": "/m"})
    assert (read.replies_to, read.replies_folder) == ("a@c.example", "/m")
