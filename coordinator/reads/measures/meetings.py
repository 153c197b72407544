"""Whether the partner agency is asked to meetings, in time, and comes (M05, M06, M08, M09)."""

from typing import Any, cast

from sqlalchemy import Table, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Involvement
from coordinator.models.meetings import Invitation, Meeting
from coordinator.reads.measures.frame import Counted, Measure, hours_between, team_of
from coordinator.vocabulary import AgencyKind, Attendance, MeetingState

MEETINGS = cast("Table", Meeting.__table__)
NOTICE_HOURS = 5 * 24
HELD = (Entry, (MEETINGS, MEETINGS.c.id == Entry.id))


def _asked(*conditions: Any) -> Any:
    """Return the condition that a worker, for whom this holds, is asked to the meeting."""
    return exists().where(
        Invitation.meeting_id == MEETINGS.c.id,
        Invitation.account_id.is_not(None),
        Invitation.removed_at.is_(None),
        *conditions,
    )


def _invited() -> Counted:
    other = aliased(Involvement)
    day = func.date(MEETINGS.c.starts_at)
    shared = exists().where(
        other.family_id == Entry.family_id,
        other.agency_id != Entry.agency_id,
        other.starts_on <= day,
        or_(other.ends_on.is_(None), other.ends_on >= day),
    )
    return Counted(
        source=HELD,
        at=MEETINGS.c.starts_at,
        agency=Entry.agency_id,
        team=team_of(Entry.agency_id, Entry.author_id),
        part=case((_asked(Invitation.agency_id != Entry.agency_id), 1), else_=0),
        where=(MEETINGS.c.state != MeetingState.CANCELLED, shared),
    )


def _came() -> Counted:
    of_theirs = Invitation.agency_id == Agency.id
    wrote = or_(Invitation.written_view_at.is_not(None), Invitation.report_at.is_not(None))
    return Counted(
        source=(*HELD, (Agency, and_(Agency.id != Entry.agency_id, _asked(of_theirs)))),
        at=MEETINGS.c.starts_at,
        agency=Agency.id,
        team=team_of(Agency.id),
        part=case(
            (
                _asked(
                    of_theirs,
                    Invitation.attendance == Attendance.ATTENDED,
                    Invitation.deputy_for_id.is_(None),
                ),
                3,
            ),
            (_asked(of_theirs, Invitation.attendance == Attendance.ATTENDED), 2),
            (_asked(of_theirs, wrote), 1),
            else_=0,
        ),
        where=(MEETINGS.c.state == MeetingState.HELD,),
    )


def _notice() -> Counted:
    hours = hours_between(Invitation.invited_at, MEETINGS.c.starts_at)
    partner = and_(
        Invitation.meeting_id == MEETINGS.c.id,
        Invitation.agency_id != Entry.agency_id,
        Invitation.deputy_for_id.is_(None),
        Invitation.removed_at.is_(None),
    )
    return Counted(
        source=(*HELD, (Invitation, partner)),
        at=MEETINGS.c.starts_at,
        agency=Entry.agency_id,
        team=team_of(Entry.agency_id, Entry.author_id),
        part=case((hours >= NOTICE_HOURS, 1), else_=0),
        hours=hours,
        where=(MEETINGS.c.state != MeetingState.CANCELLED,),
    )


def _mental_health() -> Counted:
    theirs = Invitation.agency_id.in_(select(Agency.id).where(Agency.kind == AgencyKind.CMHT))
    wrote = or_(Invitation.written_view_at.is_not(None), Invitation.report_at.is_not(None))
    return Counted(
        source=HELD,
        at=MEETINGS.c.starts_at,
        agency=Entry.agency_id,
        team=team_of(Entry.agency_id, Entry.author_id),
        part=case(
            (_asked(theirs, Invitation.attendance == Attendance.ATTENDED), 3),
            (_asked(theirs, wrote), 2),
            (MEETINGS.c.went_ahead != "", 1),
            else_=0,
        ),
        where=(MEETINGS.c.state == MeetingState.HELD,),
    )


INVITED = Measure(
    "M05",
    "Partner agency invited",
    "Meetings in this time about families with which both agencies worked on that day, without "
    "those that were cancelled. Invited: at least one worker of the other agency.",
    "An invitation is not yet a place at the table: see whether they came.",
    {1: "Invited", 0: "Not invited"},
    frozenset({1}),
    "Agency that called the meeting",
    _invited,
    kept_up=True,
    leads_to="/meetings/{reference}",
)
CAME = Measure(
    "M06",
    "Partner agency came or contributed",
    "Meetings that were held in this time and to which the other agency was invited. It came, "
    "sent a deputy, or sent a written view or a report.",
    "A written view is no conversation: it is counted apart.",
    {3: "Came", 2: "Sent a deputy", 1: "Only in writing", 0: "Neither"},
    frozenset({3, 2, 1}),
    "Agency that was invited",
    _came,
    kept_up=True,
    leads_to="/meetings/{reference}",
)
NOTICE = Measure(
    "M08",
    "Invited five days before or earlier",
    "Invitations of workers of the other agency to meetings in this time that were not cancelled. "
    "The usual notice is the middle one, from the invitation to the meeting.",
    "Some meetings cannot wait: a strategy discussion is called for the same day.",
    {1: "Five days or more", 0: "Less"},
    frozenset({1}),
    "Agency that called the meeting",
    _notice,
    takes="Usual notice",
    leads_to="/meetings/{reference}",
)
HEARD = Measure(
    "M09",
    "Mental health was heard",
    "Meetings that were held in this time, and whether somebody from mental health came or wrote; "
    "if nobody did, whether somebody said why it went ahead.",
    "Read each one that went ahead with nobody: it is rare.",
    {3: "Somebody came", 2: "Only in writing", 1: "Nobody, with a reason", 0: "Nobody"},
    frozenset({3, 2}),
    "Agency that called the meeting",
    _mental_health,
    leads_to="/meetings/{reference}",
)
