"""Kim's group on Tuesdays, which the service moved three times out of four (I04)."""

from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from coordinator.access import find_entries
from coordinator.demo.teller import LostThreadError, day, scene
from coordinator.reads import local_services
from coordinator.services import supports
from coordinator.services.supports import Pattern
from coordinator.vocabulary import SessionOutcome, SupportState

TUESDAY = 1
WENT = (
    (SessionOutcome.MOVED_BY_SERVICE, "Staff away"),
    (SessionOutcome.MOVED_BY_SERVICE, "The room was not free"),
    (SessionOutcome.HELD, ""),
    (SessionOutcome.MOVED_BY_SERVICE, "Another room"),
)


def load(session: Session, reference: str) -> None:
    """Tell of the group: agreed seven weeks ago, the first four sessions written down."""
    first = _tuesday(day(47))
    with scene(session, "Amira", reference, ago=48, does="supports.write") as telling:
        group = supports.add(
            session,
            telling.actor,
            telling.moment,
            telling.family,
            telling.person("Kim Lane"),
            Pattern(
                what="Skills group",
                first_on=first,
                last_on=first + timedelta(weeks=26),
                every_weeks=1,
                start=time(10),
                minutes=120,
                state=SupportState.UNDER_WAY,
                given_by="Paula",
                place="Northside Centre, room 2",
                service=_service(session),
            ),
        )
    for number, (outcome, why) in enumerate(WENT):
        with scene(session, "Amira", reference, ago=12, does="supports.change") as telling:
            seen = find_entries.support(session, telling.actor, telling.moment, group)
            if seen is None:
                raise LostThreadError(group)
            agreed_on = first + timedelta(weeks=number)
            supports.record(session, telling.actor, telling.moment, seen, agreed_on, outcome, why)


def _tuesday(wanted: date) -> date:
    """Return this day, or the next Tuesday."""
    return wanted + timedelta(days=(TUESDAY - wanted.weekday()) % 7)


def _service(session: Session) -> str:
    names = {name: reference for reference, name in local_services.choices(session)}
    return names["Tuesday Skills Group"]
