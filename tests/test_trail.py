"""The trail is written whoever changes, reads or is refused, and cannot be passed by (E60)."""

from __future__ import annotations

import base64
import hmac
import json

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import OperationalError

import records
import routes
from coordinator import trail
from coordinator.access import door
from coordinator.access.door import page, requires
from coordinator.access.policy import Permission
from coordinator.errors import NoActorError, TrailBypassedError
from coordinator.models.accounts import Account, SetupLink
from coordinator.models.entries import Entry, EntryReader, EntryVersion
from coordinator.models.families import Exclusion, Involvement, Person
from coordinator.models.plans import Goal
from coordinator.models.trail import TrailEvent, TrailKey
from coordinator.trail import commitment
from coordinator.vocabulary import EventKind
from page import Client
from world import World


def last(session, **conditions):
    statement = select(TrailEvent).order_by(TrailEvent.seq.desc()).limit(1)
    return session.scalars(statement.filter_by(**conditions)).one()


def test_without_an_actor_nothing_is_written(session):
    person = session.scalars(select(Person)).first()
    person.phone = "01632 960999"
    with pytest.raises(NoActorError):
        session.flush()
    session.rollback()


def test_a_look_without_an_actor_is_not_written(session):
    with pytest.raises(NoActorError):
        trail.write(session, EventKind.LOOK, action="families.read")


def test_while_a_page_is_read_no_record_changes(session):
    trail.acting(session, trail.Acting(service="test"), "families.read", reading=True)
    session.scalars(select(Person)).first().phone = "01632 960999"
    with pytest.raises(TrailBypassedError):
        session.flush()
    session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        update(Person).values(phone="1"),
        update(Entry).values(level="open"),
        delete(Involvement),
        insert(Exclusion).values(reason="x"),
        update(Person.__table__).values(name="1"),
        delete(Goal.__table__),
        text("DELETE FROM people"),
        text("SELECT name FROM people"),
    ],
    ids=str,
)
def test_a_statement_that_would_pass_the_trail_by_raises(session, statement):
    trail.acting(session, trail.Acting(service="test"), "test")
    with pytest.raises(TrailBypassedError):
        session.execute(statement)


def test_a_change_writes_who_for_whom_what_and_which_fields_but_no_words(world):
    """S32 and audit-log: old and new values are commitments, never the values."""
    with world.does("Amira", "people.change") as (session, actor):
        person = session.scalars(select(Person).where(Person.name == "Kim Lane")).one()
        before = person.phone
        person.phone = "01632 960999"
        session.flush()
        event = last(session, kind="change")
        assert (event.actor_id, event.agency_id) == (actor.account_id, actor.agency_id)
        assert (event.action, event.record_kind) == ("people.change", "people")
        assert (event.record_ref, event.family_id) == (person.reference, person.family_id)
        assert event.allowed
        fields = json.loads(event.fields)
        assert set(fields) == {"phone"}
        assert "960999" not in event.fields
        key = session.get_one(TrailKey, event.event_id).key
        assert fields["phone"][1] == commitment(key, "phone", "01632 960999")
        assert fields["phone"][0] == commitment(key, "phone", before)


def test_a_commitment_is_a_keyed_hash_that_anybody_with_the_key_can_work_out():
    words = b'["text", "Sleep \xe2\x80\x93 well"]'
    expected = base64.urlsafe_b64encode(hmac.digest(b"k" * 16, words, "sha256")[:12]).decode()
    assert commitment(b"k" * 16, "text", "Sleep – well") == expected


def test_a_password_and_a_second_factor_never_reach_the_trail(world):
    with world.does("Farah") as (session, _actor):
        account = session.scalars(select(Account).where(Account.name == "Bella")).one()
        account.password_hash = "$argon2id$new"
        account.totp_secret = "SECRET"
        session.add(
            SetupLink(
                account_id=account.id,
                token_hash=b"t" * 32,
                made_at=world.moment.now,
                expires_at=world.moment.now,
            )
        )
        session.flush()
        events = session.scalars(select(TrailEvent).order_by(TrailEvent.seq.desc()).limit(2)).all()
        found = {event.record_kind: json.loads(event.fields) for event in events}
        assert found["accounts"] == {"password_hash": [None, None], "totp_secret": [None, None]}
        assert found["setup_links"]["token_hash"] == [None, None]


def test_an_entry_keeps_the_words_of_each_of_its_versions(world):
    with world.session() as session:
        goal = records.Writer.of(session, world.moment, world.family).goal("Amira", "Sleep")
        goal.text = "Sleep through the night"
        session.flush()
        versions = session.scalars(
            select(EntryVersion).where(EntryVersion.entry_id == goal.id).order_by("version")
        ).all()
        said = [json.loads(version.words)["text"] for version in versions]
        assert said == ["Sleep", "Sleep through the night"]
        assert [v.version for v in versions] == [1, 2]


