"""The audit: who tried to reach whom, who looked, who was refused; and what it shows to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

import records
from coordinator import clock, trail
from coordinator.access.policy import Permission
from coordinator.demo import cast
from coordinator.models.accounts import Membership
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.families import Family, Involvement, Person
from coordinator.models.sharing import Sharing
from coordinator.models.trail import TrailEvent
from coordinator.reads import audit as reads
from coordinator.services import families
from coordinator.trail import Subject, hour_of, micros
from coordinator.vocabulary import (
    EventKind,
    Level,
    Mechanism,
    Outcome,
    ParentTold,
    PostKind,
    Purpose,
)
from coordinator.web import audit_verbs, audit_words
from page import Client, Page
from world import World

OF_LANE = "/audit?family=LANE-01"
FAMILY_NAMES = ("Kim", "Leo", "Mia", "Nate", "Lane ", "Moss")


def rows(page: Page) -> list[list[str]]:
    """Return the cells of each row, in order."""
    return [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")]
        for row in page.soup.select("tbody tr")
    ]


def acts(page: Page) -> list[tuple[str, str, str]]:
    """Return who did what, and what came of it."""
    return [(row[1], row[3], row[6]) for row in rows(page)]


def fill_trail(world: World, how_many: int, **values: object) -> None:
    """Add events of Amira's in LANE-01, a second apart, the newest now."""
    with world.session() as session:
        family = session.scalars(select(Family.id).where(Family.reference == world.family)).one()
        actor = cast.actor(session, "Amira")
        moments = [clock.now() - timedelta(seconds=how_many - n) for n in range(how_many)]
        common = {
            "schema": 1,
            "kind": "look",
            "action": "plans.read",
            "allowed": True,
            "actor_id": actor.account_id,
            "agency_id": actor.agency_id,
            "family_id": family,
            "db_at": 0,
            "writer": 1,
        } | values
        session.connection().execute(
            insert(TrailEvent.__table__),  # type: ignore[arg-type]
            [
                common
                | {
                    "event_id": n.to_bytes(16, "big"),
                    "at": micros(at),
                    "hour": hour_of(at),
                    "writer_n": n,
                }
                for n, at in enumerate(moments)
            ],
        )


@pytest.fixture
def writer(world: World, app):
    """Give a writer of records in LANE-01."""
    with world.session() as session:
        yield records.Writer.of(session, world.moment, world.family)


def test_a_manager_sees_each_try_and_each_invitation_with_time_method_and_outcome(writer, dana):
    """E59: Ben tried Amira three times and invited her twice; all five rows show.

    J08, step 1.
    """
    for line in ("First try", "Second try", "Third try"):
        writer.contact("Ben", "Amira", line)
    for _ in range(2):
        writer.meeting("Ben", "Hana", ["Amira"])
    writer.session.commit()
    today = clock.today()
    page = dana.submit(
        dana.get("/audit"),
        {
            "family": "lane-01",
            "kinds": ["contact", "invitation"],
            "since": today.replace(day=1),
            "until": today,
        },
        button="Show",
    )
    found = rows(page)
    assert [row[1] for row in found] == ["Ben"] * 5
    assert [row[4] for row in found] == ["Amira"] * 5
    assert {row[5] for row in found} == {"LANE-01"}
    assert [row[6] for row in found] == ["No answer yet"] * 2 + ["No answer"] * 3
    assert all("tried to phone Amira at" in row[3] for row in found[2:])
    assert all("invited Amira to “Care plan review (CPA)” on" in row[3] for row in found[:2])
    assert all(row[0] for row in found)
    assert "about LANE-01, between 1" in page.text
    assert "5 acts" in page.text


def test_a_refusal_stands_in_the_audit_of_the_family_that_was_tried(bella, dana, dev):
    """E02; J01, step 8: Bella pastes the plan's address, and Dana's audit shows the attempt."""
    assert bella.get("/families/LANE-01/plan").status == 404
    for manager in (dana, dev):
        first = rows(manager.get(f"{OF_LANE}&kinds=refusal"))[0]
        assert first[1:] == [
            "Bella",
            "Eastway Children’s Services",
            "tried to read the plan and was refused",
            "",
            "LANE-01",
            "Refused",
        ]


