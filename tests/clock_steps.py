"""Steps that the tests of clocks share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine
from sqlalchemy import select

from coordinator import clock
from coordinator.models.accounts import Account
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.vocabulary import DeadlineState, GuestRole, Reply
from gathering import arrange
from page import Client, Page
from world import World

CLOCKS = "/families/LANE-01/clocks"


def rule_reference(world: World, code: str) -> str:
    """Return the reference of the newest version of a rule."""
    with world.session() as session:
        newest = select(ClockRule.reference).where(ClockRule.code == code)
        return session.scalars(newest.order_by(ClockRule.id.desc())).first() or ""


def change_limit(client: Client, world: World, code: str, **values: Any) -> Page:
    """Change a limit by the form as it stands."""
    form = client.get(f"/clocks/{rule_reference(world, code)}/change")
    filled = {"reason": "The safeguarding partners agreed", **values}
    return client.submit(form, filled, button="Change the limit")


def record_event(client: Client, event: str, **values: Any) -> Page:
    """Write down an event by the form as it stands."""
    form = client.get(f"{CLOCKS}/start")
    return client.submit(form, {"event": event, **values}, button="Write it down")


def deadlines(world: World, *states: DeadlineState) -> Mapping[str, Deadline]:
    """Return the deadlines of the family by their rule's code, the newest of each."""
    with world.session() as session:
        statement = select(ClockRule.code, Deadline).join(
            Deadline, Deadline.rule_id == ClockRule.id
        )
        if states:
            statement = statement.where(Deadline.state.in_(states))
        rows = session.execute(statement.order_by(Deadline.id)).all()
        session.expunge_all()
    return dict(rows)  # type: ignore[arg-type]


def running(world: World) -> Mapping[str, Deadline]:
    """Return the deadlines that run, by their rule's code."""
    return deadlines(world, DeadlineState.RUNNING)


def child(world: World, name: str = "Mia") -> str:
    """Return the reference of a child."""
    with world.session() as session:
        return session.scalars(select(Person.reference).where(Person.name.startswith(name))).one()


def give_status(
    client: Client, world: World, status: str, name: str = "Mia", **values: Any
) -> Page:
    """Write down the status of a child by the form as it stands."""
    form = client.get(f"/children/{child(world, name)}/status/add")
    return client.submit(form, {"status": status, **values}, button="Write it down")


def hold(
    world: World,
    kind: str,
    day: date,
    *,
    absent: tuple[str, ...] = (),
    by: str = "Ben",
    guests: tuple[tuple[GuestRole, str], ...] = (),
    **values: Any,
) -> str:
    """Arrange a meeting for a day and record who came on its evening; return its address."""
    client = Client(world.app).sign_in(by)
    page = arrange(client, kind, day=day, **values)
    assert page.status == 200, page.errors
    at = page.path
    for role, organisation in guests:
        _ask_guest(world, at, role, organisation)
    evening = clock.instant_of(datetime.combine(day, time(18)))
    with time_machine.travel(evening, tick=False):
        writer = Client(world.app).sign_in(by)
        came = {
            reference: "absent" if name in absent else "attended"
            for reference, name in _asked(world, at)
        }
        saved = writer.submit(writer.get(f"{at}/attendance"), came, button="Save who came")
        assert saved.status == 200, saved.errors
    return at


def _ask_guest(world: World, at: str, role: GuestRole, organisation: str) -> None:
    """Ask somebody of another organisation to a meeting."""
    with world.does("Ben") as (session, actor):
        meeting = session.scalars(
            select(Meeting).where(Meeting.reference == at.split("/")[2])
        ).one()
        guest = Guest(
            family_id=meeting.family_id,
            name=f"{role.label} of {organisation}",
            role=role,
            organisation=organisation,
            added_by_id=actor.account_id,
            added_at=world.moment.now,
        )
        session.add(guest)
        session.flush()
        session.add(
            Invitation(
                meeting_id=meeting.id,
                guest_id=guest.id,
                invited_by_id=actor.account_id,
                invited_at=world.moment.now,
                reply=Reply.ACCEPTED,
            )
        )


def _asked(world: World, at: str) -> list[tuple[str, str]]:
    """Return who is asked to a meeting, as (reference of the invitation, name of a worker)."""
    with world.session() as session:
        rows = session.execute(
            select(Invitation.reference, Account.name)
            .join(Meeting, Meeting.id == Invitation.meeting_id)
            .outerjoin(Account, Account.id == Invitation.account_id)
            .where(Meeting.reference == at.split("/")[2], Invitation.removed_at.is_(None))
        ).all()
    return [(reference, name or "") for reference, name in rows]


def days_later(days: int) -> time_machine.travel:
    """Travel some days ahead; whoever acts there signs in anew."""
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


def next_monday() -> date:
    """Return a Monday to come, a week from now at least."""
    day = clock.today() + timedelta(days=7)
    return day + timedelta(days=-day.weekday() % 7)
