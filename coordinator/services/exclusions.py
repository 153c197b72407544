"""Exclusions: this worker may not know of this family.  They beat every role and invitation."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import DeniedError, InvalidError
from coordinator.models.families import Exclusion


def set_exclusion(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    account_id: int,
    reason: str,
) -> str:
    """Keep a worker from knowing of a family, at once; return the exclusion's reference.

    Raises `DeniedError` unless the actor manages a team, `InvalidError` for no reason or oneself.
    """
    if not actor.managed_team_ids:
        raise DeniedError("This is for: The manager of a team.")
    if account_id == actor.account_id:
        raise InvalidError({"account": "Ask another manager to keep you from this family"})
    if not reason.strip():
        raise InvalidError({"reason": "Enter a reason"})
    exclusion = Exclusion(
        family_id=family.id,
        account_id=account_id,
        reason=reason,
        set_by_id=actor.account_id,
        set_at=moment.now,
    )
    session.add(exclusion)
    session.flush()
    return exclusion.reference


def lift(session: Session, actor: Actor, moment: Moment, reference: str) -> None:
    """Lift an exclusion: by a manager who neither set it nor is kept out by it.

    Raises `DeniedError`, also for an exclusion that is not there: nobody learns which it was.
    """
    exclusion = session.scalars(
        select(Exclusion).where(Exclusion.reference == reference, Exclusion.lifted_at.is_(None))
    ).one_or_none()
    if (
        exclusion is None
        or not actor.managed_team_ids
        or actor.account_id in (exclusion.set_by_id, exclusion.account_id)
    ):
        raise DeniedError("This is for: A manager who did not set the exclusion.")
    exclusion.lifted_by_id = actor.account_id
    exclusion.lifted_at = moment.now
    session.flush()
