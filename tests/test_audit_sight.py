"""What the audit shows to whom, and what it shows to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

import records
from auditing import OF_LANE, acts, fill_trail, rows, world_reference
from coordinator import clock, trail
from coordinator.demo import cast
from coordinator.models.accounts import Membership
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.families import Involvement, Person
from coordinator.models.sharing import Sharing
from coordinator.services import families
from coordinator.trail import Subject
from coordinator.vocabulary import (
    EventKind,
    Level,
    Mechanism,
    Outcome,
    ParentTold,
    PostKind,
    Purpose,
)
from page import Client

FAMILY_NAMES = ("Kim", "Leo", "Mia", "Nate", "Lane ", "Moss")


def test_a_refusal_of_an_entry_stands_there_if_the_reader_may_read_the_entry(writer, bella, dana):
    goal = writer.goal("Amira", "Sleep").reference
    held_back = writer.goal("Ben", "Not for Dana", Level.OWN_AGENCY).reference
    writer.session.commit()
    for reference in (goal, held_back):
        assert bella.get(f"/goals/{reference}/change").status == 404
    assert len(rows(dana.get(f"{OF_LANE}&kinds=refusal"))) == 1


def test_a_hidden_family_and_a_made_up_one_look_the_same_to_a_manager_who_knows_neither(
    world, bella, dev
):
    """S32: Dev does not work with the family; that it exists is not his to know."""
    with world.session() as session:
        there = records.another_family(session, world.moment, "Ann Other", "9990000026", ["Paula"])
    seen = []
    for reference in (there["family"], there["goal"], "ZZZZ99999"):
        bella.get(f"/families/{reference}/plan")
        seen.append(rows(dev.get("/audit?kinds=refusal"))[0][1:])
        assert reference not in dev.get("/audit").html
    assert seen[0] == seen[1] == seen[2]


def test_own_staffs_acts_on_another_family_name_no_reference(world, dana):
    """Amira worked with a family with which Dana's team no longer works."""
    with world.session() as session:
        there = records.another_family(session, world.moment, "Ann Other", "9990000026", ["Amira"])
        involvement = session.scalars(
            select(Involvement).where(Involvement.reference == there["involvement"])
        ).one()
        involvement.ends_on = world.moment.today - timedelta(days=1)
    page = dana.get("/audit?kinds=change")
    masked = [row for row in rows(page) if row[5] == "a family you do not work with"]
    assert masked
    assert {row[1] for row in masked} >= {"Amira"}
    assert there["family"] not in page.html
    assert dana.get(f"/audit?family={there['family']}").errors == {
        "family": "You know of no family with this reference"
    }


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.OPEN], ids=str)
def test_what_the_other_agency_holds_back_leaves_no_mark_in_the_audit(world, dana, level):
    """E59, S32: no row, no number and no other page; not its changes, looks or sharing either."""
    before = {path: dana.get(path).text for path in (OF_LANE, "/audit?kinds=contact")}
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.of_each_kind("Ben", "Held back", level)
        to_amira = writer.contact("Ben", "Amira", "Held back", level)
        writer.meeting("Ben", "Ben", ["Amira", "Ben"], level)
        writer.add(
            Sharing,
            "Ben",
            shared_entry_id=to_amira.id,
            from_level=Level.OWN_AGENCY,
            to_level=level,
            purpose=Purpose.JOINT_PLAN,
            what="A contact",
            parent_told=ParentTold.YES,
        )
        trail.write(
            session,
            EventKind.LOOK,
            Subject(writer.family_id, to_amira.id, "contact-attempt", to_amira.reference),
            action="contacts.read",
        )
    assert {path: dana.get(path).text for path in before} == before


def test_a_manager_reads_what_her_own_agency_holds_back(writer, dana):
    before = len(rows(dana.get(OF_LANE)))
    writer.of_each_kind("Amira", "Ours", Level.OWN_AGENCY)
    writer.session.commit()
    assert len(rows(dana.get(OF_LANE))) > before


def test_an_exclusion_takes_the_family_out_of_the_audit(world, dana, bella):
    """The rows vanish, and the reference is one of no family."""
    bella.get("/families/LANE-01")
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.contact("Ben", "Amira", "A try")
        writer.exclude("Dana")
    assert "LANE-01" not in dana.get("/audit").html
    hidden = dana.get(OF_LANE)
    made_up = dana.get("/audit?family=ZZZZ-99")
    assert (hidden.status, made_up.status) == (422, 422)
    assert hidden.body.replace("LANE-01", "ZZZZ-99") == made_up.body
    assert rows(hidden) == []


def test_a_manager_sees_their_own_staff_and_nobody_elses(amira, paula, ben, dana, dev):
    for client in (amira, paula, ben):
        client.get("/directory")
        client.post("/sign-out", {})
    assert {row[1] for row in rows(dana.get("/audit?kinds=sign-in"))} == {"Amira", "Dana"}
    assert {row[1] for row in rows(dev.get("/audit?kinds=sign-in"))} == {"Ben", "Dev"}