def test_a_refusal_of_an_entry_stands_there_if_the_reader_may_read_the_entry(writer, bella, dana):
    goal = writer.goal("Amira", "Sleep").reference
    held_back = writer.goal("Ben", "Not for Dana", Level.OWN_AGENCY).reference
    writer.session.commit()
    for reference in (goal, held_back):
        assert bella.get(f"/goals/{reference}/change").status == 404
    assert len(rows(dana.get(f"{OF_LANE}&kinds=refusal"))) == 1


def test_what_leads_nowhere_is_shown_without_what_was_typed(bella, dev):
    bella.get("/families/ZZZZ99999/plan")
    page = dev.get("/audit?kinds=refusal")
    assert "a page that does not exist or is not open to them" in page.text
    assert "ZZZZ99999" not in page.html


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
    assert hidden.html.replace("LANE-01", "ZZZZ-99") == made_up.html
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


def world_reference(world: World, name: str) -> str:
    with world.session() as session:
        return cast.actor(session, name).reference


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


def test_partner_not_reached_is_one_press_away(writer, dana):
    """J08, step 2: only unanswered attempts towards the other agency, with method and who tried."""
    writer.contact("Ben", "Amira", "Nobody answered")
    writer.contact("Ben", "Bella", "Own agency")
    writer.meeting("Ben", "Hana", ["Amira"])
    reached = writer.add(
        ContactAttempt,
        "Amira",
        account_id=records.account_id(writer.session, "Ben"),
        contacted_agency_id=cast.actor(writer.session, "Ben").agency_id,
        attempted_at=writer.moment.now,
        mechanism=Mechanism.TELEPHONE,
        outcome=Outcome.REACHED,
        line="Talked",
    )
    assert reached.id
    writer.session.commit()
    page = dana.click(dana.get(OF_LANE), "Partner not reached")
    assert [(row[1], row[4], row[6]) for row in rows(page)] == [("Ben", "Amira", "No answer")]
    assert "tried to phone Amira" in page.text
    assert "Who tried in vain to reach the other agency about LANE-01?" in page.text


def test_each_part_of_the_question_narrows_the_answer(writer, world, dana, amira, ben):
    writer.contact("Ben", "Amira", "A try")
    writer.contact("Amira", "Ben", "A try")
    writer.session.commit()
    amira.get("/families/LANE-01")
    ben.get("/families/LANE-01")
    everything = len(rows(dana.get(OF_LANE)))
    amira_ref, northside = world_reference(world, "Amira"), "Northside Mental Health"
    start = dana.get("/audit")
    asked = {
        "person": (amira_ref, lambda row: "Amira" in (row[1], row[4])),
        "agency": (
            next(
                option["value"]
                for option in start.soup.select("select[name=agency] option")
                if option.text == northside
            ),
            lambda row: row[2] == northside,
        ),
        "kinds": (["look"], lambda row: row[3].startswith("looked")),
        "outcome": ("no-answer", lambda row: row[6] == "No answer"),
    }
    for field, (value, fits) in asked.items():
        found = rows(dana.submit(start, {"family": "LANE-01", field: value}, button="Show"))
        assert found, field
        assert len(found) < everything, field
        assert all(fits(row) for row in found), field


def test_days_are_whole_days_in_london_and_both_count(world, dana):
    wall = datetime(2026, 6, 10)  # noqa: DTZ001  (local by definition)
    start, end = clock.instant_of(wall), clock.instant_of(wall + timedelta(days=1))
    with world.session() as session:
        actor = cast.actor(session, "Amira")
        moments = (start - timedelta(seconds=1), start, end - timedelta(seconds=1), end)
        for number, instant in enumerate(moments):
            with clock.standing_at(instant):
                trail.write(
                    session,
                    EventKind.EXPORT,
                    action="audit.export",
                    outcome=f"file-{number}",
                    who=actor.acting(),
                )
    days = "&".join(
        f"{end}-{part}={value}"
        for end in ("since", "until")
        for part, value in (("day", 10), ("month", 6), ("year", 2026))
    )
    found = [row[6] for row in rows(dana.get(f"/audit?kinds=export&{days}"))]
    assert found == ["File 2", "File 1"]


BAD = {
    "family=%00": "family",
    "family=%E2%80%AE": "family",
    "family=" + "A" * 10_000: "family",
    "family=Kim%20Lane": "family",
    "family='%20OR%201=1": "family",
    "person=NOBODY": "person",
    "person=1&person=2": "person",
    "agency=%ED%A0%80": "agency",
    "outcome=%3Cb%3E": "outcome",
    "kinds=gossip": "kinds",
    "since-day=31&since-month=2&since-year=2026": "since",
    "until-day=1": "until",
    "since-day=2&since-month=2&since-year=2026&until-day=1&until-month=2&until-year=2026": "until",
    "before=x": "",
    "after=-1": "",
    "upto=99999999999999999999-1": "",
}


