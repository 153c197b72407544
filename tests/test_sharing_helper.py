"""The sharing helper: what is asked wherever something is opened further, and not sharing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from casework import (
    ADD,
    AGREED,
    CANARY,
    DANGER,
    ENQUIRY,
    SHARING,
    TOLD,
    everything,
    level_page,
    newest_note,
    write,
)
from coordinator import clock
from coordinator.models.entries import Entry
from coordinator.models.openness import Openness
from coordinator.models.sharing import Sharing, SharingBasis
from coordinator.vocabulary import Decision, Level, OpennessKind
from planning import PLAN, SHARED, add_goal, start
from writer import Writer

FACTS = {"level": "open", "what": "The note", **TOLD}


def level_of(world):
    return newest_note(world).level


def objects(world, about: int | None = None) -> None:
    """Let the parent object, to all sharing or to sharing one entry."""
    with world.session() as session:
        Writer.of(session, world.moment, world.family).add(
            Openness,
            "Ben",
            told=OpennessKind.OBJECTION,
            what="She does not want it passed on",
            happened_on=world.moment.today,
            about_entry_id=about,
        )


@pytest.mark.parametrize("field", ["purpose", "basis", "who_needs", "what", "parent_told"])
def test_without_one_of_the_facts_it_stays_unshared(amira, ben, world, field):
    """E17: no purpose, or no parent-told status: it stays unshared."""
    write(amira)
    page = amira.submit(level_page(amira, world), {**FACTS, field: None})
    assert page.status == 422
    assert list(page.errors) == [field]
    assert level_of(world) is Level.OWN_AGENCY
    assert "Canary" not in everything(ben, world)


def test_the_plan_asks_the_same_as_a_note(amira, ben):
    """One helper, wherever something is opened further."""
    start(amira)
    add_goal(amira, "Kim sleeps through")
    page = amira.get(f"{PLAN}/share")
    refused = amira.submit(page, {}, button="Share")
    note = amira.submit(amira.get(ADD), {"text": "A note", "level": "open"})
    assert set(refused.errors) == set(note.errors)
    assert {k: refused.errors[k] for k in note.errors} == note.errors
    amira.submit(page, SHARED, button="Share")
    assert "Working together for children" in ben.get(SHARING).text


@pytest.mark.parametrize(
    ("purpose", "basis"),
    [
        ("safeguarding-child", AGREED),
        ("safeguarding-adult", AGREED),
        ("joint-plan", DANGER),
        ("meeting", DANGER),
        ("other", DANGER),
    ],
)
def test_a_combination_that_the_law_does_not_know_is_refused(amira, world, purpose, basis):
    """E17: consent is no switch for safeguarding; vital interests are for a life in danger."""
    page = write(amira, level="open", **{**TOLD, "purpose": purpose, "basis": basis})
    assert (page.status, list(page.errors)) == (422, ["basis"])
    assert page.field("text") == CANARY
    assert page.field("basis") == basis


@pytest.mark.parametrize(
    ("purpose", "basis"), [("safeguarding-child", DANGER), ("other", AGREED), ("meeting", ENQUIRY)]
)
def test_a_combination_that_the_law_knows_is_taken(amira, ben, purpose, basis):
    write(amira, level="open", **{**TOLD, "purpose": purpose, "basis": basis})
    assert CANARY in ben.get(SHARING).text


def test_nobody_agrees_to_what_they_were_not_told(amira):
    told = {"parent_told": "not-yet", "parent_view": "She is away", "basis": AGREED}
    page = write(amira, level="open", **{**TOLD, **told})
    assert list(page.errors) == ["basis"]


def test_who_did_not_tell_the_parent_says_when_they_look_again(amira, world):
    """spec/sharing.md: marking "not told to parent" needs a reason and a review date."""
    told = {**TOLD, "parent_told": "not-safe", "parent_view": "He reads her post"}
    page = write(amira, level="open", **told, review_on=clock.today())
    assert list(page.errors) == ["review_on"]
    write(amira, level="open", **told)
    with world.session() as session:
        day = session.scalars(select(SharingBasis.review_on)).one()
    assert day == clock.today() + timedelta(days=14)


def test_an_old_record_keeps_the_sentence_that_was_shown_at_the_time(farah, amira, ben):
    """E57: Farah edits the sentence; Amira reads the new one, and old records keep the old."""
    write(amira, level="open", **TOLD)
    old = "The council and its partners work together for the well-being of children in the area."
    assert old in ben.get(SHARING).text
    page = farah.click(farah.get("/lawful-bases"), "Change Working together for children")
    farah.submit(page, {"sentence": "New sentence."}, button="Save the change")
    assert "New sentence." in amira.get(ADD).text
    assert old not in amira.get(ADD).text
    write(amira, text="Another note", level="open", **TOLD)
    read = ben.get(SHARING).text
    assert (read.count(old), read.count("New sentence.")) == (1, 1)


def test_an_objection_stops_every_purpose_but_safeguarding(amira, ben, world):
    """spec/sharing.md: an objection stops the sharing unless a lead agrees in writing."""
    write(amira)
    objects(world)
    page = amira.submit(level_page(amira, world), FACTS)
    assert list(page.errors) == ["purpose"]
    assert "Ask a lead first" in page.errors["purpose"]
    assert "Ask a lead first Note" in page.links
    assert write(amira, text="New", level="open", **TOLD).status == 422
    assert level_of(world) is Level.OWN_AGENCY
    safe = {**FACTS, "purpose": "safeguarding-child", "basis": ENQUIRY}
    amira.submit(level_page(amira, world), {**safe, "parent_view": "She objects"})
    assert CANARY in ben.get(SHARING).text


def test_an_objection_about_one_thing_stops_that_one(amira, world):
    write(amira, text="Another")
    objects(world, about=newest_note(world).id)
    write(amira)
    assert amira.submit(level_page(amira, world), FACTS).status == 200
    assert level_of(world) is Level.OPEN


def test_an_objection_to_the_plan_stops_the_plan(amira, world):
    start(amira)
    add_goal(amira, "Kim sleeps through")
    objects(world)
    page = amira.submit(amira.get(f"{PLAN}/share"), SHARED, button="Share")
    assert list(page.errors) == ["purpose"]
    assert "Ask a lead first Shared plan" in page.links


def test_an_objection_that_was_settled_stops_nothing(amira, world):
    objects(world)
    with world.does("Ben") as (session, _ben):
        session.scalars(select(Openness)).one().settled_at = world.moment.now
    assert write(amira, level="open", **TOLD).status == 200


def test_what_is_told_to_a_coordinator_is_passed_on_item_by_item(amira, ben, world):
    """S24: the confidence stays; one line is shared, and the record says that Kim was told."""
    write(amira)
    write(amira, text="Kim asked for help with the nights", level="open", **TOLD)
    read = ben.get(SHARING)
    assert "Kim asked for help with the nights" in read.text
    assert "Parent or carer told Yes, told" in read.text
    assert "Canary" not in everything(ben, world)


def not_shared(client, world, **values):
    page = client.click(level_page(client, world), "Do not share it for now Note")
    return client.submit(page, {"reason": "Kim asks us to wait", **values})


def test_not_sharing_is_a_decision_with_a_reason_and_a_day(amira, ben, world):
    """spec/sharing.md: holding back is also a decision."""
    write(amira)
    page = not_shared(amira, world, reason="", review_on=clock.today())
    assert page.errors["reason"] == "Say why it is not shared"
    page = not_shared(amira, world, review_on=clock.today())
    assert page.errors == {"review_on": "Enter a day from tomorrow on, to look at it again"}
    assert world.count(Sharing) == 0
    read = not_shared(amira, world)
    assert "not shared for now" in read.text
    assert "Kim asks us to wait" in read.text
    assert "Kim asks us to wait" not in everything(ben, world)
    with world.session() as session:
        assert session.scalars(select(SharingBasis.decision)).one() is Decision.NOT_SHARED
        assert session.scalars(select(Sharing)).one().from_level is Level.OWN_AGENCY
    assert level_of(world) is Level.OWN_AGENCY


def test_on_its_day_it_stands_on_today_and_as_due_until_somebody_decides(amira, ben, world):
    write(amira)
    not_shared(amira, world)
    assert "Look again" not in amira.get("/today").text
    with time_machine.travel(world.moment.now + timedelta(days=15)):
        amira.sign_in("Amira")
        ben.sign_in("Ben")
        today = amira.get("/today")
        assert "Look again at whether to share the note" in today.text
        assert "due to be looked at again" in amira.get(SHARING).text
        assert "Look again" not in ben.get("/today").text
        page = amira.click(today, "Look again at whether to share the note (family LANE-01)")
        amira.submit(page, FACTS)
        assert "Look again" not in amira.get("/today").text
        assert "due to be looked at again" not in amira.get(SHARING).text


def test_what_both_agencies_read_cannot_be_held_back_or_asked_about(amira, world):
    write(amira, level="open", **TOLD)
    page = level_page(amira, world)
    assert "Not sure?" not in page.text
    reference = newest_note(world).reference
    for path in ("not-shared", "ask-first"):
        assert amira.get(f"/entries/{reference}/{path}").status == 403


def test_only_who_may_open_it_holds_it_back(amira, dana, ben, dev, world):
    write(amira)
    reference = newest_note(world).reference
    for path in ("not-shared", "ask-first"):
        assert dana.get(f"/entries/{reference}/{path}").status == 200
        for client in (ben, dev):
            assert client.get(f"/entries/{reference}/{path}").status == 404


def test_an_address_stays_out_of_what_is_said_about_sharing(amira, world):
    page = write(amira, level="open", **{**TOLD, "who_needs": "Ben, at 12 Rose Lane"})
    assert list(page.errors) == ["who_needs"]
    write(amira)
    assert list(not_shared(amira, world, reason="She is at 12 Rose Lane").errors) == ["reason"]


def test_entry_stays_what_it_was_when_a_plan_part_is_not_shared(amira, world):
    """The plan and its parts are held back like a note."""
    start(amira)
    page = amira.click(amira.get(f"{PLAN}/share"), "Do not share it for now Shared plan")
    amira.submit(page, {"reason": "Kim reads it first"})
    assert "Shared plan" in amira.get(SHARING).text
    with world.session() as session:
        levels = set(session.scalars(select(Entry.level).where(Entry.kind == "plan")))
    assert levels == {Level.OWN_AGENCY}
