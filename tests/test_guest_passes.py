"""A guest comes in by a link: one meeting, and nothing beside it (P01, P13, E40, S12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

import gathering
import visiting
from coordinator import clock
from coordinator.models.agendas import AgendaPart, InvitationPart
from coordinator.models.boards import BoardEntry
from coordinator.models.guests import Guest
from coordinator.models.plans import WhatHelps
from coordinator.models.trail import TrailEvent
from coordinator.settings import SETTINGS, Settings
from coordinator.vocabulary import BoardSide, EventKind, Level, Reply
from gathering import PURPOSE, arrange, reference
from page import Client
from records import Writer
from visiting import Asked, ask, comes_in, invitation, link

NOT_FOR_GUESTS = ("Kim", "Leo", "Mia", "Nate", "LANE", "Core group", PURPOSE)


@pytest.fixture
def asked(ben, world) -> Asked:
    return ask(world, reference(arrange(ben, chair="Hana")))


@pytest.fixture
def ines(app) -> Client:
    return Client(app)


def part(world, asked: Asked, title: str, *, level: Level = Level.OPEN, invited: bool = True):
    with world.session() as session:
        writer = Writer.of(session, world.moment, "LANE-01")
        made = writer.add(
            AgendaPart,
            "Ben",
            level,
            meeting_id=asked.meeting_id,
            position=1,
            title=title,
            what=f"{title}, and what to bring",
            length=15,
        )
        if invited:
            session.add(InvitationPart(invitation_id=asked.invitation_id, part_id=made.id))


def test_a_guest_sees_when_and_where_and_nothing_of_the_family(ines, world, asked):
    """P13, P01: time, place, who asks; no name, kind of meeting, purpose or other invitee."""
    page = ines.get(link(world, asked))
    assert page.status == 200
    assert page.h1 == "The meeting you are asked to"
    assert "Northside" in page.text
    assert "Ben" in page.text
    for words in (*NOT_FOR_GUESTS, "Amira", "Hana"):
        assert words not in page.html, words
    assert not page.soup.select("nav")
    assert "/directory" not in page.html


def test_a_guest_reads_the_parts_they_are_asked_to_and_no_other(ines, world, asked):
    """E40: part 2 and own actions are visible and nothing else; a closed part is not there."""
    part(world, asked, "Rent arrears")
    part(world, asked, "Medication", invited=False)
    part(world, asked, "Therapy", level=Level.OWN_AGENCY)
    page = ines.get(link(world, asked))
    assert "Rent arrears" in page.text
    assert "15 minutes" in page.text
    assert "Medication" not in page.html
    assert "Therapy" not in page.html


def test_a_guest_reads_what_helps_as_far_as_both_agencies_do(ines, world, asked):
    with world.session() as session:
        writer = Writer.of(session, world.moment, "LANE-01")
        writer.add(WhatHelps, "Amira", text="Short visits, and say when you will come")
        writer.add(WhatHelps, "Amira", Level.OWN_AGENCY, text="Only for the team")
    page = ines.get(link(world, asked))
    assert "Short visits" in page.text
    assert "Only for the team" not in page.html


def test_a_guest_reads_their_own_actions_and_the_worker_keeps_them(ben, ines, world, asked):
    """P13, E40: what a guest is to do stands on their page, and late on the worker's list."""
    page = ben.get("/families/LANE-01/plan/actions/add")
    for text, owner in (("Weigh Mia on Monday", "Ines"), ("Ring the school", "Amira")):
        choice = next(
            option["value"]
            for option in page.soup.select('select[name="owner"] option')
            if owner in option.get_text()
        )
        ben.submit(
            page,
            {"text": text, "owner": choice, "due_on": clock.today() + timedelta(days=3)},
            button="Add the action",
        )
    shown = ines.get(link(world, asked))
    assert "Weigh Mia on Monday" in shown.text
    assert "Ring the school" not in shown.html
    assert "Ines, asked by Ben" in ben.get("/families/LANE-01/plan").text
    with time_machine.travel(clock.now() + timedelta(days=5)):
        again = Client(world.app).sign_in("Ben")
        assert "Weigh Mia on Monday" in again.get("/today").text


