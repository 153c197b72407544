"""What is ahead of a family: its next meeting and visit, what is due, and how each child stands.

One statement for all, so that the whole picture stays a quick one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared_family import Prepared
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.models.accounts import Account
from coordinator.models.child_statuses import StatusOfChild
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.directory import Agency, Site
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Person
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.visits import Visit, VisitKind
from coordinator.reads.child_statuses import Status
from coordinator.reads.deadlines import Clock
from coordinator.vocabulary import DeadlineState, EntryKind, MeetingState, Reply, VisitState

MEETINGS = cast("Table", Meeting.__table__)
DEADLINES = cast("Table", Deadline.__table__)
STATUSES = cast("Table", StatusOfChild.__table__)
VISITS = cast("Table", Visit.__table__)
MissedBy, Owner, Second = aliased(Account), aliased(Account), aliased(Account)

KINDS = (EntryKind.MEETING, EntryKind.VISIT, EntryKind.DEADLINE, EntryKind.CHILD_STATUS)


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting, and the reader's own answer to its invitation if there is one."""

    reference: str
    kind: str
    starts_at: datetime
    where: str
    my_reply: Reply | None

    @property
    def waits_for_me(self) -> bool:
        """Whether the reader is invited and has not answered."""
        return self.my_reply is Reply.NEEDS_ACTION


@dataclass(frozen=True)
class NextVisit:
    """The next visit: its kind, when, where and by whom."""

    reference: str
    kind: str
    starts_at: datetime
    where: str
    who: str


@dataclass(frozen=True)
class Ahead:
    """The next meeting and visit, what is due, late first, and how each child stands."""

    next_meeting: NextMeeting | None
    next_visit: NextVisit | None
    clocks: tuple[Clock, ...]
    statuses: tuple[Status, ...]


