"""Oversight: the manager of a team on the case, and a safeguarding lead who says why."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from coordinator import clock
from coordinator.models.families import Involvement, Oversight
from coordinator.models.trail import TrailEvent
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EventKind

HOME = "/families/LANE-01"


def give_reason(client, reason="A complaint about the case"):
    return client.submit(client.get(HOME), {"reason": reason})


def test_a_safeguarding_lead_sees_nothing_of_a_family_before_a_reason(elif_):
    """spec/sharing.md, mark R."""
    for path in ("", "/people", "/sharing"):
        page = elif_.get(HOME + path)
        assert page.h1 == "Say why you are looking"
        for words in ("Kim", "Leo", "Mia", "Nate", "Amira", "Ben"):
            assert words not in page.html
    assert "LANE-01" not in elif_.get("/families").html


def test_a_safeguarding_lead_who_gave_a_reason_sees_the_family_for_some_hours(elif_, world):
    page = give_reason(elif_)
    assert page.path == HOME
    assert "Kim Lane" in page.html
    assert "LANE-01" in elif_.get("/families").html
    assert world.count(Oversight) == 1
    later = clock.now() + timedelta(hours=SETTINGS.oversight_hours, minutes=1)
    with time_machine.travel(later, tick=False):
        again = type(elif_)(elif_.app).sign_in("Elif")
        assert again.get(HOME).h1 == "Say why you are looking"
        assert "LANE-01" not in again.get("/families").html


def test_a_reason_is_not_optional(elif_, world):
    page = elif_.submit(elif_.get(HOME), {"reason": "  "})
    assert page.status == 422
    assert world.count(Oversight) == 0


def test_a_reason_opens_the_family_to_its_author_alone(elif_, ewan):
    give_reason(elif_)
    assert ewan.get(HOME).h1 == "Say why you are looking"


def test_each_look_of_a_lead_is_in_the_trail(elif_, world):
    give_reason(elif_)
    elif_.get(f"{HOME}/people")
    with world.session() as session:
        looks = session.scalars(
            select(TrailEvent.action).where(
                TrailEvent.actor_id == world.account_id("Elif"),
                TrailEvent.kind == EventKind.LOOK,
            )
        ).all()
    assert list(looks).count("families.read") == 2


def test_a_lead_reads_and_changes_nothing(elif_):
    give_reason(elif_)
    for path in ("/people/add", "/children", "/notes/add", "/ask", "/workers/add"):
        assert elif_.get(HOME + path).status == 403


def test_a_lead_whose_agency_is_not_on_the_case_is_as_anybody_else(amira, esi, ewan):
    page = amira.submit(
        amira.get("/families/open"), {"name": "Walter Pike", "children_asked": "no"}
    )
    home = "/".join(page.path.split("/")[:3])
    assert esi.get(home).status == 404
    assert esi.get(f"{home}/reason").status == 404
    assert ewan.get(home).h1 == "Say why you are looking"


def test_a_lead_reaches_a_family_by_its_reference(elif_):
    page = elif_.submit(elif_.get("/families"), {"reference": " lane-01 "})
    assert page.h1 == "Say why you are looking"
    for typed in ("LANE-99", "'; --", "ü"):
        assert elif_.submit(elif_.get("/families"), {"reference": typed}).status == 404


def test_nobody_else_gives_a_reason_to_get_in(amira, bella, dana, farah):
    assert bella.get(f"{HOME}/reason").status == 404
    assert farah.get(f"{HOME}/reason").status == 404
    for client in (amira, dana):
        assert client.get(f"{HOME}/reason").status == 403
        assert client.post("/families/by-reference", {"reference": "LANE-01"}).status == 403


def test_a_manager_sees_the_family_of_the_own_team_without_a_reason(dana, dev):
    for client in (dana, dev):
        assert client.get(HOME).status == 200


def test_a_manager_sees_it_no_longer_when_the_team_has_left(dana, dev, world):

    with world.does("Amira") as (session, actor):
        for worker in session.scalars(
            select(Involvement).where(Involvement.account_id == actor.account_id)
        ):
            worker.ends_on = clock.today() - timedelta(days=1)
    assert dana.get(HOME).status == 404
    assert dev.get(HOME).status == 200
