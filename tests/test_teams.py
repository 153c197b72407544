"""Teams change their names and end; what they did stays theirs (issue 5, 11)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import listed
from coordinator.models.directory import Agency, Team
from coordinator.models.families import JoinRequest
from coordinator.vocabulary import JoinState

SUPPORT = "Eastway Family Support"


def empty_team(world, name="Harbour Team"):
    """Add a team of Eastway in which nobody works; return its number and reference."""
    with world.does("Farah") as (session, _):
        agency = session.scalars(select(Agency.id).where(Agency.name.startswith("Eastway"))).one()
        team = Team(agency_id=agency, name=name)
        session.add(team)
        session.flush()
        return team.id, team.reference


def close(farah, reference):
    return farah.submit(farah.get(f"/directory/teams/{reference}/close"), button="Close the team")


def test_a_new_name_keeps_the_one_before(farah, amira, world):
    team = f"/directory/teams/{listed.team(world, SUPPORT)}"
    farah.submit(farah.get(f"{team}/change"), {"name": "Families First"})
    page = amira.get(team)
    assert page.h1 == "Families First"
    assert SUPPORT in page.text
    agency = f"/directory/agencies/{listed.agency(world, 'Eastway')}"
    was = amira.get(agency).h1
    farah.submit(farah.get(f"{agency}/change"), {"name": "Eastway Council"})
    assert was in amira.get(agency).main.get_text()


def test_a_team_on_which_something_hangs_is_not_closed(farah, world):
    """It names what is to be done first; that there are cases, and neither how many nor which."""
    page = close(farah, listed.team(world, SUPPORT))
    assert page.status == 422
    for first in ("People have a role in it", "A post of it is held", "It works on cases"):
        assert first in page.text
    assert "LANE" not in page.text


def test_a_request_that_waits_keeps_a_team_open(farah, world):
    number, reference = empty_team(world)
    with world.does("Amira") as (session, actor):
        request = JoinRequest(
            family_id=world.family_for(session, actor).id,
            team_id=number,
            asked_by_id=actor.account_id,
            asked_at=world.moment.now - timedelta(days=1),
            why="A worker is needed",
            state=JoinState.ASKED,
        )
        session.add(request)
    assert "It is asked to join a case" in close(farah, reference).text


def test_a_closed_team_is_offered_nowhere_and_can_be_opened_again(farah, amira, world):
    _, reference = empty_team(world)
    assert close(farah, reference).status == 200
    assert "Harbour Team" not in amira.get("/directory").text
    assert "Harbour Team" not in farah.get("/accounts/add").text
    page = farah.get(f"/directory/teams/{reference}")
    assert "This team was closed on" in page.text
    farah.submit(page, button="Open the team again")
    assert "Harbour Team" in amira.get("/directory").text
