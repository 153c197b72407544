"""The checkpoints of the sealed trail, for whoever keeps them for the other agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.models.trail import TrailCheckpoint
from coordinator.seal.checkpoints import paper, read
from coordinator.trail import instant


@dataclass(frozen=True)
class CheckpointShown:
    """A checkpoint: how many acts, when, the root in lines for paper, and the signed text."""

    size: int
    at: datetime
    root: tuple[str, ...]
    note: str


def newest(session: Session) -> CheckpointShown | None:
    """Return the newest checkpoint, or None before the first."""
    row = session.execute(
        select(TrailCheckpoint.size, TrailCheckpoint.at, TrailCheckpoint.note)
        .order_by(TrailCheckpoint.size.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    root = tuple(paper(read(row.note).root))
    return CheckpointShown(row.size, instant(row.at), root, row.note)


def to_keep(session: Session) -> Sequence[str]:
    """Return the first checkpoint of each day and the newest, as they were signed.

    Each stands for all acts before it, so that the others of a day would add nothing.
    """
    top = select(TrailCheckpoint.size).order_by(TrailCheckpoint.size.desc()).limit(1)
    chosen = TrailCheckpoint.day.is_not(None) | (TrailCheckpoint.size == top.scalar_subquery())
    return session.scalars(
        select(TrailCheckpoint.note).where(chosen).order_by(TrailCheckpoint.size)
    ).all()


def since(session: Session, size: int) -> Sequence[str]:
    """Return every signed checkpoint of more acts than this, in order."""
    return session.scalars(
        select(TrailCheckpoint.note)
        .where(TrailCheckpoint.size > size)
        .order_by(TrailCheckpoint.size)
    ).all()
