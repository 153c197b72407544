"""A month of turnover leaves nothing without a holder or a visible vacancy; nobody keeps access."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import and_, exists, or_, select

import databases
from coordinator import clock, trail
from coordinator.access.actor import current
from coordinator.access.sights import AccountInSight
from coordinator.demo import cast
from coordinator.models.accounts import Account, Draft, Membership, SignInSession
from coordinator.models.calendars import CalendarFeed
from coordinator.models.departures import Departure
from coordinator.models.directory import Post, PostHolding, Team
from coordinator.models.disagreements import DisagreementStep
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Action
from coordinator.models.sharing import Advice
from coordinator.models.visits import Visit
from coordinator.models.worries import Worry
from coordinator.reads import departures as reads
from coordinator.reads import directory
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    MeetingState,
    PostKind,
    RequestState,
    VisitState,
)
from month import Month
from page import Client

A_WEEK, A_MONTH = (12, 5), pytest.param((200, 30), marks=pytest.mark.long)


@pytest.mark.parametrize("how_much", [A_WEEK, A_MONTH], ids=["a-week", "a-month"])
def test_turnover_leaves_nothing_without_a_holder(how_much, demo_app):
    """Issue 5, done; E06: joiners, movers and leavers in any order, with work going on."""
    comings_and_goings, days = how_much
    seed = random.randrange(10_000)  # noqa: S311  (no secret)
    print("seed", seed)  # noqa: T201  (shown with a failure)
    with databases.session_of(demo_app) as session:
        trail.acting(session, cast.SETUP, "test")
        month = Month(session, clock.now(), seed, comings_and_goings, days)
        for moment in month.days():
            if moment.today.day % 3 == 0:
                nothing_is_lost(session, moment)
        nothing_is_lost(session, moment)
        gone = nobody_gone_has_access(session, moment)
    assert gone
    for name in gone if days > 5 else gone[:2]:
        client = Client(demo_app).sign_in(name)
        with clock.standing_at(moment.now):
            assert client.get("/today").path == "/sign-in"


def holders(session, moment):
    """Yield what is open: its kind, number, holder and agency."""
    today, now = moment.today, moment.now
    to_come = and_(Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)
    step = DisagreementStep
    open_things = {
        "action": select(Action.id, Action.owner_account_id, Action.owner_agency_id).where(
            Action.state.in_(OPEN_ACTION_STATES), Action.owner_account_id.is_not(None)
        ),
        "request": select(
            InformationRequest.id,
            InformationRequest.asked_account_id,
            InformationRequest.asked_agency_id,
        ).where(
            InformationRequest.state == RequestState.ASKED,
            InformationRequest.asked_account_id.is_not(None),
        ),
        "invitation": select(Invitation.id, Invitation.account_id, Invitation.agency_id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(to_come, Invitation.removed_at.is_(None), Invitation.account_id.is_not(None)),
        "case": select(Involvement.id, Involvement.account_id, Involvement.agency_id).where(
            current(Involvement, today)
        ),
        "visit": select(Visit.id, Visit.owner_id, Visit.owner_agency_id).where(
            Visit.state == VisitState.PLANNED
        ),
        "second": select(Visit.id, Visit.second_id, Visit.second_agency_id).where(
            Visit.state == VisitState.PLANNED, Visit.second_id.is_not(None)
        ),
        "stage": select(step.disagreement_id, step.owner_id, step.owner_agency_id).where(
            step.ended_at.is_(None)
        ),
        "question": select(Advice.id, Advice.lead_id, Advice.agency_id).where(
            Advice.answered_at.is_(None)
        ),
        "post": select(PostHolding.id, PostHolding.account_id, Post.agency_id)
        .join(Post, Post.id == PostHolding.post_id)
        .where(current(PostHolding, today)),
    }
    for kind, statement in open_things.items():
        for number, account, agency in session.execute(statement):
            yield kind, number, account, agency


def nothing_is_lost(session, moment):
    """Each open thing has a holder who works there, or stands on a page of what is left."""
    trail.acting(session, cast.SETUP, "test")
    works = session.execute(
        select(Membership.account_id, Team.agency_id)
        .join(Team, Team.id == Membership.team_id)
        .join(Account, Account.id == Membership.account_id)
        .where(current(Membership, moment.today), Account.closed_at.is_(None))
    )
    there = {tuple(row) for row in works}
    leave = session.execute(
        select(Account.id, Account.reference)
        .join(Departure, Departure.account_id == Account.id)
        .where(Departure.done_at.is_(None), Departure.withdrawn_at.is_(None))
    )
    waits = {row.id: row.reference for row in leave}
    lost = [row for row in holders(session, moment) if row[2:] not in there]
    for kind, number, account, agency in lost:
        assert account in waits, (kind, number, account, agency)
    for account in {row[2] for row in lost}:
        leaver = AccountInSight(account, waits[account])
        page = reads.of_account(session, cast.actor(session, "Farah"), moment, leaver)
        assert page.left or page.beside.before_leads, account
    listed = {card.reference for card in directory.to_look_after(session, None, moment)}
    # A desk with a number is held by whoever is on the rota.
    for post in session.scalars(select(Post).where(Post.kind != PostKind.OUT_OF_HOURS)):
        held = exists().where(
            PostHolding.post_id == post.id,
            PostHolding.deputy.is_(False),
            current(PostHolding, moment.today),
        )
        assert post.reference in listed or session.scalar(select(held)), post.kind


def nobody_gone_has_access(session, moment):
    """Return who has left altogether; none of them keeps a role, a session, a feed or a draft."""
    gone = session.execute(
        select(Account.id, Account.name)
        .join(Departure, Departure.account_id == Account.id)
        .where(Departure.agency_id.is_(None), Departure.withdrawn_at.is_(None))
        .where(Departure.last_day < moment.today, Account.closed_at.is_not(None))
        .distinct()
        .order_by(Account.id)
    ).all()
    after = session.scalars(
        select(Departure.account_id).where(
            Departure.agency_id.is_(None),
            Departure.withdrawn_at.is_(None),
            Departure.last_day < moment.today,
        )
    )
    ids = {row.id for row in gone}
    assert set(after) == ids, "somebody left and has an open account"
    ends = {
        Membership: or_(Membership.ends_on.is_(None), Membership.ends_on >= moment.today),
        PostHolding: or_(PostHolding.ends_on.is_(None), PostHolding.ends_on >= moment.today),
        SignInSession: SignInSession.ended_at.is_(None),
        CalendarFeed: CalendarFeed.ended_at.is_(None),
        Worry: Worry.ended_at.is_(None),
        Draft: Draft.kept_at < moment.now + timedelta(days=1),
    }
    for table, open_ in ends.items():
        left = session.scalars(select(table.account_id).where(table.account_id.in_(ids), open_))
        assert not left.all(), table
    return [row.name for row in gone]
