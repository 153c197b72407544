"""What is shared before the parent knows: a line on the openness record, and a day to ask again."""

from datetime import timedelta

from casework import TOLD, write
from coordinator.models.openness import Openness
from planning import share, start
from test_openness import HOME, newest, parts, review_is

ASKED_AGAIN = "Ask yourself again: has the parent been told?"


def untold(world):
    """Return the facts of an act of sharing of which the parent does not know yet."""
    day = world.moment.today + timedelta(days=7)
    not_yet = {"parent_told": "not-yet", "parent_view": "She is asleep", **parts("review_on", day)}
    return {**TOLD, **not_yet}, day


def test_what_is_shared_before_the_parent_knows_stands_on_the_record_until_she_does(
    amira, ben, world
):
    """S23: untold items have a review date; on that day whoever shared it is asked again."""
    facts, day = untold(world)
    write(amira, level="open", **facts)
    line = newest(world)
    assert (line.told, line.review_on, line.level) == ("not-told", day, "open")
    told = ben.get(HOME).text
    assert "Opened to both agencies: the note" in told
    assert "Why not told: She is asleep" in told
    assert "Opened to both agencies" not in amira.get(f"{HOME}/copy").text
    review_is(world, 0)
    assert ASKED_AGAIN not in ben.get("/today").text
    page = amira.click(amira.get("/today"), f"{ASKED_AGAIN} (family LANE-01)")
    amira.submit(page, {"answer": "told", "words": "She thanks us"})
    assert ASKED_AGAIN not in amira.get("/today").text
    assert "Opened to both agencies" in amira.get(f"{HOME}/copy").text


def test_a_plan_that_is_shared_before_the_parent_knows_is_on_the_record_too(amira, ben, world):
    start(amira)
    facts, _day = untold(world)
    share(amira, **facts)
    assert "Opened to both agencies: the plan" in ben.get(HOME).text


def test_who_told_the_parent_first_leaves_no_line_of_what_she_is_not_told(amira, world):
    write(amira, level="open", **TOLD)
    assert world.count(Openness) == 0
