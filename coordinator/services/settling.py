"""Settling what is due: it was met, is not needed any more, or is late and why."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.sights import EntryInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.deadlines import Deadline
from coordinator.services import addresses
from coordinator.services.plans import unchanged_since
from coordinator.vocabulary import DeadlineState


@dataclass(frozen=True)
class Settling:
    """How somebody settles a deadline: it was met on a day, is not needed, or is late and why."""

    how: str
    day: date | None = None
    reason: str = ""


MET, NOT_NEEDED, LATE = "met", "not-needed", "late"


def settle(
    session: Session,
    actor: Actor,
    moment: Moment,
    deadline: EntryInSight,
    version: int | None,
    wanted: Settling,
) -> None:
    """Say that a deadline is met, is not needed, or why it is missed.

    A reason is required when it is missed or not needed.  Raises `InvalidError` and
    `ConflictError`.
    """
    addresses.stop(session, actor, deadline.family, reason=wanted.reason)
    record_ = session.get_one(Deadline, deadline.id)
    said = {"how": record_.state.label, "reason": record_.missed_reason or record_.ended_reason}
    unchanged_since(session, record_, version, **said)
    if wanted.how not in (MET, NOT_NEEDED, LATE):
        raise InvalidError({"how": "Choose one"})
    if wanted.how != LATE and record_.state is not DeadlineState.RUNNING:
        raise InvalidError({"how": f"It is settled already: {record_.state.label.lower()}"})
    if wanted.how == NOT_NEEDED:
        if not wanted.reason:
            raise InvalidError({"reason": "Say why it is no longer needed"})
        record_.state, record_.ended_reason = DeadlineState.NOT_NEEDED, wanted.reason
    else:
        if wanted.how == MET:
            record_.met_on = _day_met(moment, record_, wanted.day)
            record_.state = DeadlineState.MET
        if was_missed(record_, moment):
            if not wanted.reason:
                raise InvalidError({"reason": "It is late: say why"})
            record_.missed_reason = wanted.reason
            record_.missed_by_id, record_.missed_at = actor.account_id, moment.now
        elif wanted.how == LATE:
            raise InvalidError({"how": "It is not late"})
    session.flush()


def was_missed(deadline: Deadline, moment: Moment) -> bool:
    """Return whether a deadline was not met in time, or is not met and its time is over."""
    if deadline.state is DeadlineState.RUNNING:
        return moment.now >= deadline.due_at
    return deadline.met_on is not None and deadline.met_on > deadline.due_on


def _day_met(moment: Moment, deadline: Deadline, day: date | None) -> date:
    if day is None:
        raise InvalidError({"day": "Enter the day on which it was done"})
    if day > moment.today:
        raise InvalidError({"day": "The day must be today or before"})
    if day < clock.local(min(deadline.started_at, deadline.created_at)).date():
        raise InvalidError({"day": "The clock had not started on this day"})
    return day
