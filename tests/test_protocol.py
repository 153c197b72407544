"""The joint protocol ticks itself from the records; by hand it takes a reason (E31)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import records
from coordinator.demo import cast
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.protocol import ProtocolMark
from coordinator.vocabulary import Level, Mechanism, Outcome
from filling import words

PAGE = "/families/LANE-01/protocol"
FIGURES = "/protocol-figures"
NOTHING = "Nothing that you may read shows this"


@pytest.fixture
def four_of_six(world):
    """Let a plan be open and both agencies be asked to a meeting; nobody talks or signs."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.plan("Amira")
        return writer.meeting("Amira", "Hana", ["Amira", "Ben"]).reference


def steps(page):
    """Return the words of each step of the protocol."""
    return [words(row) for row in page.main.select("ol.co-rows li")]


def test_four_of_six_steps_are_ticked_with_links_to_what_shows_them(dana, four_of_six):
    """E31: Dana opens LANE-01's protocol."""
    page = dana.click(
        dana.get("/families/LANE-01/plan"), "Joint protocol: what is done, what is open"
    )
    assert "4 of 6 steps are done" in page.text
    done = [step for step in steps(page) if "Done" in step]
    assert [NOTHING in step for step in steps(page)].count(True) == 2
    shown = {href for name, href in page.links.items() if name.startswith("See what shows it")}
    assert len(done) == len(shown) == 4
    assert f"/meetings/{four_of_six}" in shown
    assert {dana.get(href).status for href in shown} == {200}
    assert "by hand" not in page.main.get_text()


def test_nobody_ticks_a_step_by_hand_without_a_reason(amira, ben, dana, world):
    """E31: the reason stands there with its author, and the mark can be taken back."""
    form = amira.click(amira.get(PAGE), "Mark it by hand: Both agencies sign the plan")
    assert amira.submit(form).errors == {
        "reason": "Write why it is done although no record shows it"
    }
    page = amira.submit(form, {"reason": "Signed on paper in May"})
    assert "Done, by hand" in steps(page)[-1]
    theirs = steps(ben.get(PAGE))[-1]
    assert "Marked by hand by Amira, Northside Mental Health" in theirs
    assert "Signed on paper in May" in theirs
    with world.session() as session:
        mark = session.scalars(select(ProtocolMark.reference)).one()
    assert ben.post(f"/protocol-marks/{mark}/take-back").status == 403
    assert dana.get(f"{PAGE}/both-signed/mark").status == 403
    assert NOTHING in steps(amira.submit(page, button="Take it back"))[-1]


def test_what_a_reader_may_not_see_does_not_tick_a_step_for_them(amira, ben, world):
    """E31: a conversation that is for one agency only is not there for the other."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        ben_there = cast.actor(session, "Ben")
        writer.add(
            ContactAttempt,
            "Amira",
            Level.OWN_AGENCY,
            account_id=ben_there.account_id,
            contacted_agency_id=ben_there.agency_id,
            attempted_at=world.moment.now,
            mechanism=Mechanism.TELEPHONE,
            outcome=Outcome.REACHED,
            line="About money",
        )
    talk = "The two workers talk"
    assert "Done" in next(step for step in steps(amira.get(PAGE)) if talk in step)
    assert NOTHING in next(step for step in steps(ben.get(PAGE)) if talk in step)


def test_a_manager_sees_the_share_by_team_and_few_families_of_others_are_hidden(
    dana, amira, four_of_six
):
    """E31, M22: the mean share of steps that tick themselves, the most missed, rows behind it."""
    amira.submit(amira.get(f"{PAGE}/both-signed/mark"), {"reason": "Signed on paper"})
    page = dana.click(dana.get("/measures"), "The joint protocol")
    ours, theirs, family = (words(row) for row in page.main.select("tbody tr"))
    if "Eastway" in ours:
        ours, theirs = theirs, ours
    assert ours.startswith("Northside CMHT, Northside Mental Health 1 67% The two workers talk")
    assert theirs.startswith("Eastway Family Support")
    assert "fewer than 5 not shown" in theirs
    assert family.startswith("LANE-01 4 1 The two workers talk")
    assert dana.click(page, "LANE-01").path == PAGE


def test_an_administrator_sets_the_steps_and_what_they_said_before_stays(farah, ben):
    """E31, issue 5, point 11: steps are rows with history; two do not undo each other unseen."""
    first, late = (farah.get("/protocol-steps/talked/change") for _ in range(2))
    page = farah.submit(first, {"text": "Talk once a week"})
    assert "The two workers talk at least every two weeks" in page.text
    assert "Talk once a week" in " ".join(steps(ben.get(PAGE)))
    conflict = farah.submit(late, {"text": "Talk now and then"})
    assert (conflict.status, conflict.field("text")) == (409, "Talk now and then")
    farah.submit(farah.get("/protocol-steps/both-signed/change"), {"in_force": "no"})
    assert len(steps(ben.get(PAGE))) == 5
