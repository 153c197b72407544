"""Exclusions: this worker may not know of this family.  They beat every role and invitation.

Two people: a manager of a team on the case sets one, a privacy officer who did not set it lifts it
(threats, 1; ASVS v5.0.0-2.3.5).  Nothing is sent to anybody: a cancelled invitation would tell the
worker what they must not know (docs/decisions/0012).
"""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.scope import may_know
from coordinator.access.sights import ExclusionInSight, FamilyInSight, Moment
from coordinator.errors import DeniedError, InvalidError
from coordinator.models.accounts import Account, Submission
from coordinator.models.families import Exclusion
from coordinator.services import addresses


def set_exclusion(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    account: str,
    reason: str,
) -> str:
    """Keep a worker (the reference of any open account) from knowing of a family, at once.

    Returns the exclusion's reference.  Raises `DeniedError` unless the actor manages a team,
    `InvalidError` beside `account` or `reason`.
    """
    if not actor.managed_team_ids:
        raise DeniedError("This is for the manager of a team.")
    chosen = session.execute(
        select(Account.id, Account.name).where(
            Account.reference == account,
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
        )
    ).one_or_none()
    if chosen is None:
        raise InvalidError({"account": "Choose somebody from the list"})
    if chosen.id == actor.account_id:
        raise InvalidError({"account": "Ask another manager to keep you from this family"})
    if not session.scalar(select(may_know(chosen.id, family.id))):
        raise InvalidError({"account": f"{chosen.name} is kept from this family already"})
    if not reason.strip():
        raise InvalidError({"reason": "Enter a reason"})
    addresses.stop(session, actor, family, reason=reason)
    exclusion = Exclusion(
        family_id=family.id,
        account_id=chosen.id,
        reason=reason,
        set_by_id=actor.account_id,
        set_at=moment.now,
    )
    session.add(exclusion)
    # A form that is sent again is answered with where it led the first time: that would be a page
    # of the family, so what this worker sent before is forgotten.
    session.execute(delete(Submission).where(Submission.account_id == chosen.id))
    session.flush()
    return exclusion.reference


def lift(
    session: Session, actor: Actor, moment: Moment, exclusion: ExclusionInSight, reason: str
) -> None:
    """Lift an exclusion: by a privacy officer who neither set it nor is kept out by it.

    Raises `DeniedError`, and `InvalidError` for no reason or for one that is lifted already.
    """
    record = session.get_one(Exclusion, exclusion.id, with_for_update=True)
    if not actor.is_privacy_officer or actor.account_id in (record.set_by_id, record.account_id):
        raise DeniedError("This is for a privacy officer who did not set the exclusion.")
    if record.lifted_at is not None:
        raise InvalidError("This exclusion is lifted already")
    if not reason.strip():
        raise InvalidError({"reason": "Enter a reason"})
    addresses.refuse(reason=reason)
    record.lifted_by_id = actor.account_id
    record.lifted_at = moment.now
    record.lift_reason = reason
    session.flush()