def test_a_name_is_shown_only_once_somebody_decided_it(ben, ines, world, asked):
    """P01: no family member's name beyond what is decided, and the trail says who decided."""
    page = ben.get(f"/meetings/{asked.meeting}/guest-links/names?guest={asked.guest}")
    mia = next(
        box["value"]
        for box in page.soup.select('input[name="names"]')
        if "Mia" in page.soup.find("label", {"for": box["id"]}).get_text()
    )
    ben.submit(page, {"names": [mia]}, button="Save")
    page = ines.get(link(world, asked))
    assert "About Mia" in page.text
    assert "Leo" not in page.html
    (event,) = gathering.trail(world, TrailEvent.outcome == "name-shown")
    assert event.actor_id == world.account_id("Ben")


def test_each_answer_of_a_guest_reaches_the_meeting(ben, ines, world, asked):
    """P13: coming, perhaps, apologies, a deputy by name; each in the trail as a reply."""
    home = link(world, asked)
    page = ines.submit(ines.get(home), button="Yes, I am coming")
    assert "You are expected" in page.text
    assert invitation(world, asked).reply is Reply.ACCEPTED
    form = ines.get(f"{home}/reply?reply=delegated")
    refused = ines.submit(form, button="Send your answer")
    assert refused.status == 422
    assert refused.errors["deputy"] == "Enter the name of who comes for you"
    ines.submit(refused, {"deputy": "Jo Ash, health visitor"}, button="Send your answer")
    mine = invitation(world, asked)
    assert (mine.reply, mine.deputy_name) == (Reply.DELEGATED, "Jo Ash, health visitor")
    form = ines.get(f"{home}/reply?reply=declined")
    ines.submit(form, {"deputy": "", "note": "On leave"}, button="Send your answer")
    assert invitation(world, asked).reply is Reply.DECLINED
    replies = gathering.trail(world, TrailEvent.kind == EventKind.REPLY.value)
    assert {event.service for event in replies} == {f"guest:{asked.guest}"}
    assert [event.outcome for event in replies] == ["accepted", "delegated", "declined"]
    assert {event.actor_id for event in replies} == {None}


def test_a_written_view_and_a_strength_come_by_the_link(ines, world, asked):
    """P13, S12: a contribution without an account; the same strength twice is one."""
    home = link(world, asked)
    view = ines.get(f"{home}/written-view")
    ines.submit(view, {"written_view": "Mia gains weight well"}, button="Send your view")
    assert invitation(world, asked).written_view == "Mia gains weight well"
    form = ines.get(f"{home}/board")
    for _ in range(2):
        said = {"side": "strength", "text": "She does all the feeding herself"}
        page = ines.submit(form, said, button="Add it to the board")
    assert "Strength: She does all the feeding herself" in page.text
    with world.session() as session:
        (line,) = session.query(BoardEntry).all()
        assert (line.side, line.said_by_guest_id) == (BoardSide.STRENGTH, asked.guest_id)
    address = ines.submit(form, {"side": "worry", "text": "At 12 Rose Lane"})
    assert address.status == 422


def test_a_link_opens_no_other_page(ines, world, asked):
    """P13: nothing else by menu, search or address; nobody is signed in by it."""
    ines.get(link(world, asked))
    for path in (f"/meetings/{asked.meeting}", "/families/LANE-01", "/today", "/directory"):
        assert ines.get(path, follow=False).headers["Location"] == "/sign-in"


def test_a_worker_who_opens_a_link_acts_as_the_guest_and_shows_no_menu(amira, world, asked):
    page = amira.get(link(world, asked))
    assert not page.soup.select("nav")
    assert "Amira" not in page.html
    (look,) = gathering.trail(
        world, TrailEvent.kind == EventKind.LOOK.value, TrailEvent.service.startswith("guest:")
    )
    assert (look.service, look.actor_id) == (f"guest:{asked.guest}", None)


