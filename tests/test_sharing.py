"""Levels, notices, notes and the three facts of each act of sharing."""

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
    reader,
    write,
)
from coordinator.models.accounts import Account
from coordinator.models.sharing import Note
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind


def test_a_note_is_for_the_authors_agency_unless_its_author_opens_it(
    amira, paula, dana, ben, dev, world
):
    """T08: a confidence is not visible to Ben until it is shared."""
    add_to_case(world, "Paula")
    assert CANARY in write(amira).text
    for client in (paula, dana):
        assert CANARY in client.get(SHARING).text
    for client in (ben, dev):
        seen = everything(client, world)
        assert "Canary" not in seen


def test_what_a_therapist_writes_is_hers_alone_until_she_names_somebody(paula, amira, ben, world):
    """I06: therapy content is limited to named people by default."""
    add_to_case(world, "Paula")
    page = paula.get(ADD)
    assert page.field("level") == "named"
    paula.submit(page, {"text": CANARY})
    assert CANARY in paula.get(SHARING).text
    assert "Held by Paula" in amira.get(SHARING).text
    for client in (amira, ben):
        assert "Canary" not in everything(client, world)
    assert "Held by Paula" not in ben.get(SHARING).text


def test_what_is_held_back_leaves_a_notice_with_kind_date_and_holder(amira, ben):
    write(amira)
    page = ben.get(SHARING)
    assert "Held back: Note" in page.text
    assert "Held by Amira, Northside Mental Health" in page.text
    assert "tel:" in " ".join(page.links.values())
    assert "Held back" in ben.get("/families/LANE-01").text
    assert "Held back: Note" not in amira.get(SHARING).text


def test_named_people_read_it_their_agency_is_told_of_it_and_the_other_agency_knows_nothing(
    amira, paula, ben, world
):
    """D03: the psychologist's item leaves a notice to the coordinator, nothing to CSC."""
    add_to_case(world, "Paula")
    add_to_case(world, "Gus")
    page = paula.get(ADD)
    write(paula, level="named", readers=[reader(page, "Gus")])
    assert "Held back: Note" in amira.get(SHARING).text
    assert "Held by Paula" in amira.get(SHARING).text
    assert "Canary" not in everything(amira, world)
    before = ben.get(SHARING).text
    assert "Held back:" not in before
    assert "Paula" not in before
    assert "Canary" not in everything(ben, world)


def test_a_named_reader_reads_it_and_a_manager_who_is_not_named_does_not(amira, gus, dana, world):
    add_to_case(world, "Gus")
    write(amira, level="named", readers=[reader(amira.get(ADD), "Gus")])
    assert CANARY in gus.get(SHARING).text
    assert "For Gus" in amira.get(SHARING).text
    assert "Canary" not in everything(dana, world)
    assert level_page(dana, world).status == 404


def test_a_page_that_holds_something_back_is_the_page_without_it_but_for_the_notice(
    amira, ben, world
):
    """Without its notice a hidden note changes no byte of what the other agency reads."""
    before = ben.get(SHARING).body, ben.get("/families/LANE-01").body
    write(amira, notice="nobody", why_hidden="It would put somebody at risk")
    assert (ben.get(SHARING).body, ben.get("/families/LANE-01").body) == before
    assert "It would put somebody at risk" in amira.get(SHARING).text


def test_hiding_even_the_notice_needs_a_reason(amira, world):
    page = write(amira, notice="nobody")
    assert page.status == 422
    assert page.errors == {"why_hidden": "Say why even the notice is hidden"}
    assert page.field("text") == CANARY
    assert world.count(Note) == 0


@pytest.mark.parametrize(
    ("left_out", "field"),
    [({"purpose": None}, "purpose"), ({"parent_told": None}, "parent_told")],
)
def test_a_note_for_the_other_agency_asks_why_and_whether_the_parent_was_told(
    amira, world, left_out, field
):
    """D07; spec/sharing.md, three facts."""
    page = write(amira, level="open", **{**TOLD, **left_out})
    assert page.status == 422
    assert list(page.errors) == [field]
    assert world.count(Note) == 0


def test_who_did_not_tell_the_parent_says_why(amira):
    """D06."""
    page = write(amira, level="open", **{**TOLD, "parent_told": "not-safe", "parent_view": ""})
    assert page.errors == {"parent_view": "Say why the parent or carer is not told yet"}


def test_a_note_for_both_agencies_leaves_a_record_of_sharing(amira, ben, world):
    write(amira, level="open", **TOLD)
    page = ben.get(SHARING)
    for words in (CANARY, "To plan help for the family together", "Yes, told", "She agrees"):
        assert words in page.text
    with world.session() as session:
        event = session.scalars(
            select(TrailEvent).where(TrailEvent.kind == EventKind.SHARING)
        ).one()
    assert event.outcome == "yes"
    assert "Canary" not in str(vars(event))


def test_naming_somebody_of_the_other_agency_is_an_act_of_sharing(amira, ben, dev, world):
    ben_box = reader(amira.get(ADD), "Ben")
    page = write(amira, level="named", readers=[ben_box])
    assert page.status == 422
    assert set(page.errors) == {"purpose", "basis", "who_needs", "parent_told"}
    write(amira, level="named", readers=[ben_box], **TOLD)
    assert CANARY in ben.get(SHARING).text
    assert "She agrees" in ben.get(SHARING).text
    assert "Canary" not in everything(dev, world)
    assert "She agrees" not in dev.get(SHARING).text


def test_naming_nobody_is_refused(amira):
    assert write(amira, level="named").errors == {"readers": "Choose who may read it"}


def test_only_people_on_the_case_can_be_named(amira, bella, world):
    with world.session() as session:
        bellas = session.scalars(select(Account.reference).where(Account.name == "Bella")).one()
    page = amira.submit(
        amira.get(ADD), {"text": CANARY, "level": "named"}, tampered={"readers": [bellas]}
    )
    assert page.status == 422
    assert "readers" in page.errors
