"""What the minutes of a meeting say to their reader, who still owes what, and the parent's copy."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from coordinator.access import agenda
from coordinator.access.actor import Actor
from coordinator.access.part_sights import MinutesInSight, PartInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.scope import readable_in
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.agendas import AgendaPart, PartAttendance
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry, EntryVersion
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.minutes import Minutes
from coordinator.reads import actions
from coordinator.reads.action_rows import ActionRow
from coordinator.reads.agendas import FIRST_NUMBER, NAME, PartLine, invited, line
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    Attendance,
    MeetingState,
)

_Closer = aliased(Account)
_Minutes = aliased(Minutes, flat=True)


@dataclass(frozen=True)
class Earlier:
    """The minutes of a part before a correction."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SaidPart:
    """A part with its minutes; of one that is closed to the reader, no word (reads/agendas.py)."""

    line: PartLine
    record: str
    there: tuple[str, ...]
    correction: str
    earlier: tuple[Earlier, ...]
    may_correct: bool


@dataclass(frozen=True)
class Owed:
    """What is still owed: actions agreed and not done, and who sent no word of their own.

    `reports` are names of those who did not come, sent nobody, and sent no written view.
    """

    actions: tuple[ActionRow, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True)
class MinutesPage:
    """The minutes of a meeting as their reader may read them."""

    meeting: str
    kind: str
    starts_at: datetime
    parts: tuple[SaidPart, ...]
    decided: str
    parents_view: str
    why_no_view: str
    why_no_strengths: str
    closed_at: datetime | None
    closed_by: str
    came: tuple[tuple[str, str], ...]
    actions: tuple[ActionRow, ...]
    owed: Owed
    held: bool
    read_at: datetime | None
    asks_check: bool
    may: frozenset[str]


MAY = {
    "write": Permission.MINUTES_WRITE,
    "receive": Permission.MINUTES_RECEIVE,
    "board": Permission.BOARDS_READ,
}


def page(session: Session, actor: Actor, moment: Moment, meeting: MinutesInSight) -> MinutesPage:
    """Return the minutes of a meeting in sight.  At most seven statements."""
    row, people = _whole(session, meeting), _people(session, meeting)
    agreed = actions.of_meeting(session, actor, moment, meeting)
    mine = next((p for p in people if p.id == meeting.invitation_id), None)
    return MinutesPage(
        meeting=row.reference,
        kind=row.kind,
        starts_at=row.starts_at,
        parts=_parts(session, actor, meeting, row.starts_at, {p.id: p.name for p in people}),
        decided=row.decided or "",
        parents_view=row.parents_view or "",
        why_no_view=row.why_no_view or "",
        why_no_strengths=row.why_no_strengths or "",
        closed_at=row.closed_at,
        closed_by=row.closed_by or "",
        came=_came(people),
        actions=agreed,
        owed=Owed(
            tuple(action for action in agreed if action.state in OPEN_ACTION_STATES),
            _reports(people),
        ),
        held=meeting.state is MeetingState.HELD,
        read_at=mine.minutes_read_at if mine else None,
        asks_check=mine is not None
        and meeting.closed
        and mine.attendance is Attendance.ATTENDED
        and mine.checked_at is None,
        may=frozenset(what for what, leave in MAY.items() if decide(actor, leave, meeting).allowed),
    )


