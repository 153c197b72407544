"""The private three-question check after a meeting: counted, never kept (E34)."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.part_sights import MinutesInSight
from coordinator.access.sights import Moment
from coordinator.errors import InvalidError
from coordinator.models.meetings import Invitation, Meeting, MeetingKind
from coordinator.models.minutes import CheckCount
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Attendance, CheckAnswer, CheckQuestion


def answer(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MinutesInSight,
    answers: Mapping[CheckQuestion, CheckAnswer],
) -> None:
    """Count what somebody who came answered; with no answers, they would rather not say.

    It is asked once.  What is counted names nobody, and is shown when enough others have answered.
    Raises `InvalidError`.
    """
    mine = session.get_one(Invitation, meeting.invitation_id, with_for_update=True)
    if mine.attendance is not Attendance.ATTENDED:
        raise InvalidError("These questions are for those who came")
    if mine.checked_at is not None:
        raise InvalidError("You have answered already. Thank you")
    mine.checked_at = moment.now
    session.flush()
    if not answers:
        return
    kind_id = session.execute(select(Meeting.kind_id).where(Meeting.id == meeting.id)).scalar_one()
    # Two people who answer at one moment wait for each other here.
    session.get_one(MeetingKind, kind_id, with_for_update=True)
    counts = {
        (count.question, count.answer): count
        for count in session.scalars(
            select(CheckCount).where(
                CheckCount.kind_id == kind_id, CheckCount.agency_id == actor.agency_id
            )
        )
    }
    for question in CheckQuestion:
        for said in CheckAnswer:
            if (question, said) not in counts:
                counts[question, said] = CheckCount(
                    kind_id=kind_id,
                    agency_id=actor.agency_id,
                    question=question,
                    answer=said,
                    waiting=0,
                    shown=0,
                )
                session.add(counts[question, said])
    for question, said in answers.items():
        counts[question, said].waiting += 1
    _show_when_enough(counts)
    session.flush()


def _show_when_enough(counts: Mapping[tuple[CheckQuestion, CheckAnswer], CheckCount]) -> None:
    """Show what waits once enough people have answered, all of it at once."""
    first = next(iter(CheckQuestion))
    waiting = sum(counts[first, said].waiting for said in CheckAnswer)
    if waiting >= SETTINGS.shown_from:
        for count in counts.values():
            count.shown, count.waiting = count.shown + count.waiting, 0
