"""Taking a family's chronology out: a reason first, what it carries, and where it is written."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from coordinator.models.boards import BoardEntry
from coordinator.models.disagreements import Disagreement
from coordinator.models.families import Person
from coordinator.models.meetings import Invitation
from coordinator.models.sharing import Note
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import BoardSide, EventKind, Level, Reply
from test_chronology import HERE, writers

FORM = f"{HERE}/export"


@pytest.fixture
def told(world):
    """Let both agencies write: a note of Eastway, a strength, and a dispute half a year ago."""
    with world.session() as session:
        past, now = writers(session, world, 200, 0)
        past.add(Disagreement, "Ben", about="Whether to refer", wanted="A strategy discussion")
        meeting = now.meeting("Ben", "Hana", ["Amira", "Ben", "Hana"])
        kim = select(Person.id).where(Person.name == "Kim Lane")
        invitation = Invitation(
            meeting_id=meeting.id,
            person_id=session.scalars(kim).one(),
            invited_by_id=meeting.author_id,
            invited_at=world.moment.now,
            reply=Reply.NEEDS_ACTION,
            copy_given_on=world.moment.today,
        )
        session.add(invitation)
        said = {"meeting_id": meeting.id, "side": BoardSide.STRENGTH, "text": "Kim asks early"}
        now.add(BoardEntry, "Ben", **said)
        now.add(Note, "Ben", Level.OWN_AGENCY, text="Eastway alone reads this")
        session.commit()


def table(page) -> list[dict[str, str]]:
    body = page.response.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


def exports(world) -> list[tuple[str, str, bool]]:
    with world.session() as session:
        rows = session.query(TrailEvent).filter(TrailEvent.kind == EventKind.EXPORT).all()
        return [(row.reason, row.outcome, row.family_id is not None) for row in rows]


def test_a_lead_takes_the_chronology_out_with_a_reason_and_it_stands_in_the_audit(
    elif_, dana, amira, told, world
):
    """E53: events in order with agency, author and what was shared; nothing she may not read."""
    elif_.submit(elif_.get("/families/LANE-01/reason"), {"reason": "A review is announced"})
    form = elif_.click(elif_.get(HERE), "Take the chronology out, with a reason")
    without = elif_.submit(form, {"how": "downloaded"})
    assert without.status == 422
    assert without.errors == {"reason": "Choose what it is for: without a reason it stays here"}
    assert exports(world) == []
    rows = table(elif_.submit(without, {"reason": "review", "how": "downloaded"}))
    lines = [row for row in rows if row["Day"]]
    assert [row["Day"] for row in lines] == sorted(row["Day"] for row in lines)
    (dispute,) = (row for row in lines if row["What"] == "Professional disagreement")
    assert (dispute["By"], dispute["Agency"]) == ("Ben", "Eastway Children’s Services")
    assert (dispute["Words"], dispute["Open"]) == ("Whether to refer", "Yes")
    (copy,) = (row for row in lines if row["What"] == "Copy of a meeting handed over")
    assert (copy["Kind"], copy["To or with"]) == ("Asked, shared and told", "To: Kim Lane")
    assert not [row for row in rows if "Eastway alone reads this" in row["Words"]]
    assert exports(world) == [("review", "downloaded", True)]
    looks = dana.get("/families/LANE-01/looks").text
    assert "took the chronology out" in looks
    assert "A review of how the agencies worked together" in looks
    assert amira.get(FORM).status == 403


def test_what_leaves_carries_disputes_strengths_and_gaps_and_says_how_it_was_made(dev, told, world):
    """T24, E53: an open dispute goes with it, and who may not have contributed."""
    page = dev.submit(dev.get(FORM), {"reason": "court", "how": "printed"})
    assert page.h1 == "Chronology to print"
    assert "by Dev, Eastway Children’s Services, for: a court, or legal advice." in page.text
    assert "1 of 1 not settled." in page.text
    parts = " ".join(page.text.split())
    assert "Kim asks early" in parts.partition("What went well")[2].partition("What is not here")[0]
    gaps = parts.partition("What is not here")[2].partition("Everything, the oldest first")[0]
    assert "Months without a line" in gaps
    assert " to " in gaps.partition("Months without a line")[2].partition("On the case")[0]
    assert "Amira, Northside Mental Health" in gaps.partition("nothing by them here")[2]
    assert "Northside Mental Health 0" in gaps
    assert "Eastway alone reads this" in parts
    assert exports(world) == [("court", "printed", True)]
