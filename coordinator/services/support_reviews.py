"""Is this enough?  Asked of each support at the review, and the answer kept (I04)."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.supports import SupportReview
from coordinator.reads import supports as reads
from coordinator.services import addresses
from coordinator.vocabulary import Enough


def answer(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    answers: Mapping[str, tuple[Enough, str]],
) -> int:
    """Keep, for supports by their reference, if they are enough and a word on it; return how many.

    An answer that is as it was is not kept again.  Raises `InvalidError`.
    """
    lines = {
        one.reference: one
        for one in reads.of_family(session, actor, meeting.family)
        if one.reference in answers
    }
    if len(lines) != len(answers):
        raise InvalidError("Choose from the supports that are listed")
    notes = {f"note_{reference}": note for reference, (_, note) in answers.items()}
    addresses.stop(session, actor, meeting.family, **notes)
    kept = 0
    for reference, (enough, note) in answers.items():
        one = lines[reference]
        if (one.reviewed_at_id, one.enough, one.note) == (meeting.id, enough, note):
            continue
        session.add(
            SupportReview(
                support_id=one.id,
                meeting_id=meeting.id,
                enough=enough,
                note=note,
                by_id=actor.account_id,
                at=moment.now,
            )
        )
        kept += 1
    session.flush()
    return kept
