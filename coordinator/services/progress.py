"""What moves a family forward: turning points, and a fresh view by somebody new (S20)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coordinator.access import stage_owners
from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.progress import TurningPoint
from coordinator.services import addresses, information_requests
from coordinator.services.information_requests import Asked, Question
from coordinator.services.plans import stamp
from coordinator.vocabulary import Level, WhoseWords


@dataclass(frozen=True)
class Turn:
    """A turning point: its day in London, one sentence, and in whose words it is told."""

    happened_on: date
    text: str
    whose: WhoseWords


def mark(session: Session, actor: Actor, moment: Moment, family: FamilyInSight, turn: Turn) -> str:
    """Mark a turning point, open to both agencies on the case; return its reference.

    Raises `InvalidError` for a day to come, and for an address of the family.
    """
    if turn.happened_on > moment.today:
        raise InvalidError({"happened_on": "The day must be today or earlier"})
    addresses.stop(session, actor, family, text=turn.text)
    record = TurningPoint(
        **stamp(actor, moment, family, Level.OPEN),
        happened_on=turn.happened_on,
        text=turn.text,
        whose=turn.whose,
    )
    session.add(record)
    session.flush()
    return record.reference


def ask_fresh_view(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    whom: str,
    question: Question,
) -> str:
    """Ask a manager of a team on the case to look with new eyes; return the request's reference.

    `whom` is the reference of their account.  Both agencies read the question and the answer.
    Raises `InvalidError`.
    """
    for one in stage_owners.new_eyes(session, actor, moment, family):
        if one.reference == whom:
            asked = Asked(one.agency_id, account_id=one.account_id)
            return information_requests.put(
                session, actor, moment, family, asked, question, fresh_view=True
            )
    raise InvalidError({"whom": "Choose a manager of a team on the case"})
