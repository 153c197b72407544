"""Two hats on one case need a reason: it is asked for, kept, and shown with the worker (D18)."""

import pytest
from sqlalchemy import select

from casework import choice
from coordinator.models.accounts import Membership
from coordinator.models.families import Involvement
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import Role

ADD, PEOPLE = "/families/LANE-01/workers/add", "/families/LANE-01/people"
WHY = "Gus knows Kim from the ward, and the school holidays begin"
ASKED = "has a part in this case already: say why they need a second one"


def put(client, name, **values):
    page = client.get(ADD)
    return client.submit(page, {"worker": choice(page, "worker", name), **values})


def of_gus(world):
    with world.session() as session:
        return session.scalars(
            select(Involvement)
            .where(Involvement.account_id == world.account_id("Gus"))
            .order_by(Involvement.id)
        ).all()


def test_who_works_on_the_case_for_one_agency_needs_a_reason_to_do_so_for_the_other(
    amira, ben, world
):
    """D18: adding a second role on one case needs a reason; it is asked beside its field."""
    put(amira, "Gus")
    page = put(ben, "Gus")
    assert page.status == 422
    assert page.errors == {"second_role": f"Gus {ASKED}"}
    page = ben.submit(page, {"second_role": WHY})
    assert page.path == PEOPLE
    first, second = of_gus(world)
    assert (first.second_role_reason, second.second_role_reason) == ("", WHY)
    for client in (amira, ben):
        assert f"Second role on this case: {WHY}" in client.get(PEOPLE).text


def test_a_first_role_asks_for_no_reason_and_keeps_none(amira, world):
    put(amira, "Gus", second_role="Not needed")
    assert [one.second_role_reason for one in of_gus(world)] == [""]
    assert "Second role" not in amira.get(PEOPLE).text


def test_the_manager_of_a_team_on_the_case_who_works_on_it_too_needs_a_reason(amira, dana, world):
    """D18: two hats are two hats, of one agency as well."""
    with world.does("Farah") as (session, _actor):
        manager = session.scalars(
            select(Membership).where(
                Membership.account_id == world.account_id("Dana"),
                Membership.role == Role.TEAM_MANAGER,
            )
        ).one()
        session.add(
            Membership(
                account_id=manager.account_id,
                team_id=manager.team_id,
                role=Role.CARE_COORDINATOR,
                starts_on=world.moment.today,
            )
        )
    page = put(amira, "Dana")
    assert page.errors == {"second_role": f"Dana {ASKED}"}
    page = amira.submit(page, {"second_role": "She covers for me in August"})
    assert "Second role on this case: She covers for me in August" in page.text


def test_a_team_that_is_asked_to_join_says_it_too(amira, ben, world):
    """D18: the desk of a team names somebody who is there for the other agency."""
    put(amira, "Gus")
    page = amira.get("/families/LANE-01/ask")
    amira.submit(page, {"team": choice(page, "team", "Eastway Family"), "why": "For the holidays"})
    today = ben.get("/today")
    page = ben.click(
        ben.click(today, "Answer the request to join a family (family LANE-01)"), "Name a worker"
    )
    page = ben.submit(page, {"worker": choice(page, "worker", "Gus")})
    assert page.errors == {"second_role": f"Gus {ASKED}"}
    ben.submit(page, {"second_role": WHY})
    assert [one.second_role_reason for one in of_gus(world)] == ["", WHY]


def test_the_reason_is_in_the_trail_and_takes_no_address(amira, ben, world):
    """D18, threats 2."""
    put(amira, "Gus")
    page = put(ben, "Gus", second_role="He lives at 12 Rose Lane")
    assert page.errors["second_role"].startswith("Take the address out")
    ben.submit(page, {"second_role": WHY})
    with world.session() as session:
        fields = session.scalars(
            select(TrailEvent.fields)
            .where(TrailEvent.action == "involvements.add")
            .order_by(TrailEvent.seq.desc())
            .limit(1)
        ).one()
    assert "second_role_reason" in str(fields)
    assert WHY not in str(fields)


@pytest.mark.parametrize("agency", ["Northside", "Eastway"])
def test_every_page_says_for_whom_one_acts_and_changes_it_in_one_press(amira, ben, gus, agency):
    """D18: the switch shows on every page."""
    put(amira, "Gus")
    put(ben, "Gus", second_role=WHY)
    if agency == "Eastway":
        gus.act_for(agency)
    for path in ("/today", "/families", "/families/LANE-01", PEOPLE, "/directory"):
        strip = gus.get(path).soup.select_one(".co-acting")
        assert f"You are acting for {agency}" in strip.text
        assert "Switch to" in strip.select_one("button").text
