"""The directory: link workers in both directions, people, teams, agencies, and who changes it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from checks import words
from coordinator import clock
from coordinator.models.directory import Site, Team
from coordinator.models.trail import TrailEvent
from coordinator.reads import directory as reads
from coordinator.vocabulary import PostKind
from coordinator.web import front
from listed import (
    LEADS,
    account,
    agency,
    cards,
    dialled,
    lead_post,
    reference,
    team,
)


def test_somebody_who_is_signed_out_gets_the_sign_in_page(visitor):
    assert visitor.get(LEADS).path == "/sign-in"


def test_link_workers_are_shown_in_both_directions(amira, ben):
    """E03: each side sees the way into the other and how the other reaches it."""
    of_amira, of_ben = amira.get("/directory"), ben.get("/directory")
    assert "Link workers: my way into the other agency" in of_amira.text
    for page in (of_amira, of_ben):
        assert {"Link worker, Northside CMHT", "Link worker, Eastway Family Support"} <= set(
            cards(page)
        )
    assert of_amira.text.index("Colm") < of_amira.text.index("Cerys")
    assert of_ben.text.index("Cerys") < of_ben.text.index("Colm")


def test_the_link_workers_of_a_cases_teams_come_in_one_statement(world, statements):
    """E03: name, what she can and cannot do, and her hours, for the page of a family."""
    with world.does("Ben") as (session, actor):
        north = session.scalars(select(Team.id).where(Team.name == "Northside CMHT")).one()
        statements.clear()
        (found,) = [
            card
            for card in reads.link_workers(session, [north], world.moment, actor)
            if card.kind is PostKind.LINK_WORKER
        ]
        assert len(statements) == 1
    assert found.holder is not None
    assert found.holder.name == "Cerys"
    assert found.cover_hours == "Monday to Friday, 9am to 5pm"


def test_a_team_page_shows_its_duty_line_its_people_and_both_link_workers(ben, world):
    page = ben.get(f"/directory/teams/{team(world, 'Northside CMHT')}")
    assert page.h1 == "Northside CMHT"
    assert "Duty line: 01632 960100" in page.text
    assert "duty.cmht@northside.example" in page.text
    assert "Amira" in page.text
    assert "Occupational therapist" in page.text
    assert page.text.index("How others reach this team") < page.text.index("Cerys")
    assert page.text.index("How this team reaches the other agency") < page.text.index("Colm")


def test_a_search_finds_people_by_any_word(amira):
    for query, name in (
        ("amira", "Amira"),
        ("occupational", "Amira"),
        ("eastway worker ben", "Ben"),
        ("conference chair", "Hana"),
        ("northside cmht", "Dana"),
    ):
        page = amira.get(f"/directory?q={query}")
        assert name in [words(cell) for cell in page.main.select("tbody th strong")], query
    page = amira.get("/directory?q=ben")
    assert [link for link in dialled(page) if "961" in link]
    assert "ben@eastway.example" in page.text


def test_a_search_finds_teams(ben):
    page = ben.get("/directory?q=psychology")
    assert ben.click(page, "Northside Psychology").h1 == "Northside Psychology"


def test_a_person_with_two_roles_is_found_once_with_both(amira):
    page = amira.get("/directory?q=Gus")
    assert len(page.main.select("tbody tr")) == 1
    assert "Northside CMHT" in page.text
    assert "Eastway Family Support" in page.text


def test_a_search_that_finds_nobody_says_so(amira):
    assert "Nobody matches" in amira.get("/directory?q=zzz").text
    for query in ("%00", "%25", "x" * 4000, "%ED%A0%80", "'%3B--", "_"):
        page = amira.get(f"/directory?q={query}")
        assert page.status == 200
        assert "Nobody matches" in page.text or query == "%00"


def test_an_administrator_changes_an_agency_a_team_and_a_building(farah, world):
    home = f"/directory/agencies/{agency(world, 'Northside')}"
    page = farah.submit(farah.get(f"{home}/change"), {"name": "Northside Trust"})
    assert page.h1 == "Northside Trust"
    path = f"/directory/teams/{team(world, 'Northside CMHT')}"
    page = farah.submit(farah.get(f"{path}/change"), {"name": "Northside North CMHT"})
    assert page.h1 == "Northside North CMHT"
    site = reference(world, Site, Site.name.startswith("Northside"))
    page = farah.submit(farah.get(f"/directory/sites/{site}/change"), {"address": "2 New Road"})
    assert "2 New Road" in page.text


def test_names_are_not_given_twice(farah, world):
    page = farah.get("/directory/agencies/add")
    page = farah.submit(page, {"name": "Northside Mental Health", "kind": "cmht"})
    assert "already" in page.errors["name"]
    home = f"/directory/agencies/{agency(world, 'Northside')}"
    page = farah.submit(farah.get(f"{home}/teams/add"), {"name": "Northside CMHT"})
    assert "already" in page.errors["name"]
    said = {"kind": "safeguarding-adults-lead"}
    page = farah.submit(farah.get(f"{home}/posts/add"), said)
    assert "already" in page.errors["kind"]


def test_only_an_administrator_changes_the_directory(amira, elif_, dana, world):
    paths = [
        "/directory/agencies/add",
        f"/directory/agencies/{agency(world, 'Northside')}/teams/add",
        f"/directory/teams/{team(world, 'Northside CMHT')}/change",
        f"{lead_post(world)}/holder",
        f"{lead_post(world)}/change",
    ]
    for person in (amira, elif_, dana):
        for path in paths:
            assert person.get(path).status == 403
            assert person.post(path, {"name": "x"}).status == 403
        assert "Change the team" not in person.get(paths[2].removesuffix("/change")).links


def test_a_made_up_reference_is_not_found(amira, farah):
    for path in ("teams/NOSUCH123", "agencies/NOSUCH123", "teams/%00", "teams/x"):
        assert amira.get(f"/directory/{path}").status == 404
    assert farah.get("/directory/posts/NOSUCH123/change").status == 404
    assert farah.get("/directory/sites/NOSUCH123/change").status == 404


def test_changes_to_the_directory_stand_in_the_trail(farah, world):
    home = lead_post(world)
    farah.submit(farah.get(f"{home}/holder"), {"account": account(world, "Ewan")}, button="Save")
    with world.session() as session:
        rows = session.execute(
            select(TrailEvent.action, TrailEvent.record_kind).where(
                TrailEvent.actor_id == world.account_id("Farah")
            )
        ).all()
    assert ("directory.manage", "post_holdings") in rows


@pytest.mark.parametrize("path", ["/directory", LEADS, "/directory?q=northside"])
def test_a_page_of_the_directory_takes_few_statements(amira, statements, path):
    amira.get(path)
    statements.clear()
    amira.get(path)
    assert len(statements) <= 9, statements


def test_the_accessibility_statement_is_linked_and_was_reviewed_within_a_year(visitor):
    page = visitor.get("/sign-in")
    page = visitor.click(page, "Accessibility statement")
    reviewed = page.main.select_one("time")["datetime"]
    assert date.fromisoformat(reviewed) == front.STATEMENT_REVIEWED_ON
    age = clock.today() - front.STATEMENT_REVIEWED_ON
    assert timedelta() <= age < timedelta(days=365)
    for part in ("Feedback and contact information", "Enforcement procedure", "Compliance status"):
        assert part in page.text
