"""Where people sit: Ben has a desk where Amira is based, and the two have a slot (E08)."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access.actor import Actor
from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.sights import Moment
from coordinator.demo import cast
from coordinator.models.directory import Site
from coordinator.reads import desk_slots as free_slots
from coordinator.services import desk_slots, desks
from coordinator.services.desks import Place
from coordinator.working_days import is_working_day

BASES = {"Amira": "Northside House", "Ben": "Eastway Civic Centre"}
DESKS = {"Ben": "Northside House", "Cerys": "Eastway Civic Centre"}


def load(session: Session) -> None:
    """Say who sits where; the desks are on today's weekday, so that somebody is here today."""
    moment = Moment(clock.now(), clock.today())
    for name, site in BASES.items():
        _sits(session, moment, name, site)
    day = moment.today
    while not is_working_day(day):
        day += timedelta(days=1)
    for name, site in DESKS.items():
        _sits(session, moment, name, site, day.weekday())
    amira = _acts(session, "Amira", "desk-slots.book")
    ben = cast.actor(session, "Ben").account_id
    slot = free_slots.free(session, moment, {ben})[-1]
    desk_slots.book(session, amira, moment, {ben}, slot.value, "How we plan the joint visits")
    session.flush()


def _sits(
    session: Session, moment: Moment, name: str, site: str, weekday: int | None = None
) -> None:
    actor = _acts(session, name, "desks.tell")
    found = session.scalars(select(Site.reference).where(Site.name == site)).one()
    times = (0, 0, 0) if weekday is None else (9 * 60, 17 * 60, 20)
    place = Place(found, moment.today, None, weekday, *times)
    who = ColleagueInSight(actor.account_id, actor.reference, actor.team_ids)
    desks.tell(session, actor, moment, who, place)


def _acts(session: Session, name: str, action: str) -> Actor:
    actor = cast.actor(session, name)
    trail.acting(session, actor.acting(), action)
    return actor
