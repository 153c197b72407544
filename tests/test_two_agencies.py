"""E07: who works for two agencies sees what the agency acted for sees, on a case where they are."""

import pytest
from sqlalchemy import select

from casework import CANARY, SHARING
from coordinator.models.accounts import Membership
from coordinator.models.directory import Team
from coordinator.models.sharing import Note
from coordinator.models.trail import TrailEvent
from coordinator.services import involvements
from coordinator.vocabulary import EventKind, Level, Role
from writer import Writer


def membership(session, world, name, team):
    return session.scalars(
        select(Membership.reference)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.account_id == world.account_id(name), Team.name == team)
    ).one()


@pytest.fixture
def note(world):
    """A note of Northside's own; Gus is on the case for both agencies."""
    for by, team in (("Amira", "Northside CMHT"), ("Ben", "Eastway Family Support")):
        with world.does(by) as (session, actor):
            family = world.family_for(session, actor)
            reference = membership(session, world, "Gus", team)
            involvements.add_colleague(
                session, actor, world.moment, family, reference, second_role="She knows both"
            )
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        return writer.add(Note, "Amira", Level.OWN_AGENCY, text=CANARY).reference


def test_acting_for_one_agency_shows_the_notice_and_for_the_other_the_words(gus, note, world):
    """E07, as it is written: the notice, the switch, the words, both views with their agency."""
    gus.act_for("Eastway")
    page = gus.get(SHARING)
    assert CANARY not in page.html
    assert "Held back:" in page.text
    gus.act_for("Northside")
    assert CANARY in gus.get(SHARING).text
    with world.session() as session:
        agencies = {name: team.agency_id for name, team in teams(session).items()}
        looks = session.scalars(
            select(TrailEvent.agency_id)
            .where(TrailEvent.kind == EventKind.LOOK, TrailEvent.action == "sharing.read")
            .order_by(TrailEvent.seq)
        ).all()
    assert looks == [agencies["Eastway Family Support"], agencies["Northside CMHT"]]


def test_the_way_to_open_what_is_held_back_follows_the_agency_too(gus, note):
    """E07 and D22: there is nothing to open for an agency that reads it anyway."""
    gus.act_for("Eastway")
    assert gus.get(f"/notices/{note}/open").status == 200
    gus.act_for("Northside")
    assert gus.get(f"/notices/{note}/open").status == 404


def test_a_privacy_officer_of_two_agencies_watches_over_one_at_a_time(petra, world):
    """E07: the list of exclusions is that of the agency acted for."""
    with world.does("Farah") as (session, _actor):
        session.add(
            Membership(
                account_id=world.account_id("Petra"),
                team_id=teams(session)["Coordinator office"].id,
                role=Role.PRIVACY_OFFICER,
                starts_on=world.moment.today,
            )
        )
    with world.session() as session:
        Writer.of(session, world.moment, world.family).keep_out("Bella")
    assert world.family in petra.get("/exclusions").text
    petra.act_for("Coordinator office")
    assert world.family not in petra.get("/exclusions").html


def test_every_look_at_the_new_pages_is_stamped_with_the_agency_acted_for(gus, note, world):
    """E07: each view and entry is stamped."""
    gus.act_for("Eastway")
    for path in ("/families/LANE-01/danger", f"/notices/{note}/open"):
        assert gus.get(path).status == 200
    with world.session() as session:
        looks = session.scalars(
            select(TrailEvent.agency_id).where(TrailEvent.action == "emergencies.open")
        ).all()
        eastway = teams(session)["Eastway Family Support"].agency_id
    assert looks == [eastway, eastway]


def teams(session):
    return {team.name: team for team in session.scalars(select(Team))}
