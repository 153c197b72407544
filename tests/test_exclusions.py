"""Exclusions: who is excluded lives in a world without the family, whatever their role."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import records
from casework import add_to_case
from coordinator.access import find_exclusions
from coordinator.access.sights import ExclusionInSight
from coordinator.errors import DeniedError, InvalidError
from coordinator.models.accounts import Membership
from coordinator.models.directory import Team
from coordinator.models.families import Exclusion, Person
from coordinator.models.sharing import Note
from coordinator.models.trail import TrailEvent
from coordinator.services import exclusions, families, involvements, join_requests
from coordinator.services.families import PersonDetails
from coordinator.vocabulary import ChildrenAsked, EventKind, Level, Relation
from listed import account
from page import Client
from routes import OF_A_FAMILY, address, methods, record_of, rules
from writer import Writer

ABSENT = "ZZZZZZZZZ"


@pytest.fixture
def exclude(world):
    """Give a way to exclude somebody from LANE-01: the manager of the other agency does it."""

    def set_it(name, by=None):
        by = by or ("Dev" if name == "Dana" else "Dana")
        with world.does(by) as (session, actor):
            family = world.family_for(session, actor)
            return exclusions.set_exclusion(
                session, actor, world.moment, family, account(world, name), "Related by marriage"
            )

    return set_it


def records_of(world):
    """Return an address for each record of LANE-01, of every noun that there is.

    A request to join is for a team and has a test of its own.
    """
    with world.session() as session:
        found = records.build(session, world.moment, world.family)
    return {name: found[name] for name in (OF_A_FAMILY & found.keys()) - {"join_request"}}


@pytest.fixture
def routes(app, world):
    """Give each address of a record of the family, beside one of a record that is not there."""
    found = list(every_route(app, records_of(world)))
    assert len(found) > 60
    return found


def every_route(app, there):
    for rule in rules(app):
        if record_of(rule) in there:
            for method in sorted(methods(rule)):
                yield method, address(app, rule, there), address(app, rule, {})


def assert_blind(client, routes):
    """Every route of the family answers as if it did not exist, and no list shows it."""
    for method, there, nowhere in routes:
        found, missing = (
            client.open(method, path, data=csrf(client, method)) for path in (there, nowhere)
        )
        assert found.status == 404, (method, there)
        assert found.body == missing.body, (method, there)
    for path in ("/families", "/today", "/audit", "/audit.csv", "/exclusions", "/sign-ins"):
        page = client.get(path)
        for words in ("LANE-01", "Kim", "Leo Lane", "Mia Lane", "Nate"):
            assert words not in page.html, (path, words)


def sight_of(session):
    """Return the one exclusion as a sight, for who would not be given it."""
    record = session.scalars(select(Exclusion)).one()
    return ExclusionInSight(
        record.id, record.reference, record.family_id, record.set_by_id, stands=True
    )


def csrf(client, method):
    return {"csrf_token": client.csrf_token()} if method == "POST" else None


def test_a_lead_worker_who_is_excluded_knows_nothing_of_the_family_from_the_next_request(
    amira, routes, exclude
):
    """Threats, 1: exclusion beats the role on the case."""
    assert amira.get("/families/LANE-01").status == 200
    exclude("Amira")
    assert_blind(amira, routes)


def test_a_worker_who_is_excluded_knows_nothing_of_the_family(paula, world, routes, exclude):
    add_to_case(world, "Paula")
    assert paula.get("/families/LANE-01").status == 200
    exclude("Paula")
    assert_blind(paula, routes)


def test_a_manager_who_is_excluded_knows_nothing_of_the_family(dana, routes, exclude):
    assert dana.get("/families/LANE-01").status == 200
    exclude("Dana")
    assert_blind(dana, routes)


@pytest.mark.in_turn
@pytest.mark.parametrize("name", ["Cerys", "Elif", "Farah", "Gus", "Hana", "Petra"])
def test_an_exclusion_beats_every_right_that_there_is_at_once(name, app, world, routes):
    """Threats, 1: lead worker, named reader of all entries, invited everywhere, in an emergency.

    And a link worker, a safeguarding lead, an administrator, a seconded worker, a chair, a privacy
    officer on top of that.
    """
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        note = writer.add(Note, "Amira", Level.OWN_AGENCY, text="Alone")
        opened = writer.danger(name, note)
        writer.exclude(name)
    client = Client(app).sign_in(name)
    assert_blind(client, [*routes, ("GET", f"/emergencies/{opened}", f"/emergencies/{ABSENT}")])


def test_a_safeguarding_lead_who_is_excluded_knows_nothing_of_the_family(elif_, routes, exclude):
    elif_.submit(elif_.get("/families/LANE-01"), {"reason": "A review"})
    assert elif_.get("/families/LANE-01").status == 200
    exclude("Elif")
    assert_blind(elif_, routes)
    page = elif_.submit(elif_.get("/families"), {"reference": "LANE-01"})
    absent = elif_.submit(elif_.get("/families"), {"reference": "LANE-99"})
    assert (page.status, page.body) == (404, absent.body)


def test_an_excluded_worker_finds_what_a_strangers_name_finds(bella, ben, world, exclude):
    """E09, threats 1: the same page, and the same row in the trail."""
    with world.session() as session:
        born_on = session.scalars(select(Person.born_on).where(Person.name == "Kim Lane")).one()
    exclude("Bella")
    form = bella.get("/families/find")
    known, stranger = (
        bella.submit(form, {"name": name, "born_on": born_on, "reason": "referral"})
        for name in ("Kim Lane", "Nobody Atall")
    )
    assert known.body == stranger.body
    with world.session() as session:
        rows = session.scalars(
            select(TrailEvent).where(TrailEvent.kind == EventKind.SEARCH).order_by(TrailEvent.seq)
        ).all()
    first, second = (
        (row.outcome, row.reason, row.family_id, row.record_ref, row.fields) for row in rows
    )
    assert first == second


def test_an_excluded_member_of_an_asked_team_does_not_see_the_request(bella, ben, world, exclude):
    with world.does("Amira") as (session, actor):
        team = session.scalars(
            select(Team.reference).where(Team.name == "Eastway Family Support")
        ).one()
        family = world.family_for(session, actor)
        request = join_requests.ask(session, actor, world.moment, family, team, "Please join")
    exclude("Bella")
    for verb in ("", "/accept", "/decline"):
        page = bella.get(f"/join-requests/{request}{verb}")
        assert page.status == 404
        assert page.body == bella.get(f"/join-requests/{ABSENT}{verb}").body
    assert "asked to join" not in bella.get("/families").text
    assert "asked to join" in ben.get("/families").text


def test_an_excluded_worker_is_not_put_on_the_case_and_no_colleague_is_told_why(
    amira, world, exclude
):
    """The answer is that for a role that has ended: least telling, and true (decision 0012)."""
    exclude("Paula")
    form = amira.get("/families/LANE-01/workers/add")
    assert "Paula" not in form.text
    assert "Not listed? Ask your manager." in form.text
    with world.session() as session:
        paulas = session.scalars(
            select(Membership.reference).where(Membership.account_id == world.account_id("Paula"))
        ).one()
    for membership in (paulas, ABSENT):
        with world.does("Amira") as (session, actor):
            family = world.family_for(session, actor)
            with pytest.raises(InvalidError) as refused:
                involvements.add_colleague(session, actor, world.moment, family, membership)
        assert refused.value.problems == {"worker": "Choose somebody from the list"}


def test_an_exclusion_from_one_family_hides_no_other(amira, world, exclude):
    with world.does("Amira") as (session, actor):
        other = families.open_family(
            session,
            actor,
            world.moment,
            PersonDetails("Walter Pike", Relation.PARENT_OR_CARER),
            ChildrenAsked.NO,
        )
    exclude("Amira")
    assert amira.get(f"/families/{other}").status == 200
    assert other in amira.get("/families").html


def test_only_a_manager_sets_an_exclusion_and_says_why(world, exclude):
    with pytest.raises(DeniedError):
        exclude("Ben", by="Amira")
    with world.does("Dana") as (session, actor):
        family = world.family_for(session, actor)
        for name, reason in (("Ben", " "), ("Dana", "Mine")):
            with pytest.raises(InvalidError):
                exclusions.set_exclusion(
                    session, actor, world.moment, family, account(world, name), reason
                )
    assert world.count(Exclusion) == 0


def test_an_exclusion_is_lifted_by_a_privacy_officer_who_did_not_set_it(amira, world, exclude):
    """Threats, 1: two people, whatever else the second one is."""
    reference = exclude("Amira")
    for name in ("Dana", "Dev", "Elif", "Ben"):
        with world.does(name) as (session, actor):
            assert find_exclusions.exclusion(session, actor, world.moment, reference) is None
            with pytest.raises(DeniedError):
                exclusions.lift(session, actor, world.moment, sight_of(session), "By mistake")
    assert amira.get("/families/LANE-01").status == 404
    with world.does("Petra") as (session, actor):
        found = find_exclusions.exclusion(session, actor, world.moment, reference)
        with pytest.raises(InvalidError):
            exclusions.lift(session, actor, world.moment, found, " ")
        exclusions.lift(session, actor, world.moment, found, "It was another Amira")
    assert amira.get("/families/LANE-01").status == 200


@pytest.mark.parametrize("name", ["Dana", "Amira"])
def test_the_database_itself_refuses_that_one_person_sets_and_lifts(name, world, exclude):
    """Threats, 1: neither who set an exclusion nor whom it keeps out, whatever the code does."""
    exclude("Amira")
    with world.does(name) as (session, actor):
        record = session.scalars(select(Exclusion)).one()
        record.lifted_by_id, record.lifted_at = actor.account_id, world.moment.now
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_an_exclusion_is_in_the_trail_without_its_words(world, exclude):
    exclude("Bella")
    with world.session() as session:
        event = session.scalars(
            select(TrailEvent).where(TrailEvent.record_kind == "exclusions")
        ).one()
    assert event.actor_id == world.account_id("Dana")
    assert "marriage" not in str(vars(event))