@pytest.mark.parametrize("how", ["withdrawn", "removed", "ended", "expired", "made up", "changed"])
def test_a_link_that_ended_is_refused_with_one_plain_page_and_logged(ben, ines, world, asked, how):
    """P13: after the end the link is refused and logged; every refusal looks the same."""
    address = link(world, asked)
    never = ines.get(visiting.MADE_UP)
    expected = {"removed": "not-invited", "ended": "not-invited"}.get(how, how)
    later = timedelta()
    if how == "withdrawn":
        page = ben.get(f"/meetings/{asked.meeting}/guest-links")
        ben.submit(page, button="Withdraw the link")
    elif how == "removed":
        meeting = ben.get(f"/meetings/{asked.meeting}")
        ben.submit(ben.click(meeting, "Withdraw the invitation of Ines"), button="Withdraw it")
    elif how == "ended":
        with world.does("Ben") as (session, _ben):
            session.get_one(Guest, asked.guest_id).ended_at = world.moment.now
    elif how == "expired":
        later = timedelta(days=11) + SETTINGS.guest_pass_after_meeting
    elif how == "changed":
        # One letter of the signature; the last one holds bits that say nothing.
        other = "A" if address[-9] != "A" else "B"
        address, expected = f"{address[:-9]}{other}{address[-8:]}", "unknown"
    else:
        address, expected = visiting.MADE_UP, "unknown"
    with time_machine.travel(clock.now() + later, tick=True):
        page = ines.get(address)
        reply = ines.get(f"{address}/reply")
    assert (page.status, reply.status) == (404, 404)
    assert page.h1 == "This link does not work"
    assert page.body == never.body
    refusals = gathering.trail(
        world,
        TrailEvent.kind == EventKind.REFUSAL.value,
        TrailEvent.action == "guest-passes.come-in",
    )
    assert [event.outcome for event in refusals[1:]] == [expected] * 2
    known = expected != "unknown"
    assert {event.record_ref for event in refusals[1:]} == {asked.meeting if known else None}


def test_a_new_link_ends_the_old_one(ben, ines, world, asked):
    old = link(world, asked)
    page = ben.get(f"/meetings/{asked.meeting}/guest-links")
    ben.submit(page, button="Send a new link")
    assert ines.get(old).status == 404
    assert ines.get(link(world, asked)).status == 200


def test_a_link_that_is_used_too_often_waits_an_hour(ines, world, asked, monkeypatch):
    """Rate-limited, and the one who knocks too often is in the trail."""
    monkeypatch.setattr("coordinator.access.passes.SETTINGS", Settings(guest_uses_an_hour=3))
    home = link(world, asked)
    assert [ines.get(home).status for _ in range(4)] == [200, 200, 200, 429]
    with time_machine.travel(clock.now() + timedelta(hours=1, minutes=1), tick=True):
        assert ines.get(home).status == 200
    assert len(gathering.trail(world, TrailEvent.outcome == "too-often")) == 1


def test_a_meeting_that_is_over_or_off_takes_no_answer(ben, ines, world, asked):
    home = link(world, asked)
    form = ines.get(f"{home}/reply")
    cancel = ben.get(f"/meetings/{asked.meeting}/cancel")
    ben.submit(cancel, {"reason": "No room"}, button="Cancel the meeting")
    page = ines.submit(form, {"reply": "accepted"}, button="Send your answer")
    assert page.status == 422
    assert "closed" in page.errors[""]
    shown = ines.get(home)
    assert shown.h1 == "A meeting that is cancelled"
    assert "No room" not in shown.html


def test_without_its_look_no_page_is_shown(ines, world, asked, monkeypatch):
    """No record of the look, no look."""
    monkeypatch.setattr(
        "coordinator.access.passes._write_look", lambda *_: (_ for _ in ()).throw(OSError("full"))
    )
    with pytest.raises(OSError, match="full"):
        ines.get(link(world, asked))


def test_the_page_takes_few_statements(ines, world, asked, statements):
    home = link(world, asked)
    statements.clear()
    ines.get(home)
    assert len(statements) <= 14
    assert comes_in(world, asked).status == 200
