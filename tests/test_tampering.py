"""Whatever the owner of the database does to the past, somebody who kept a root sees it (E60)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, func, insert, select, update
from sqlalchemy.orm import Session

from coordinator.models.trail import TrailCheckpoint, TrailEvent, TrailSeal, TrailTree
from coordinator.reads import sealed_trail
from coordinator.seal.checkpoints import find
from coordinator.seal.leaves import canonical, leaf_hash
from coordinator.seal.tree import Edge
from sealing import sealer, unbound, writes

EVENTS, SEALS = TrailEvent.__table__, TrailSeal.__table__
CHECKPOINTS, TREE = TrailCheckpoint.__table__, TrailTree.__table__
CHANGED = {
    "actor_id": 4711,
    "at": 1,
    "hour": 1,
    "db_at": 9_000_000_000_000_000,
    "allowed": False,
    "action": "nothing",
    "event_id": b"0" * 16,
    "family_id": None,
    "reason": "",
    "writer_n": 4711,
}


def some(connection, draw):
    """Return the number of an event that is sealed under the checkpoint."""
    return draw.choice(connection.scalars(select(EVENTS.c.seq)).all())


def edited(connection, draw):
    column = draw.choice(list(CHANGED))
    seq = some(connection, draw)
    before = connection.scalar(select(EVENTS.c[column]).where(EVENTS.c.seq == seq))
    value = CHANGED[column] if before != CHANGED[column] else "another"
    if column == "family_id" and before is None:
        value = 4711
    connection.execute(update(EVENTS).where(EVENTS.c.seq == seq).values({column: value}))


def deleted(connection, draw):
    connection.execute(delete(EVENTS).where(EVENTS.c.seq == some(connection, draw)))


def put_in(connection, draw):
    """A new event of long ago, sealed in the middle, everything behind it one leaf further."""
    row = dict(connection.execute(select(EVENTS)).mappings().first())
    seq = connection.scalar(select(func.max(EVENTS.c.seq))) + 1
    connection.execute(insert(EVENTS), row | {"seq": seq, "schema": 1})
    order = connection.scalars(select(SEALS.c.seq).order_by(SEALS.c.leaf)).all()
    order.insert(draw.randrange(len(order)), seq)
    sealed_anew(connection, order)


def swapped(connection, draw):
    """Two events change places, and all the seals are made anew."""
    order = connection.scalars(select(SEALS.c.seq).order_by(SEALS.c.leaf)).all()
    one, two = draw.sample(range(len(order)), 2)
    order[one], order[two] = order[two], order[one]
    sealed_anew(connection, order)


def cut_off(connection, draw):
    """The last events go, with their seals and checkpoints."""
    order = connection.scalars(select(SEALS.c.seq).order_by(SEALS.c.leaf)).all()
    kept = order[: -draw.randrange(1, len(order))]
    connection.execute(delete(EVENTS).where(EVENTS.c.seq.not_in(kept)))
    sealed_anew(connection, kept)


def rewritten(connection, draw):
    """An event says something else, and everything in the database agrees with it."""
    edited(connection, draw)
    sealed_anew(connection, connection.scalars(select(SEALS.c.seq).order_by(SEALS.c.leaf)).all())


def sealed_anew(connection, order):
    rows = {row["seq"]: row for row in connection.execute(select(EVENTS)).mappings()}
    hashes = [leaf_hash(canonical(rows[seq])) for seq in order]
    edge = Edge.of(hashes)
    connection.execute(delete(CHECKPOINTS))
    connection.execute(delete(SEALS))
    connection.execute(
        insert(SEALS),
        [{"leaf": leaf, "seq": seq, "leaf_hash": hashes[leaf]} for leaf, seq in enumerate(order)],
    )
    connection.execute(update(TREE).values(size=edge.size, edge=edge.to_bytes()))


ATTACKS = (edited, deleted, put_in, swapped, cut_off, rewritten)


def attack(app, database, url, ours, trials):
    """Try each attack so often, each time on the trail as it was; return how many were found."""
    writes(app, 4, transactions=10)
    ours.round()
    marks = find(Path(ours.file).read_text("utf-8"))
    engine = create_engine(database.owned(url))
    draw = random.Random(trials)  # noqa: S311
    found = 0
    try:
        with engine.connect() as connection:
            with Session(connection) as session:
                assert sealed_trail.verify(session, marks).problems == []
            for n in range(trials * len(ATTACKS)):
                connection.rollback()
                unbound(connection)
                ATTACKS[n % len(ATTACKS)](connection, draw)
                with Session(connection, join_transaction_mode="control_fully") as session:
                    found += bool(sealed_trail.verify(session, marks).problems)
    finally:
        engine.dispose()
    return found


@pytest.mark.parametrize("trials", [2, pytest.param(167, marks=pytest.mark.long)])
def test_no_tampering_stays_unseen(fresh_app, fresh_database, database, tmp_path, trials):
    """Edit, delete, put in, swap, cut off, rewrite with all seals: 1,002 of 1,002 when long."""
    ours = sealer(fresh_app, tmp_path)
    assert attack(fresh_app, database, fresh_database, ours, trials) == trials * len(ATTACKS)
