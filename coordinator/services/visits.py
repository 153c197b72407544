"""Booking, moving, cancelling and combining visits; a joint one has an owner of each agency."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.visit_rules import VisitInSight
from coordinator.clock import day_in_words, time_in_words
from coordinator.errors import InvalidError, all_said
from coordinator.models.families import Person
from coordinator.models.visits import Visit, VisitKind
from coordinator.reads import visit_choices
from coordinator.reads.calendar_rows import Asked, Period
from coordinator.reads.week_contacts import monday_of
from coordinator.services import addresses, clashes, full_weeks, wishes
from coordinator.services.plans import stamp, unchanged_since
from coordinator.services.visit_records import give_up, moved
from coordinator.services.visit_terms import Booking, settle
from coordinator.vocabulary import Level, MovedBy, Relation, VisitState


def book(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight, booking: Booking
) -> str:
    """Book a visit and return its reference.

    Raises `InvalidError`: for a time that is past or that the clocks skip; for owners who are not
    of both agencies where it is joint; for an observation without purpose, end and the parent's
    view (S08); for supervised time without a purpose (S12); against a wish that is not confirmed
    (I05); and for one contact too many in a week without a word why.
    """
    _no_address(session, actor, family, booking)
    visit = Visit(
        **stamp(actor, moment, family, booking.level),
        uid=str(uuid4()),
        sequence=0,
        zone=clock.LONDON.key,
        state=VisitState.PLANNED,
    )
    settle(session, actor, moment, family, visit, booking)
    session.add(visit)
    session.flush()
    full_weeks.weigh(session, actor, moment, family, visit.starts_at)
    all_said(
        lambda: wishes.heed(session, actor, moment, family, visit, booking),
        lambda: _heed_clashes(session, actor, moment, family, visit, booking),
        lambda: _needed_too(session, actor, moment, family, visit, booking),
    )
    session.flush()
    return visit.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: VisitInSight,
    version: int | None,
    booking: Booking,
) -> None:
    """Change a planned visit.  Another time needs a word who wanted it, and why.

    Raises `ConflictError` if somebody else changed it since `version`, and `InvalidError`.
    """
    record = session.get_one(Visit, visit.id)
    unchanged_since(session, record, version, **_in_words(record))
    _no_address(session, actor, visit.family, booking)
    before, taken = record.starts_at, _taken(record)
    settle(session, actor, moment, visit.family, record, booking)
    if record.starts_at != before:
        if booking.moved_by is None or not booking.why_moved:
            problems = {} if booking.moved_by else {"moved_by": "Say who wanted another time"}
            problems |= {} if booking.why_moved else {"why_moved": "Say why it is moved"}
            raise InvalidError(problems)
        moved(session, actor, moment, record, before, booking.moved_by, booking.why_moved)
        record.sequence += 1
    session.flush()
    full_weeks.weigh(session, actor, moment, visit.family, before, record.starts_at)
    all_said(
        lambda: wishes.heed(session, actor, moment, visit.family, record, booking),
        lambda: _heed_clashes(session, actor, moment, visit.family, record, booking, taken),
    )
    weeks = {monday_of(clock.local(instant).date()) for instant in (before, record.starts_at)}
    if len(weeks) == 2:
        _needed_too(session, actor, moment, visit.family, record, booking)
    session.flush()


def cancel(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: VisitInSight,
    moved_by: MovedBy,
    reason: str,
) -> None:
    """Cancel a planned visit: who wanted it, and why."""
    addresses.stop(session, actor, visit.family, reason=reason)
    give_up(session, actor, moment, visit, VisitState.CANCELLED, moved_by, reason)


def combine(
    session: Session, actor: Actor, moment: Moment, visit: VisitInSight, other: str
) -> None:
    """Make two visits of two agencies one: the other's owner comes along, and it is cancelled.

    `other` is a value that reads.visit_choices.to_combine offers.  Raises `InvalidError`.
    """
    record = session.get_one(Visit, visit.id, with_for_update=True)
    offered = visit_choices.to_combine(session, actor, moment, visit)
    found = next((one for one in offered if one.reference == other), None)
    if found is None:
        raise InvalidError({"other": "Choose a visit of the other agency in the same week"})
    merged = session.scalars(select(Visit).where(Visit.id == found.id)).one()
    record.second_id, record.second_agency_id = merged.owner_id, merged.owner_agency_id
    record.sequence += 1
    day = f"{day_in_words(record.local_start)}, {time_in_words(record.local_start)}"
    merged.state, merged.state_reason = VisitState.CANCELLED, f"Combined with the visit of {day}"
    merged.sequence += 1
    service = (MovedBy.SERVICE, merged.state_reason)
    moved(session, actor, moment, merged, merged.starts_at, *service, gone=True)
    full_weeks.weigh(session, actor, moment, visit.family, record.starts_at)


def _needed_too(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    visit: Visit,
    booking: Booking,
) -> None:
    is_theirs = session.get_one(VisitKind, visit.kind_id).supervises
    if visit.level is Level.OPEN and not is_theirs:
        full_weeks.explain(session, actor, moment, family, visit.starts_at, booking.why_more)


def _taken(visit: Visit) -> tuple[Period, Period]:
    """Return the time that a visit takes of the family, and of its owners with their ways."""
    ends_at = visit.starts_at + timedelta(minutes=visit.minutes)
    before, after = (
        timedelta(minutes=minutes) for minutes in (visit.travel_before, visit.travel_after)
    )
    return Period(visit.starts_at, ends_at), Period(visit.starts_at - before, ends_at + after)


def _heed_clashes(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    visit: Visit,
    booking: Booking,
    before: tuple[Period, Period] | None = None,
) -> None:
    """Say which owner or parent has something else then, unless its time stays as it was."""
    whole, way = _taken(visit)
    if before == (whole, way):
        return
    parents = session.scalars(
        select(Person.id).where(
            Person.family_id == family.id, Person.relation == Relation.PARENT_OR_CARER
        )
    )
    owners = {visit.owner_id, visit.second_id or visit.owner_id}
    about, sure = (session, actor, moment, family), booking.all_the_same
    theirs, ours = Asked(people=frozenset(parents)), Asked(accounts=frozenset(owners))
    all_said(
        lambda: clashes.heed(*about, theirs, whole, visit.reference, all_the_same=sure),
        lambda: clashes.heed(*about, ours, way, visit.reference, all_the_same=sure),
    )


def _no_address(session: Session, actor: Actor, family: FamilyInSight, wanted: Booking) -> None:
    names = ("place_text", "purpose", "parents_view", "why_moved", "why_more")
    addresses.stop(session, actor, family, **{name: getattr(wanted, name) for name in names})


def _in_words(visit: Visit) -> dict[str, str]:
    return {
        "day": day_in_words(visit.local_start),
        "start": time_in_words(visit.local_start),
        "minutes": f"{visit.minutes} minutes",
        "place": visit.place.label,
        "purpose": visit.purpose,
    }
