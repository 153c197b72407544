"""What a mail about one meeting of a series tells of the others: their days and no more."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.letters import Queued
from coordinator.clock import day_in_words, local, time_in_words
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.series import SeriesMeeting
from coordinator.vocabulary import Level, MeetingState

PLANNED = MeetingState.PLANNED
STAYS = "What else is planned of this series stays as it is."


def others(session: Session, message: Queued, meeting: Any) -> list[str]:
    """Return the lines about the meetings that follow this one, if it is one of a series.

    Only those to which the recipient of the message is asked, and which are open.
    """
    planned = [row for row in _after(session, message, meeting) if row.state is PLANNED]
    if not planned:
        return []
    return [
        f"It is one of a series, {every(planned[0].every_weeks)}. After it:",
        *(f"- {_when(row)}" for row in planned),
        "You are asked to each of them when the one before it is over.",
        "",
    ]


def called_off(session: Session, message: Queued, meeting: Any) -> list[str]:
    """Return the lines about the rest of the series when one meeting of it is cancelled.

    Of those to which people are not asked yet, nobody is told in a mail of their own.
    """
    rows = _after(session, message, meeting)
    off = [
        f"- {_when(row)}"
        for row in rows
        if row.state is MeetingState.CANCELLED and row.asked_at is None
    ]
    return [
        *(["", "These of the same series are cancelled, too:", *off] if off else []),
        *(["", STAYS] if any(row.state is PLANNED for row in rows) else []),
    ]


def every(weeks: int) -> str:
    """Write how often a series comes: `every week`, `every 6 weeks`."""
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def _when(row: Any) -> str:
    start, end = local(row.starts_at), local(row.starts_at + timedelta(minutes=row.minutes))
    return f"{day_in_words(start)}, {time_in_words(start)} to {time_in_words(end)}"


def _after(session: Session, message: Queued, meeting: Any) -> list[Any]:
    here, one = aliased(SeriesMeeting), aliased(SeriesMeeting)
    asked = (
        Invitation.guest_id == message.guest_id
        if message.guest_id
        else Invitation.account_id == message.account_id
    )
    return list(
        session.execute(
            select(
                Meeting.starts_at,
                Meeting.minutes,
                Meeting.state,
                one.every_weeks,
                one.asked_at,
            )
            .join(one, one.meeting_id == Meeting.id)
            .join(here, here.first_id == one.first_id)
            .join(
                Invitation,
                and_(Invitation.meeting_id == Meeting.id, asked, Invitation.removed_at.is_(None)),
            )
            .where(
                here.meeting_id == meeting.id,
                Meeting.starts_at > meeting.starts_at,
                Meeting.level == Level.OPEN,
            )
            .order_by(Meeting.starts_at, Meeting.id)
        )
    )