def test_a_worker_with_two_agencies_is_seen_by_each_for_its_own_part(world, dana, dev):
    """E07: what Gus does for Eastway is not Northside's to read."""
    with world.session() as session:
        mill = records.another_family(session, world.moment, "Ann Other", "9990000026", ["Bella"])
        writer = records.Writer.of(session, world.moment, mill["family"])
        gus = cast.actor(session, "Gus", "Eastway Family Support")
        trail.acting(session, gus.acting(), "contacts.read")
        trail.looked(session, Subject(writer.family_id, None, "families", ""), "contacts.read")
        trail.acting(session, cast.actor(session, "Bella").acting(), "contacts.log")
        session.add(
            ContactAttempt(
                family_id=writer.family_id,
                author_id=records.account_id(session, "Bella"),
                agency_id=gus.agency_id,
                level=Level.OPEN,
                notice="everyone",
                created_at=world.moment.now,
                account_id=gus.account_id,
                contacted_agency_id=gus.agency_id,
                attempted_at=world.moment.now,
                mechanism=Mechanism.TELEPHONE,
                outcome=Outcome.NO_ANSWER,
                line="Call me",
            )
        )
    of_gus = "&person=" + world_reference(world, "Gus")
    assert rows(dana.get(f"/audit?kinds=look&kinds=contact{of_gus}")) == []
    assert len(rows(dev.get(f"/audit?kinds=look&kinds=contact{of_gus}"))) == 2


def test_somebody_who_left_the_team_is_seen_up_to_their_last_day(world, dana):
    fill_trail(world, 1, family_id=None)
    with world.does("Farah") as (session, _actor):
        amira = records.account_id(session, "Amira")
        stay = session.scalars(select(Membership).where(Membership.account_id == amira)).one()
        stay.ends_on = world.moment.today - timedelta(days=1)
        involved = select(Involvement).where(Involvement.account_id == amira)
        session.scalars(involved).one().ends_on = world.moment.today - timedelta(days=1)
    of_amira = "/audit?kinds=look&person=" + world_reference(world, "Amira")
    assert rows(dana.get(of_amira)) == []
    with world.session() as session:
        then = clock.now() - timedelta(days=3)
        with clock.standing_at(then):
            who = trail.Acting(amira, cast.actor(session, "Dana").agency_id)
            trail.write(session, EventKind.LOOK, action="plans.read", who=who)
    assert len(rows(dana.get(of_amira))) == 1


def test_no_name_of_the_family_stands_in_the_audit(world, writer, dana):
    """S32; threats 18: who was tried is "a member of the family"."""
    with world.does("Amira", "contacts.log") as (session, actor):
        kim = session.scalars(select(Person).where(Person.name == "Kim Lane")).one()
        session.add(
            ContactAttempt(
                family_id=kim.family_id,
                author_id=actor.account_id,
                agency_id=actor.agency_id,
                level=Level.OPEN,
                notice="everyone",
                created_at=world.moment.now,
                person_id=kim.id,
                attempted_at=world.moment.now,
                mechanism=Mechanism.TELEPHONE,
                outcome=Outcome.REACHED,
                line="About Kim and Leo",
            )
        )
        kim.phone = "01632 960999"
    page = dana.get(OF_LANE)
    assert ("Amira", "tried to phone a member of the family", "Reached") in acts(page)
    assert ("Amira", "changed what is said of somebody in the family", "") in acts(page)
    for name in FAMILY_NAMES:
        assert name not in page.html, name


@pytest.mark.parametrize("name", ["Amira", "Ben", "Bella", "Hana", "Cerys", "Farah"])
def test_who_manages_nobody_has_no_audit(app, name):
    """J08, step 8; spec/sharing.md, row Audit."""
    client = Client(app).sign_in(name)
    for path in ("/audit", OF_LANE, "/audit.csv"):
        assert client.get(path).status == 403
    assert "/audit" not in client.get("/today").links.values()


def test_a_lead_reads_their_agencys_acts_and_after_a_reason_all_of_a_family(world, writer, elif_):
    """spec/sharing.md, row Audit: own organisation; R is a reason given."""
    writer.contact("Ben", "Paula", "A try")
    writer.goal("Ben", "A goal")
    writer.contact("Amira", "Ben", "A try")
    writer.session.commit()
    page = elif_.get(OF_LANE)
    assert {row[2] for row in rows(page) if row[4] != "Paula"} == {"Northside Mental Health"}
    assert any(row[1] == "Ben" and row[4] == "Paula" for row in rows(page))
    with world.does("Elif", "families.give-reason") as (session, actor):
        lead = replace(actor, posts=frozenset({PostKind.SAFEGUARDING_CHILDREN}))
        family = world.family_for(session, lead)
        families.give_reason(session, lead, world.moment, family, "A call from the school")
    assert ("Ben", "added a goal", "") in acts(elif_.get(OF_LANE))
