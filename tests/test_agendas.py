"""An agenda in parts, each open or closed to the other agency, and what each person sees of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

import gathering
import records
from coordinator import clock
from coordinator.models.agendas import AgendaPart
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, Level
from gathering import invitations, letter, waiting
from minuting import NOTE, SECRET, TEXT, add, begins, lend, part, review, shut


@pytest.fixture
def planned(amira) -> str:
    """Give a care review with four parts, of which the third is closed to children's services."""
    meeting = review(amira)
    add(amira, meeting, "How things are")
    shut(amira, meeting)
    add(amira, meeting, "What we agree")
    return meeting


def test_closing_a_part_wants_a_category_and_a_line(amira, world):
    """J03, 2: a reason category and a line of text are required."""
    meeting = review(amira)
    page = shut(amira, meeting, closed_reason=None, closed_note="")
    assert page.status == 422
    assert page.errors["closed_reason"] == "Choose why it is closed"
    assert page.errors["closed_note"] == "Say in a line why it is closed"
    assert SECRET in page.html
    assert world.count(AgendaPart) == 0


def test_the_other_agency_sees_that_a_part_is_closed_by_whom_and_why_and_no_word_of_it(
    ben, planned
):
    """E12: parts 1, 2 and 4, and that part 3 is closed, by whom and why, with a way to ask."""
    for path in (f"/meetings/{planned}", f"/meetings/{planned}/agenda"):
        page = ben.get(path)
        assert "Part 2: How things are" in page.text
        assert "2:40pm to 2:55pm" in page.text
        assert "Part 3 Closed to your agency" in page.text
        assert "2:55pm to 3:10pm" in page.text
        assert "Therapy content, not needed for the decision. Closed by Amira" in page.text
        assert "Part 4: What we agree" in page.text
        assert "Ask about part 3" in page.links
        for word in (SECRET, TEXT, NOTE):
            assert word not in page.html


def test_the_words_of_a_closed_part_are_nowhere_for_the_other_agency(ben, dev, planned, world):
    """E12, I06: not on any page of the family, nor in its download, nor found."""
    handle = part(world).reference
    paths = [
        *(f"/families/LANE-01{tab}" for tab in ("", "/plan", "/meetings", "/contacts", "/sharing")),
        "/today",
        f"/notices/{handle}/ask",
    ]
    pages = [ben.get(path) for path in paths]
    pages += [dev.get("/audit?family=LANE-01"), dev.get("/audit.csv?family=LANE-01")]
    for page in pages:
        for word in (SECRET, TEXT, NOTE):
            assert word not in page.html, page.path
    for act in ("change", "close", "open"):
        assert ben.get(f"/parts/{handle}/{act}").status == 404
        assert ben.post(f"/parts/{handle}/{act}", {}).status == 404


def test_colleagues_of_the_agency_and_the_named_minute_taker_read_a_closed_part(
    amira, hugo, hana, world
):
    """E12: its own agency reads it, and from elsewhere only whom its author names."""
    lend(world)
    meeting = review(amira, chair="Hana", minute_taker="Hugo")
    shut(amira, meeting, also="Hugo")
    assert SECRET in amira.get(f"/meetings/{meeting}").text
    assert SECRET in hugo.get(f"/meetings/{meeting}").text
    assert SECRET not in hana.get(f"/meetings/{meeting}").html


def test_asking_about_a_closed_part_is_a_request_with_a_date_to_who_closed_it(ben, amira, planned):
    """J03, 6: prefilled, with a date; it stands on the page of who closed the part."""
    page = ben.click(ben.get(f"/meetings/{planned}"), "Ask about part 3")
    assert "Part 3 of the care plan review (CPA) on" in page.html
    due = clock.today() + timedelta(days=7)
    assert page.field("due_on-day") == str(due.day)
    asked = {"why": "To prepare", "decision": "The conference on Friday"}
    page = ben.submit(page, asked, button="Ask")
    assert "Amira" in page.text
    assert "Answer the request for information: Part 3 of t" in amira.get("/today").text


