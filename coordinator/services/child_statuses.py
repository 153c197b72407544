"""Writing down the legal or planning status of a child, and what follows from it (S25, I20)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment, PersonInSight
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.child_statuses import StatusOfChild
from coordinator.models.entries import EntryReader
from coordinator.models.families import Person
from coordinator.services import addresses, separations
from coordinator.services.deadlines import Happened, happened, in_its_circle, lapse, of_an_entry
from coordinator.services.plans import stamp
from coordinator.vocabulary import (
    AWAY_STATUSES,
    EXPLAINED,
    LEGAL_STATUSES,
    ChildStatus,
    ClockEvent,
    Level,
    Relation,
)

EVENTS = {
    ChildStatus.SECTION_47: ClockEvent.SECTION_47,
    ChildStatus.PROTECTION_PLAN: ClockEvent.PROTECTION_PLAN,
}
# The clocks that have no more to run for once a status ends.
RAN_FOR = {
    ChildStatus.SECTION_47: (ClockEvent.SECTION_47,),
    ChildStatus.PROTECTION_PLAN: (
        ClockEvent.PROTECTION_PLAN,
        ClockEvent.CORE_GROUP,
        ClockEvent.REVIEW_CONFERENCE,
        ClockEvent.BIRTH,
    ),
}
# A plan is for the whole household; an enquiry is about one child.
ABOUT_ONE_CHILD = frozenset({ClockEvent.SECTION_47})


@dataclass(frozen=True)
class NewStatus:
    """A status as it is written down; without an explanation the usual two sentences stand."""

    status: ChildStatus
    starts_on: date
    explanation: str = ""


def give(
    session: Session,
    actor: Actor,
    moment: Moment,
    child: PersonInSight,
    wanted: NewStatus,
) -> str:
    """Let a child have a status from a day on; return its reference.

    It takes the place of the one of its sort (planning or legal).  Raises `InvalidError`.
    """
    addresses.stop(session, actor, child.family, explanation=wanted.explanation)
    if wanted.starts_on > moment.today:
        raise InvalidError({"starts_on": "The day must be today or before"})
    return write(
        session, moment, stamp(actor, moment, child.family, Level.OPEN), child.id, wanted
    ).reference


def write(
    session: Session,
    moment: Moment,
    stamped: dict[str, Any],
    person_id: int,
    wanted: NewStatus,
    readers: frozenset[int] = frozenset(),
) -> StatusOfChild:
    """Store a status in the place of the one of its sort, and start what follows from it.

    Raises `InvalidError` if one of its sort began later, or is the same.
    """
    legal = wanted.status in LEGAL_STATUSES
    standing = [
        one
        for one in session.scalars(
            select(StatusOfChild)
            .where(
                in_its_circle(StatusOfChild, stamped),
                StatusOfChild.person_id == person_id,
                StatusOfChild.ends_on.is_(None),
            )
            .order_by(StatusOfChild.starts_on, StatusOfChild.id)
        )
        if (one.status in LEGAL_STATUSES) is legal
    ]
    for one in standing:
        if one.status is wanted.status:
            raise InvalidError(
                {"status": f"It is so already, since {clock.day_in_words(one.starts_on)}"}
            )
        if one.starts_on > wanted.starts_on:
            raise InvalidError(
                {"starts_on": f"Another began on {clock.day_in_words(one.starts_on)}"}
            )
    for one in standing:
        one.ends_on = wanted.starts_on
        _let_lapse(session, moment, one, wanted.status)
    status = StatusOfChild(
        **stamped | {"created_at": moment.now},
        person_id=person_id,
        status=wanted.status,
        starts_on=wanted.starts_on,
        explanation=wanted.explanation or EXPLAINED[wanted.status],
    )
    session.add(status)
    session.flush()
    session.add_all(EntryReader(entry_id=status.id, account_id=reader) for reader in readers)
    if wanted.status in AWAY_STATUSES:
        separations.begin(session, moment, stamped, person_id, wanted.starts_on, readers)
    if event := EVENTS.get(wanted.status):
        about = person_id if event in ABOUT_ONE_CHILD else None
        happened(
            session, moment, stamped, Happened(event, day_start(wanted.starts_on), about), readers
        )
    return status


def end(
    session: Session,
    moment: Moment,
    status: EntryInSight,
    version: int | None,
    day: date,
) -> None:
    """Let a status end on a day.  Raises `InvalidError` and `ConflictError`."""
    record = session.get_one(StatusOfChild, status.id)
    if version != record.version:
        raise ConflictError({"ends_on": str(record.ends_on or "")}, record.version)
    if record.ends_on is not None:
        raise InvalidError("It has ended already")
    if not record.starts_on <= day <= moment.today:
        raise InvalidError({"ends_on": "The day must be after it began, and today or before"})
    record.ends_on = day
    _let_lapse(session, moment, record, None)
    session.flush()


def _let_lapse(
    session: Session, moment: Moment, ended: StatusOfChild, followed_by: ChildStatus | None
) -> None:
    """End the clocks that ran for a status that ended, unless another child still has it.

    What is late stays late.  An enquiry that leads to a plan is met by its conference.
    """
    if ended.status not in RAN_FOR or followed_by is ChildStatus.PROTECTION_PLAN:
        return
    session.flush()
    about = ended.person_id if ended.status is ChildStatus.SECTION_47 else None
    stamped = of_an_entry(ended)
    others = select(StatusOfChild.id).where(
        in_its_circle(StatusOfChild, stamped),
        StatusOfChild.status == ended.status,
        StatusOfChild.ends_on.is_(None),
    )
    if about is None and session.scalars(others.limit(1)).first():
        return
    why = f"The {ended.status.label[:1].lower()}{ended.status.label[1:]} ended"
    lapse(session, moment, stamped, RAN_FOR[ended.status], about, why)


def day_start(day: date) -> datetime:
    """Return the instant at which a day in London starts."""
    return clock.instant_of(datetime.combine(day, time()))


def children(session: Session, family: FamilyInSight) -> dict[str, int]:
    """Return the children of a family: reference → number."""
    return {
        row.reference: row.id
        for row in session.execute(
            select(Person.reference, Person.id)
            .where(Person.family_id == family.id, Person.relation == Relation.CHILD)
            .order_by(Person.id)
        )
    }
