"""Meetings in a calendar: those to which one is asked, and those of one's families."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access import agenda
from coordinator.access.actor import Actor, current
from coordinator.access.scope import may_know, my_families, not_excluded, readable
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.ways import gave_reason, is_on_the_case, reads_own_agency
from coordinator.models.directory import Site
from coordinator.models.entries import EntryVersion
from coordinator.models.families import Family, Involvement
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.reads.calendar_rows import Asked, BusyTime, CalendarRow, Period
from coordinator.vocabulary import AskedAs, Level, MeetingState, Reply

LONGEST = timedelta(hours=24)
NOT_COMING = (Reply.DECLINED, Reply.DELEGATED)
NOTES = {
    Reply.NEEDS_ACTION: "Not answered yet",
    Reply.TENTATIVE: "Perhaps",
    Reply.DECLINED: "You are not coming",
    Reply.DELEGATED: "Your deputy comes",
}


def rows(session: Session, actor: Actor, moment: Moment, period: Period) -> list[CalendarRow]:
    """Return the meetings in this period to which the actor is asked, and those of their cases.

    Who was asked as a worker on the case, and is on it no longer, has no row: what mail tells no
    more a calendar does not tell either.  Two statements, or one where nobody is asked to parts.
    """
    mine = aliased(Invitation)
    family_id = Meeting.family_id
    on_the_case = is_on_the_case(actor, moment, family_id)
    changed_at = (
        select(func.max(EntryVersion.at))
        .where(EntryVersion.entry_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )
    found = session.execute(
        select(
            Meeting.reference,
            Meeting.uid,
            Meeting.sequence,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.place,
            Meeting.state,
            Meeting.created_at,
            changed_at.label("changed_at"),
            MeetingKind.name.label("kind"),
            Family.reference.label("family"),
            Site.name.label("site"),
            mine.id.label("invitation_id"),
            mine.reply,
        )
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .join(Family, Family.id == family_id)
        .outerjoin(Site, Site.id == Meeting.site_id)
        .outerjoin(
            mine,
            and_(
                mine.meeting_id == Meeting.id,
                mine.account_id == actor.account_id,
                mine.agency_id == actor.agency_id,
                mine.removed_at.is_(None),
                or_(mine.asked_as.is_(None), mine.asked_as != AskedAs.WORKER, on_the_case),
            ),
        )
        .where(
            _touches(period),
            not_excluded(actor, family_id),
            or_(
                mine.id.is_not(None),
                and_(
                    family_id.in_(my_families(actor, moment)),
                    readable(
                        actor,
                        reads_own_agency(actor, moment, family_id),
                        gave_reason(actor, moment, family_id),
                    ),
                ),
            ),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    asked = {row.invitation_id: row.starts_at for row in found if row.invitation_id}
    parts = agenda.times_of(session, actor, moment, asked) if asked else {}
    return [_row(row, parts.get(row.invitation_id, ())) for row in found if _in(row, period)]


def busy(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    asked: Asked,
    period: Period,
    leaving_out: str,
) -> list[BusyTime]:
    """Return when those asked are expected at a planned meeting.  One statement.

    A meeting of a family that is hidden from the actor is none, and so is one that they could not
    read in this family; nor one that the person asked will not come to.
    """
    worker = aliased(Involvement)
    still_on_the_case = or_(
        Invitation.asked_as.is_(None),
        Invitation.asked_as != AskedAs.WORKER,
        select(worker.id)
        .where(
            worker.account_id == Invitation.account_id,
            worker.agency_id == Invitation.agency_id,
            worker.family_id == Meeting.family_id,
            current(worker, moment.today),
        )
        .exists(),
    )
    found = session.execute(
        select(
            Meeting.starts_at,
            Meeting.minutes,
            Invitation.account_id,
            Invitation.person_id,
            Invitation.guest_id,
        )
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(
            _touches(period),
            Meeting.state == MeetingState.PLANNED,
            Meeting.level == Level.OPEN,
            Meeting.reference != leaving_out,
            not_excluded(actor, Meeting.family_id),
            or_(
                and_(
                    Invitation.account_id.in_(asked.accounts),
                    may_know(Invitation.account_id, Meeting.family_id),
                    still_on_the_case,
                ),
                and_(
                    Meeting.family_id == family.id,
                    or_(
                        Invitation.person_id.in_(asked.people),
                        Invitation.guest_id.in_(asked.guests),
                    ),
                ),
            ),
            Invitation.removed_at.is_(None),
            Invitation.reply.not_in(NOT_COMING),
        )
        .order_by(Meeting.starts_at, Invitation.id)
    )
    return [
        BusyTime(_whole(row), row.account_id, row.person_id, row.guest_id)
        for row in found
        if _in(row, period)
    ]


def _touches(period: Period) -> ColumnElement[bool]:
    """Return which meetings can touch the period: none lasts longer than a day."""
    return and_(Meeting.starts_at < period.ends_at, Meeting.starts_at > period.starts_at - LONGEST)


def _whole(row: Any) -> Period:
    return Period(row.starts_at, row.starts_at + timedelta(minutes=row.minutes))


def _in(row: Any, period: Period) -> bool:
    return _whole(row).ends_at > period.starts_at


def _row(row: Any, parts: tuple[tuple[datetime, datetime], ...]) -> CalendarRow:
    mine = row.invitation_id is not None
    whole = _whole(row)
    cancelled = row.state is MeetingState.CANCELLED
    return CalendarRow(
        reference=row.reference,
        family=row.family,
        what=row.kind,
        whole=whole,
        times=tuple(Period(*part) for part in parts) or (whole,),
        href=f"/meetings/{row.reference}",
        where=row.site or row.place.label,
        note=_note(row) if mine and not cancelled else "",
        mine=mine and row.reply not in NOT_COMING,
        cancelled=cancelled,
        uid=row.uid,
        sequence=row.sequence,
        changed_at=row.changed_at or row.created_at,
    )


def _note(row: Any) -> str:
    return NOTES.get(row.reply, "") if row.state is MeetingState.PLANNED else ""
