"""Immediate danger: who opens nothing, what does not open, and what closes again."""

import pytest
from sqlalchemy import select

from casework import CANARY, SHARING, newest_note
from coordinator.access import find_entries
from coordinator.errors import DeniedError, InvalidError
from coordinator.models.emergencies import EmergencyOpening
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.services import emergencies, exclusions
from coordinator.vocabulary import Danger, Level, Notice
from danger import FEAR, HOME, noted, open_now, opened
from listed import account
from page import Client
from signing_in import PASSWORD


@pytest.fixture
def ben(demo_app):
    """Ben of the other agency, in the demo, where a password is the second look."""
    return Client(demo_app).sign_in("Ben")


@pytest.fixture
def note(world):
    """A note for Amira's own agency, of which Ben has the notice; return its reference."""
    return noted(world, CANARY)


def test_nobody_but_a_member_of_the_case_opens_anything(
    demo_app, note, bella, dana, dev, elif_, farah, gus, petra, hana, world
):
    for client in (bella, elif_, farah, gus, petra, hana, dana, dev):
        page = client.get(f"/notices/{note}/open")
        assert page.status in (403, 404), client.name
        assert CANARY not in page.html
    with world.does("Elif") as (session, actor):
        assert find_entries.notice(session, actor, world.moment, note) is None


def test_who_reads_an_entry_anyway_has_no_notice_to_open(amira, note):
    assert amira.get(f"/notices/{note}/open").status == 404


def test_what_leaves_no_notice_cannot_be_opened_and_is_not_shown_to_exist(ben, note, world):
    """Even in danger: a lead can be asked, and the page says so (decision 0013)."""
    with world.does("Amira") as (session, _actor):
        session.get_one(Entry, newest_note(world).id).notice = Notice.NOBODY
    page = ben.get(f"/notices/{note}/open")
    assert page.status == 404
    assert page.body == ben.get("/notices/ZZZZZZZZZ/open").body
    page = ben.get(HOME)
    assert "Nothing that you would be told of." in page.text
    assert "A lead can look" in page.text


def test_what_the_parent_alone_decides_on_is_not_opened_even_in_danger(ben, note, world):
    """spec/sharing.md, parent's own."""
    with world.does("Amira") as (session, _actor):
        session.get_one(Entry, newest_note(world).id).level = Level.PARENTS_OWN
    assert "The parent alone decides who reads it" in ben.get(HOME).text
    assert ben.get(f"/notices/{note}/open").status == 403
    with world.does("Ben") as (session, actor):
        sight = find_entries.notice(session, actor, world.moment, note)
        with pytest.raises(DeniedError):
            emergencies.open_now(session, actor, world.moment, sight, Danger.CHILD, FEAR)


def test_a_safe_contact_that_leaves_a_notice_opens(ben, note, world):
    """spec/sharing.md: an item above their level, for immediate danger."""
    with world.does("Amira") as (session, _actor):
        session.get_one(Entry, newest_note(world).id).level = Level.SAFE_CONTACT
    assert CANARY in open_now(ben, note).text


def test_an_excluded_worker_never_gets_in_neither_before_nor_after(ben, note, dana, world):
    """Threats, 1: exclusion beats the emergency path."""
    reference = opened(world, note)
    assert CANARY in ben.get(f"/emergencies/{reference}").text
    with world.does("Dana") as (session, actor):
        family = world.family_for(session, actor)
        exclusions.set_exclusion(
            session, actor, world.moment, family, account(world, "Ben"), "A neighbour"
        )
    for there, nowhere in (
        (f"/emergencies/{reference}", "/emergencies/ZZZZZZZZZ"),
        (f"/notices/{note}/open", "/notices/ZZZZZZZZZ/open"),
        (HOME, HOME.replace("LANE-01", "LANE-99")),
    ):
        for method in ("GET", "POST"):
            data = {"csrf_token": ben.csrf_token()} if method == "POST" else None
            page, absent = (ben.open(method, path, data=data) for path in (there, nowhere))
            assert (page.status, page.body) == (absent.status, absent.body)
    assert "LANE-01" not in ben.get("/today").html


def test_who_leaves_the_case_loses_what_was_opened_at_the_next_request(ben, note, world):
    """Threats, 12."""
    reference = opened(world, note)
    with world.does("Dev") as (session, _actor):
        mine = session.scalars(
            select(Involvement).where(Involvement.account_id == world.account_id("Ben"))
        ).one()
        mine.ends_on = mine.starts_on
        mine.starts_on = mine.starts_on.replace(year=2020)
        mine.ends_on = mine.starts_on
    assert ben.get(f"/emergencies/{reference}").status == 404


def test_pressing_twice_opens_once(ben, note, world):
    page = ben.get(f"/notices/{note}/open")
    said = {"danger": "child", "reason": FEAR, "password": PASSWORD}
    first = ben.submit(page, said, button="Open it now")
    again = ben.submit(page, said, button="Open it now")
    assert first.path == again.path
    assert ben.get(f"/notices/{note}/open").path == first.path
    assert world.count(EmergencyOpening) == 1


def test_a_reason_of_blanks_is_none(note, world):
    with world.does("Ben") as (session, actor):
        sight = find_entries.notice(session, actor, world.moment, note)
        with pytest.raises(InvalidError):
            emergencies.open_now(session, actor, world.moment, sight, Danger.ADULT, " " * 30)


def test_the_held_back_list_of_sharing_leads_to_it(ben, note):
    assert HOME in ben.get(SHARING).links.values()
