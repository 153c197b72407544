"""The emergency path holds when everything else is down, and asks for a fresh code elsewhere."""

import smtplib
import socket
import time
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pyotp
import pytest
from sqlalchemy import select

from casework import CANARY
from coordinator import clock
from coordinator.access import find_emergencies, find_entries, release
from coordinator.access.letters import Sender, WithheldError, queued
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.outbox import OutboxMessage
from coordinator.models.sharing import Note
from coordinator.models.trail import TrailEvent
from coordinator.reads import emergencies as reads
from coordinator.services import emergencies, exclusions, involvements
from coordinator.vocabulary import Danger, EntryKind, Level
from listed import account
from writer import Writer

WITHOUT_WORDS = {EntryKind.FULL_WEEK: "Contacts", EntryKind.AFTER_SEPARATION: "Separated on"}
FEAR = "Nobody answers and the children are inside"
SENDER = Sender("Coordinator <no-reply@coordinator.example>", "https://coordinator.example")


@pytest.fixture
def everything_else_down(monkeypatch):
    """No mail server, no network, no worker: whatever asks for one fails."""

    def down(*_args, **_options):
        raise OSError("down")

    monkeypatch.setattr(smtplib, "SMTP", down)
    monkeypatch.setattr(socket, "create_connection", down)
    monkeypatch.setattr(socket, "getaddrinfo", down)


def notes_of(world, number):
    with world.session() as session:
        writer = Writer.of(session, world.moment, "LANE-01")
        return [
            writer.add(Note, "Amira", Level.OWN_AGENCY, text=f"{CANARY} {n}").reference
            for n in range(number)
        ]


def test_a_hundred_of_a_hundred_open_with_mail_and_worker_down(world, everything_else_down):
    """Threats, 3: 100 of 100, each within 20 seconds, each with its words."""
    slowest = 0.0
    for number, note in enumerate(notes_of(world, 100)):
        started = time.perf_counter()
        with world.does("Ben", "emergencies.open") as (session, actor):
            moment = world.moment
            sight = find_entries.notice(session, actor, moment, note)
            opened = emergencies.open_now(session, actor, moment, sight, Danger.CHILD, FEAR)
        with world.does("Ben", "emergencies.read") as (session, actor):
            found = find_emergencies.emergency(session, actor, moment, opened)
            page = reads.one(session, moment, found)
        slowest = max(slowest, time.perf_counter() - started)
        assert page.words.said == (("What it says", f"{CANARY} {number}"),)
    assert slowest < 20
    assert world.count(EmergencyOpening) == 100


@pytest.fixture
def bens_secret(world):
    secret = pyotp.random_base32()
    with world.does("Farah") as (session, _actor):
        ben = session.scalars(select(Account).where(Account.name == "Ben")).one()
        ben.totp_secret, ben.totp_last_step = secret, 0
    return secret


def code_of(secret, **ahead):
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()), **ahead)


def press(client, note, code):
    page = client.get(f"/notices/{note}/open")
    assert "password" not in page.html
    said = {"danger": "adult", "reason": FEAR, "code": code}
    return client.submit(page, said, button="Open it now")


def test_a_fresh_code_is_asked_for_and_none_counts_twice(
    ben, bens_secret, world, everything_else_down
):
    """Threats, 15; ASVS v5.0.0-6.5.1: step-up with the second factor, everything else down."""
    first, second = notes_of(world, 2)
    refused = press(ben, first, "000000")
    assert refused.errors["code"].startswith("That code is not right")
    code = code_of(bens_secret)
    assert CANARY in press(ben, first, code).text
    assert press(ben, second, code).errors["code"].startswith("That code is not right")
    assert world.count(EmergencyOpening) == 1
    assert CANARY in press(ben, second, code_of(bens_secret, counter_offset=1)).text


def test_wrong_codes_slow_down_and_whom_to_call_still_stands_there(ben, bens_secret, world):
    (note,) = notes_of(world, 1)
    for _ in range(5):
        press(ben, note, "000000")
    page = press(ben, note, code_of(bens_secret))
    assert "Too many wrong tries" in page.errors[""]
    assert "Elif" in page.text
    assert "tel:" in page.html


def letters(world):
    """Return what would leave now: the mail to each person, or why it does not."""
    with world.session() as session:
        written = {}
        for message in session.scalars(select(OutboxMessage)):
            name = session.get_one(Account, message.account_id).name
            try:
                letter = release.compose(session, world.moment, queued(message), SENDER)
                mail = message_from_bytes(letter.message.as_bytes(), policy=default)
                written[name] = f"{mail['Subject']}\n{mail.get_content()}"
            except WithheldError as withheld:
                written[name] = withheld.why
        return written