def _ahead(actor: Actor, family: FamilyInSight) -> Any:
    my_reply = (
        select(Invitation.reply)
        .where(
            Invitation.meeting_id == MEETINGS.c.id,
            Invitation.account_id == actor.account_id,
            Invitation.agency_id == actor.agency_id,
            Invitation.removed_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )
    planned = and_(
        MEETINGS.c.state == MeetingState.PLANNED, MEETINGS.c.starts_at >= bindparam("now")
    )
    visited = and_(VISITS.c.state == VisitState.PLANNED, VISITS.c.starts_at >= bindparam("now"))
    waits = or_(
        DEADLINES.c.state == DeadlineState.RUNNING,
        and_(DEADLINES.c.met_on > DEADLINES.c.due_on, DEADLINES.c.missed_reason == ""),
    )
    stands = and_(
        STATUSES.c.starts_on <= bindparam("today"),
        or_(STATUSES.c.ends_on.is_(None), STATUSES.c.ends_on > bindparam("today")),
    )
    return (
        select(
            Entry.kind.label("entry_kind"),
            Entry.reference,
            Entry.version,
            Family.reference.label("family"),
            MeetingKind.name.label("meeting_kind"),
            MEETINGS.c.starts_at,
            MEETINGS.c.place,
            Site.name.label("site"),
            my_reply.label("my_reply"),
            VisitKind.name.label("visit_kind"),
            VISITS.c.starts_at.label("visit_at"),
            VISITS.c.place.label("visit_place"),
            Owner.name.label("owner"),
            Second.name.label("second"),
            ClockRule.name.label("rule"),
            ClockRule.whose,
            ClockRule.starts_with,
            ClockRule.limit,
            ClockRule.unit,
            ClockRule.before,
            ClockRule.source,
            ClockRule.from_date,
            Person.reference.label("person"),
            Person.name.label("child"),
            DEADLINES.c.started_at,
            DEADLINES.c.due_on,
            DEADLINES.c.due_at,
            DEADLINES.c.state,
            DEADLINES.c.met_on,
            DEADLINES.c.missed_reason,
            MissedBy.name.label("missed_by"),
            DEADLINES.c.ended_reason,
            STATUSES.c.status,
            STATUSES.c.starts_on,
            STATUSES.c.ends_on,
            STATUSES.c.explanation,
            Account.name.label("by"),
            Agency.name.label("agency"),
        )
        .select_from(Entry)
        .join(Family, Family.id == Entry.family_id)
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .outerjoin(MEETINGS, MEETINGS.c.id == Entry.id)
        .outerjoin(MeetingKind, MeetingKind.id == MEETINGS.c.kind_id)
        .outerjoin(Site, Site.id == MEETINGS.c.site_id)
        .outerjoin(VISITS, VISITS.c.id == Entry.id)
        .outerjoin(VisitKind, VisitKind.id == VISITS.c.kind_id)
        .outerjoin(Owner, Owner.id == VISITS.c.owner_id)
        .outerjoin(Second, Second.id == VISITS.c.second_id)
        .outerjoin(DEADLINES, DEADLINES.c.id == Entry.id)
        .outerjoin(ClockRule, ClockRule.id == DEADLINES.c.rule_id)
        .outerjoin(MissedBy, MissedBy.id == DEADLINES.c.missed_by_id)
        .outerjoin(STATUSES, STATUSES.c.id == Entry.id)
        .outerjoin(Person, Person.id == func.coalesce(DEADLINES.c.person_id, STATUSES.c.person_id))
        .where(
            Entry.family_id == family.id,
            Entry.kind.in_(KINDS),
            or_(planned, visited, waits, stands),
            readable_in(actor, family),
        )
        .order_by(MEETINGS.c.starts_at, VISITS.c.starts_at, DEADLINES.c.due_at, Person.id, Entry.id)
    )


AHEAD = Prepared(_ahead)


def ahead(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> Ahead:
    """Return what is ahead of a family, of what the actor may read.  One statement."""
    rows = AHEAD.run(session, actor, family, now=moment.now, today=moment.today).all()
    found: dict[EntryKind, list[Any]] = {}
    for row in rows:
        found.setdefault(row.entry_kind, []).append(row)
    meetings, visits = found.get(EntryKind.MEETING), found.get(EntryKind.VISIT)
    return Ahead(
        _meeting(meetings[0]) if meetings else None,
        _visit(visits[0]) if visits else None,
        tuple(_clock(row, moment) for row in found.get(EntryKind.DEADLINE, ())),
        tuple(_status(row) for row in found.get(EntryKind.CHILD_STATUS, ())),
    )


def _meeting(row: Any) -> NextMeeting:
    where = row.site or row.place.label[:1].lower() + row.place.label[1:]
    return NextMeeting(row.reference, row.meeting_kind, row.starts_at, where, row.my_reply)


def _visit(row: Any) -> NextVisit:
    who = f"{row.owner} and {row.second}" if row.second else row.owner
    return NextVisit(row.reference, row.visit_kind, row.visit_at, row.visit_place.label, who)


def _clock(row: Any, moment: Moment) -> Clock:
    return Clock(
        reference=row.reference,
        version=row.version,
        family=row.family,
        name=row.rule,
        whose=row.whose,
        starts_with=row.starts_with,
        limit=row.limit,
        unit=row.unit,
        before=row.before,
        source=row.source,
        rule_from=row.from_date,
        child=row.child,
        started_at=row.started_at,
        due_on=row.due_on,
        due_at=row.due_at,
        state=row.state,
        met_on=row.met_on,
        met_by=None,
        missed_reason=row.missed_reason,
        missed_by=row.missed_by,
        ended_reason=row.ended_reason,
        now=moment.now,
    )


def _status(row: Any) -> Status:
    return Status(
        reference=row.reference,
        person=row.person,
        name=row.child,
        status=row.status,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        explanation=row.explanation,
        by=row.by,
        agency=row.agency,
    )
