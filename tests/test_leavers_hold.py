"""What counts as held: each kind gets a new holder, and what is private is only counted (E06)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import records
import support_records
import visit_records
import worry_records
from coordinator import clock
from coordinator.models.accounts import Account, Draft, Membership
from coordinator.models.departures import Departure
from coordinator.models.directory import Team
from coordinator.models.disagreements import DisagreementStep
from coordinator.models.sharing import Advice, Note
from coordinator.models.visits import Visit, VisitPart
from coordinator.models.worries import Worry
from coordinator.vocabulary import DisagreementStage, Level, ReferralState, Role, VisitState
from listed import account, lead_post
from page import Client
from turnover import carry_out, leaves, membership

HOME = "/families/LANE-01"
OVER = f"{HOME}/hand-over"
BEN = "/accounts/{}/leaving"


def test_what_a_leaver_began_and_owns_goes_on_with_whoever_takes_over(farah, dev, world):
    """E06: visits, stages, referrals, series and questions are listed, and are somebody's then."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.plan("Amira")
        visit = visit_records.visit(writer, "Amira", "Together", second="Ben").id
        quiet = visit_records.visit(writer, "Ben", "Alone", Level.NAMED).reference
        support_records.supports(
            writer, "Ben", writer.meeting("Ben", "Hana", ["Amira", "Ben"]), "A group"
        )
        worry_records.disagreement(writer, "Amira", "Ben", "Whether Leo is safe at night")
        draft = worry_records.referral(writer, "Ben", "He was alone").reference
        gone_out = worry_records.referral(writer, "Ben", "Alone", state=ReferralState.ACCEPTED)
        outcome = gone_out.reference
        asked = writer.request("Ben", "Amira", "How is Kim?").reference
    page = leaves(farah, world, "Ben")
    for words in ("2 visits", "1 disagreement to settle", "2 referrals", "1 question to others"):
        assert words in page.text
    dev.submit(dev.get(OVER), {"successor": membership(world, "Bella")}, button="Save")
    assert carry_out(world) == 1
    who = world.account_id("Bella")
    with world.session() as session:
        assert session.get_one(Visit, visit).second_id == who
        assert session.scalars(select(DisagreementStep.owner_id)).one() == who
        assert session.scalars(select(Departure)).one().done_at
    with clock.standing_at(clock.now() + timedelta(days=4)):
        bella = Client(dev.app).sign_in("Bella")
        today = bella.get("/today").text
        assert "Finish the referral" in today
        assert "Read: your referral is accepted" in today
        assert "Amira: answer" in today
        assert bella.get(f"/referrals/{draft}/write").status == 200
        assert bella.get(f"/visits/{quiet}").status == 200
        assert "withdraw" in bella.get(f"/requests/{asked}").html
        bella.post(f"/referrals/{outcome}/heard", {})
        # A colleague who stays keeps what is theirs, and nobody carries it on for them.
        amira = Client(dev.app).sign_in("Amira")
        assert amira.post(f"/requests/{asked}/withdraw", {}).status == 403


def test_a_joint_visit_whose_owner_left_does_not_wait_for_their_part(farah, dev, world, amira):
    """E06: the record is complete with the parts of those who are still there."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        visit = visit_records.visit(writer, "Amira", "Together", second="Ben")
        visit.state, visit.starts_at = VisitState.DONE, world.moment.now - timedelta(days=1)
        mine = {"account_id": visit.owner_id, "agency_id": visit.owner_agency_id}
        session.add(VisitPart(visit_id=visit.id, text="He ate", at=world.moment.now, **mine))
        path = f"/visits/{visit.reference}"
    assert "Not complete" in amira.get(path).text
    leaves(farah, world, "Ben")
    carry_out(world)
    with clock.standing_at(clock.now() + timedelta(days=4)):
        page = Client(dev.app).sign_in("Amira").get(path)
        assert "Not complete" not in page.text
        assert "Has left, and adds no part." in page.text
        assert "Not complete" not in Client(dev.app).sign_in("Amira").get(f"{HOME}/weeks").text


def test_what_is_private_is_counted_and_the_leaver_sees_to_it(farah, ben, world):
    """Issue 5, 3: of drafts others learn the number alone; they end with the access."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        run = worry_records.worry(writer, "Ben").reference
        typed = Draft(
            account_id=world.account_id("Ben"),
            path=f"{HOME}/notes/add",
            form="{}",
            kept_at=world.moment.now,
        )
        session.add(typed)
    page = leaves(farah, world, "Ben")
    assert "2 things that only they see" in page.text
    assert "worried" not in page.main.text
    page = ben.click(ben.get("/today"), "Finish or discard what only you see, before you leave")
    assert page.h1 == "Before you leave"
    assert f"/worried/{run}" in page.html
    page = ben.submit(page, button="Discard these forms")
    assert "did not send and" not in page.main.text
    assert "1 thing that only they see" in farah.get(BEN.format(account(world, "Ben"))).text
    carry_out(world)
    assert world.count(Worry, Worry.ended_at.is_(None)) == 0


