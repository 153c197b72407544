"""What waits after a meeting: minutes to read, and three questions asked once (E34)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families, not_excluded
from coordinator.access.sights import Moment
from coordinator.models.families import Family
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.minutes import Minutes
from coordinator.reads.today_rows import TodayRow
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Attendance

_Minutes = aliased(Minutes, flat=True)


def _closed(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            Meeting.reference,
            MeetingKind.name.label("kind"),
            Family.reference.label("family"),
            _Minutes.closed_at,
            Invitation.minutes_read_at,
            Invitation.checked_at,
            Meeting.family_id.in_(my_families(actor, moment)).label("on_the_case"),
        )
        .select_from(Invitation)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(_Minutes, _Minutes.meeting_id == Meeting.id)
        .join(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .join(Family, Family.id == Meeting.family_id)
        .where(
            Invitation.account_id == actor.account_id,
            Invitation.agency_id == actor.agency_id,
            Invitation.removed_at.is_(None),
            Invitation.attendance == Attendance.ATTENDED,
            _Minutes.closed_at.is_not(None),
            or_(Invitation.minutes_read_at.is_(None), Invitation.checked_at.is_(None)),
            not_excluded(actor, Meeting.family_id),
        )
        .order_by(_Minutes.closed_at, Meeting.id)
        .limit(SETTINGS.page_size)
    )


CLOSED = Prepared(_closed)


def mine(session: Session, actor: Actor, moment: Moment) -> Iterator[TodayRow]:
    """Yield the minutes to read and the questions to answer, for some days.  One statement."""
    for row in CLOSED.run(session, actor, moment):
        if row.closed_at + timedelta(days=SETTINGS.after_meeting_days) < moment.now:
            continue
        about = row.kind if row.kind[1:2].isupper() else row.kind[:1].lower() + row.kind[1:]
        waits = TodayRow(
            kind="minutes",
            verb="Read",
            text=f"the minutes of the {about}",
            href=f"/meetings/{row.reference}/minutes",
            family=row.family,
            due=moment.today,
            due_word="closed",
            at=row.closed_at,
        )
        if row.minutes_read_at is None and row.on_the_case:
            yield waits
        if row.checked_at is None:
            yield TodayRow(
                kind="check",
                verb="Answer",
                text=f"three questions about the {about}",
                href=f"/meetings/{row.reference}/check",
                family=row.family,
                due=moment.today,
                due_word="",
                hint="Nobody sees who answered what",
            )
