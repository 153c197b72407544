"""The agenda of a meeting: what is still to be done first, then its parts (E12, E14)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, func, or_, select
from sqlalchemy.orm import Session

from coordinator.access import agenda
from coordinator.access.actor import Actor, current
from coordinator.access.part_sights import PartInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import may_know, readable_in
from coordinator.access.sights import (
    OPEN_ONLY_ROLES,
    MeetingInSight,
    Moment,
    NoticeInSight,
    Way,
)
from coordinator.clock import day_in_words, local
from coordinator.models.accounts import Account
from coordinator.models.agendas import AgendaPart, GroundRules, InvitationPart
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement, Person
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.reads.meetings import MeetingPage
from coordinator.vocabulary import EntryKind, Level

PARTS = cast("Table", AgendaPart.__table__)
MEETINGS = cast("Table", Meeting.__table__)
FIRST_NUMBER = 2
NAME = func.coalesce(Account.name, Guest.name, Person.name).label("name")


@dataclass(frozen=True)
class PartLine:
    """One part as its reader may know it; `number` counts what is still to be done as the first.

    `shut`: it is closed to the reader, who sees `why` and who closed it, and no word of it; the
    reference is then a handle to ask by.  `mine`: the reader is asked to be there.
    """

    reference: str
    number: int
    begins: datetime
    ends: datetime
    length: int
    title: str
    what: str
    closed: bool
    shut: bool
    why: str
    note: str
    holder: str
    agency: str
    mine: bool
    may_change: bool
    may_ask: bool


@dataclass(frozen=True)
class Agenda:
    """The parts of a meeting and how people speak with each other there.

    `over_by` says by how much the parts together are longer than the meeting.
    """

    parts: tuple[PartLine, ...]
    ground_rules: tuple[str, ...]
    first_ends: datetime
    over_by: timedelta
    minutes_closed: bool

    @property
    def mine(self) -> tuple[PartLine, ...]:
        """The parts to which the reader is asked, if these are not all there are."""
        mine = tuple(part for part in self.parts if part.mine)
        return mine if len(mine) < len(self.parts) else ()


@dataclass(frozen=True)
class Held:
    """Of which meeting an agenda is."""

    reference: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    sees_family: bool


def held(session: Session, meeting: MeetingInSight) -> Held:
    """Return when a meeting in sight is and of which kind.  One statement."""
    row = session.execute(
        select(MeetingKind.name, Meeting.starts_at, Meeting.minutes)
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .where(Meeting.id == meeting.id)
    ).one()
    sees = meeting.family.way in (Way.ON_THE_CASE, Way.MANAGER, Way.LEAD)
    ends_at = row.starts_at + timedelta(minutes=row.minutes)
    return Held(meeting.reference, row.name, row.starts_at, ends_at, sees)


def of(session: Session, actor: Actor, meeting: MeetingInSight, page: Held | MeetingPage) -> Agenda:
    """Return the agenda of a meeting in sight.  One statement."""
    found = agenda.rows(session, actor, meeting)
    rows = [row for row in found if row.id is not None]
    times = agenda.times(page.starts_at, (row.length for row in rows))
    may_ask = decide(actor, Permission.REQUESTS_ASK, meeting.family).allowed
    parts = tuple(
        line(row, number, when, meeting, actor, may_ask=may_ask)
        for number, (row, when) in enumerate(zip(rows, times, strict=True), FIRST_NUMBER)
    )
    ends = times[-1][1] if times else page.ends_at
    return Agenda(
        parts=parts,
        ground_rules=tuple(line for line in found[0].ground_rules.splitlines() if line.strip()),
        first_ends=min(page.starts_at + agenda.first_item(), page.ends_at),
        over_by=max(ends - page.ends_at, timedelta(0)),
        minutes_closed=found[0].closed_at is not None,
    )


def line(
    row: Any,
    number: int,
    when: tuple[datetime, datetime],
    meeting: MeetingInSight,
    actor: Actor,
    *,
    may_ask: bool,
) -> PartLine:
    """Return one row of access/agenda.py as its reader sees it."""
    closed = row.level is not Level.OPEN
    sight = PartInSight(
        family=meeting.family,
        id=row.id,
        reference=row.reference,
        version=row.version,
        kind=row.kind,
        author_id=row.author_id,
        agency_id=row.agency_id,
        level=row.level,
        meeting_id=meeting.id,
        meeting_reference=meeting.reference,
        meeting_state=meeting.state,
        chair_id=meeting.chair_id,
        minute_taker_id=meeting.minute_taker_id,
        closed=False,
    )
    return PartLine(
        reference=row.reference,
        number=number,
        begins=when[0],
        ends=when[1],
        length=row.length,
        title=row.title,
        what=row.what,
        closed=closed,
        shut=closed and not row.readable,
        why=row.closed_reason.label if closed and row.closed_reason else "",
        note=row.closed_note,
        holder=row.holder,
        agency=row.agency,
        mine=bool(row.mine),
        may_change=bool(row.readable) and decide(actor, Permission.PARTS_CHANGE, sight).allowed,
        may_ask=may_ask and closed and not row.readable,
    )


def typed(session: Session, part: PartInSight) -> dict[str, Any]:
    """Return a part in sight as its form holds it.  One statement."""
    row = session.execute(
        select(AgendaPart.title, AgendaPart.what, AgendaPart.length).where(AgendaPart.id == part.id)
    ).one()
    return {**row._asdict(), "length": str(row.length), "version": part.version}


def question(session: Session, notice: NoticeInSight) -> str:
    """Return what somebody asks about a part that is closed to them; "" for any other notice.

    One statement, and none of the part's words.
    """
    if notice.kind is not EntryKind.AGENDA_PART:
        return ""
    here, before = PARTS.alias(), PARTS.alias()
    earlier = (
        select(func.count())
        .where(
            before.c.meeting_id == here.c.meeting_id,
            before.c.position < here.c.position,
            before.c.dropped.is_(False),
        )
        .scalar_subquery()
    )
    kind, starts_at, number = session.execute(
        select(MeetingKind.name, MEETINGS.c.starts_at, earlier)
        .select_from(here)
        .join(MEETINGS, MEETINGS.c.id == here.c.meeting_id)
        .join(MeetingKind, MeetingKind.id == MEETINGS.c.kind_id)
        .where(here.c.id == notice.id)
    ).one()
    named = kind if kind[1:2].isupper() else kind[:1].lower() + kind[1:]
    return f"Part {number + FIRST_NUMBER} of the {named} on {day_in_words(local(starts_at))}"


@dataclass(frozen=True)
class AskedTo:
    """Somebody who is invited, and the references of the parts that they are asked to, if some."""

    reference: str
    name: str
    parts: tuple[str, ...]


def asked_to(session: Session, actor: Actor, meeting: MeetingInSight) -> tuple[AskedTo, ...]:
    """Return who is invited and to which of the parts that the actor reads.  Two statements."""
    rows = session.execute(
        invited(select(Invitation.id, Invitation.reference, NAME), meeting.id)
    ).all()
    parts: dict[int, list[str]] = {}
    for row in session.execute(
        select(InvitationPart.invitation_id, Entry.reference)
        .join(Entry, Entry.id == InvitationPart.part_id)
        .join(Invitation, Invitation.id == InvitationPart.invitation_id)
        .where(Invitation.meeting_id == meeting.id, readable_in(actor, meeting.family))
    ):
        parts.setdefault(row.invitation_id, []).append(row.reference)
    return tuple(AskedTo(row.reference, row.name, tuple(parts.get(row.id, ()))) for row in rows)


def invited(statement: Any, meeting_id: int) -> Any:
    """Return a select of who is invited, behind the names of workers, guests and the family."""
    return (
        statement.select_from(Invitation)
        .outerjoin(Account, Account.id == Invitation.account_id)
        .outerjoin(Guest, Guest.id == Invitation.guest_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .where(Invitation.meeting_id == meeting_id, Invitation.removed_at.is_(None))
        .order_by(Invitation.id)
    )


def to_name(
    session: Session, actor: Actor, moment: Moment, record: MeetingInSight | PartInSight
) -> tuple[tuple[str, str], ...]:
    """Return who may be there for a closed part although their agency is not; one statement.

    They are workers on the case who do not read what is for the actor's agency alone: the chair,
    the minute taker and the other agency.  As (reference of the account, words).
    """
    rows = session.execute(
        select(Account.reference, Account.name, Involvement.role, Agency.name.label("agency"))
        .join(Involvement, Involvement.account_id == Account.id)
        .join(Agency, Agency.id == Involvement.agency_id)
        .where(
            Involvement.family_id == record.family.id,
            current(Involvement, moment.today),
            or_(
                Involvement.agency_id != actor.agency_id,
                Involvement.role.in_(OPEN_ONLY_ROLES),
            ),
            Account.id != actor.account_id,
            may_know(Account.id, record.family.id),
        )
        .order_by(Account.name, Account.id)
    )
    found = {row.reference: f"{row.name}, {row.role.label.lower()}, {row.agency}" for row in rows}
    return tuple(found.items())


def ground_rules(session: Session) -> tuple[int, str]:
    """Return the version and the text of the ground rules."""
    row = session.execute(select(GroundRules.version, GroundRules.text)).one()
    return row.version, row.text
