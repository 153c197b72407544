"""Minutes part by part: written, kept as a draft, closed, corrected, under today’s rights."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coordinator import clock
from coordinator.models.accounts import Draft
from coordinator.models.plans import Action
from gathering import invitations
from minuting import SECRET, add, begins, came, closed, lend, part, review, shut, strength
from planning import option

SAID = "Kim and the wardrobe of winter"
OPEN_WORDS = "The summer went well"


@pytest.fixture
def held(amira, world) -> str:
    """Give a review of yesterday, with an open part and one closed to children’s services."""
    lend(world)
    meeting = review(amira, chair="Hana", minute_taker="Hugo")
    add(amira, meeting, "How things are")
    shut(amira, meeting, also="Hugo")
    begins(world, meeting)
    return meeting


def write(client, meeting, world, **values):
    page = client.get(f"/meetings/{meeting}/minutes/write")
    filled = {
        f"record_{part(world, 'How things are').reference}": OPEN_WORDS,
        f"record_{part(world).reference}": SAID,
        "decided": "Visits go on every week",
        "parents_view": "Kim is glad",
        **values,
    }
    return client.submit(page, filled, button="Save the minutes")


def add_action(client, page, text="Ring the nursery", who="Amira", **values):
    line = {
        "action_text": text,
        "action_owner": option(page, "action_owner", who),
        "action_due": clock.today() + timedelta(days=3),
        **values,
    }
    return client.submit(page, line, button="Add this action")


def test_the_minutes_of_a_closed_part_are_nowhere_for_the_other_agency(
    hugo, ben, amira, dev, held, world
):
    """E12: Ben reads part 2, and of part 3 that it was closed, by whom and why, and can ask."""
    write(hugo, held, world)
    strength(amira, held)
    came(hugo, held)
    closed(hugo, held)
    page = ben.get(f"/meetings/{held}/minutes")
    assert OPEN_WORDS in page.text
    assert "Part 3 Closed to your agency" in page.text
    assert "Therapy content, not needed for the decision. Closed by Amira" in page.text
    assert "Ask about part 3" in page.links
    tabs = ("", "/plan", "/meetings", "/contacts", "/sharing", "/people", "/openness")
    pages = [page, ben.get("/today"), *(ben.get(f"/families/LANE-01{tab}") for tab in tabs)]
    pages += [ben.get(f"/meetings/{held}{page}") for page in ("", "/agenda", "/board", "/copy")]
    pages += [dev.get("/audit?family=LANE-01"), dev.get("/audit.csv?family=LANE-01")]
    for one in pages:
        assert SAID not in one.html, one.path
        assert SECRET not in one.html, one.path
    assert SAID in amira.get(f"/meetings/{held}/minutes").text


def test_who_was_there_is_kept_part_by_part(hugo, amira, held, world):
    """E12: attendance is kept per part."""
    here = {name: one.reference for name, one in invitations(world).items()}
    open_part, shut_part = part(world, "How things are").reference, part(world).reference
    there = {
        f"there_{open_part}": [here["Amira"], here["Ben"]],
        f"there_{shut_part}": [here["Amira"]],
    }
    write(hugo, held, world, **there)
    text = amira.get(f"/meetings/{held}/minutes").text
    assert "There for it: Amira, Ben" in text
    assert text.count("There for it: Amira") == 2
    page = hugo.get(f"/meetings/{held}/minutes/write")
    ticked = page.soup.select(f"input[name=there_{shut_part}][checked]")
    assert [box["value"] for box in ticked] == [here["Amira"]]


def test_an_action_stands_beneath_at_once_and_nothing_typed_is_lost(hugo, amira, held, world):
    """Point 7: what, owner, agency and date; the text of the parts waits as a draft."""
    page = hugo.get(f"/meetings/{held}/minutes/write")
    typed = f"record_{part(world).reference}"
    page = add_action(hugo, page, **{typed: SAID})
    assert "Ring the nursery" in page.text
    assert "Amira, Northside Mental Health" in page.text
    assert page.field(typed) == SAID
    assert page.field("action_text") == ""
    assert part(world).record == ""
    assert "Ring the nursery" in amira.get("/today").text
    hugo.submit(page, {}, button="Save the minutes")
    assert part(world).record == SAID
    assert world.count(Draft) == 0


def test_an_action_without_an_owner_is_refused_beside_its_field_and_keeps_everything(
    hugo, held, world
):
    """E13: exactly one owner."""
    page = hugo.get(f"/meetings/{held}/minutes/write")
    typed = f"record_{part(world).reference}"
    page = hugo.submit(
        page, {"action_text": "Ring", "action_owner": "", typed: SAID}, button="Add this action"
    )
    assert page.status == 422
    assert page.errors["action_owner"].startswith("Choose who will do this")
    assert page.field(typed) == SAID
    assert world.count(Action) == 0


def test_a_draft_is_kept_while_typing_and_is_for_its_own_person(hugo, hana, held, world):
    """Point 7: drafts save themselves."""
    typed = f"record_{part(world, 'How things are').reference}"
    at = f"/meetings/{held}/minutes/write"
    answer = hugo.post(at, {"keep": "1", typed: OPEN_WORDS, "version": "1"})
    assert answer.status == 204
    page = hugo.get(at)
    assert page.field(typed) == OPEN_WORDS
    assert "What you had typed is here again" in page.text
    assert OPEN_WORDS not in hana.get(at).html


def test_two_who_write_at_once_lose_nothing(hugo, hana, held, world):
    first = hana.get(f"/meetings/{held}/minutes/write")
    write(hugo, held, world)
    page = hana.submit(first, {"decided": "Nothing yet"}, button="Save the minutes")
    assert page.status == 409
    assert "Visits go on every week" in page.text
    assert page.field("decided") == "Nothing yet"
    assert SAID not in page.html


def test_minutes_are_closed_after_it_is_written_down_who_came(hugo, amira, held, world):
    strength(amira, held)
    page = closed(hugo, held)
    assert page.status == 422
    assert "Write down first who came" in page.text


def test_closed_minutes_are_locked_and_a_correction_is_a_new_version(hugo, amira, ben, held, world):
    """Point 4: locked; a correction keeps what stood there, with its reason."""
    write(hugo, held, world)
    strength(amira, held)
    came(hugo, held)
    closed(hugo, held)
    assert hugo.get(f"/meetings/{held}/minutes/write").status == 403
    assert hugo.post(f"/meetings/{held}/minutes/write", {"decided": "x"}).status == 403
    handle = part(world, "How things are").reference
    assert ben.get(f"/parts/{handle}/correct").status == 403
    page = hugo.get(f"/parts/{handle}/correct")
    page = hugo.submit(page, {"record": "The summer was hard", "why": "Misheard"})
    text = ben.get(f"/meetings/{held}/minutes").text
    assert "The summer was hard" in text
    assert "Corrected: Misheard" in text
    assert OPEN_WORDS in text


def test_everybody_who_came_is_told_on_their_page_until_they_have_read(
    hugo, amira, ben, held, world
):
    """Point 4: attendees are told on Today, and again after a correction."""
    strength(amira, held)
    write(hugo, held, world)
    came(hugo, held, Ben="absent")
    closed(hugo, held)
    told = "Read the minutes of the care plan review (CPA)"
    assert told in amira.get("/today").text
    assert told not in ben.get("/today").text
    assert told not in hugo.get("/today").text
    amira.submit(amira.get(f"/meetings/{held}/minutes"), button="I have read them")
    assert told not in amira.get("/today").text
    page = hugo.get(f"/parts/{part(world, 'How things are').reference}/correct")
    hugo.submit(page, {"record": "Other words", "why": "Misheard"})
    assert told in amira.get("/today").text


def test_who_still_owes_what_stands_beside_the_minutes(hugo, amira, ben, held, world):
    """Point 11: open actions of this meeting, and written views not in."""
    add_action(hugo, hugo.get(f"/meetings/{held}/minutes/write"), who="Amira")
    came(hugo, held, Ben="apologies")
    text = amira.get(f"/meetings/{held}/minutes").text
    assert "Amira, Northside Mental Health: Ring the nursery" in text
    assert "Ben: a written view" in text


def test_the_parents_copy_holds_what_was_decided_and_nothing_for_staff_alone(
    hugo, amira, ben, held, world
):
    """E64, point 11: plain words; no minutes of any part, and no word of a closed one."""
    strength(amira, held)
    add_action(hugo, hugo.get(f"/meetings/{held}/minutes/write"))
    write(hugo, held, world)
    for client in (amira, ben):
        page = client.get(f"/meetings/{held}/copy")
        for there in ("Visits go on every week", "They eat together", "Ring the nursery"):
            assert there in page.text
        for absent in (SAID, OPEN_WORDS, SECRET, "How things are"):
            assert absent not in page.html


def test_only_the_chair_and_the_minute_taker_write(amira, ben, hana, held):
    at = f"/meetings/{held}/minutes/write"
    assert [client.get(at).status for client in (amira, ben, hana)] == [403, 403, 200]
