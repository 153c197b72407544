"""Leavers: everything they hold gets a new holder, the other agency is told, access ends (E06)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import records
from coordinator import clock
from coordinator.access.letters import queued
from coordinator.models.accounts import Account, Membership
from coordinator.models.departures import Departure
from coordinator.models.directory import PostHolding
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation
from coordinator.models.outbox import OutboxMessage
from coordinator.models.plans import Action
from listed import LEADS, account, cards, cards_of_children, lead_post
from page import Client
from turnover import carry_out, last_day, leaves, membership

HOME = "/families/LANE-01"
OVER = f"{HOME}/hand-over"


def of_ben(world):
    """Give Ben an action, a request and an invitation in LANE-01, beside his case."""
    with world.session() as session:
        writer = records.Writer.of(session, world.moment, world.family)
        writer.plan("Amira")
        return {
            "action": writer.action("Amira", "Ben", "Ask about breakfast club").reference,
            "request": writer.request("Amira", "Ben", "Is Leo safe at home?").reference,
            "meeting": writer.meeting("Amira", "Hana", ["Amira", "Ben"]).reference,
        }


def test_closing_is_stopped_and_names_what_is_left_until_nothing_is(farah, amira, world):
    """E06, J05 steps 2 to 4: each post has a new holder or is vacant with a deputy."""
    page = leaves(farah, world, "Elif")
    assert "Safeguarding children lead" in page.text
    page = farah.submit(page, button="Close the account on that day")
    assert page.status == 422
    assert "Safeguarding children lead" in page.errors[""]
    assert "Safeguarding adults lead" in page.errors[""]
    page = farah.click(page, "Safeguarding children lead, Northside Mental Health")
    page = farah.submit(page, {"account": account(world, "Ewan")}, button="Save")
    assert page.h1 == "Leaving"
    assert "Ewan" in cards_of_children(amira)
    # The new holder was the deputy, and Elif deputises for the adults' lead.
    page = farah.submit(page, button="Close the account on that day")
    assert "Deputy: Safeguarding adults lead" in page.errors[""]
    page = farah.click(page, "Safeguarding adults lead, Northside Mental Health")
    page = farah.submit(page, {"account": account(world, "Cerys")}, button="Save")
    page = farah.submit(page, button="Close the account on that day")
    assert "Nothing is left" in page.text
    assert world.count(Departure, Departure.confirmed_at.is_not(None)) == 1
    assert carry_out(world) == 1
    assert "Ewan" in cards(amira.get(LEADS))["Safeguarding children lead"]


def test_a_post_left_vacant_needs_a_deputy(farah, world):
    """E06: marked vacant, with a deputy."""
    for person in ("Elif", "Ewan"):
        leaves(farah, world, person)
    for place in ("holder", "deputy"):
        page = farah.get(f"{lead_post(world)}/{place}?leaver={account(world, 'Elif')}")
        page = farah.submit(page, {"account": "nobody"}, button="Save")
    assert "it is vacant, so it needs a deputy" in page.text


def test_an_administrator_sees_sums_and_the_manager_says_who_takes_over(farah, dev, ben, world):
    """E06, decision 0027: no reference of a family is on an administrator's page."""
    of_ben(world)
    page = leaves(farah, world, "Ben")
    assert "1 role on the case, 1 open action, 1 request for information, 1 invitation" in page.text
    assert "Ask Dev" in page.text
    assert "LANE" not in page.html
    assert farah.get("/leavers").status == 403
    assert farah.get(OVER).status == 404
    page = farah.submit(page, button="Close the account on that day")
    assert "1 family of Eastway Children’s Services" in page.errors[""]
    page = dev.get("/leavers")
    assert "Nobody yet" in page.text
    page = dev.click(page, "Say who takes over from Ben in family LANE-01")
    assert dev.submit(page, {}, button="Save").errors["successor"] == "Choose who takes over"
    page = dev.submit(page, {"successor": membership(world, "Bella")}, button="Save")
    assert "Bella takes over" in page.text
    page = farah.get(f"/accounts/{account(world, 'Ben')}/leaving")
    page = farah.submit(page, button="Close the account on that day")
    assert "Nothing is left" in page.text
    assert ben.get(HOME).status == 200


