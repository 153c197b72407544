"""Bases and shared desks, who is here today, and short slots (E08)."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.access import find_directory
from coordinator.errors import InvalidError
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.desks import Desk, DeskSlot, DeskTalk
from coordinator.models.directory import Site
from coordinator.models.outbox import OutboxMessage
from coordinator.services import absences, desk_slots, desks
from coordinator.services.absences import Away
from coordinator.services.desks import Place
from coordinator.vocabulary import SlotOutcome
from listed import account, next_tuesday, reference

MINUTES = {"opens": 9 * 60, "closes": 10 * 60, "slot_minutes": 20}
ABOUT = "Book a slot with one of them at a shared desk"
TAKEN = "This slot is taken or over. Choose another"


@contextmanager
def at_work(*people, hour=8):
    """Sign people in on a Tuesday morning; the slots are at 9am, 9:20am and 9:40am."""
    with clock.standing_at(next_tuesday(hour)):
        yield [type(one)(one.app).sign_in(one.name) for one in people]


def sits(world, name, **place):
    """Say that somebody sits at Northside House, from today on."""
    with world.does(name) as (session, actor):
        who = find_directory.colleague(session, actor, world.moment, actor.reference)
        site = reference(world, Site, Site.name == "Northside House")
        place = {"site": site, "starts_on": world.moment.today} | place
        desks.tell(session, actor, world.moment, who, Place(**place))


def both(world):
    """Let Ben have a desk on Tuesdays where Amira is based."""
    sits(world, "Ben", weekday=1, **MINUTES)
    sits(world, "Amira")


def book(page, client, line="The new form", **said):
    """Book the first slot that the form offers, or the one that is said."""
    offered = [one["value"] for one in page.soup.select("#slot option") if one["value"]]
    return client.submit(page, {"slot": offered[0], "line": line} | said)


def test_ben_is_here_on_tuesday_and_a_booked_slot_becomes_a_contact(amira, ben, world):
    """E08.

    Given Ben's shared-desk day at the CMHT base is Tuesday, When Amira opens Today on a Tuesday,
    Then Ben is listed with free slots and a booked slot is in both people's lists and logged as a
    contact once held.
    """
    both(world)
    with at_work(amira, ben) as (she, he):
        today = she.get("/today")
        assert "Ben (3 free slots)" in today.text
        assert "Here today" not in he.get("/today").text
        form = she.click(she.get("/families/LANE-01"), ABOUT)
        booked = book(form, she, line="How the school mornings go")
        assert "LANE-01" in booked.text
        for one, other in ((she, "Ben"), (he, "Amira")):
            assert f"Talk with {other} at Northside House" in one.get("/today").text
        assert "2 free slots" in she.get("/today").text
        assert "Talk at a shared desk" in he.get("/calendar").text
        early = he.get(f"{booked.path}/settle")
        assert early.path == booked.path
    with at_work(amira, ben, hour=11) as (she, he):
        form = he.click(he.get("/today"), "Say whether you talked with Amira (family LANE-01)")
        wrong = he.submit(form, {"outcome": "held"})
        assert wrong.errors["line"] == "Enter one line: what was said"
        log = he.submit(wrong, {"outcome": "held", "line": "Mornings are calm"})
        assert "Mornings are calm" in log.text
        assert "Say whether you" not in she.get("/today").text
        assert "Last tried today, and reached" in he.get("/families/LANE-01").text
    with world.session() as session:
        contact = session.query(ContactAttempt).filter_by(line="Mornings are calm").one()
        assert clock.local(contact.attempted_at).hour == 9


def test_where_somebody_sits_is_told_by_themselves_or_a_manager(ben, bella, dev, world):
    """E08: base and shared-desk days, from and until a day, with their history."""
    page = ben.click(ben.get("/directory/me"), "Add a base or a shared desk")
    site = reference(world, Site, Site.name == "Northside House")
    said = {"day": "1", "site": site, "opens": "1pm", "closes": "9am", "slots": "20"}
    wrong = ben.submit(page, said | {"opens": ""})
    assert wrong.errors["opens"] == "Enter from when the desk is theirs"
    wrong = ben.submit(wrong, said)
    assert wrong.errors["closes"] == "The desk ends before it begins"
    page = ben.submit(wrong, {"opens": "9am", "closes": "1pm"})
    assert "9am to 1pm: Northside House, slots of 20 minutes" in page.text
    theirs = f"/directory/people/{account(world, 'Ben')}"
    assert bella.post(f"{theirs}/desk").status == 403
    again = dev.submit(dev.get(f"{theirs}/desk"), said | {"opens": "9am", "closes": "1pm"})
    assert "End that one first" in again.errors["opens"]
    sits(world, "Ben")
    sits(world, "Ben", starts_on=clock.today() + timedelta(days=3))
    assert world.count(Desk, Desk.ends_on.is_not(None)) == 1
    assert "End it" in dev.get(theirs).text


def test_who_is_here_leaves_out_who_is_away_and_bank_holidays(amira, ben, world):
    """E08: by site and day, with the day before and after."""
    both(world)
    with at_work(amira) as (she,):
        page = she.get("/directory/here")
        assert "3 free slots, the first at 9am" in page.text
        assert "nobody at a shared desk" in she.click(page, "Day after").text
        holiday = she.get("/directory/here?day=2026-12-25")
        assert "bank holidays" in holiday.text
        booked = book(she.get(f"/directory/people/{account(world, 'Ben')}/slots/book"), she)
        with world.does("Ben") as (session, actor):
            who = find_directory.colleague(session, actor, world.moment, actor.reference)
            away = Away(world.moment.today, world.moment.today)
            absences.tell(session, actor, world.moment, who, away)
        assert "nobody at a shared desk" in she.get("/directory/here").text
        assert "Here today" not in she.get("/today").text
        assert "Cancelled" in she.get(booked.path).text


def test_nobody_books_a_slot_that_is_taken_or_over_or_names_a_family(amira, bella, ben, world):
    """E08: of two at once, one gets a clear answer; a slot without a family names none."""
    both(world)
    here = f"/directory/people/{account(world, 'Ben')}/slots/book"
    with at_work(amira, bella, ben) as (she, other, he):
        mine, theirs = she.get(here), other.get(here)
        refused = book(mine, she, line="About Kim")
        assert "Take out what leads to a family" in refused.errors["line"]
        assert book(mine, she).status == 200
        late = book(theirs, other)
        assert late.status == 422
        assert late.errors["slot"] == TAKEN
        assert he.get(here).status == 403
        assert other.get(f"/slots/{reference(world, DeskSlot)}").status == 404
    with at_work(amira, hour=11) as (she,):
        over = she.get(here)
        first = next(one["value"] for one in mine.soup.select("#slot option") if one["value"])
        assert first not in over.html
        with world.does("Amira") as (session, actor):
            ben_id = world.account_id("Ben")
            with pytest.raises(InvalidError, match="taken or over"):
                desk_slots.book(session, actor, world.moment, {ben_id}, first, "Late")


def test_either_cancels_with_a_word_and_the_mail_tells_the_time_alone(amira, ben, world):
    """E08: the slot is free again; the mail has a reference and a time and no word of a family."""
    both(world)
    with at_work(amira, ben) as (she, he):
        booked = book(she.get("/families/LANE-01/slots/book"), she)
        page = he.submit(he.click(he.get(booked.path), "Cancel the slot"), {"word": "Next week"})
        assert "Next week" in she.get(booked.path).text
        assert "Talk with" not in she.get("/today").text
        assert "3 free slots" in she.get("/today").text
        assert he.post(f"{page.path}/settle").status == 403
    assert world.count(DeskSlot, DeskSlot.outcome == SlotOutcome.CANCELLED) == 1
    assert world.count(OutboxMessage, OutboxMessage.kind == "slot-cancelled") == 1
    assert world.count(DeskTalk) == 1
