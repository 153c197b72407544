"""What is due by when because a clock was started: of a family, and of my teams."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import overseen_families, readable, readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.clock import day_bounds
from coordinator.models.accounts import Account
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.families import Family, Person
from coordinator.models.meetings import Meeting
from coordinator.vocabulary import AgencyKind, ClockEvent, DeadlineState, Unit

MetBy: Any = aliased(Meeting, flat=True)
COLUMNS: tuple[Any, ...] = (
    Deadline.reference,
    Deadline.version,
    Family.reference.label("family"),
    ClockRule.name,
    ClockRule.whose,
    ClockRule.starts_with,
    ClockRule.limit,
    ClockRule.unit,
    ClockRule.before,
    ClockRule.source,
    ClockRule.from_date.label("rule_from"),
    Person.name.label("child"),
    Deadline.started_at,
    Deadline.due_on,
    Deadline.due_at,
    Deadline.state,
    Deadline.met_on,
    MetBy.reference.label("met_by"),
    Deadline.missed_reason,
    Account.name.label("missed_by"),
    Deadline.ended_reason,
)


@dataclass(frozen=True)
class Clock:
    """One deadline.  `met_by` is the reference of the meeting that met it; `now` is read at."""

    reference: str
    version: int
    family: str
    name: str
    whose: AgencyKind
    starts_with: ClockEvent
    limit: int
    unit: Unit
    before: bool
    source: str
    rule_from: date
    child: str | None
    started_at: datetime
    due_on: date
    due_at: datetime
    state: DeadlineState
    met_on: date | None
    met_by: str | None
    missed_reason: str
    missed_by: str | None
    ended_reason: str
    now: datetime

    @property
    def runs(self) -> bool:
        """Whether it waits to be met."""
        return self.state is DeadlineState.RUNNING

    @property
    def late(self) -> bool:
        """Whether it waits to be met and its time is over."""
        return self.runs and self.now >= self.due_at

    @property
    def missed(self) -> bool:
        """Whether it is late, or was met too late."""
        return self.late or (self.met_on is not None and self.met_on > self.due_on)

    @property
    def asks_why(self) -> bool:
        """Whether somebody has to say why it was missed."""
        return self.missed and not self.missed_reason

    @property
    def due(self) -> date | datetime:
        """By when: the day, or the instant where hours count and the day does not say it."""
        ends_with_the_day = self.due_at == day_bounds(self.due_on)[1]
        return self.due_on if ends_with_the_day else self.due_at

    @property
    def what(self) -> str:
        """What is due, with the child whom it is about."""
        return f"{self.name}: {self.child}" if self.child else self.name

    @property
    def state_word(self) -> str:
        """How it stands, in a word or two."""
        if self.late:
            return "Late"
        return "Met late" if self.missed else self.state.label

    @property
    def colour(self) -> str:
        """The colour of that word."""
        if self.missed:
            return "red"
        return {DeadlineState.RUNNING: "blue", DeadlineState.MET: "green"}.get(self.state, "grey")


@dataclass(frozen=True)
class Clocks:
    """The deadlines of a family: those that wait for something, late first, and the settled."""

    running: tuple[Clock, ...]
    settled: tuple[Clock, ...]


def of_family(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> Clocks:
    """Return the deadlines of a family that the actor may read.  One statement."""
    found = _clocks(
        session,
        moment,
        select(*COLUMNS)
        .where(Deadline.family_id == family.id, readable_in(actor, family))
        .order_by(Deadline.due_at, Deadline.id),
    )
    waiting = tuple(one for one in found if one.runs or one.asks_why)
    settled = tuple(reversed([one for one in found if one not in waiting]))
    return Clocks(waiting, settled)


def missed(session: Session, actor: Actor, moment: Moment) -> tuple[Clock, ...]:
    """Return what was missed in the families that the actor's teams work with, the last first.

    Of the last year, with the reason where one is given.  One statement.
    """
    return tuple(
        one
        for one in _clocks(
            session,
            moment,
            select(*COLUMNS)
            .where(
                Deadline.family_id.in_(overseen_families(actor, moment)),
                _was_missed(moment),
                Deadline.due_at > moment.now - timedelta(days=366),
                _readable(actor, moment),
            )
            .order_by(Deadline.due_at.desc(), Deadline.id.desc()),
        )
        if one.missed
    )


def one(session: Session, moment: Moment, deadline: EntryInSight) -> Clock:
    """Return a deadline in sight.  One statement."""
    return _clocks(session, moment, select(*COLUMNS).where(Deadline.id == deadline.id))[0]


def _clocks(session: Session, moment: Moment, statement: Any) -> tuple[Clock, ...]:
    rows = session.execute(
        statement.select_from(Deadline)
        .join(Family, Family.id == Deadline.family_id)
        .join(ClockRule, ClockRule.id == Deadline.rule_id)
        .outerjoin(Person, Person.id == Deadline.person_id)
        .outerjoin(MetBy, MetBy.id == Deadline.met_by_meeting_id)
        .outerjoin(Account, Account.id == Deadline.missed_by_id)
    )
    return tuple(Clock(**row._asdict(), now=moment.now) for row in rows)


def _was_missed(moment: Moment) -> Any:
    return or_(
        and_(Deadline.state == DeadlineState.RUNNING, Deadline.due_at <= moment.now),
        Deadline.met_on > Deadline.due_on,
    )


def _readable(actor: Actor, moment: Moment) -> Any:
    family = Deadline.family_id
    return readable(
        actor, reads_own_agency(actor, moment, family), gave_reason(actor, moment, family)
    )
