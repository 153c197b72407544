"""Whose list something stands on, and what to do where nothing waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

import records
from coordinator import clock, trail
from coordinator.models.directory import Team
from coordinator.models.families import Family, JoinRequest
from coordinator.models.plans import Action
from coordinator.models.trail import TrailEvent
from coordinator.services import families
from coordinator.services.families import PersonDetails
from coordinator.vocabulary import (
    CaseRole,
    ChildrenAsked,
    EventKind,
    JoinState,
    Level,
    Relation,
)
from page import Client
from waiting_list import add_action, rows, together_since


def test_a_chair_is_not_told_to_talk(hana, world):
    together_since(world, 60)
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).involve("Hana", CaseRole.CHAIR)
    assert rows(hana.get("/today"), "late") == []


def test_a_request_to_join_waits_for_the_asked_team(amira, bella, world):
    with world.does("Amira") as (session, actor):
        session.add(
            JoinRequest(
                family_id=session.scalars(select(Family.id)).first(),
                team_id=session.scalars(
                    select(Team.id).where(Team.name == "Eastway Family Support")
                ).one(),
                asked_by_id=actor.account_id,
                asked_at=clock.now() - timedelta(hours=2),
                why="Two children live at home",
                state=JoinState.ASKED,
            )
        )
    (row,) = rows(bella.get("/today"), "today")
    assert row.startswith("Answer the request to join a family asked ")
    assert "LANE-01" in row
    assert "Kim" not in row
    assert rows(amira.get("/today"), "others")[0].startswith(
        "Eastway Family Support: name a worker for the family"
    )


def test_children_whom_nobody_asked_about_stay_on_the_list(gus, world):
    """E49: until somebody has asked."""
    with world.does("Gus") as (session, actor):
        reference = families.open_family(
            session,
            actor,
            world.moment,
            PersonDetails("Tom Reed", Relation.PARENT_OR_CARER),
            ChildrenAsked.NOT_ASKED,
            "Too unwell",
        )
    page = gus.get("/today")
    explain = f"Explain how we share Parent not yet told how we share {reference} Tom Reed"
    assert rows(page, "this-week") == [
        f"Ask about children Nobody has asked yet {reference} Tom Reed",
        explain,
    ]
    page = gus.click(page, f"Ask about children (family {reference})")
    gus.submit(page, {"children_asked": "no"})
    assert rows(gus.get("/today"), "this-week") == [explain]


def test_what_is_held_back_from_me_does_not_wait_for_me(amira, world):
    add_action(world, "Ben", "Amira", level=Level.OWN_AGENCY)
    with world.session() as session:
        trail.acting(session, trail.Acting(service="test"), "test")
        action = session.scalars(select(Action)).one()
        assert action.level is Level.OWN_AGENCY
    assert "Ask the ward" not in amira.get("/today").html


def test_an_exclusion_empties_my_page_of_the_family(colm, world):
    with world.session() as session:
        records.build(session, world.moment, world.family)
        records.Writer.of(session, world.moment, world.family).exclude("Colm")
    page = colm.get("/today")
    # The request to join is addressed to Colm's team, about a family that he may not know of.
    assert "LANE-01" not in page.html
    # A concern about working together, which he answers for, is of no family.
    left = [row.a["href"] for row in page.soup.select(".co-row")]
    assert [where.split("/")[1] for where in left] == ["working-together"]


def test_a_stranger_and_an_administrator_have_a_first_step_instead_of_a_blank_page(bella, farah):
    page = bella.get("/today")
    assert "You are not on a case" in page.text
    assert page.links["Open a case"] == "/families/open"
    page = farah.get("/today")
    assert "Make, change and close accounts" in page.links
    assert "Open a case" not in page.links
    assert "LANE-01" not in page.html


def test_the_demo_says_what_to_try(demo_app, amira):
    page = Client(demo_app).sign_in("Amira").get("/today")
    assert "New here? Try this" in page.text
    assert page.links["Read and write the shared plan"] == "/families/LANE-01/plan"
    add = amira.get("/today")
    assert "New here?" not in add.text


def test_a_manager_gets_to_who_was_not_reached_in_one_press(dana, amira):
    assert dana.get("/today").links["Who was not reached"].startswith("/audit?")
    assert "Who was not reached" not in amira.get("/today").links


def test_looking_at_today_is_written_down(amira, world):
    amira.get("/today")
    looks = (TrailEvent.kind == EventKind.LOOK, TrailEvent.record_kind == "today")
    assert world.count(TrailEvent, *looks) == 1


def test_today_takes_the_same_statements_however_many_families_there_are(amira, world, statements):
    amira.get("/today")
    statements.clear()
    amira.get("/today")
    few = len(statements)
    with world.session() as session:
        for number in range(6):
            records.another_family(
                session, world.moment, f"Person {number}", f"99912345{number:02}", ["Amira", "Ben"]
            )
        records.build(session, world.moment, world.family)
    statements.clear()
    page = amira.get("/today")
    assert len(page.soup.select(".co-row")) > 10
    assert len(statements) == few <= 16


@pytest.mark.parametrize("name", ["Amira", "Dana", "Elif", "Farah", "Hana", "Petra"])
def test_nobody_s_today_takes_more_than_sixteen_statements(name, app, world, statements):
    client = Client(app).sign_in(name)
    client.get("/today")
    statements.clear()
    client.get("/today")
    assert len(statements) <= 16
