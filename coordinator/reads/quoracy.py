"""Whether a conference had the agencies that it needs, from who came (domain.md, R6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import Moment
from coordinator.clock import local
from coordinator.models.clock_rules import ClockRule
from coordinator.models.directory import Agency, Site
from coordinator.models.guests import Guest
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.vocabulary import (
    CONFERENCES,
    AgencyKind,
    Attendance,
    GuestRole,
    MeetingState,
)
from coordinator.working_days import due, working_days_from

# They come for themselves or beside a parent, and not for an agency.
FOR_NO_AGENCY = (GuestRole.FOSTER_CARER, GuestRole.ADVOCATE, GuestRole.SUPPORTER)
# Working days of notice for a new date.
NOTICE = 5


@dataclass(frozen=True)
class Quoracy:
    """Who came by agency, besides children's social care, and how many were needed.

    `went_ahead`: why the chair let it go ahead without them.  `new_date_by`: until when a
    conference that was not quorate has to meet again; `again`: what the form for that starts from,
    as the fields of forms/meetings.py.
    """

    social_care: bool
    others: tuple[str, ...]
    needed: int
    went_ahead: str = ""
    new_date_by: date | None = None
    again: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def quorate(self) -> bool:
        """Whether children's social care and enough others came."""
        return self.social_care and len(self.others) >= self.needed

    @property
    def decides(self) -> bool:
        """Whether it can decide: it was quorate, or its chair let it go ahead with a reason."""
        return self.quorate or bool(self.went_ahead)

    @property
    def words(self) -> str:
        """What is missing, or that nothing is, as a sentence."""
        here = ", ".join(self.others) or "nobody else"
        if self.quorate:
            return f"Quorate: children’s social care came, and {here}."
        missing = [] if self.social_care else ["children’s social care did not come"]
        if len(self.others) < self.needed:
            missing.append(f"{self.needed} other agencies are needed, and {here} came")
        return f"Not quorate: {'; '.join(missing)}."


def of_meeting(session: Session, moment: Moment, meeting_id: int) -> Quoracy | None:
    """Return how a conference that was held stands, or None for any other meeting.

    One statement, and a second for a conference that was not quorate.
    """
    rows = session.execute(
        select(
            Meeting.starts_at,
            Meeting.local_start,
            Meeting.minutes,
            Meeting.place,
            Meeting.without_quorum,
            MeetingKind.reference.label("kind_reference"),
            Site.reference.label("site"),
            Agency.name,
            Agency.kind,
            Guest.organisation,
            Guest.role,
            Invitation.attendance,
            _limit("quorum", Meeting.local_start).label("needed"),
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .outerjoin(Site, Site.id == Meeting.site_id)
        .outerjoin(Agency, Agency.id == Invitation.agency_id)
        .outerjoin(Guest, Guest.id == Invitation.guest_id)
        .where(
            Meeting.id == meeting_id,
            Meeting.state == MeetingState.HELD,
            MeetingKind.procedure.in_(CONFERENCES),
            Invitation.removed_at.is_(None),
        )
        .order_by(Invitation.id)
    ).all()
    if not rows:
        return None
    came = [row for row in rows if row.attendance is Attendance.ATTENDED]
    social_care = any(row.kind is AgencyKind.CSC for row in came)
    names = (_agency(row) for row in came)
    others = {name.casefold(): name for name in names if name}
    found = Quoracy(
        social_care, tuple(others.values()), rows[0].needed, went_ahead=rows[0].without_quorum
    )
    if found.decides:
        return found
    limit = _again(session, local(rows[0].starts_at).date())
    by = due(rows[0].starts_at, limit.limit, limit.unit).on
    return replace(found, new_date_by=by, again=_filled_in(moment, rows[0], by))


def _filled_in(moment: Moment, row: Any, by: date) -> dict[str, str | int]:
    """Return an arrangement like this one: with a week's notice, where the limit leaves it."""
    day = min(working_days_from(moment.today, NOTICE), by)
    return {
        "kind": row.kind_reference,
        "day": max(day, working_days_from(moment.today, 1)).isoformat(),
        "start": f"{row.local_start:%H:%M}",
        "minutes": row.minutes,
        "place": row.place.value,
        "site": row.site or "",
    }


def _agency(row: Any) -> str:
    """Return the agency other than children's social care for which somebody came, or nothing."""
    if row.name:
        return "" if row.kind is AgencyKind.CSC else row.name
    return "" if row.role in (None, *FOR_NO_AGENCY) else row.organisation or ""


def _limit(code: str, day: Any) -> Any:
    """Return the limit of a rule on a day, as a part of a statement."""
    return (
        select(ClockRule.limit)
        .where(ClockRule.code == code, ClockRule.from_date <= day)
        .order_by(ClockRule.from_date.desc(), ClockRule.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _again(session: Session, day: date) -> Any:
    return session.execute(
        select(ClockRule.limit, ClockRule.unit)
        .where(ClockRule.code == "reconvene", ClockRule.from_date <= day)
        .order_by(ClockRule.from_date.desc(), ClockRule.id.desc())
        .limit(1)
    ).one()