def test_what_is_still_to_be_done_comes_first_without_anybody_doing_anything(ben, amira, world):
    """E14: the action that was due yesterday is the first item of the next agenda."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        asked = writer.action("Ben", "Amira", "Ring the nursery")
        asked.due_on = clock.today() - timedelta(days=1)
    meeting = review(ben)
    text = ben.get(f"/meetings/{meeting}").text
    assert text.index("Agenda") < text.index("Part 1: What is still to be done")
    assert "Ring the nursery" in text
    add(ben, meeting, "The summer")
    text = ben.get(f"/meetings/{meeting}/agenda").text
    assert text.index("Ring the nursery") < text.index("Part 2: The summer")
    begins(world, meeting)
    assert "Ring the nursery" in ben.get(f"/meetings/{meeting}").text


def test_somebody_asked_to_some_parts_only_reads_their_times_on_the_page_and_in_the_mail(
    amira, ben, planned, world
):
    """E12: an invitation may be for some parts only."""
    wanted = invitations(world)["Ben"].reference
    page = amira.get(f"/meetings/{planned}/agenda/asked?invitation={wanted}")
    amira.submit(page, {"parts": [part(world, "What we agree").reference]}, button="Save")
    assert "You are asked to part 4 (3:10pm to 3:25pm)." in ben.get(f"/meetings/{planned}").text
    mail = letter(world, waiting(world, "Ben")[-1]).message.get_body(("plain",)).get_content()
    assert "You are asked from 3:10pm to 3:25pm." in mail
    assert SECRET not in mail
    assert "What we agree" not in mail


def test_a_deputy_reads_the_titles_of_their_own_parts_and_no_other_words(
    amira, cerys, planned, world
):
    page = amira.get(f"/meetings/{planned}/reply?reply=delegated")
    amira.submit(page, {"deputy": gathering.membership(world, "Cerys")}, button="Save your answer")
    wanted = invitations(world)["Cerys"].reference
    page = amira.get(f"/meetings/{planned}/agenda/asked?invitation={wanted}")
    amira.submit(page, {"parts": [part(world, "What we agree").reference]}, button="Save")
    page = cerys.get(f"/meetings/{planned}")
    assert "Part 4: What we agree" in page.text
    assert "How things are" not in page.html
    assert SECRET not in page.html


def test_a_part_is_changed_moved_and_taken_off(amira, planned):
    page = amira.get(f"/meetings/{planned}/agenda")
    page = amira.submit(
        amira.get(page.links["Change part 4"]), {"title": "What we decide", "length": "30"}
    )
    assert "Part 4: What we decide" in page.text
    page = amira.submit(page, button="Earlier part 4")
    assert page.text.index("What we decide") < page.text.index(SECRET)
    page = amira.submit(page, button="Take it off part 2")
    assert "How things are" not in page.text


def test_a_part_is_closed_and_opened_again_with_what_sharing_asks(amira, ben, world):
    """E12: opening a closed part is an act of sharing."""
    meeting = review(amira)
    add(amira, meeting, SECRET)
    page = amira.get(
        amira.get(f"/meetings/{meeting}/agenda").links["Close it to the other agency: part 2"]
    )
    amira.submit(page, {"closed_reason": "health", "closed_note": NOTE}, button="Close it")
    assert SECRET not in ben.get(f"/meetings/{meeting}").html
    handle = part(world).reference
    page = amira.submit(amira.get(f"/parts/{handle}/open"), {}, button="Open it")
    assert page.errors["purpose"] == "Choose why you share it"
    facts = {
        "purpose": "joint-plan",
        "basis": "BASE00004",
        "who_needs": "Ben, to plan",
        "what": "The part",
        "parent_told": "yes",
        "parent_view": "She agrees",
    }
    amira.submit(page, facts, button="Open it")
    assert part(world).level is Level.OPEN
    assert SECRET in ben.get(f"/meetings/{meeting}").text


def test_closing_a_part_stands_in_the_audit(dana, planned, world):
    """J03, 8: who closed it, without a word of it."""
    held = gathering.trail(world, TrailEvent.kind == EventKind.SHARING.value)
    assert [(e.outcome, e.actor_id) for e in held] == [("held-back", world.account_id("Amira"))]
    assert SECRET not in dana.get("/audit?family=LANE-01").html


def test_the_other_agency_may_not_change_a_part(ben, amira, planned, world):
    open_part = part(world, "How things are").reference
    assert ben.get(f"/parts/{open_part}/change").status == 403
    assert ben.post(f"/parts/{open_part}/drop", {}).status == 403


def test_ground_rules_are_the_areas_own_words_and_stand_on_the_agenda(farah, ben, amira):
    """E34: ground rules on the agenda."""
    page = farah.get("/ground-rules")
    farah.submit(page, {"text": "We listen.\nWe ask."}, button="Save the rules")
    meeting = review(amira)
    text = ben.get(f"/meetings/{meeting}").text
    assert "How we speak with each other We listen. We ask." in text
