"""Immediate danger: one entry opens at once, reason first; who answers for it is told and reviews.

Nothing here waits for anything but the database: mail is queued and leaves later (D22, threats 3
and 15).  What is opened, for how long, and who may: docs/decisions/0013.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import SAFEGUARDING_POSTS, Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.scope import may_know
from coordinator.access.sights import EmergencyInSight, Moment, NoticeInSight
from coordinator.errors import DeniedError, InvalidError
from coordinator.models.accounts import Account
from coordinator.models.directory import Post, PostHolding
from coordinator.models.emergencies import EmergencyOpening
from coordinator.services import addresses, outbox
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Danger, Level, ReviewOutcome

SHORTEST_REASON = 10


def open_now(
    session: Session,
    actor: Actor,
    moment: Moment,
    notice: NoticeInSight,
    danger: Danger,
    reason: str,
) -> str:
    """Open one entry to the actor for some hours, and tell its author and their leads.

    Returns the opening's reference; that of the one there is, while it is open.  Raises
    `InvalidError` for a reason of under ten characters, `DeniedError` for what is the parent's.
    """
    if notice.level is Level.PARENTS_OWN:
        raise DeniedError("The parent alone decides who reads this.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidError({"reason": "Say in one line what you fear, in ten characters or more"})
    addresses.stop(session, actor, notice.family, reason=reason)
    there = open_of(session, actor, moment, notice)
    if there:
        return there
    opening = EmergencyOpening(
        entry_id=notice.id,
        family_id=notice.family.id,
        account_id=actor.account_id,
        agency_id=actor.agency_id,
        danger=danger,
        reason=reason,
        opened_at=moment.now,
        until=moment.now + timedelta(hours=SETTINGS.emergency_hours),
    )
    session.add(opening)
    session.flush()
    for account_id in _to_tell(session, moment, notice):
        outbox.queue(session, moment, account_id, MailKind.EMERGENCY, opening.reference)
    return opening.reference


def open_of(session: Session, actor: Actor, moment: Moment, notice: NoticeInSight) -> str | None:
    """Return the reference under which this entry is open to the actor now, if it is."""
    return session.scalar(
        select(EmergencyOpening.reference)
        .where(
            EmergencyOpening.entry_id == notice.id,
            EmergencyOpening.account_id == actor.account_id,
            EmergencyOpening.agency_id == actor.agency_id,
            EmergencyOpening.until > moment.now,
        )
        .order_by(EmergencyOpening.id.desc())
        .limit(1)
    )


def review(
    session: Session,
    actor: Actor,
    moment: Moment,
    emergency: EmergencyInSight,
    outcome: ReviewOutcome,
    words: str,
) -> None:
    """Write down what came of a review.  Raises `InvalidError` without words or the second time."""
    record = session.get_one(EmergencyOpening, emergency.id, with_for_update=True)
    if actor.account_id == record.account_id:
        raise DeniedError("This is for somebody else than who opened it.")
    if record.reviewed_at is not None:
        raise InvalidError("This is reviewed already")
    if not words.strip():
        raise InvalidError({"review": "Say what you found"})
    addresses.refuse(review=words)
    record.reviewed_by_id, record.reviewed_at = actor.account_id, moment.now
    record.outcome, record.review = outcome, words
    session.flush()


def _to_tell(session: Session, moment: Moment, notice: NoticeInSight) -> Iterable[int]:
    """Return the author and the safeguarding leads of the author's agency, each once.

    Whoever may not know of the family is not told.
    """
    leads = (
        select(PostHolding.account_id)
        .join(Post, Post.id == PostHolding.post_id)
        .where(
            Post.agency_id == notice.agency_id,
            Post.kind.in_(SAFEGUARDING_POSTS),
            current(PostHolding, moment.today),
        )
    )
    return session.scalars(
        select(Account.id)
        .where(
            Account.id.in_(leads) | (Account.id == notice.author_id),
            Account.closed_at.is_(None),
            may_know(Account.id, notice.family.id),
        )
        .order_by(Account.id)
    ).all()
