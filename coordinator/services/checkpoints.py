"""Checkpoints of the sealed trail: once a minute while it grows, at once after an urgent act."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coordinator import clock
from coordinator.access.actor import current
from coordinator.access.letters import MailKind
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Team
from coordinator.models.trail import TrailCheckpoint, TrailEvent, TrailSeal, TrailTree, db_clock
from coordinator.seal.checkpoints import Checkpoint
from coordinator.seal.tree import Edge
from coordinator.services import outbox
from coordinator.trail import instant, micros
from coordinator.vocabulary import EventKind, Role

EVERY = timedelta(seconds=60)
BEHIND = timedelta(minutes=5)
RIGHTS = ("exclusions", "memberships")  # tables whose rows give and take rights


def due(session: Session, origin: str) -> Checkpoint | None:
    """Return the checkpoint that is to be signed now, if any.  Takes no lock.

    None while the sealer is far behind: what it seals later would look as if it were put in.
    """
    tree = session.get_one(TrailTree, 1)
    last = session.execute(
        select(TrailCheckpoint.size, TrailCheckpoint.at)
        .order_by(TrailCheckpoint.size.desc())
        .limit(1)
    ).one_or_none()
    if tree.size <= (last.size if last else 0):
        return None
    now = instant(session.scalar(select(db_clock())) or 0)
    waits_since = session.scalar(
        select(TrailEvent.db_at)
        .where(TrailEvent.seq > select(func.max(TrailSeal.seq)).scalar_subquery())
        .order_by(TrailEvent.seq)
        .limit(1)
    )
    if waits_since is not None and instant(waits_since) < now - BEHIND:
        return None
    if last and instant(last.at) > now - EVERY and not _urgent(session, last.size, now):
        return None
    return Checkpoint(origin, tree.size, Edge.from_bytes(tree.size, tree.edge).root(), now)


def _urgent(session: Session, since: int, now: datetime) -> bool:
    """Whether an act that must not be undone unseen was sealed since a checkpoint of this size."""
    today, kind = clock.local(now).date(), TrailEvent.kind
    administrators = select(Membership.account_id).where(
        Membership.role == Role.ADMINISTRATOR, current(Membership, today)
    )
    found = (
        select(TrailSeal.leaf)
        .join(TrailEvent, TrailEvent.seq == TrailSeal.seq)
        .where(
            TrailSeal.leaf >= since,
            or_(
                kind == EventKind.EMERGENCY,
                (kind == EventKind.EXPORT) & (TrailEvent.action != "calendar.fetch"),
                (kind == EventKind.CHANGE) & TrailEvent.record_kind.in_(RIGHTS),
                (kind == EventKind.SIGN_IN) & TrailEvent.actor_id.in_(administrators),
            ),
        )
        .limit(1)
    )
    return session.scalar(found) is not None


def keep(session: Session, moment: Moment, checkpoint: Checkpoint, note: str) -> bool:
    """Keep a signed checkpoint, and with the first of a day write to the privacy officers.

    Returns whether it was kept: another worker may have kept one meanwhile.
    """
    last = session.scalar(select(func.max(TrailCheckpoint.size))) or 0
    if checkpoint.size <= last:
        return False
    day = clock.local(checkpoint.at).date()
    is_first = (
        session.scalar(select(TrailCheckpoint.size).where(TrailCheckpoint.day == day)) is None
    )
    session.add(
        TrailCheckpoint(
            size=checkpoint.size,
            at=micros(checkpoint.at),
            day=day if is_first else None,
            note=note,
        )
    )
    if is_first:
        for account_id, agency_id in _officers(session, moment):
            outbox.queue(
                session,
                moment,
                account_id,
                MailKind.CHECKPOINT,
                str(checkpoint.size),
                {"agency": agency_id},
                once=f"checkpoint-{checkpoint.size}-{account_id}",
            )
    session.flush()
    return True


def _officers(session: Session, moment: Moment) -> list[tuple[int, int]]:
    """Return the privacy officers of every agency, each once, with an agency of theirs."""
    officers = (
        select(Membership.account_id, func.min(Team.agency_id))
        .join(Account, Account.id == Membership.account_id)
        .join(Team, Team.id == Membership.team_id)
        .where(
            Membership.role == Role.PRIVACY_OFFICER,
            current(Membership, moment.today),
            or_(Account.closed_at.is_(None), Account.closed_at > moment.now),
        )
        .group_by(Membership.account_id)
        .order_by(Membership.account_id)
    )
    return [(account_id, agency_id) for account_id, agency_id in session.execute(officers)]
