"""Starting and meeting what is due by when (spec/domain.md, rules with numbers).

An event starts the clocks of the rules in force on its day and meets those that wait for it.
A deadline keeps the version of the rule by which it was counted.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.clock import NoSuchLocalTimeError
from coordinator.errors import InvalidError
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Family, Person
from coordinator.services import clock_rules
from coordinator.services.plans import stamp
from coordinator.vocabulary import (
    RECORDED_BY_HAND,
    ClockEvent,
    DeadlineState,
    Level,
    Relation,
)
from coordinator.working_days import due

# These limits are looked up where they matter; no clock runs for them.
NO_CLOCK = frozenset({"quorum", "cp-is", "contacts-in-a-week"})
FARTHEST_AHEAD = timedelta(days=60)
FARTHEST_BACK = timedelta(days=366)


@dataclass(frozen=True)
class Happened:
    """An event: when it was, the child whom it is about, and the meeting that it was."""

    event: ClockEvent
    at: datetime
    person_id: int | None = None
    meeting_id: int | None = None


def of_an_entry(source: Entry) -> dict[str, Any]:
    """Return what a new entry takes over from the entry that it follows from."""
    names = ("family_id", "author_id", "agency_id", "level", "notice")
    return {name: getattr(source, name) for name in names}


def in_its_circle(kind: type[Entry], stamped: dict[str, Any]) -> ColumnElement[bool]:
    """Return which entries of a family an event moves: those that its own readers read.

    What is open moves what is open.  What is held back moves nothing that others see, and nothing
    that is held back shows by what it stops (assurance/noninterference).
    """
    here = and_(kind.family_id == stamped["family_id"], kind.level == stamped["level"])
    if stamped["level"] is Level.OPEN:
        return here
    return and_(
        here, kind.agency_id == stamped["agency_id"], kind.author_id == stamped["author_id"]
    )


def happened(
    session: Session,
    moment: Moment,
    stamped: dict[str, Any],
    event: Happened,
    readers: frozenset[int] = frozenset(),
) -> int:
    """Meet what waits for this event, and start its clocks; return how many were started.

    `stamped` says whose entries these are, and `readers` who is named for them.
    """
    family = select(Family.id).where(Family.id == stamped["family_id"])
    session.execute(family.with_for_update())  # of two who tell the same, one starts the clocks
    running = list(
        session.scalars(
            select(Deadline).where(
                in_its_circle(Deadline, stamped),
                Deadline.state == DeadlineState.RUNNING,
            )
        )
    )
    rules = {rule.id: rule for rule in session.scalars(select(ClockRule))}
    for deadline in running:
        if _meets(event, deadline, rules[deadline.rule_id]):
            deadline.state = DeadlineState.MET
            deadline.met_on = clock.local(event.at).date()
            deadline.met_by_meeting_id = event.meeting_id
    started = 0
    for rule in clock_rules.in_force(
        session, clock.local(min(event.at, moment.now)).date()
    ).values():
        if rule.starts_with is not event.event or rule.code in NO_CLOCK:
            continue
        if _is_there(session, stamped, rule, event):
            continue
        _count_anew(moment, running, rules, rule, event)
        counted = due(event.at, rule.limit, rule.unit, before=rule.before)
        new = Deadline(
            **stamped | {"created_at": moment.now},
            rule_id=rule.id,
            person_id=event.person_id,
            meeting_id=event.meeting_id,
            started_at=event.at,
            due_on=counted.on,
            due_at=counted.at,
            state=DeadlineState.RUNNING,
        )
        session.add(new)
        session.flush()
        session.add_all(EntryReader(entry_id=new.id, account_id=reader) for reader in readers)
        started += 1
    session.flush()
    return started


def lapse(
    session: Session,
    moment: Moment,
    stamped: dict[str, Any],
    events: tuple[ClockEvent, ...],
    person_id: int | None,
    why: str,
) -> None:
    """End the clocks of these events that still run in time: what they ran for is over."""
    statement = (
        select(Deadline)
        .join(ClockRule, ClockRule.id == Deadline.rule_id)
        .where(
            in_its_circle(Deadline, stamped),
            Deadline.state == DeadlineState.RUNNING,
            Deadline.due_at > moment.now,
            ClockRule.starts_with.in_(events),
        )
    )
    if person_id is not None:
        statement = statement.where(Deadline.person_id == person_id)
    for deadline in session.scalars(statement):
        deadline.state, deadline.ended_reason = DeadlineState.NOT_NEEDED, why
    session.flush()


def readers_of(session: Session, entry: Entry) -> frozenset[int]:
    """Return who is named for an entry, so that what follows from it is read by the same."""
    if entry.level is Level.OPEN:
        return frozenset()
    return frozenset(
        session.scalars(select(EntryReader.account_id).where(EntryReader.entry_id == entry.id))
    )


def record(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    event: ClockEvent,
    day: date,
    at: time | None = None,
    child: str = "",
) -> int:
    """Write down an event that starts a clock; return how many clocks it started.

    `day` and `at` are local; without a time the day counts from its start, so that a limit in
    hours is early and never late.  `child` is the reference of a child.  Raises `InvalidError`.
    """
    if event not in RECORDED_BY_HAND:
        raise InvalidError({"event": "Choose what happened"})
    person_id = None
    if child:
        person_id = session.scalar(
            select(Person.id).where(
                Person.reference == child,
                Person.family_id == family.id,
                Person.relation == Relation.CHILD,
            )
        )
        if person_id is None:
            raise InvalidError({"child": "Choose a child of this family"})
    ahead = FARTHEST_AHEAD if event is ClockEvent.DISCHARGE else timedelta()
    if day > moment.today + ahead:
        raise InvalidError({"day": "The day must be today or before"})
    if day < moment.today - FARTHEST_BACK:
        raise InvalidError({"day": "The day must be within the last year: check the year"})
    try:
        instant = clock.instant_of(datetime.combine(day, at or time()))
    except NoSuchLocalTimeError:
        raise InvalidError(
            {"at": "There is no such time on this day: the clocks go forward"}
        ) from None
    stamped = stamp(actor, moment, family, Level.OPEN)
    started = happened(session, moment, stamped, Happened(event, instant, person_id))
    if not started:
        raise InvalidError("This is written down already, and its clocks run")
    return started


def _meets(event: Happened, deadline: Deadline, rule: ClockRule) -> bool:
    about_another = None not in (event.person_id, deadline.person_id) and (
        event.person_id != deadline.person_id
    )
    return rule.met_by is event.event and deadline.started_at <= event.at and not about_another


def _is_there(session: Session, stamped: dict[str, Any], rule: ClockRule, event: Happened) -> bool:
    """Whether this event started this rule's clock before: attendance can be corrected."""
    return (
        session.scalar(
            select(Deadline.id)
            .join(ClockRule, ClockRule.id == Deadline.rule_id)
            .where(
                in_its_circle(Deadline, stamped),
                ClockRule.code == rule.code,
                Deadline.started_at == event.at,
                Deadline.person_id.is_not_distinct_from(event.person_id),
                Deadline.state != DeadlineState.COUNTED_ANEW,
            )
            .limit(1)
        )
        is not None
    )


def _count_anew(
    moment: Moment,
    running: list[Deadline],
    rules: dict[int, ClockRule],
    rule: ClockRule,
    event: Happened,
) -> None:
    """Let the event's clock take the place of one that still runs; what is late stays late."""
    for old in running:
        same = rules[old.rule_id].code == rule.code and old.person_id == event.person_id
        if rule.before:
            same = same and old.meeting_id == event.meeting_id
        if same and old.state is DeadlineState.RUNNING and moment.now < old.due_at:
            old.state = DeadlineState.COUNTED_ANEW
