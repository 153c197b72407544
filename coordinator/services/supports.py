"""Support at agreed times: the pattern, and what became of each session (E46, I04).

What it is, is for the author's own agency until they share it.  That its times are taken is for
everybody who arranges something with the family then; of what it is, that says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.clock import NoSuchLocalTimeError, day_in_words, time_in_words
from coordinator.errors import InvalidError
from coordinator.models.families import Person
from coordinator.models.local_services import LocalService
from coordinator.models.supports import Support, SupportSession, TakenTime
from coordinator.services import addresses, transitions
from coordinator.services.plans import stamp, unchanged_since
from coordinator.vocabulary import Level, Relation, SessionOutcome, SupportState

LONGEST = timedelta(days=731)
TAKES_TIME = (SupportState.WAITING, SupportState.UNDER_WAY)
MOVED = (SessionOutcome.MOVED_BY_SERVICE, SessionOutcome.MOVED_BY_PARENT)
NO_DAY = "Choose one of the days"


@dataclass(frozen=True)
class Pattern:
    """What is agreed: what, by whom, where; and when, by the clock on the wall in London.

    The first session is on `first_on`, then one every `every_weeks` weeks until `last_on`.
    `service` is the reference of a service of the directory, or "".
    """

    what: str
    first_on: date
    last_on: date
    every_weeks: int
    start: time
    minutes: int
    state: SupportState
    given_by: str = ""
    place: str = ""
    service: str = ""

    def days(self) -> Iterator[date]:
        """Yield the days of the sessions."""
        day = self.first_on
        while day <= self.last_on:
            yield day
            day += timedelta(weeks=self.every_weeks)


def add(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    person: str,
    pattern: Pattern,
) -> str:
    """Write down what a parent or carer (a reference) gets at agreed times; return its reference.

    Raises `InvalidError`.
    """
    person_id = session.scalar(
        select(Person.id).where(
            Person.reference == person,
            Person.family_id == family.id,
            Person.relation != Relation.CHILD,
        )
    )
    if person_id is None:
        raise InvalidError({"person": "Choose whom it is for"})
    _check(session, actor, family, pattern)
    support = Support(
        **stamp(actor, moment, family, Level.OWN_AGENCY),
        person_id=person_id,
        **_columns(session, pattern),
    )
    session.add(support)
    session.flush()
    _take_times(session, moment, support, pattern)
    return support.reference


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    support: EntryInSight,
    version: int | None,
    pattern: Pattern,
) -> None:
    """Agree another pattern, from today on; what is recorded of past sessions stays.

    Raises `InvalidError`, and `ConflictError` if somebody else changed it since `version`.
    """
    record = session.get_one(Support, support.id, with_for_update=True)
    now = {"what": record.what, "given_by": record.given_by, "place": record.place}
    unchanged_since(session, record, version, **now)
    _check(session, actor, support.family, pattern)
    ends = pattern.state is SupportState.ENDED and record.state is not SupportState.ENDED
    for name, value in _columns(session, pattern).items():
        setattr(record, name, value)
    session.flush()
    if ends:
        transitions.tell_partners(session, actor, moment, record)
    _take_times(session, moment, record, pattern)


def record(
    session: Session,
    actor: Actor,
    moment: Moment,
    support: EntryInSight,
    agreed_on: date,
    outcome: SessionOutcome,
    reason: str = "",
    moved_to: tuple[date, time] | None = None,
) -> None:
    """Write down what became of the session of a day of the pattern; a second time corrects it.

    `moved_to`: day and time in London, where another was agreed.  Raises `InvalidError`.
    """
    pattern = session.get_one(Support, support.id, with_for_update=True)
    told = _session_of(session, support.id, agreed_on)
    taken = _taken(session, support.id, agreed_on)
    if told is None and taken is None:
        raise InvalidError({"day": NO_DAY})
    if outcome is SessionOutcome.HELD and agreed_on > moment.today:
        raise InvalidError({"outcome": "It has not taken place yet"})
    if outcome is SessionOutcome.MOVED_BY_SERVICE and not reason:
        raise InvalidError({"reason": "Say why the service moved it"})
    if moved_to and outcome not in MOVED:
        raise InvalidError({"moved_day": "It was not moved: leave this empty"})
    addresses.stop(session, actor, support.family, reason=reason)
    wall = datetime.combine(*moved_to) if moved_to else None
    if told is None:
        told = SupportSession(support_id=support.id, agreed_on=agreed_on)
        session.add(told)
    told.outcome, told.reason, told.moved_to = outcome, reason, wall
    told.by_id, told.at = actor.account_id, moment.now
    if taken:
        session.delete(taken)
        session.flush()
    if outcome is not SessionOutcome.NOT_HELD:
        agreed = datetime.combine(agreed_on, pattern.starts)
        session.add(_time(pattern, agreed_on, wall or agreed, "moved_at"))
    session.flush()


def _check(session: Session, actor: Actor, family: FamilyInSight, pattern: Pattern) -> None:
    texts = {"what": pattern.what, "given_by": pattern.given_by, "place": pattern.place}
    addresses.stop(session, actor, family, **texts)
    if pattern.last_on < pattern.first_on:
        raise InvalidError({"last_on": "The last day must not be before the first"})
    if pattern.last_on > pattern.first_on + LONGEST:
        raise InvalidError({"last_on": "Choose a last day within two years: it can be changed"})


def _columns(session: Session, pattern: Pattern) -> dict[str, object]:
    said = dict(vars(pattern))
    service = said.pop("service")
    found = session.scalar(select(LocalService.id).where(LocalService.reference == service))
    if service and found is None:
        raise InvalidError({"service": "Choose from the list"})
    return said | {"starts": said.pop("start"), "service_id": found}


def _take_times(session: Session, moment: Moment, support: Support, pattern: Pattern) -> None:
    """Write down the times that the pattern takes from today on, and before that if it is new."""
    there = {
        one.agreed_on: one
        for one in session.scalars(select(TakenTime).where(TakenTime.support_id == support.id))
    }
    recorded = set(
        session.scalars(
            select(SupportSession.agreed_on).where(SupportSession.support_id == support.id)
        )
    )
    since = moment.today if there else pattern.first_on
    for day, one in there.items():
        if day >= since and day not in recorded:
            session.delete(one)
    session.flush()
    if pattern.state not in TAKES_TIME:
        return
    for day in pattern.days():
        if day >= since and day not in recorded:
            session.add(_time(support, day, datetime.combine(day, pattern.start), "start"))
    session.flush()


def _time(support: Support, agreed_on: date, wall: datetime, field: str) -> TakenTime:
    """Return the time that a session takes.  Raises `InvalidError` for one that the clocks skip."""
    try:
        starts_at = clock.instant_of(wall)
    except NoSuchLocalTimeError as skipped:
        said = f"There is no {time_in_words(wall)} on {day_in_words(wall)}: the clocks go forward"
        offered = time_in_words(skipped.next_valid)
        raise InvalidError({field: f"{said}. The next time that exists is {offered}"}) from None
    return TakenTime(
        family_id=support.family_id,
        support_id=support.id,
        person_id=support.person_id,
        agreed_on=agreed_on,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=support.minutes),
    )


def _session_of(session: Session, support_id: int, agreed_on: date) -> SupportSession | None:
    return session.scalars(
        select(SupportSession).where(
            SupportSession.support_id == support_id, SupportSession.agreed_on == agreed_on
        )
    ).one_or_none()


def _taken(session: Session, support_id: int, agreed_on: date) -> TakenTime | None:
    return session.scalars(
        select(TakenTime).where(
            TakenTime.support_id == support_id, TakenTime.agreed_on == agreed_on
        )
    ).one_or_none()