def test_the_mail_says_a_reference_and_no_more(world):
    """Threats, 16: no name, no word of the entry, no word of the reason."""
    (note,) = notes_of(world, 1)
    with world.does("Ben") as (session, actor):
        sight = find_entries.notice(session, actor, world.moment, note)
        opened = emergencies.open_now(session, actor, world.moment, sight, Danger.CHILD, FEAR)
    written = letters(world)
    assert set(written) == {"Amira", "Elif", "Ewan"}
    for text in written.values():
        assert f"https://coordinator.example/emergencies/{opened}" in text
        for word in ("Kim", "Lane", "LANE", "Ben", "Amira", "Canary", FEAR, "note", "child"):
            assert word not in text


def test_the_mail_stays_here_for_who_may_not_know_of_the_family_any_more(world):
    """Threats, 1 and 12: decided when it leaves, by the rights of that moment."""
    (note,) = notes_of(world, 1)
    with world.does("Dana") as (session, actor):
        family = world.family_for(session, actor)
        here = (session, actor, world.moment, family)
        exclusions.set_exclusion(*here, account(world, "Ewan"), "A cousin")
    with world.does("Ben") as (session, actor):
        sight = find_entries.notice(session, actor, world.moment, note)
        emergencies.open_now(session, actor, world.moment, sight, Danger.CHILD, FEAR)
    assert set(letters(world)) == {"Amira", "Elif"}
    with world.does("Dana") as (session, actor):
        family = world.family_for(session, actor)
        here = (session, actor, world.moment, family)
        exclusions.set_exclusion(*here, account(world, "Elif"), "A cousin")
    assert letters(world)["Elif"] == "may not receive it any more"


def test_an_opening_stands_on_every_entry_of_a_kind_that_has_words(world):
    """Every kind of entry that leaves a notice can be read when it is opened."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, "LANE-01")
        writer.of_each_kind("Amira", CANARY, Level.OWN_AGENCY)
    with world.does("Ben") as (session, actor):
        held = reads.held_back(session, actor, world.family_for(session, actor))
        assert len({row.kind for row in held}) >= 6
        for row in held:
            sight = find_entries.notice(session, actor, world.moment, row.reference)
            opened = emergencies.open_now(session, actor, world.moment, sight, Danger.ADULT, FEAR)
            found = find_emergencies.emergency(session, actor, world.moment, opened)
            words = reads.one(session, world.moment, found).words
            assert WITHOUT_WORDS.get(row.kind, CANARY[:20]) in str(words.said), row.kind


def test_what_was_opened_for_one_agency_is_closed_while_acting_for_the_other(gus, world):
    """E07: Gus opens it for Eastway; for Northside, where he has no part in the case, it is not."""
    with world.does("Ben") as (session, actor):
        membership = session.scalars(
            select(Membership.reference)
            .join(Team, Team.id == Membership.team_id)
            .where(
                Membership.account_id == world.account_id("Gus"),
                Team.name == "Eastway Family Support",
            )
        ).one()
        family = world.family_for(session, actor)
        involvements.add_colleague(session, actor, world.moment, family, membership)
    (note,) = notes_of(world, 1)
    with world.does("Gus", team="Eastway Family Support") as (session, actor):
        sight = find_entries.notice(session, actor, world.moment, note)
        opened = emergencies.open_now(session, actor, world.moment, sight, Danger.CHILD, FEAR)
    assert gus.get(f"/emergencies/{opened}").status == 404
    gus.act_for("Eastway")
    assert CANARY in gus.get(f"/emergencies/{opened}").text
    with world.session() as session:
        looks = session.scalars(
            select(TrailEvent).where(TrailEvent.action == "emergencies.read")
        ).all()
        eastway = session.scalars(select(Team).where(Team.name == "Eastway Family Support")).one()
    assert [look.agency_id for look in looks if look.allowed] == [eastway.agency_id]


def test_a_review_is_due_on_the_next_working_day_in_london():
    """Threats, 15: what is opened on a Friday, or just before midnight on a Sunday, on Monday."""
    friday = datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert reads.review_by(friday) == date(2026, 11, 23)
    assert reads.review_by(friday + timedelta(days=2)) == date(2026, 11, 23)
    assert reads.review_by(friday - timedelta(days=1)) == date(2026, 11, 20)
    in_summer = datetime(2026, 7, 12, 23, 30, tzinfo=UTC)  # Monday in London already
    assert reads.review_by(in_summer) == date(2026, 7, 14)
