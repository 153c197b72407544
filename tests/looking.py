"""Synthetic logs of looks, searches and refusals, and the scan that reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from coordinator import clock, trail
from coordinator.demo import cast
from coordinator.models.accounts import Account
from coordinator.models.families import Family, Person
from coordinator.models.look_alerts import LookAlert
from coordinator.services import look_alerts
from coordinator.services.families import match_name
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import AlertKind, CaseRole, ChildrenAsked, EventKind, Relation
from world import World
from writer import Writer

WORKER = Acting(service="worker")


def yesterday(hour: int = 10, days: int = 1) -> datetime:
    """Return an hour of a day before today in London, as an instant."""
    start = clock.day_bounds(clock.today() - timedelta(days=days))[0]
    return start + timedelta(hours=hour)


def families(world: World, count: int, name: str = "Pat Row") -> list[int]:
    """Open so many families with one person each; return their numbers."""
    with world.does("Amira") as (session, actor):
        found = []
        for number in range(count):
            family = Family(
                opened_at=world.moment.now,
                opened_by_id=actor.account_id,
                agency_id=actor.agency_id,
                children_asked=ChildrenAsked.YES,
            )
            session.add(family)
            session.flush()
            whole = f"{name}{'x' * number}"
            session.add(
                Person(
                    family_id=family.id,
                    name=whole,
                    match_name=match_name(whole),
                    relation=Relation.PARENT_OR_CARER,
                )
            )
            found.append(family.id)
        return found


def lane(world: World) -> int:
    """Return the number of LANE-01."""
    with world.session() as session:
        return session.scalars(select(Family.id).where(Family.reference == world.family)).one()


def call(world: World, name: str, full: str, phone: str = "") -> None:
    """Give somebody of the cast a full name, and a telephone."""
    with world.does("Farah") as (session, _actor):
        account = session.scalars(select(Account).where(Account.name == name)).one()
        account.name, account.phone = full, phone


def happens(
    world: World,
    kind: EventKind,
    account: int,
    at: datetime,
    family: int | None = None,
    record_kind: str | None = "families",
    agency: str = "Cerys",
    action: str = "families.read",
) -> None:
    """Write one event into the trail as if it had happened then."""
    with world.session() as session, clock.standing_at(at):
        who = Acting(account_id=account, agency_id=cast.actor(session, agency).agency_id)
        subject = Subject(family_id=family, record_kind=record_kind)
        trail.write(session, kind, subject, action=action, who=who)


def looks(world: World, account: int, seen: list[int], at: datetime, apart: int = 60) -> None:
    """Write a look at each of these families, so many seconds apart."""
    for number, family in enumerate(seen):
        happens(world, EventKind.LOOK, account, at + timedelta(seconds=number * apart), family)


def scan(world: World) -> int:
    """Read the trail to its end; return how many alerts were raised."""
    raised, more = 0, True
    while more:
        with world.session() as session:
            trail.acting(session, WORKER, "alerts.scan")
            found, more = look_alerts.scan(session, world.moment)
            raised += found
    return raised


def alerts(world: World) -> list[tuple[AlertKind, int, int | None, int]]:
    """Return the alerts: kind, person, family, how often."""
    with world.session() as session:
        rows = session.scalars(select(LookAlert).order_by(LookAlert.id))
        return [(row.kind, row.account_id, row.family_id, row.looks) for row in rows]


def on_the_case(world: World, name: str, family: int) -> None:
    """Put somebody of the cast on a case."""
    with world.session() as session:
        Writer(session, world.moment, family).involve(name, CaseRole.OTHER)
