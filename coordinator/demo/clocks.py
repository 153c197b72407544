"""How Mia and Leo stand, and a referral that was answered late, so that clocks run."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access import find_clocks
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.services import child_statuses, deadlines, settling
from coordinator.services.child_statuses import NewStatus
from coordinator.services.settling import MET, Settling
from coordinator.vocabulary import ChildStatus, ClockEvent

ANSWERED = (
    ("Ben", "referral-response", "The form lay at another desk for two days."),
    ("Amira", "referral-chase", "Paula was away, and nobody looked into her list."),
)


def load(session: Session, family: str) -> None:
    """Tell it.  The caller commits."""
    with scene(session, "Ben", family, ago=56, at="09:20", does="deadlines.write") as telling:
        here = (session, telling.actor, telling.moment, telling.family)
        deadlines.record(*here, ClockEvent.REFERRAL, telling.moment.today - timedelta(days=3))
    for name, code, why in ANSWERED:
        with scene(session, name, family, ago=52, does="deadlines.write") as telling:
            _answered(telling, code, why)
    stands(session, "Ben", family, "Mia Lane", ChildStatus.PROTECTION_PLAN, 33)
    stands(session, "Ben", family, "Leo Lane", ChildStatus.CHILD_IN_NEED, 33)


def stands(
    session: Session, name: str, family: str, child: str, status: ChildStatus, ago: int
) -> None:
    """Let somebody write down how a child stands, so many days ago."""
    with scene(session, name, family, ago=ago, does="child-statuses.write") as telling:
        here_now = (session, telling.actor, telling.moment)
        sight = find_clocks.child(*here_now, telling.person(child))
        if sight is None:
            raise LostThreadError(child)
        child_statuses.give(*here_now, sight, NewStatus(status, telling.moment.today))


def _answered(telling: Scene, code: str, why: str) -> None:
    reference = telling.session.scalars(
        select(Deadline.reference)
        .join(ClockRule, ClockRule.id == Deadline.rule_id)
        .where(Deadline.family_id == telling.family.id, ClockRule.code == code)
    ).one()
    here = (telling.session, telling.actor, telling.moment)
    sight = find_clocks.deadline(*here, reference)
    if sight is None:
        raise LostThreadError(code)
    done = Settling(MET, telling.moment.today, why)
    settling.settle(*here, sight, sight.version, done)
