"""Telling of visits: one that was, a joint one that waits for a part, and a week with many."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_visits
from coordinator.demo.teller import LostThreadError, Scene, day, scene
from coordinator.models.visits import VisitKind
from coordinator.reads import visit_choices
from coordinator.reads.week_contacts import monday_of
from coordinator.services import visit_records, visits
from coordinator.services.visit_records import Told
from coordinator.services.visit_terms import Booking
from coordinator.vocabulary import MeetWhere, VisitState

KIM, ROB = "LANE-01", "FERN-03"
WHY = {3: "Leo asked for help with his homework", 4: "The court asked for a visit each Friday"}


def load(session: Session) -> None:
    """Tell of the visits to Kim's family."""
    with scene(session, "Amira", KIM, ago=14, does="visits.book") as telling:
        alone = booked(telling, "Home visit", workday(8), "10:00", "How the new hours work out")
    told(session, "Amira", alone, 8, "Kim sleeps better. She asks that we ring before we come.")
    with scene(session, "Ben", KIM, ago=12, does="visits.book") as telling:
        joint = booked(
            telling, "Joint visit", workday(2), "14:00", "To see Kim and Leo together", "Amira"
        )
    told(session, "Amira", joint, 2, "Kim would like one visit a week, with both of us.")
    next_week = monday_of(day(-7))
    # Amira books first, and so it is she who is asked about what Ben adds.
    plans = (
        ("Amira", "Home visit", 0, "09:30", "To plan the week"),
        ("Amira", "Phone or video contact", 1, "15:30", "How the night was"),
        ("Ben", "Home visit", 0, "16:00", "To see Leo after school"),
        ("Ben", "Home visit", 2, "09:00", "Breakfast with the children"),
        ("Ben", "Home visit", 3, "15:45", "Homework with Leo"),
        ("Ben", "Home visit", 4, "15:45", "How the week went"),
    )
    for name, kind, number, start, purpose in plans:
        on = next_week + timedelta(days=number)
        with scene(session, name, KIM, ago=1, does="visits.book") as telling:
            booked(telling, kind, on, start, purpose, why_more=WHY.get(number, ""))


def load_supervised(session: Session) -> None:
    """Tell of Rob's time with his children, of which nobody has asked him yet."""
    with scene(session, "Ben", ROB, ago=6, does="visits.book") as telling:
        time_together = booked(
            telling, "Supervised contact", workday(3), "16:30", "Homework with Ida, a story for Sol"
        )
    went_well = "Rob read to the end, and Sol asked for the next one. Ida showed him all her sums."
    told(session, "Ben", time_together, 3, "It began late: my bus.", ROB, went_well)


def workday(ago: int) -> date:
    """Return the day so many days ago, or the Friday before a weekend."""
    found = day(ago)
    return found - timedelta(days=max(found.weekday() - 4, 0))


def booked(
    telling: Scene,
    kind: str,
    on: date,
    start: str,
    purpose: str,
    second: str = "",
    **more: Any,
) -> str:
    """Book a visit of an hour, at home or by phone; return its reference."""
    about = (telling.session, telling.actor, telling.moment, telling.family)
    people = {one.name: one.value for one in visit_choices.owners(*about)}
    return visits.book(
        *about,
        Booking(
            kind=telling.session.scalars(
                select(VisitKind.reference).where(VisitKind.name == kind)
            ).one(),
            day=on,
            start=time.fromisoformat(start),
            minutes=60,
            place=MeetWhere.PHONE if kind.startswith("Phone") else MeetWhere.HOME,
            owner=people[telling.actor.name],
            second=people[second] if second else "",
            purpose=purpose,
            parents_choice=True,
            travel_before=15,
            all_the_same=True,
            **more,
        ),
    )


def told(
    session: Session,
    name: str,
    visit: str,
    ago: int,
    text: str,
    family: str = KIM,
    went_well: str = "",
) -> None:
    """Let an owner say that a visit took place, and add their part."""
    with scene(session, name, family, ago=ago, at="17:30", does="visits.record") as telling:
        seen = find_visits.visit(telling.session, telling.actor, telling.moment, visit)
        if seen is None:
            raise LostThreadError(visit)
        about = (telling.session, telling.actor, telling.moment, seen)
        visit_records.tell(*about, Told(VisitState.DONE, text, went_well=went_well))
