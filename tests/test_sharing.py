"""Levels, notices, notes and the three facts of each act of sharing."""

import pytest
from sqlalchemy import select

from coordinator.models.entries import EntryReader
from coordinator.models.sharing import Note, Sharing
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind, Level
from test_exclusions import add_to_case

ADD = "/families/LANE-01/notes/add"
SHARING = "/families/LANE-01/sharing"
CANARY = "Canary-4711 in the cellar"
TOLD = {"purpose": "joint-plan", "parent_told": "yes", "parent_view": "She agrees"}


def write(client, text=CANARY, **values):
    return client.submit(client.get(ADD), {"text": text, **values})


def reader(page, name):
    """Return the value of the box that names this person."""
    for label in page.soup.select("label"):
        if label.get_text().strip().startswith(name) and "readers" in label["for"]:
            return page.soup.select_one(f"#{label['for']}")["value"]
    raise AssertionError(f"{name} cannot be named")


def newest_note(world):
    with world.session() as session:
        return session.scalars(select(Note).order_by(Note.id.desc()).limit(1)).one()


def level_page(client, world):
    return client.get(f"/entries/{newest_note(world).reference}/level")


def everything(client, world):
    """Return all that a person can get of the family, as one text."""
    reference = newest_note(world).reference
    paths = (
        "/families",
        "/today",
        "/families/LANE-01",
        "/families/LANE-01/plan",
        "/families/LANE-01/meetings",
        "/families/LANE-01/contacts",
        "/families/LANE-01/people",
        SHARING,
        ADD,
        f"/entries/{reference}/level",
        "/audit",
        "/audit.csv",
    )
    return "\n".join(client.get(path).html for path in paths)


def test_a_note_is_for_the_authors_agency_unless_its_author_opens_it(
    amira, paula, dana, ben, dev, world
):
    """T08: a confidence is not visible to Ben until it is shared."""
    add_to_case(world, "Paula")
    assert CANARY in write(amira).text
    for client in (paula, dana):
        assert CANARY in client.get(SHARING).text
    for client in (ben, dev):
        assert "Canary" not in everything(client, world)
        assert newest_note(world).reference not in everything(client, world)


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
    assert set(page.errors) == {"purpose", "parent_told"}
    write(amira, level="named", readers=[ben_box], **TOLD)
    assert CANARY in ben.get(SHARING).text
    assert "She agrees" in ben.get(SHARING).text
    assert "Canary" not in everything(dev, world)
    assert "She agrees" not in dev.get(SHARING).text


def test_naming_nobody_is_refused(amira):
    assert write(amira, level="named").errors == {"readers": "Choose who may read it"}


def test_only_people_on_the_case_can_be_named(amira, bella, world):
    with world.session() as session:
        from coordinator.models.accounts import Account

        bellas = session.scalars(select(Account.reference).where(Account.name == "Bella")).one()
    page = amira.submit(
        amira.get(ADD), {"text": CANARY, "level": "named"}, tampered={"readers": [bellas]}
    )
    assert page.status == 422
    assert "readers" in page.errors


def test_opening_a_note_later_asks_the_three_facts_and_leaves_a_record(amira, ben, world):
    write(amira)
    page = level_page(amira, world)
    assert CANARY in page.text
    refused = amira.submit(page, {"level": "open"})
    assert set(refused.errors) == {"purpose", "what", "parent_told"}
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
    assert "Canary" not in everything(ben, world)
    assert "Opened by mistake" not in everything(ben, world)
    assert "Opened by mistake" in amira.get(SHARING).text
    assert world.count(Sharing) == 2


def test_who_is_no_longer_named_reads_it_no_longer(amira, ben, world):
    write(amira, level="named", readers=[reader(amira.get(ADD), "Ben")], **TOLD)
    amira.submit(level_page(amira, world), {"level": "own-agency", "reason": "No need any more"})
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
    from coordinator.models.entries import Entry
    from coordinator.vocabulary import Notice

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
    from coordinator import clock
    from coordinator.models.directory import Team
    from coordinator.models.families import Involvement
    from coordinator.vocabulary import CaseRole

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