def test_a_deleted_row_leaves_an_event_with_what_it_said(world):
    """To take a reader off a list is an act as much as to put one on it."""
    with world.session() as session:
        goal = records.Writer.of(session, world.moment, world.family).goal("Amira", "Sleep")
        session.add(reader := EntryReader(entry_id=goal.id, account_id=world.account_id("Bella")))
        session.flush()
        added = last(session)
        session.delete(reader)
        session.flush()
        deleted = last(session)
        assert deleted.seq > added.seq
        assert (deleted.record_kind, deleted.record_ref) == ("entry_readers", goal.reference)
        assert deleted.entry_id == goal.id
        before, after = json.loads(deleted.fields)["account_id"]
        assert after is None
        key = session.get_one(TrailKey, deleted.event_id).key
        assert before == commitment(key, "account_id", reader.account_id)


def test_what_is_new_is_told_from_what_changed_by_its_first_value(world):
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).goal("Amira", "Sleep")
        before, after = json.loads(last(session, record_kind="goals").fields)["text"]
        assert before is None
        assert after


def test_each_event_of_a_writer_has_the_next_number(world):
    """A removed event leaves a hole."""
    with world.does("Amira") as (session, _actor):
        for _ in range(3):
            trail.write(session, EventKind.LOOK)
        rows = session.execute(
            select(TrailEvent.writer, TrailEvent.writer_n).order_by(TrailEvent.seq.desc()).limit(3)
        ).all()
        assert len({writer for writer, _n in rows}) == 1
        assert [n for _writer, n in rows] == [rows[0][1], rows[0][1] - 1, rows[0][1] - 2]


def test_the_database_writes_its_own_time_beside_ours(world):
    with world.does("Amira") as (session, _actor):
        trail.write(session, EventKind.LOOK)
        event = last(session)
        assert abs(event.db_at - event.at) < 5_000_000


def test_a_page_writes_its_look_before_it_is_shown(amira, world):
    amira.get("/families/LANE-01")
    with world.session() as session:
        event = last(session, kind="look")
        assert (event.record_ref, event.action) == ("LANE-01", "families.read")
        assert event.actor_id == world.account_id("Amira")
        assert event.session_hash
        assert event.request_id


def test_a_hidden_family_and_a_made_up_one_leave_the_same_refusal(bella, world, statements):
    """E59, S32: the same row with the same number of statements."""
    seen = []
    for reference in ("LANE-01", "ZZZZ99999"):
        statements.clear()
        assert bella.get(f"/families/{reference}").status == 404
        asked = [s.partition(" (")[0] for s in statements]
        with world.session() as session:
            event = last(session, kind="refusal")
            row = (event.actor_id, event.agency_id, event.family_id, event.action, event.allowed)
            seen.append((asked, row, event.entry_id, event.record_kind, event.reason))
            assert event.record_ref == reference
    assert seen[0] == seen[1]


def test_what_was_typed_instead_of_a_reference_does_not_reach_the_trail(amira, world):
    assert amira.get("/families/Kim%20Lane").status == 404
    with world.session() as session:
        assert last(session, kind="refusal").record_ref is None


def test_a_page_that_would_write_is_refused(app: Flask, world: World, amira, monkeypatch):
    """A GET changes nothing but the trail and its session, whatever a view does."""
    put_in_place(monkeypatch, app, "today.today", _rename)
    with pytest.raises(TrailBypassedError):
        amira.get("/today")
    assert world.count(Person, Person.name == "Somebody Else") == 0


def test_a_view_that_ends_in_a_page_keeps_nothing_of_what_it_did(app, world, amira, monkeypatch):
    """A form that is shown again changed nothing, even if its view had begun to."""
    put_in_place(monkeypatch, app, "sign_in.acting_for", _rename)
    assert amira.post("/acting-for").status == 422
    assert world.count(Person, Person.name == "Somebody Else") == 0


def test_a_look_that_cannot_be_written_shows_nothing(demo_app, world, monkeypatch):
    """No record of the look, no look: every page of the family answers 503 without a word of it."""
    with world.session() as session:
        references = records.build(session, world.moment, world.family)
    amira = Client(demo_app).sign_in("Amira")
    monkeypatch.setitem(demo_app.config, "TESTING", False)

    def fails(*_args, **_values):
        raise OperationalError("INSERT INTO trail_events", {}, Exception("disk full"))

    tried = []
    for rule in routes.rules(demo_app):
        if routes.record_of(rule) in routes.OF_A_FAMILY and "GET" in routes.methods(rule):
            path = routes.address(demo_app, rule, references)
            if amira.get(path, follow=False).status != 200:
                continue
            with monkeypatch.context() as broken:
                broken.setattr(trail, "_row", fails)
                page = amira.get(path, follow=False)
            assert page.status == 503, path
            assert "Nothing was shown" in page.text
            for word in ("Kim", "Leo", "Nate", "breakfast", "LANE"):
                assert word not in page.html, path
            tried.append(path)
    assert len(tried) >= 1


def _rename(visit):
    visit.session.scalars(select(Person)).first().name = "Somebody Else"
    visit.session.flush()
    return page("error.html", title="Begun", message="Nothing is kept.")


def put_in_place(monkeypatch, app, endpoint, view):
    """Let a view of the test's own stand behind an endpoint, through the door as any other."""
    guarded = door._guarded(endpoint, requires(Permission.TODAY_READ)(view))
    monkeypatch.setitem(app.view_functions, endpoint, guarded)
