"""A baby is expected: what would end is warned of, planned for, and its end is told (P08)."""

from __future__ import annotations

from datetime import timedelta

from coordinator import chores, clock
from test_local_services import add
from waiting_list import rows

BABY = {"name": "Baby Lane", "relation": "child"}


def attends(amira, farah, world, on_pregnancy="ends"):
    """Let Kim go to a service; return the page of her support."""
    add(world, farah, name="Skills at Mill Place", on_pregnancy=on_pregnancy)
    page = amira.get("/families/LANE-01/support/add")
    group = next(
        option["value"]
        for option in page.soup.select("select[name=service] option")
        if option.text == "Skills at Mill Place"
    )
    person = next(o["value"] for o in page.soup.select("select[name=person] option") if o["value"])
    said = {"what": "Skills group", "service": group, "person": person, "start": "10am"}
    today = clock.today()
    days = {"first_on": today, "last_on": today + timedelta(days=90)}
    return amira.submit(page, {**said, **days})


def expected(person):
    """Write down that a baby is expected; return the page that comes then."""
    page = person.get("/families/LANE-01/people/add?who=child")
    return person.submit(page, {**BABY, "born_on": clock.today() + timedelta(days=120)})


def test_a_pregnancy_warns_of_what_ends_and_opens_a_task(amira, ben, farah, world):
    """P08: Amira is warned, a transition task is opened, and Ben is told if the service stops."""
    support = attends(amira, farah, world)
    assert "Skills group would end on pregnancy" in expected(amira).text
    tasks = [row for row in rows(amira.get("/today"), "later") if "comes instead of" in row]
    assert len(tasks) == 1
    assert "Would end: a baby is expected" in amira.get("/families/LANE-01/plan").text
    assert "Skills group" not in ben.get("/families/LANE-01/plan").text
    form = amira.get(f"{support.path}/change")
    assert "the lead worker of the other agency" in form.text
    assert "has ended" not in ben.get("/today").text
    amira.submit(form, {"state": "ended"})
    told = [row for row in rows(ben.get("/today"), "this-week") if "has ended" in row]
    assert len(told) == 1
    assert "agree with Amira what comes instead" in told[0]
    assert "Skills group" not in told[0]


def test_what_the_writer_may_not_read_is_seen_to_by_the_worker(amira, ben, farah, world):
    """P08: Ben writes it down; what is Northside's own is neither shown to him nor forgotten."""
    attends(amira, farah, world)
    assert "would end" not in expected(ben).text
    for _ in range(2):
        with world.session() as session:
            chores.trail.acting(session, chores.ACTING, "supports.transition")
            if chores.TRANSITIONS.is_due(session, world.moment):
                chores.TRANSITIONS.does(session, world.moment)
    tasks = [row for row in rows(amira.get("/today"), "later") if "comes instead of" in row]
    assert len(tasks) == 1
    assert "comes instead of" not in ben.get("/families/LANE-01/plan").text


def test_a_service_that_goes_on_warns_of_nothing(amira, farah, world):
    """P08: only what ends on pregnancy is warned of."""
    attends(amira, farah, world, on_pregnancy="goes-on")
    assert "would end" not in expected(amira).text
