"""Levels: changing who may read what stands, and all five of them in the database."""

import pytest
from sqlalchemy import select

from casework import (
    ADD,
    CANARY,
    SHARING,
    TOLD,
    add_to_case,
    everything,
    level_page,
    newest_note,
    reader,
    write,
)
from coordinator import clock
from coordinator.models.directory import Team
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Involvement
from coordinator.models.sharing import Sharing
from coordinator.vocabulary import CaseRole, Level, Notice


def test_opening_a_note_later_asks_the_three_facts_and_leaves_a_record(amira, ben, world):
    write(amira)
    page = level_page(amira, world)
    assert CANARY in page.text
    refused = amira.submit(page, {"level": "open"})
    assert set(refused.errors) == {"purpose", "basis", "who_needs", "what", "parent_told"}
    amira.submit(page, {"level": "open", "what": "The note of today", **TOLD})
    read = ben.get(SHARING)
    for words in (CANARY, "The note of today", "She agrees", "by Amira, Northside"):
        assert words in read.text
    assert "Held back:" not in read.text


def test_holding_a_note_back_needs_a_reason_and_hides_it_at_once(amira, ben, world):
    write(amira, level="open", **TOLD)
    page = level_page(amira, world)
    refused = amira.submit(page, {"level": "own-agency"})
    assert refused.errors == {"reason": "Enter a reason"}
    amira.submit(page, {"level": "own-agency", "reason": "Opened by mistake"})
    seen = everything(ben, world)
    assert "Canary" not in seen
    assert "Opened by mistake" not in seen
    assert "Opened by mistake" in amira.get(SHARING).text
    assert world.count(Sharing) == 2


def test_who_is_no_longer_named_reads_it_no_longer(amira, ben, world):
    write(amira, level="named", readers=[reader(amira.get(ADD), "Ben")], **TOLD)
    wider = {"level": "own-agency", "what": "The note", **TOLD}
    page = amira.submit(level_page(amira, world), wider)
    assert page.errors == {"reason": "Enter a reason"}
    amira.submit(page, {"reason": "No need any more"})
    assert "Canary" not in everything(ben, world)
    assert world.count(EntryReader, EntryReader.entry_id == newest_note(world).id) == 0


def test_a_manager_of_the_authors_agency_changes_a_level_with_a_reason_that_the_author_reads(
    amira, dana, dev, ben, world
):
    write(amira)
    assert level_page(dev, world).status == 404
    page = level_page(dana, world)
    facts = {"level": "open", "what": "The note", **TOLD}
    assert dana.submit(page, facts).errors == {"reason": "Enter a reason"}
    dana.submit(page, {**facts, "reason": "Both agencies need it"})
    read = amira.get(SHARING)
    assert "Both agencies need it" in read.text
    assert "by Dana" in read.text
    assert CANARY in ben.get(SHARING).text


def test_only_the_author_and_a_manager_of_the_authors_agency_change_a_level(
    amira, ben, dev, gus, world
):
    add_to_case(world, "Gus")
    write(amira, level="open", **TOLD)
    for client in (ben, dev, gus):
        assert level_page(client, world).status == 403
        assert "Change who may read it" not in client.get(SHARING).text


def test_an_entry_out_of_sight_is_as_one_that_does_not_exist(amira, ben, bella, world):
    write(amira)
    reference = newest_note(world).reference
    for client in (ben, bella):
        page = client.get(f"/entries/{reference}/level")
        assert page.status == 404
        assert page.body == client.get("/entries/ZZZZZZZZZ/level").body


def test_two_people_who_change_a_level_do_not_undo_each_other_unseen(amira, dana, world):
    write(amira)
    hers = level_page(amira, world)
    dana.submit(level_page(dana, world), {"level": "open", "what": "It", "reason": "R", **TOLD})
    page = amira.submit(hers, {"level": "open", "what": "It", **TOLD})
    assert page.status == 409
    assert "Open to both agencies" in page.text


def test_a_level_that_stands_already_is_no_change(amira, world):
    write(amira)
    page = amira.submit(level_page(amira, world), {"level": "own-agency"})
    assert page.status == 422
    assert "level" in page.errors
    assert world.count(Sharing) == 0


def test_the_levels_and_notices_of_the_database_are_all_five(world):
    assert [level.value for level in Level] == [
        "open",
        "own-agency",
        "named",
        "safe-contact",
        "parents-own",
    ]


@pytest.mark.parametrize("level", [Level.SAFE_CONTACT, Level.PARENTS_OWN])
def test_the_levels_without_a_page_yet_hide_what_they_hold(amira, ben, dana, world, level):
    """All five levels work from the first day (issue, 1)."""

    write(amira)
    with world.does("Amira") as (session, _actor):
        note = session.get_one(Entry, newest_note(world).id)
        note.level, note.notice = level, Notice.NOBODY
    assert CANARY in amira.get(SHARING).text
    for client in (ben, dana):
        assert "Canary" not in everything(client, world)
        assert "Held back:" not in client.get(SHARING).text


def test_a_chair_reads_what_is_open_and_nothing_of_an_agencys_own(amira, ben, hana, world):
    """spec/sharing.md: the chair reads the open plan, and no agency's notes."""

    with world.does("Ben") as (session, actor):
        team = session.scalars(select(Team).where(Team.name == "Eastway Conferences")).one()
        session.add(
            Involvement(
                family_id=world.family_for(session, actor).id,
                account_id=world.account_id("Hana"),
                agency_id=team.agency_id,
                team_id=team.id,
                role=CaseRole.CHAIR,
                lead=False,
                starts_on=clock.today(),
            )
        )
    write(ben)
    assert hana.get(SHARING).status == 200
    assert "Canary" not in everything(hana, world)
    write(ben, text="For everybody", level="open", **TOLD)
    assert "For everybody" in hana.get(SHARING).text
