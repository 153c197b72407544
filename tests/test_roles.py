"""Roles: dated, more than one, apart from the profession, and never one’s own to change."""

from datetime import timedelta

from accounts import add, address, link_on, signed_in, team
from checks import words
from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.demo import cast
from page import Client


def test_a_care_coordinator_who_was_just_added_opens_a_case_and_shows_her_profession(
    farah, ben, app, world
):
    """E01: role and profession are apart; the profession shows beside the name."""
    noor = signed_in(app, link_on(add(farah, world)))
    page = noor.submit(
        noor.get("/families/open"),
        {"name": "Robin Vale", "children_asked": "no"},
        to="/families/open",
    )
    assert page.path.startswith("/families/")
    page = ben.get("/directory?q=Noor")
    assert "Occupational therapist" in words(page.main.select_one("tbody th"))


def test_another_profession_changes_no_right(farah, world):
    """E01: every permission answers the same before and after."""
    before = rights(world)
    page = farah.get(f"{address(world, 'Amira')}/change")
    page = farah.submit(page, {"profession": "Consultant psychiatrist"}, button="Save")
    assert "Consultant psychiatrist" in page.text
    with world.does("Amira") as (_, actor):
        assert actor.profession == "Consultant psychiatrist"
    assert rights(world) == before


def rights(world):
    with world.does("Amira") as (session, _):
        amira: Actor = cast.actor(session, "Amira")
        family = world.family_for(session, amira)
        return {
            permission: (
                decide(amira, permission).allowed,
                decide(amira, permission, family).allowed,
            )
            for permission in Permission
        }


def test_nobody_changes_their_own_rights(farah, world):
    mine = address(world, "Farah")
    page = farah.get(mine)
    assert "nobody changes their own rights" in page.text
    assert "Add a role" not in page.links
    for path in ("roles/add", "close", "set-up-link"):
        page = farah.get(f"{mine}/{path}")
        assert page.status == 403
        assert "nobody changes their own rights" in page.text
        assert farah.post(f"{mine}/{path}", {}).status == 403
    assert farah.post(f"{mine}/reopen").status == 403
    with world.does("Farah") as (_, actor):
        role = actor.standings[0].reference
    assert farah.post(f"/accounts/roles/{role}/end", {}).status == 403


def test_a_second_role_makes_a_seconded_worker(farah, amira, world):
    """E07: two dated memberships, and a switch."""
    page = farah.get(f"{address(world, 'Amira')}/roles/add")
    east = team(world, "Eastway Family Support")
    page = farah.submit(page, {"role": "social-worker", "team": east}, button="Add the role")
    assert "Children and families social worker, Eastway Family Support" in page.text
    page = amira.get("/directory")
    assert "You are acting for Northside Mental Health" in words(page.soup.header)


def test_the_same_role_twice_is_refused(farah, world):
    page = farah.get(f"{address(world, 'Amira')}/roles/add")
    said = {"role": "care-coordinator", "team": team(world)}
    page = farah.submit(page, said, button="Add the role")
    assert "has this role in this team already" in page.errors["role"]


def test_an_administrator_has_no_other_role(farah, world):
    page = farah.get(f"{address(world, 'Amira')}/roles/add")
    said = {"role": "administrator", "team": team(world, "Coordinator office")}
    page = farah.submit(page, said, button="Add the role")
    assert page.status == 422
    assert "sees no family" in page.errors["role"]


def test_a_role_that_ended_yesterday_gives_no_right_today(farah, amira, world):
    assert amira.get("/families/open").status == 200
    page = farah.get(address(world, "Amira"))
    yesterday = clock.today() - timedelta(days=1)
    page = farah.submit(
        farah.click(page, "End the role of Care coordinator, Northside CMHT"),
        {"last_day": yesterday},
    )
    assert "Over" in page.text
    assert amira.get("/families/open").status == 403
    assert amira.get("/families/LANE-01").status == 404


def test_a_role_that_begins_tomorrow_gives_no_right_today(farah, app, world):
    tomorrow = clock.today() + timedelta(days=1)
    noor = signed_in(app, link_on(add(farah, world, starts_on=tomorrow)))
    assert noor.get("/families/open").status == 403
    with clock.standing_at(clock.now() + timedelta(days=1)):
        noor = Client(app).sign_in("Noor Vale")
        assert noor.get("/families/open").status == 200


def test_a_role_cannot_end_before_it_began(farah, world):
    with world.does("Amira") as (_, actor):
        role = actor.standings[0].reference
    page = farah.get(f"/accounts/roles/{role}/end")
    long_ago = clock.today() - timedelta(days=4000)
    page = farah.submit(page, {"last_day": long_ago})
    assert "before the role began" in page.errors["last_day"]