def test_what_nobody_may_take_stays_listed_until_somebody_is_named(farah, ben, dev, world):
    """E06: a visible vacancy, for the administrator too; access ends all the same."""
    leaves(farah, world, "Ben")
    with world.does("Farah") as (session, _):
        writer = records.Writer.of(session, world.moment, world.family)
        writer.action("Amira", "Ben", "Ask about breakfast club")
        for role in session.scalars(select(Membership).where(Membership.role == Role.TEAM_MANAGER)):
            role.ends_on = world.moment.today + timedelta(days=2)
    assert carry_out(world) == 1
    assert ben.get(HOME).path == "/sign-in"
    with clock.standing_at(clock.now() + timedelta(days=4)):
        page = Client(farah.app).sign_in("Farah").get(f"/accounts/{account(world, 'Ben')}/leaving")
        assert "Access has ended" in page.text
        assert "1 role on the case, 1 open action" in page.text
        assert carry_out(world, 0) == 0
    with world.does("Farah") as (session, _):
        for role in session.scalars(select(Membership).where(Membership.role == Role.TEAM_MANAGER)):
            role.ends_on = None
    assert carry_out(world, 5) == 1
    assert world.count(Departure, Departure.done_at.is_(None)) == 0


def no_manager_of_bens(world, last_day):
    """Let nobody manage in Ben's agency after a day."""
    with world.does("Farah") as (session, _):
        of_ben = select(Membership.team_id).where(Membership.account_id == world.account_id("Ben"))
        agency = select(Team.agency_id).where(Team.id.in_(of_ben))
        for role in session.scalars(
            select(Membership)
            .join(Team, Team.id == Membership.team_id)
            .where(Membership.role == Role.TEAM_MANAGER, Team.agency_id.in_(agency))
        ):
            role.ends_on = last_day


def works_for_amiras_team_too(world, name):
    """Give somebody a role in the other agency; return its reference."""
    with world.does("Farah") as (session, _):
        of_amira = select(Membership.team_id).where(
            Membership.account_id == world.account_id("Amira")
        )
        role = Membership(
            account_id=world.account_id(name),
            team_id=session.scalars(of_amira).one(),
            role=Role.CARE_COORDINATOR,
            starts_on=world.moment.today,
        )
        session.add(role)
        session.flush()
        return role.reference


def page_of_what_is_left(farah, world, name, days):
    with clock.standing_at(clock.now() + timedelta(days=days)):
        return Client(farah.app).sign_in("Farah").get(f"/accounts/{account(world, name)}/leaving")


def test_a_manager_of_the_other_agency_takes_nothing_over(farah, world):
    """E06: a leaver who works for both leaves each agency's part to that agency alone."""
    no_manager_of_bens(world, world.moment.today + timedelta(days=2))
    works_for_amiras_team_too(world, "Ben")
    leaves(farah, world, "Ben")
    assert carry_out(world) == 1
    assert "1 role on the case" in page_of_what_is_left(farah, world, "Ben", 4).text
    assert world.count(Departure, Departure.done_at.is_(None)) == 1


def test_a_second_departure_still_lists_what_the_first_one_left(farah, world):
    """E06: who moves twice leaves nothing off the page."""
    other = works_for_amiras_team_too(world, "Ben")
    no_manager_of_bens(world, world.moment.today)
    role = membership(world, "Ben")
    farah.submit(farah.get(f"/accounts/roles/{role}/end"), {"last_day": world.moment.today})
    assert carry_out(world, 1) == 1
    with clock.standing_at(clock.now() + timedelta(days=2)):
        client = Client(farah.app).sign_in("Farah")
        day = world.moment.today + timedelta(days=5)
        client.submit(client.get(f"/accounts/roles/{other}/end"), {"last_day": day})
    page = page_of_what_is_left(farah, world, "Ben", 2)
    assert "1 role on the case" in page.text


def test_who_takes_over_must_still_be_there_when_it_happens(farah, dev, world):
    """E06: whoever was named and has left since is no holder, on the page either."""
    leaves(farah, world, "Ben")
    dev.submit(dev.get(OVER), {"successor": membership(world, "Bella")}, button="Save")
    no_manager_of_bens(world, world.moment.today + timedelta(days=2))
    with world.does("Farah") as (session, _):
        for role in session.scalars(
            select(Membership).where(Membership.account_id == world.account_id("Bella"))
        ):
            role.ends_on = world.moment.today + timedelta(days=5)
    assert "1 role on the case" not in page_of_what_is_left(farah, world, "Ben", 0).text
    assert "1 role on the case" in page_of_what_is_left(farah, world, "Ben", 7).text


def test_what_waits_for_a_lead_goes_to_the_next_lead(farah, world):
    """E06: a question to a lead, and what leads settle; an administrator reads the number."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        note = writer.add(Note, "Amira", Level.OWN_AGENCY, text="Ask about sleep")
        records.question(writer, "Amira", note, "Elif")
        worry_records.disagreement(writer, "Ben", "Elif", "Whether Leo is safe at night")
        step = session.scalars(select(DisagreementStep)).one()
        step.stage = DisagreementStage.LEADS
    page = leaves(farah, world, "Elif")
    assert "2 questions wait for them as a safeguarding lead" in page.text
    page = farah.get(f"{lead_post(world)}/holder?leaver={account(world, 'Elif')}")
    farah.submit(page, {"account": account(world, "Ewan")}, button="Save")
    assert carry_out(world) == 1
    ewan = world.account_id("Ewan")
    with world.session() as session:
        assert session.scalars(select(Advice.lead_id)).one() == ewan
        assert session.scalars(select(DisagreementStep.owner_id)).one() == ewan
        assert session.scalars(select(Account.closed_at).where(Account.name == "Elif")).one()