@pytest.mark.parametrize("query", BAD, ids=lambda query: query[:30])
@pytest.mark.parametrize("path", ["/audit", "/audit.csv"])
def test_what_cannot_be_asked_is_said_beside_its_field(dana, query, path):
    page = dana.get(f"{path}?{query}")
    assert page.status == 422
    assert list(page.errors) == [BAD[query]]
    assert rows(page) == []


def test_every_act_is_on_one_page_and_on_one_only(world, dana, statements):
    fill_trail(world, 120)
    page = dana.get("/audit?kinds=look")
    asked, seen, pages = [], [], [page]
    while True:
        seen += rows(page)
        older = next((href for text, href in page.links.items() if text.startswith("Older")), None)
        if not older:
            break
        statements.clear()
        page = dana.get(older)
        asked.append(len(statements))
        pages.append(page)
    assert [len(rows(p)) for p in pages[:2]] == [50, 50]
    assert len(seen) == 120
    assert "120 acts" in pages[0].text
    assert max(asked) <= 12
    back = pages[-1]
    for earlier in pages[-2::-1]:
        back = dana.get(next(h for text, h in back.links.items() if text.startswith("Newer")))
        assert rows(back) == rows(earlier)


def test_acts_of_the_same_instant_are_neither_lost_nor_doubled(world, dana):
    now = clock.now()
    with world.session() as session, clock.standing_at(now):
        actor = cast.actor(session, "Amira").acting()
        for number in range(60):
            trail.write(session, EventKind.EXPORT, action="x", outcome=f"f{number}", who=actor)
    first = dana.get("/audit?kinds=export")
    older = next(href for text, href in first.links.items() if text.startswith("Older"))
    found = [row[6] for row in rows(first) + rows(dana.get(older))]
    assert found == [f"F{number}" for number in range(59, -1, -1)]


def test_many_are_counted_only_when_that_is_asked(world, dana):
    fill_trail(world, 1_003)
    page = dana.get(OF_LANE + "&kinds=look")
    assert "More than 1,000 acts" in page.text
    assert "1,003 acts" in dana.click(page, "Count them all").text


def test_counting_looks_no_further_back_than_it_may(world, dana, monkeypatch):
    """docs/performance.md: a page costs the same in the tenth year; all is counted when asked."""
    monkeypatch.setattr(reads, "LOOKED_THROUGH", 60)
    fill_trail(world, 100, towards_id=None, outcome="old")
    with world.session() as session, clock.standing_at(clock.now() - timedelta(days=2)):
        who = cast.actor(session, "Amira").acting()
        trail.write(session, EventKind.LOOK, action="plans.read", who=who)
    page = dana.get("/audit?kinds=look")
    assert "100 or more acts" in page.text
    assert "101 acts" in dana.click(page, "Count them all").text


@pytest.mark.parametrize("path", ["/audit", OF_LANE, "/audit?not_reached=y"])
def test_a_page_takes_a_constant_number_of_statements(world, dana, bella, statements, path):
    taken = []
    for _ in range(2):
        bella.get("/families/LANE-01")
        fill_trail(world, 30)
        dana.get(path)
        statements.clear()
        dana.get(path)
        taken.append(len(statements))
    assert taken[0] == taken[1] <= 12


def test_to_read_the_audit_is_an_act_in_the_audit(dana):
    dana.get("/audit")
    assert acts(dana.get("/audit"))[0] == ("Dana", "looked at the audit", "")


def test_nothing_in_the_audit_can_be_changed_or_deleted(dana, world):
    """E59; J08, step 4: no control, and an address made by hand is refused."""
    fill_trail(world, 3)
    page = dana.get("/audit")
    assert {str(form.get("method", "get")).lower() for form in page.forms} == {"get"}
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("/audit", "/audit.csv"):
            data = {"csrf_token": dana.csrf_token()}
            assert dana.open(method, path, data=data, follow=False).status == 405
    assert dana.get("/audit/1").status == 404


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


def test_every_permission_and_every_kind_has_its_words():
    assert set(audit_verbs.TRIED) == set(Permission)
    assert set(audit_words.QUESTIONS) == set(EventKind)
