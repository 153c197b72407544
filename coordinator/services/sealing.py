"""The one sealer: it numbers events as leaves, behind the writers, and never twice.

A database hands out numbers before it commits, so that one may appear late, or never.  The sealer
goes by what has no seal, not by the highest number (docs/trail.md).
"""

from collections.abc import Iterable

import structlog
from sqlalchemy import BigInteger, Table, and_, cast, func, insert, literal, select
from sqlalchemy.orm import Session

from coordinator.access.sights import Moment
from coordinator.models.trail import TrailEvent, TrailSeal, TrailTree
from coordinator.seal.leaves import NotCanonicalError, canonical, leaf_hash
from coordinator.seal.tree import Edge
from coordinator.trail import micros

BATCH = 500  # On SQLite writers wait while so many are sealed: some hundredths of a second.
AHEAD = 5_000
# No transaction of ours lives so long (config.py): what has not appeared until then never will.
LATE = 600_000_000
ONE_SEALER = 7_236_113_114  # the key of PostgreSQL's advisory lock

EVENTS: Table = TrailEvent.__table__  # type: ignore[assignment]
SEALS: Table = TrailSeal.__table__  # type: ignore[assignment]
log = structlog.get_logger()


def is_due(session: Session, moment: Moment) -> bool:  # noqa: ARG001  (as every chore is asked)
    """Say whether there may be an event without a seal.  Takes no lock."""
    newest = select(func.max(EVENTS.c.seq)).scalar_subquery()
    return bool(session.scalar(select(newest > TrailTree.reached)))


def seal(session: Session, moment: Moment) -> tuple[int, bool]:
    """Seal the next events in the open transaction; return how many, and whether there are more.

    Leaves and edge commit together, so that a sealer that dies leaves no half of either.
    """
    if not _alone(session):
        return 0, False
    tree = session.get_one(TrailTree, 1, populate_existing=True)
    waiting, reached = _waiting(session, tree.reached, micros(moment.now) - LATE)
    more = len(waiting) == BATCH
    if not more:
        waiting = sorted({*waiting, *_missed(session, tree)})
    edge = Edge.from_bytes(tree.size, tree.edge)
    sealed = []
    for row in session.execute(
        select(EVENTS).where(EVENTS.c.seq.in_(waiting)).order_by(EVENTS.c.seq)
    ).mappings():
        try:
            leaf = leaf_hash(canonical(row))  # type: ignore[arg-type]
        except NotCanonicalError as problem:
            log.warning("an event cannot be sealed", seq=row["seq"], why=str(problem))
            continue
        sealed.append({"leaf": edge.size, "seq": row["seq"], "leaf_hash": leaf})
        edge.append(leaf)
    if sealed:
        session.execute(insert(SEALS), sealed)
    tree.size, tree.edge, tree.reached = edge.size, edge.to_bytes(), reached
    session.flush()
    return len(sealed), more


def _alone(session: Session) -> bool:
    """Whether no other sealer is at work.  SQLite's write lock, which is held here, says so."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(
        session.scalar(
            select(func.pg_try_advisory_xact_lock(cast(literal(ONE_SEALER), BigInteger)))
        )
    )


def _waiting(session: Session, reached: int, long_ago: int) -> tuple[list[int], int]:
    """Return the numbers without a seal, at most `BATCH`, and up to where none can come any more.

    A number that is missing may be a transaction that still runs; once a later one is old, it is
    not.
    """
    waiting: list[int] = []
    place = reached
    while len(waiting) < BATCH:
        seen = session.execute(
            select(EVENTS.c.seq, EVENTS.c.db_at)
            .where(EVENTS.c.seq > place)
            .order_by(EVENTS.c.seq)
            .limit(AHEAD)
        ).all()
        if not seen:
            break
        sealed = _sealed(session, place, seen[-1].seq)
        for seq, db_at in seen:
            if seq not in sealed:
                waiting.append(seq)
            if seq == reached + 1 or db_at < long_ago:
                reached = seq
            place = seq
            if len(waiting) == BATCH:
                break
    return waiting, reached


def _sealed(session: Session, after: int, upto: int) -> set[int]:
    within = and_(SEALS.c.seq > after, SEALS.c.seq <= upto)
    return set(session.scalars(select(SEALS.c.seq).where(within)))


def _missed(session: Session, tree: TrailTree) -> Iterable[int]:
    """Look once more over some of the older numbers, round and round, and return what has no seal.

    So nothing stays without one for ever, whatever made it late.
    """
    start = tree.patrolled if tree.patrolled < tree.reached else 0
    tree.patrolled = min(start + AHEAD, tree.reached)
    return unsealed(session, start, tree.patrolled)[:BATCH]


def unsealed(session: Session, after: int, upto: int) -> list[int]:
    """Return the numbers of the events in this stretch that have no seal, in order."""
    numbers = select(EVENTS.c.seq).where(EVENTS.c.seq > after, EVENTS.c.seq <= upto)
    sealed = _sealed(session, after, upto)
    return [seq for seq in session.scalars(numbers.order_by(EVENTS.c.seq)) if seq not in sealed]