def _whole(session: Session, meeting: MinutesInSight) -> Any:
    return session.execute(
        select(
            Meeting.reference,
            MeetingKind.name.label("kind"),
            Meeting.starts_at,
            _Minutes.decided,
            _Minutes.parents_view,
            _Minutes.why_no_view,
            _Minutes.why_no_strengths,
            _Minutes.closed_at,
            _Closer.name.label("closed_by"),
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .outerjoin(_Minutes, _Minutes.meeting_id == Meeting.id)
        .outerjoin(_Closer, _Closer.id == _Minutes.closed_by_id)
        .where(Meeting.id == meeting.id)
    ).one()


def _people(session: Session, meeting: MinutesInSight) -> Any:
    return session.execute(
        invited(
            select(
                Invitation.id,
                Invitation.account_id,
                NAME,
                func.coalesce(Agency.name, "").label("agency"),
                Invitation.attendance,
                Invitation.reply,
                Invitation.written_view_at,
                Invitation.deputy_for_id,
                Invitation.minutes_read_at,
                Invitation.checked_at,
            ),
            meeting.id,
        ).outerjoin(Agency, Agency.id == Invitation.agency_id)
    ).all()


def _came(people: Any) -> tuple[tuple[str, str], ...]:
    """Return the name and the agency, if any, of each who came."""
    return tuple(
        (person.name, person.agency)
        for person in people
        if person.attendance is Attendance.ATTENDED
    )


def _reports(people: Any) -> tuple[str, ...]:
    """Return the workers of whom the meeting heard nothing: not there, no deputy, no view sent."""
    sent = {person.deputy_for_id for person in people}
    return tuple(
        person.name
        for person in people
        if person.account_id is not None
        and person.attendance in (Attendance.APOLOGIES, Attendance.ABSENT)
        and person.id not in sent
        and person.written_view_at is None
    )


def _parts(
    session: Session,
    actor: Actor,
    meeting: MinutesInSight,
    starts_at: datetime,
    names: dict[int, str],
) -> tuple[SaidPart, ...]:
    rows = [row for row in agenda.rows(session, actor, meeting, minutes=True) if row.id is not None]
    times = agenda.times(starts_at, (row.length for row in rows))
    read = [row.id for row in rows if row.readable]
    there: dict[int, list[str]] = {}
    for came in session.execute(
        select(PartAttendance.part_id, PartAttendance.invitation_id)
        .where(PartAttendance.part_id.in_(read))
        .order_by(PartAttendance.invitation_id)
    ):
        if came.invitation_id in names:
            there.setdefault(came.part_id, []).append(names[came.invitation_id])
    corrected = [row.id for row in rows if row.correction]
    earlier = _earlier(session, actor, meeting, corrected) if corrected else {}
    may_ask = decide(actor, Permission.REQUESTS_ASK, meeting.family).allowed
    return tuple(
        SaidPart(
            line(row, number, when, meeting, actor, may_ask=may_ask),
            row.record,
            tuple(there.get(row.id, ())),
            row.correction,
            tuple(one for one in earlier.get(row.id, ()) if one.text != row.record),
            bool(row.readable) and meeting.closed and _may_correct(actor, meeting),
        )
        for number, (row, when) in enumerate(zip(rows, times, strict=True), FIRST_NUMBER)
    )


def _may_correct(actor: Actor, meeting: MinutesInSight) -> bool:
    return actor.account_id in (meeting.chair_id, meeting.minute_taker_id)


def _earlier(
    session: Session, actor: Actor, meeting: MinutesInSight, parts: list[int]
) -> dict[int, list[Earlier]]:
    """Return what the minutes of corrected parts said before, the newest first.  One statement."""
    rows = session.execute(
        select(EntryVersion.entry_id, EntryVersion.words, EntryVersion.at, Account.name)
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .join(Account, Account.id == EntryVersion.by_id)
        .where(EntryVersion.entry_id.in_(parts), readable_in(actor, meeting.family))
        .order_by(EntryVersion.entry_id, EntryVersion.version.desc())
    )
    found: dict[int, list[Earlier]] = {}
    for row in rows:
        text = json.loads(row.words).get("record", "")
        before = found.setdefault(row.entry_id, [])
        if text and (not before or before[-1].text != text):
            before.append(Earlier(text, row.name, row.at))
    return found


def correctable(session: Session, part: PartInSight) -> dict[str, Any]:
    """Return the minutes of a part in sight as the form that corrects them holds them."""
    row = session.execute(select(AgendaPart.record).where(AgendaPart.id == part.id)).one()
    return {"version": part.version, "record": row.record}


@dataclass(frozen=True)
class Copy:
    """The parent's own copy of what was decided: no word that is for staff alone.

    Only actions that are open to both agencies stand in it, and no minutes of any part.
    """

    kind: str
    starts_at: datetime
    came: tuple[tuple[str, str], ...]
    decided: str
    parents_view: str
    strengths: tuple[str, ...]
    actions: tuple[ActionRow, ...]
    closed: bool


def copy(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MinutesInSight,
    strengths: tuple[str, ...],
) -> Copy:
    """Return the parent's copy of a meeting in sight.  Three statements, and no word of a part."""
    row = _whole(session, meeting)
    agreed = actions.of_meeting(session, actor, moment, meeting)
    return Copy(
        kind=row.kind,
        starts_at=row.starts_at,
        came=_came(_people(session, meeting)),
        decided=row.decided or "",
        parents_view=row.parents_view or "",
        strengths=strengths,
        actions=tuple(action for action in agreed if not action.held),
        closed=row.closed_at is not None,
    )
