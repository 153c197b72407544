"""The chronology of a family: what both agencies did, said and shared, by date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import records
from coordinator.models.disagreements import Disagreement
from coordinator.models.sharing import Note
from coordinator.reads import chronology
from coordinator.reads.chronology import Asked
from coordinator.vocabulary import Level, Strand

HERE = "/families/LANE-01/chronology"
AMIRA, BEN = "Amira, Northside Mental Health.", "Ben, Eastway Children’s Services."


def lines(client, query: str = "") -> str:
    found = client.get(HERE + query).soup.select("ol.co-progress > li")
    return " | ".join(" ".join(item.get_text(" ").split()) for item in found)


def writers(session, world, *days: int):
    """Return one who writes now, or wrote so many days ago."""
    for ago in days:
        back = timedelta(days=ago)
        moment = replace(world.moment, now=world.moment.now - back, today=world.moment.today - back)
        yield records.Writer.of(session, moment, world.family)


def test_a_chronology_holds_what_both_agencies_did_and_only_what_its_reader_may_read(
    amira, ben, dana, world
):
    """E53: author, agency, whom and how of each line; a note of one agency is for that agency."""
    with world.session() as session:
        (writer,) = writers(session, world, 0)
        writer.contact("Amira", "Ben", "Asked for the review")
        writer.add(Note, "Amira", Level.OWN_AGENCY, text="Sleeps badly")
        writer.add(Note, "Amira", Level.SAFE_CONTACT, text="Never printed")
        writer.add(Disagreement, "Ben", about="Whether to refer", wanted="A strategy discussion")
        session.commit()
    mine, bens, overseen = (lines(client) for client in (amira, ben, dana))
    for told in (mine, bens, overseen):
        assert f"Asked for the review {AMIRA} Tried: {BEN}" in told
        assert f"Professional disagreement Open Whether to refer {BEN}" in told
        assert f"Joined the case : social worker {BEN}" in told
    assert f"Note Northside Mental Health only Sleeps badly {AMIRA}" in mine
    assert "Sleeps badly" not in bens
    assert "Sleeps badly" in overseen
    assert "Never printed" not in mine


def test_it_begins_with_what_is_open_or_recent_and_the_rest_is_one_press_away(ben, world):
    """E53, T04: the past is folded under the present; a filter by kind or agency unfolds it."""
    with world.session() as session:
        past, now = writers(session, world, 400, 0)
        past.add(Note, "Ben", text="Long ago")
        past.add(Disagreement, "Ben", about="Still open", wanted="An answer")
        past.add(Disagreement, "Amira", about="Over", wanted="", settled_at=world.moment.now)
        now.add(Note, "Amira", text="This week")
        session.commit()
    folded = lines(ben)
    assert "Still open" in folded
    assert "This week" in folded
    assert "Long ago" not in folded
    assert "Over" not in folded
    page = ben.get(HERE)
    unfolded = ben.click(page, next(words for words in page.links if "Show all" in words))
    assert "Long ago" in unfolded.text
    assert "13 months ago" in unfolded.text or "14 months ago" in unfolded.text
    disputes = lines(ben, "?kind=disputes")
    assert "Over" in disputes
    assert "Long ago" not in disputes
    assert "Over" not in lines(ben, "?kind=disputes&agency=Eastway+Children’s+Services")


def test_a_page_of_the_chronology_never_ends_within_a_day(world):
    """E53: pages by date, so that no line is read twice and none is left out."""
    with world.session() as session:
        for writer in writers(session, world, 3, 2, 2, 1):
            writer.add(Note, "Ben", text="A line")
        session.commit()
    with world.does("Ben") as (session, actor):
        family = world.family_for(session, actor)
        found = chronology.of_family(session, actor, world.moment, family)
    asked, days = Asked(Strand.WORRIES), []
    while True:
        page = chronology.page(found, world.moment, asked, size=2)
        days.append([line.day for month in page.months for line in month.lines])
        if page.older is None:
            break
        asked = replace(asked, before=page.older)
    assert [len(one) for one in days] == [3, 1]
    first = chronology.page(found, world.moment, replace(asked, before=page.newer), size=2)
    assert first.newer is None
