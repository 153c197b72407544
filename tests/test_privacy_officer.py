"""The privacy officer: a role that watches over exclusions and sign-ins, and opens no family."""

import pytest

import records
import routes
from accounts import address, team
from casework import choice
from coordinator.services import exclusions
from listed import account
from signing_in import BEN, type_password
from writer import Writer

OWN_PAGES = ("/exclusions", "/alerts", "/sign-ins")


@pytest.fixture
def references(demo_app, world):
    with world.session() as session:
        return records.build(session, world.moment, world.family)


def test_no_page_of_a_family_opens_by_this_role(app, petra, piers, references):
    """Issue, 9; spec/sharing.md: profession, seniority or membership alone never opens a case."""
    theirs = {"exclusions.lift", "look_alerts.show", "look_alerts.review"}
    for rule in routes.rules(app):
        if routes.record_of(rule) not in routes.OF_A_FAMILY or rule.endpoint in theirs:
            continue
        path = routes.address(app, rule, references)
        for method in sorted(routes.methods(rule)):
            for client in (petra, piers):
                data = {"csrf_token": client.csrf_token()} if method == "POST" else None
                page = client.open(method, path, data=data)
                assert page.status == 404, (method, path)
                assert "Kim" not in page.html


def test_their_pages_are_in_the_menu_and_the_families_are_not(petra, amira, farah):
    menu = petra.get("/today").soup.select_one("#navigation").get_text(" ", strip=True)
    assert menu == "Today Directory Exclusions Alerts Sign-ins"
    for client in (amira, farah):
        menu = client.get("/today").soup.select_one("#navigation").get_text()
        assert "Exclusions" not in menu
        assert "Sign-ins" not in menu


def test_their_pages_are_for_them_alone(amira, dana, elif_, farah, hana):
    for client in (amira, dana, elif_, farah, hana):
        for path in OWN_PAGES:
            page = client.get(path)
            assert page.status == 403
            assert "privacy officer" in page.text


def test_a_family_of_another_agency_alone_is_none_of_their_business(world, petra, piers):
    """An exclusion from a family that only one agency ever worked with is not the other's."""
    with world.session() as session:
        found = records.another_family(session, world.moment, "Walter Pike", "", ["Amira"])
        Writer.of(session, world.moment, found["family"]).keep_out("Nia")
    assert found["family"] in petra.get("/exclusions").text
    assert found["family"] not in piers.get("/exclusions").html
    assert piers.get(f"/exclusions/{found['exclusion']}/lift").status == 404


def test_an_administrator_gives_the_role_and_takes_it_back(app, farah, world, bella, dana):
    """Issue, 9: a role like every other, with its days."""
    page = farah.get(f"{address(world, 'Bella')}/roles/add")
    assert choice(page, "role", "Privacy officer")
    page = farah.submit(
        page, {"role": "privacy-officer", "team": team(world, "Eastway Family Support")}
    )
    assert page.status == 200
    assert bella.get("/exclusions").status == 200


def test_they_read_who_of_their_agency_signed_in_and_who_was_refused(
    demo_app, visitor, petra, piers, amira
):
    """Threats, 17."""
    type_password(visitor, email=BEN, password="wrong")
    page = piers.get("/sign-ins")
    assert "Ben" in page.text
    assert "Refused" in page.text
    assert "Amira" not in page.text
    page = piers.click(page, "Refused")
    assert "Piers" not in page.main.select_one("table").get_text()
    page = petra.get("/sign-ins")
    assert "Amira" in page.text
    assert "Ben" not in page.text
    assert "Nobody was refused." in petra.get("/sign-ins?show=refused").text


def test_a_privacy_officer_who_set_an_exclusion_as_a_manager_does_not_lift_it(world, dana, farah):
    """Threats, 1: two people, also where one person has both roles."""
    farah.submit(
        farah.get(f"{address(world, 'Dana')}/roles/add"),
        {"role": "privacy-officer", "team": team(world)},
    )
    with world.does("Dana") as (session, actor):
        family = world.family_for(session, actor)
        reference = exclusions.set_exclusion(
            session, actor, world.moment, family, account(world, "Bella"), "A neighbour"
        )
    page = dana.get("/exclusions")
    assert "You set it: somebody else lifts it" in page.text
    refused = dana.get(f"/exclusions/{reference}/lift")
    assert refused.status == 403
    assert "somebody else than who set the exclusion" in refused.text
