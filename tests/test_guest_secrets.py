"""What a guest's link does not show, whatever there is: two worlds side by side, and canaries."""

from __future__ import annotations

import pytest
import time_machine
from sqlalchemy import select

import gathering
import records
from casework import WORKING_TOGETHER
from coordinator.models.sharing import Sharing, SharingBasis
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import CaseRole, Level, Notice
from gathering import arrange, reference
from page import Client
from side_by_side import CANARY, NOW, Observer, differences
from visiting import Asked, ask, link

DIAGNOSIS = "Recurrent depressive disorder"
HIDDEN = (Level.OWN_AGENCY, Level.NAMED, Level.SAFE_CONTACT, Level.PARENTS_OWN)
PAGES = ("", "/reply", "/written-view", "/board")


@pytest.fixture(autouse=True)
def frozen():
    """Let no time pass between the two worlds."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asked(ben, world) -> Asked:
    return ask(world, reference(arrange(ben, chair="Hana")))


@pytest.fixture
def observer(app, connection, statements) -> Observer:
    return Observer(app, connection, statements)


def looks(observer: Observer, app, home: str) -> dict:
    client = Client(app, checked=False)
    return {page: observer.once(client, "GET", home + page) for page in PAGES}


@pytest.mark.parametrize("level", HIDDEN)
@pytest.mark.parametrize("notice", [Notice.NOBODY, Notice.EVERYONE])
def test_what_is_held_back_leaves_no_trace_by_a_guests_link(
    app, world, asked, observer, connection, level, notice
):
    """Paired worlds: the same bytes, headers and number of statements; not even a notice."""
    home = link(world, asked)
    with connection.begin_nested() as savepoint:
        with world.session() as session:
            writer = records.Writer.of(session, world.moment, world.family)
            writer.of_each_kind("Amira", CANARY, level, notice)
        with_it = looks(observer, app, home)
        savepoint.rollback()
    assert differences(with_it, looks(observer, app, home)) == ""


def test_of_what_is_open_to_both_agencies_a_guest_reads_what_helps_alone(
    app, world, asked, observer
):
    """P01, P13: goals, notes, contacts, requests and other meetings are none of theirs."""
    home = link(world, asked)
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.of_each_kind("Amira", CANARY, Level.OPEN)
        writer.involve("Cerys", CaseRole.LINK_WORKER)
    for page, answer in looks(observer, app, home).items():
        assert answer.body.count(CANARY) == (0 if page else 1), page
        for hidden in ("LANE", "Kim", "Leo", "Cerys"):
            assert hidden not in answer.body


def test_a_guest_of_another_family_sees_nothing_of_this_one(app, world, asked, observer):
    home = link(world, asked)
    before = looks(observer, app, home)
    with world.session() as session:
        records.another_family(session, world.moment, CANARY, "9434765919", ["Paula"])
    assert differences(before, looks(observer, app, home)) == ""


def test_a_diagnosis_reaches_a_guest_only_as_a_choice_of_its_own(amira, app, world, asked):
    """P01: a purpose is required, the sharing record names the guest, and it can end."""
    home = link(world, asked)
    at = f"/meetings/{asked.meeting}/guest-links"
    assert DIAGNOSIS not in Client(app).get(home).html
    form = amira.get(f"{at}/tell?guest={asked.guest}")
    refused = amira.submit(form, {"what": DIAGNOSIS}, button="Let this guest read it")
    assert refused.status == 422
    assert {"purpose", "basis", "who_needs", "parent_told"} <= set(refused.errors)
    said = {
        "purpose": "joint-plan",
        "basis": WORKING_TOGETHER,
        "who_needs": "To time the visits",
        "parent_told": "yes",
        "parent_view": "She agrees",
    }
    listed = amira.submit(refused, said, button="Let this guest read it")
    assert DIAGNOSIS in listed.text
    assert f"For you to know {DIAGNOSIS}" in Client(app).get(home).text
    with world.session() as session:
        (who_needs,) = session.scalars(
            select(SharingBasis.who_needs)
            .join(Sharing, Sharing.id == SharingBasis.sharing_id)
            .where(Sharing.what == DIAGNOSIS)
        )
    assert who_needs.startswith("Ines, Health visitor")
    shown = amira.get("/families/LANE-01/sharing").text
    assert "Ines, Health visitor" in shown
    amira.submit(listed, button="Show it no longer")
    assert DIAGNOSIS not in Client(app).get(home).html
    acts = gathering.trail(world, TrailEvent.record_kind == "guest_disclosures")
    assert [event.outcome for event in acts] == ["opened-to-guest", "held-back"]


def test_what_a_guest_is_told_is_for_them_and_for_the_workers_agency(amira, ben, app, world, asked):
    other = ask(world, asked.meeting, name="Dr Jain", email="")
    form = amira.get(f"/meetings/{asked.meeting}/guest-links/tell?guest={asked.guest}")
    said = {
        "what": DIAGNOSIS,
        "purpose": "safeguarding-child",
        "basis": "BASE00001",
        "who_needs": "To time the visits",
        "parent_told": "yes",
        "parent_view": "She agrees",
    }
    amira.submit(form, said, button="Let this guest read it")
    assert DIAGNOSIS not in Client(app).get(link(world, other)).html
    assert DIAGNOSIS not in ben.get(f"/meetings/{asked.meeting}/guest-links").html
    assert DIAGNOSIS not in ben.get("/families/LANE-01/sharing").html


def test_a_link_can_be_given_by_hand_and_it_is_the_one_that_works(ben, app, world, asked):
    """A guest without an address: the worker gives the link; the look at it is in the trail."""
    page = ben.get(f"/meetings/{asked.meeting}/guest-links/show?guest={asked.guest}")
    home = link(world, asked)
    assert f"http://localhost{home}" in page.text
    assert ben.get(f"/meetings/{asked.meeting}/guest-links/show?guest=ZZZZ99999").status == 404


def test_only_an_administrator_says_where_guests_are_written_to(farah, ben, world):
    """Point 6: external domains on an allow list; a plain sentence for an address outside it."""
    page = farah.get("/guest-domains")
    assert "surgery.example" in page.text
    form = farah.click(page, "Add a domain")
    for wrong in ("nonsense", "two words.example", "a@b@c", "-x.example"):
        refused = farah.submit(form, {"domain": wrong, "whose": "A"}, button="Add it")
        assert refused.status == 422, wrong
    page = farah.submit(form, {"domain": "@Housing.Example", "whose": "Housing"}, button="Add it")
    assert "housing.example" in page.text
    form = farah.get("/guest-domains/add")
    again = farah.submit(form, {"domain": "housing.example", "whose": "B"}, button="Add it")
    assert again.errors["domain"] == "This domain is on the list already"
    assert ben.get("/guest-domains").status == 403
