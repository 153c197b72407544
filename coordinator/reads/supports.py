"""Support at agreed times as pages show it: the pattern, and how often the service moved it.

Nothing here counts what a parent missed (I04): it has no name, no figure and no column.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import Table, exists, func, select, union
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import readable_in
from coordinator.access.sights import EntryInSight, FamilyInSight, Moment
from coordinator.clock import day_in_words, time_in_words
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Person
from coordinator.models.local_services import LocalService, LocalServiceVersion, Transition
from coordinator.models.supports import Support, SupportReview, SupportSession, TakenTime
from coordinator.reads.local_services import newest
from coordinator.vocabulary import Enough, Level, Relation, SessionOutcome, SupportState

SUPPORTS = cast("Table", Support.__table__)
AHEAD = timedelta(weeks=6)


@dataclass(frozen=True)
class SupportLine:
    """One support: what, for whom, the agreed pattern, how it stands, and how steady it was.

    `recorded` sessions of which `moved_by_service` were moved by the service.  `enough` and `note`
    are the newest answer, given at the meeting `reviewed_at_id` on `reviewed_on` (an instant).
    `would_end`: it ends on pregnancy, and a baby is expected (P08).
    """

    id: int
    reference: str
    what: str
    person: str
    person_reference: str
    agency: str
    given_by: str
    place: str
    first_on: date
    last_on: date
    every_weeks: int
    start: time
    minutes: int
    state: SupportState
    level: Level
    recorded: int
    moved_by_service: int
    enough: Enough | None
    note: str
    reviewed_at_id: int | None
    reviewed_on: datetime | None
    service: str = ""
    service_reference: str = ""
    would_end: bool = False

    @property
    def when(self) -> str:
        """The pattern in words: `Tuesdays, 10am to midday`."""
        ends = (
            datetime.combine(self.first_on, self.start) + timedelta(minutes=self.minutes)
        ).time()
        day = f"{self.first_on:%A}"
        every = f"{day}s" if self.every_weeks == 1 else f"{day}s, every {self.every_weeks} weeks"
        return f"{every}, {time_in_words(self.start)} to {time_in_words(ends)}"

    @property
    def where_and_who(self) -> str:
        """Where, and with whom: what should stay the same."""
        whom = f"with {self.given_by}" if self.given_by else ""
        return ", ".join(part for part in (self.place, whom) if part)

    @property
    def until(self) -> str:
        """The last day in words."""
        return day_in_words(self.last_on)

    @property
    def goes_on(self) -> bool:
        """Whether it is still to be reviewed."""
        return self.state is not SupportState.ENDED


@dataclass(frozen=True)
class SessionLine:
    """One session, by its day in the pattern; `outcome` is None until somebody says."""

    agreed_on: date
    outcome: SessionOutcome | None
    reason: str
    moved_to: datetime | None
    by: str
    may_be_held: bool


@dataclass(frozen=True)
class SupportPage:
    """One support with its sessions: those past that nobody has recorded, the next, and others."""

    line: SupportLine
    version: int
    unrecorded: tuple[SessionLine, ...]
    coming: tuple[SessionLine, ...]
    recorded: tuple[SessionLine, ...]
    may_change: bool
    may_share: bool


def of_family(session: Session, actor: Actor, family: FamilyInSight) -> tuple[SupportLine, ...]:
    """Return the supports that the actor may read, those that go on first.  One statement."""
    return tuple(_line(row) for row in LINES.run(session, actor, family))


def one(session: Session, actor: Actor, moment: Moment, support: EntryInSight) -> SupportPage:
    """Return one support in sight with its sessions.  Two statements."""
    lines = of_family(session, actor, support.family)
    line = next(one for one in lines if one.id == support.id)
    days = union(
        select(TakenTime.agreed_on.label("day")).where(TakenTime.support_id == support.id),
        select(SupportSession.agreed_on).where(SupportSession.support_id == support.id),
    ).subquery()
    rows = session.execute(
        select(
            days.c.day,
            SupportSession.outcome,
            SupportSession.reason,
            SupportSession.moved_to,
            Account.name,
        )
        .outerjoin(
            SupportSession,
            (SupportSession.agreed_on == days.c.day) & (SupportSession.support_id == support.id),
        )
        .outerjoin(Account, Account.id == SupportSession.by_id)
        .where(days.c.day <= moment.today + AHEAD)
        .order_by(days.c.day)
    )
    sessions = [
        SessionLine(
            row.day,
            row.outcome,
            row.reason or "",
            row.moved_to,
            row.name or "",
            row.day <= moment.today,
        )
        for row in rows
    ]
    waiting = [one for one in sessions if one.outcome is None]
    return SupportPage(
        line=line,
        version=support.version,
        unrecorded=tuple(one for one in waiting if one.may_be_held),
        coming=tuple(one for one in waiting if not one.may_be_held),
        recorded=tuple(one for one in reversed(sessions) if one.outcome is not None),
        may_change=decide(actor, Permission.SUPPORTS_CHANGE, support).allowed,
        may_share=decide(actor, Permission.LEVELS_CHANGE, support).allowed,
    )


def for_whom(session: Session, family: FamilyInSight) -> list[tuple[str, str]]:
    """Return the grown-ups of a family as choices of a form."""
    rows = session.execute(
        select(Person.reference, Person.name)
        .where(Person.family_id == family.id, Person.relation != Relation.CHILD)
        .order_by(Person.id)
    )
    return [(row.reference, row.name) for row in rows]


_TOLD = (
    select(
        SupportSession.support_id,
        func.count().label("recorded"),
        func.count()
        .filter(SupportSession.outcome == SessionOutcome.MOVED_BY_SERVICE)
        .label("moved"),
    )
    .group_by(SupportSession.support_id)
    .subquery()
)
_ANY_REVIEW = aliased(SupportReview)
_NEWEST = (
    select(func.max(_ANY_REVIEW.id))
    .where(_ANY_REVIEW.support_id == SUPPORTS.c.id)
    .correlate(SUPPORTS)
    .scalar_subquery()
)
LINES = Prepared(
    lambda actor, family: (
        select(
            SUPPORTS,
            Entry.reference,
            Entry.level,
            Person.name.label("person"),
            Person.reference.label("person_reference"),
            Agency.name.label("agency"),
            _TOLD.c.recorded,
            _TOLD.c.moved,
            SupportReview.enough,
            SupportReview.note,
            SupportReview.meeting_id,
            SupportReview.at,
            LocalServiceVersion.name.label("service"),
            LocalService.reference.label("service_reference"),
            exists().where(Transition.support_id == SUPPORTS.c.id).label("would_end"),
        )
        .select_from(Entry)
        .join(SUPPORTS, SUPPORTS.c.id == Entry.id)
        .join(Person, Person.id == SUPPORTS.c.person_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .outerjoin(_TOLD, _TOLD.c.support_id == SUPPORTS.c.id)
        .outerjoin(SupportReview, SupportReview.id == _NEWEST)
        .outerjoin(LocalService, LocalService.id == SUPPORTS.c.service_id)
        .outerjoin(LocalServiceVersion, newest())
        .where(Entry.family_id == family.id, readable_in(actor, family))
        .order_by(SUPPORTS.c.state == SupportState.ENDED, SUPPORTS.c.first_on, Entry.id)
    )
)


def _line(row: Any) -> SupportLine:
    return SupportLine(
        id=row.id,
        reference=row.reference,
        what=row.what,
        person=row.person,
        person_reference=row.person_reference,
        agency=row.agency,
        given_by=row.given_by,
        place=row.place,
        first_on=row.first_on,
        last_on=row.last_on,
        every_weeks=row.every_weeks,
        start=row.starts,
        minutes=row.minutes,
        state=row.state,
        level=row.level,
        recorded=row.recorded or 0,
        moved_by_service=row.moved or 0,
        enough=row.enough,
        note=row.note or "",
        reviewed_at_id=row.meeting_id,
        reviewed_on=row.at,
        service=row.service or "",
        service_reference=row.service_reference or "",
        would_end=row.would_end and row.state is not SupportState.ENDED,
    )
