"""The joint protocol: setting its steps, and saying that one is done although no record shows it.

A step ticks itself from the records (reads/protocol.py); by hand it takes a reason (E31).
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.find_protocol import ProtocolMarkInSight
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.protocol import ProtocolMark, ProtocolStep
from coordinator.services import addresses
from coordinator.services.plans import stamp
from coordinator.vocabulary import Evidence, Level


@dataclass(frozen=True)
class Step:
    """A step as an administrator writes it; `position` counts from 1."""

    text: str
    position: int
    in_force: bool


def set_step(
    session: Session,
    actor: Actor,
    moment: Moment,
    evidence: Evidence,
    version: int | None,
    step: Step,
) -> None:
    """Set the step that this evidence ticks; the one before stays in the history.

    `version` is the row that was changed.  Raises `InvalidError` where no step would be left, and
    `ConflictError` with what stands now.
    """
    now = session.scalars(
        select(ProtocolStep)
        .where(ProtocolStep.evidence == evidence)
        .order_by(ProtocolStep.id.desc())
        .limit(1)
    ).one()
    if version != now.id:
        raise ConflictError({"text": now.text}, now.id)
    newest = select(func.max(ProtocolStep.id)).group_by(ProtocolStep.evidence)
    others = session.scalar(
        select(func.count()).where(
            ProtocolStep.id.in_(newest),
            ProtocolStep.in_force.is_(True),
            ProtocolStep.evidence != evidence,
        )
    )
    if not step.in_force and not others:
        raise InvalidError({"in_force": "The protocol needs one step"})
    session.add(
        ProtocolStep(evidence=evidence, **vars(step), set_by_id=actor.account_id, set_at=moment.now)
    )
    session.flush()


def mark(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    evidence: Evidence,
    reason: str,
) -> str:
    """Say that a step is done, and why no record shows it; return the mark's reference.

    Open to both agencies on the case.  Raises `InvalidError` for no reason, and for an address.
    """
    if not reason:
        raise InvalidError({"reason": "Write why it is done although no record shows it"})
    addresses.stop(session, actor, family, reason=reason)
    record = ProtocolMark(
        **stamp(actor, moment, family, Level.OPEN), evidence=evidence, reason=reason
    )
    session.add(record)
    session.flush()
    return record.reference


def take_back(session: Session, moment: Moment, seen: ProtocolMarkInSight) -> None:
    """Take a mark back; a second time changes nothing."""
    if seen.stands:
        session.get_one(ProtocolMark, seen.id).taken_back_at = moment.now
        session.flush()
