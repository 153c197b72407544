"""The private question about including a partner: it blocks, and tells nobody why."""

from __future__ import annotations

import pytest
import time_machine

import belonging
import gathering
import records
from belonging import PEOPLE, boxes
from coordinator.models.entries import EntryReader, EntryVersion
from coordinator.models.meetings import Invitation
from coordinator.models.needs import Needs
from coordinator.vocabulary import CaseRole, Level, Notice
from gathering import MEETINGS
from planning import option
from side_by_side import NOW, Observer, differences

NATE = "Nate Moss"
CANARY = "Xylophone-7Q"

pytestmark = pytest.mark.in_turn


@pytest.fixture(autouse=True)
def frozen():
    """Let no time pass between the two worlds."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def references(demo_app, world) -> dict[str, str]:
    """Give one open record of each noun, with Cerys and Paula on the case too."""
    with world.session() as session:
        found = records.build(session, world.moment, world.family)
        writer = records.Writer.of(session, world.moment, world.family)
        writer.involve("Cerys", CaseRole.LINK_WORKER)
        writer.involve("Paula", CaseRole.THERAPIST)
    return found


@pytest.fixture
def observer(demo_app, connection, statements) -> Observer:
    return Observer(demo_app, connection, statements)


@pytest.mark.parametrize("name", ["Ben", "Paula", "Dev", "Dana", "Cerys", "Hana"])
def test_that_it_is_not_safe_leaves_no_trace_for_others(
    name,
    world,
    references,
    observer,
    connection,
):
    """I14, T06: to others the partner is simply not proposed, as if nobody had answered yet."""
    client = observer.comes_in(name)
    with connection.begin_nested() as savepoint:
        belonging.answers(world, "Amira", safe=False, note=CANARY)
        with_it = observer.looks(client, references)
        savepoint.rollback()
    without = observer.looks(client, references)
    assert differences(with_it, without) == ""
    assert not [key for key, answer in with_it.items() if CANARY in answer.body]


def test_a_partner_is_proposed_once_each_agency_says_that_it_is_safe(amira, ben, world):
    """I14: the question comes first; one agency's "safe" looks as it does beside a "not safe"."""
    for client in (amira, ben):
        form = client.get(f"{MEETINGS}/arrange")
        assert NATE not in boxes(form)
        form = client.click(form, "Answer the private question about safety first")
        page = client.submit(form, {"safe": "yes"}, button="Save your answer")
        assert "Your answer is kept, in private." in page.text
    assert NATE in boxes(ben.get(f"{MEETINGS}/arrange"))


def test_one_no_beats_every_yes_and_nobody_is_told_whose(amira, ben, world):
    belonging.answers(world, "Amira", safe=False)
    waiting = ben.get(f"{MEETINGS}/arrange").text
    belonging.answers(world, "Ben", safe=True)
    form = ben.get(f"{MEETINGS}/arrange")
    assert NATE not in boxes(form)
    assert "workers of each agency have answered" in form.text
    assert "Answer the private question" in waiting
    assert "safe" not in amira.get(f"{MEETINGS}/arrange").main.get_text().replace("safety", "")


def test_a_blocked_partner_cannot_be_invited_by_hand(ben, world):
    belonging.answers(world, "Amira", safe=False)
    nate = belonging.person(world, "Nate")
    form = ben.get(f"{MEETINGS}/arrange")
    values = {
        "kind": option(form, "kind", "Core group"),
        "day": gathering.soon(),
        "start": "2:30pm",
        "site": option(form, "site", "Northside"),
    }
    page = ben.submit(
        form, values, tampered={"invite": [nate]}, button="Arrange the meeting and invite"
    )
    assert page.errors["invite"] == "Choose from the people who are listed"
    assert world.count(Invitation) == 0


def test_any_grown_up_whom_somebody_calls_unsafe_is_off_the_list(ben, world):
    belonging.answers(world, "Amira", whom="Kim", safe=False)
    assert "Kim Lane" not in boxes(ben.get(f"{MEETINGS}/arrange"))


def test_the_answer_is_a_safe_contact_and_shown_to_its_author_alone(amira, paula, world):
    belonging.answers(world, "Amira", safe=False, note=CANARY)
    with world.session() as session:
        (kept,) = session.query(Needs).all()
        assert (kept.level, kept.notice) == (Level.SAFE_CONTACT, Notice.NOBODY)
        words = session.query(EntryVersion).filter_by(entry_id=kept.id).all()
        assert not [version for version in words if CANARY in version.words]
    address = f"/people/{belonging.person(world, 'Nate')}/safe-to-invite"
    assert amira.get(address).field("note") == CANARY
    assert CANARY not in amira.get(PEOPLE).html


def test_whoever_is_named_reads_the_answer_and_an_answer_replaces_the_one_before(amira, ben, world):
    address = f"/people/{belonging.person(world, 'Nate')}/safe-to-invite"
    form = amira.get(address)
    ben_is = next(
        str(box["value"])
        for box in form.main.select("input[name=readers]")
        if "Ben" in box.find_parent(class_="govuk-checkboxes__item").get_text()
    )
    amira.submit(
        form, {"safe": "no", "note": CANARY, "readers": [ben_is]}, button="Save your answer"
    )
    assert world.count(EntryReader) == 1
    amira.submit(amira.get(address), {"safe": "yes"}, button="Save your answer")
    assert world.count(Needs, Needs.ended_at.is_(None)) == 1
    assert amira.get(address).field("safe") == "yes"


def test_nobody_is_asked_about_a_child(amira, world):
    page = amira.get(f"/people/{belonging.person(world, 'Leo')}/safe-to-invite")
    assert page.path == PEOPLE
