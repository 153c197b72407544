"""Somebody leaves: the administrator begins it, and the worker carries it out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import listed
from coordinator import clock, trail
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.services import departing
from coordinator.trail import Acting


def last_day(world):
    return world.moment.today + timedelta(days=3)


def leaves(farah, world, name, day=None):
    """Let the administrator begin to close an account; return the page of what is left."""
    page = farah.get(f"/accounts/{listed.account(world, name)}")
    page = farah.click(page, "Close the account")
    return farah.submit(page, {"last_day": day or last_day(world)}, button="Go on")


def carry_out(world, days=4):
    """Do what the worker does so many days from now; return for how many."""
    after = clock.now() + timedelta(days=days)
    with world.session() as session:
        return work(session, Moment(after, clock.local(after).date()))


def work(session, moment):
    """Do what the worker does at a moment; return for how many."""
    done = 0
    trail.acting(session, Acting(service="worker"), "departures.carry-out")
    while departing.are_due(session, moment):
        done += departing.carry_out(session, moment)[0]
    return done


def membership(world, name):
    """Return the reference of somebody's first role."""
    with world.session() as session:
        return session.scalars(
            select(Membership.reference)
            .join(Account, Account.id == Membership.account_id)
            .where(Account.name == name)
            .order_by(Membership.id)
        ).first()