def test_on_the_day_after_all_of_it_is_handed_over_and_access_ends(farah, dev, bella, ben, world):
    """E06: actions, requests, invitations, the lead; the other agency is told; a second run no."""
    theirs = of_ben(world)
    leaves(farah, world, "Ben")
    dev.submit(dev.get(OVER), {"successor": membership(world, "Bella")}, button="Save")
    assert bella.get(HOME).status == 404
    assert carry_out(world) == 1
    assert carry_out(world) == 0
    who = world.account_id("Bella")
    with world.session() as session:
        action = session.scalars(select(Action).where(Action.reference == theirs["action"])).one()
        assert (action.owner_account_id, action.state.value) == (who, "requested")
        request = session.scalars(
            select(InformationRequest).where(InformationRequest.reference == theirs["request"])
        ).one()
        assert request.asked_account_id == who
        invited = select(Invitation).where(Invitation.removed_at.is_(None))
        assert session.scalars(invited.where(Invitation.account_id == who)).one()
        assert not session.scalars(
            invited.where(Invitation.account_id == world.account_id("Ben"))
        ).all()
        worker = session.scalars(select(Involvement).where(Involvement.account_id == who)).one()
        assert worker.lead
        told = {
            mail.account_id
            for mail in session.scalars(select(OutboxMessage))
            if queued(mail).kind.value == "taken-over"
        }
        assert told == {who, world.account_id("Amira")}
    assert ben.get("/today").path == "/sign-in"
    with clock.standing_at(clock.now() + timedelta(days=4)):
        assert Client(bella.app).sign_in("Bella").get(HOME).status == 200
        assert "Bella" in Client(bella.app).sign_in("Amira").get(HOME).text


def test_what_nobody_decided_goes_to_the_manager_and_nobody_keeps_access(farah, dev, world):
    """E06: no action, invitation or request without a holder, and no leaver with access."""
    of_ben(world)
    leaves(farah, world, "Ben", world.moment.today)
    assert carry_out(world) == 1
    gone = world.account_id("Ben")
    with world.session() as session:
        after = world.moment.today + timedelta(days=4)
        assert session.get_one(Account, gone).closed_at
        for table in (Membership, PostHolding, Involvement):
            for row in session.scalars(select(table).where(table.account_id == gone)):
                assert row.ends_on is not None
                assert row.ends_on < after
        holders = set(session.scalars(select(Action.owner_account_id)))
        assert holders == {world.account_id("Dev")}
    with clock.standing_at(clock.now() + timedelta(days=4)):
        page = Client(dev.app).sign_in("Dev").get(f"{HOME}/people")
        assert "Holds the case until a colleague takes it over" in page.text


def test_a_departure_is_taken_back(farah, world):
    page = leaves(farah, world, "Ben")
    farah.post(f"/accounts/{account(world, 'Ben')}/stays", {})
    assert "Nobody has said" in farah.get(page.path).text
    assert carry_out(world) == 0


def test_a_mover_hands_over_in_the_agency_that_they_leave_and_keeps_the_account(farah, dev, world):
    """Issue 5, 3: moving an account lists what is held there; the account stays open."""
    of_ben(world)
    role = membership(world, "Ben")
    page = farah.submit(farah.get(f"/accounts/roles/{role}/end"), {"last_day": last_day(world)})
    assert page.h1 == "Leaving"
    assert "the account stays open" in page.text
    dev.submit(dev.get(OVER), {"successor": membership(world, "Bella")}, button="Save")
    page = farah.submit(farah.get(page.path), button="End the role on that day")
    assert "Nothing is left" in page.text
    assert carry_out(world) == 1
    with world.session() as session:
        ben = session.get_one(Account, world.account_id("Ben"))
        assert ben.closed_at is None
        (kept,) = session.scalars(select(Membership).where(Membership.account_id == ben.id))
        assert kept.ends_on == last_day(world)


def test_whoever_may_not_know_of_a_family_takes_none_over(farah, dev, world):
    """An exclusion beats a handover, when it is decided and on the day."""
    leaves(farah, world, "Ben")
    offered = dev.get(OVER)
    chosen = membership(world, "Bella")
    assert chosen in offered.html
    dev.submit(offered, {"successor": chosen}, button="Save")
    with world.session() as session:
        records.Writer.of(session, world.moment, world.family).keep_out("Bella")
    assert chosen not in dev.get(OVER).html
    assert "Nobody yet" in dev.get("/leavers").text
    assert carry_out(world) == 1
    assert world.count(Involvement, Involvement.account_id == world.account_id("Bella")) == 0
