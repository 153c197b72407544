"""Recording who came to a meeting: a fact of its own, apart from what people had replied."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.sights import MeetingInSight, Moment, Way
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.meetings import Invitation, Meeting
from coordinator.services import meeting_clocks
from coordinator.vocabulary import Attendance, MeetingState


def record(
    session: Session,
    moment: Moment,
    meeting: MeetingInSight,
    version: int | None,
    came: Mapping[str, Attendance],
) -> None:
    """Write down who came, by invitation; the meeting is then held.  It can be corrected later.

    `version` is that of reads.attendance.  Raises `InvalidError` before the meeting begins and for
    somebody of whom nothing is said, `ConflictError` if anything about who comes changed since.
    """
    held = session.get_one(Meeting, meeting.id)
    if moment.now < held.starts_at:
        raise InvalidError("The meeting has not begun. Say afterwards who came.")
    everybody = session.scalars(
        select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
    ).all()
    # Who is invited and not on the case is not told who of the family is asked.
    all_seen = meeting.family.way is not Way.INVITED
    invited = [one for one in everybody if one.removed_at is None and (all_seen or one.account_id)]
    # It grows with every change of any invitation, so two people at it at once are noticed.
    now_at = sum(one.version for one in everybody)
    if version != now_at:
        stored = {one.reference: one.attendance.label for one in invited if one.attendance}
        raise ConflictError(stored, now_at)
    if missing := [one.reference for one in invited if one.reference not in came]:
        raise InvalidError(dict.fromkeys(missing, "Say whether this person came"))
    for one in invited:
        one.attendance = came[one.reference]
    held.state = MeetingState.HELD
    session.flush()
    meeting_clocks.held(session, moment, held)
