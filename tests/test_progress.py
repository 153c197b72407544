"""A fresh view by somebody new, and the timeline of what went well."""

from __future__ import annotations

from datetime import timedelta

import records
from casework import choice, offers
from coordinator import clock
from coordinator.models.boards import BoardEntry
from coordinator.models.progress import TurningPoint
from coordinator.vocabulary import BoardSide, Level, WhoseWords
from planning import answer, goal_link, signed_plan
from test_today import rows

HERE = "/families/LANE-01/progress"
NEW_EYES = {
    "what": "What has changed since spring?",
    "why": "We have seen it in the same way for a year",
    "decision": "The review in March",
}
SEEN = {
    "answer": "full",
    "text": "Leo sleeps through and Kim asks for help before it is late.",
    "parent_told": "yes",
}


def lines(client) -> list[str]:
    return [
        " ".join(item.get_text(" ").split())
        for item in client.get(HERE).soup.select("ol.co-progress > li")
    ]


def test_a_fresh_view_goes_to_a_manager_and_its_answer_stands_on_the_progress_timeline(
    amira, ben, dev, bella
):
    """S20: the request goes to Dev, and the answer appears on the timeline of both agencies."""
    page = ben.get(f"{HERE}/fresh-view")
    assert [words.split(",")[0] for words in offers(page, "whom")] == ["Choose one", "Dev", "Dana"]
    asked = ben.submit(page, {"whom": choice(page, "whom", "Dev"), **NEW_EYES})
    assert asked.h1 == "Request for a fresh view"
    waits = " ".join(rows(dev.get("/today"), "this-week"))
    assert f"Answer the request for a fresh view: {NEW_EYES['what']}" in waits
    assert lines(amira) == []
    dev.submit(dev.get(f"{asked.path}/answer"), SEEN)
    for client in (amira, ben, dev):
        assert [line for line in lines(client) if "Fresh view" in line and SEEN["text"] in line]
    assert bella.get(HERE).status == 404


def test_a_turning_point_says_when_and_in_whose_words(amira, ben):
    """S20: shifts are marked, in one sentence, by a worker on the case."""
    page = amira.get(f"{HERE}/mark")
    said = {"text": "I slept, and I believed them.", "whose": "parent"}
    wrong = amira.submit(page, {**said, "happened_on": clock.today() + timedelta(days=1)})
    assert wrong.errors == {"happened_on": "The day must be today or earlier"}
    amira.submit(wrong, {"happened_on": clock.today() - timedelta(days=9)})
    (line,) = lines(ben)
    assert "Turning point “I slept, and I believed them.”" in line
    assert "In the parent’s or carer’s words, marked by Amira" in line


def test_the_timeline_tells_progress_that_the_reader_may_read_and_no_failure(amira, ben, world):
    """S20: goals agreed and reached, strengths and what helps; never a worry, or what is held."""
    signed_plan(amira, ben)
    answer(ben, "A goal for the child", "agreed")
    answer(ben, "A goal for the parent", "not-agreed", "Too soon")
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        meeting = writer.meeting("Ben", "Hana", ["Ben", "Hana"])
        for side in (BoardSide.STRENGTH, BoardSide.WORRY):
            said = {"meeting_id": meeting.id, "side": side, "text": f"A {side} of theirs"}
            writer.add(BoardEntry, "Ben", **said)
        held = {"happened_on": world.moment.today, "text": "Held", "whose": WhoseWords.WORKER}
        writer.add(TurningPoint, "Amira", Level.OWN_AGENCY, **held)
        session.commit()
    goal = amira.get(goal_link(amira, "A goal for the family", "change"))
    page = amira.submit(goal, button="This goal is reached")
    assert page.path == HERE
    told = [
        "Goal reached A goal for the family",
        "Strength A strength of theirs",
        "Goal agreed by both agencies A goal for the child",
        "Plan signed by both agencies: version 1",
    ]
    here = " | ".join(lines(ben))
    assert [words for words in told if words not in here] == []
    assert len(lines(ben)) == len(told)
    assert len(lines(amira)) == len(told) + 1
    goals = [str(card) for card in ben.get("/families/LANE-01/plan").soup.select(".co-goal")]
    assert not any("A goal for the family" in card for card in goals)
