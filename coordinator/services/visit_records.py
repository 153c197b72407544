"""What became of a visit: how it went, each owner's part, and who wanted it otherwise."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.access.visit_rules import VisitInSight
from coordinator.errors import InvalidError
from coordinator.models.visits import Visit, VisitMove, VisitPart
from coordinator.services import addresses, full_weeks
from coordinator.vocabulary import MovedBy, VisitState


@dataclass(frozen=True)
class Told:
    """How a visit went: its new state, and the owner's own part.

    Who did not want it, and why, only where it did not take place.
    """

    state: VisitState
    text: str = ""
    moved_by: MovedBy | None = None
    reason: str = ""


def tell(session: Session, actor: Actor, moment: Moment, visit: VisitInSight, told: Told) -> None:
    """Say how a visit went, and add one's own part; more than once is a new part.

    Nobody home is a state of its own: it never counts as missed (spec/cautions.md).  Raises
    `InvalidError`.
    """
    record = session.get_one(Visit, visit.id, with_for_update=True)
    if moment.now < record.starts_at:
        raise InvalidError({"": "It has not begun yet. You can move or cancel it"})
    addresses.stop(session, actor, visit.family, text=told.text, reason=told.reason)
    state = VisitState.DONE if record.state is VisitState.DONE else told.state
    if state is VisitState.DONE and not told.text:
        raise InvalidError({"text": "Write your part"})
    if state is VisitState.NOT_DONE:
        problems = {} if told.moved_by else {"moved_by": "Say on whose side it was"}
        problems |= {} if told.reason else {"reason": "Say why"}
        if problems or told.moved_by is None:
            raise InvalidError(problems)
        give_up(session, actor, moment, visit, state, told.moved_by, told.reason)
    record.state = state
    if told.text:
        session.add(
            VisitPart(
                visit_id=record.id,
                account_id=actor.account_id,
                agency_id=actor.agency_id,
                text=told.text,
                at=moment.now,
            )
        )
    session.flush()


def give_up(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: VisitInSight,
    state: VisitState,
    moved_by: MovedBy,
    reason: str,
) -> None:
    """Let a visit not take place: cancelled before, or not done; who wanted it, and why."""
    record = session.get_one(Visit, visit.id)
    record.state, record.state_reason = state, reason
    record.sequence += 1
    moved(session, actor, moment, record, record.starts_at, moved_by, reason, gone=True)
    full_weeks.weigh(session, actor, moment, visit.family, record.starts_at)


def moved(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: Visit,
    before: datetime,
    moved_by: MovedBy,
    reason: str,
    *,
    gone: bool = False,
) -> None:
    """Keep that a visit was moved, or given up if `gone`: who wanted it, and why."""
    session.add(
        VisitMove(
            visit_id=visit.id,
            moved_from=before,
            moved_to=None if gone else visit.starts_at,
            moved_by=moved_by,
            reason=reason,
            by_id=actor.account_id,
            at=moment.now,
        )
    )
    session.flush()
