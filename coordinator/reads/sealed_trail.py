"""Reading the sealed trail: does it stand, and how is that proved to somebody who has none of it?

It needs the tables of the trail and nothing else, so a copy of the database will do.  The trail is
read in stretches: a copy may be large, and PostgreSQL ends what takes too long.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from coordinator.models.trail import TrailCheckpoint, TrailEvent, TrailSeal, TrailTree
from coordinator.seal.checkpoints import Checkpoint, read
from coordinator.seal.leaves import NotCanonicalError, canonical, leaf_hash
from coordinator.seal.tree import Edge, Range, growth, path
from coordinator.seal.writers import Series
from coordinator.trail import micros

STRETCH = 5_000
# So much earlier than the checkpoint before it no event is sealed (services/checkpoints.py).
PUT_IN = 900_000_000
HELD_TO_NUMBERS = 2  # from this version of an event on, a writer's numbers have no holes

EVENTS: Table = TrailEvent.__table__  # type: ignore[assignment]
SEALS: Table = TrailSeal.__table__  # type: ignore[assignment]


@dataclass
class Verified:
    """What was found: what is wrong, in the order of the tree, and what was looked at."""

    problems: list[str] = field(default_factory=list)
    size: int = 0
    root: bytes = b""
    waiting: int = 0
    agreed: int = 0


def checkpoints_kept(session: Session, public: bytes | None) -> list[Checkpoint]:
    """Return the checkpoints that the database itself keeps.

    Raises `BadCheckpointError` if one is not signed by this key.
    """
    notes = session.scalars(select(TrailCheckpoint.note).order_by(TrailCheckpoint.size))
    return [read(note, public) for note in notes]


def verify(session: Session, checkpoints: Sequence[Checkpoint]) -> Verified:
    """Work out every leaf and the tree again, and compare them with the seals and checkpoints."""
    found = Verified()
    marks = sorted(
        {(one.size, one.root): one for one in checkpoints}.values(), key=lambda one: one.size
    )
    edge, series = Edge(), Series()
    awaited = iter(marks)
    mark, before = next(awaited, None), 0
    for place, row in _sealed(session):
        while mark and mark.size == edge.size:
            _agrees(found, mark, edge)
            before = max(before, micros(mark.at))
            mark = next(awaited, None)
        if place != edge.size:
            found.problems.append(f"leaf {edge.size} is gone, before leaf {place}")
            break
        leaf = _leaf(found, f"leaf {place}", row)
        if leaf != row["leaf_hash"]:
            found.problems.append(f"leaf {place} (event {row['seal_seq']}) is not what was sealed")
        elif row["db_at"] < before - PUT_IN:
            found.problems.append(f"leaf {place} (event {row['seq']}) was put in afterwards")
        _count(found, series, f"leaf {place}", row)
        edge.append(leaf or row["leaf_hash"])
    else:
        while mark:
            _agrees(found, mark, edge)
            mark = next(awaited, None)
        _matches_the_edge(found, session, edge)
    for row in _not_sealed(session):
        found.waiting += 1
        _leaf(found, "unsealed", row)
        _count(found, series, "unsealed", row)
        if row["db_at"] < before - PUT_IN:
            found.problems.append(f"event {row['seq']}, which has no seal, was put in afterwards")
    found.size, found.root = edge.size, edge.root()
    return found


def _agrees(found: Verified, mark: Checkpoint, edge: Edge) -> None:
    if mark.size > edge.size:
        found.problems.append(f"the log is shorter than checkpoint {mark.size}")
    elif mark.root != edge.root():
        found.problems.append(f"the log is not that of checkpoint {mark.size}")
    else:
        found.agreed += 1


def _leaf(found: Verified, where: str, row: Mapping[str, Any]) -> bytes | None:
    """Return the hash of an event as it stands, or None if there is none to be hashed."""
    if row["seq"] is None:
        return None
    try:
        return leaf_hash(canonical(row))
    except NotCanonicalError as problem:
        found.problems.append(f"{where} (event {row['seq']}): {problem}")
        return None


def _count(found: Verified, series: Series, where: str, row: Mapping[str, Any]) -> None:
    if row["seq"] is None or row["schema"] < HELD_TO_NUMBERS:
        return
    missing = series.hole_before(row["writer"], row["writer_n"])
    if missing is not None:
        found.problems.append(
            f"{where} (event {row['seq']}): writer {row['writer']} goes on with"
            f" {row['writer_n']}, and {missing} is not there"
        )


def _matches_the_edge(found: Verified, session: Session, edge: Edge) -> None:
    tree = session.get(TrailTree, 1)
    if tree is None or (tree.size, tree.edge) != (edge.size, edge.to_bytes()):
        size = tree.size if tree else 0
        found.problems.append(f"the sealer's own tree, of {size} leaves, is another one")


def _sealed(session: Session) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Give each leaf with its event, or with nothing where there is none."""
    joined = SEALS.outerjoin(EVENTS, EVENTS.c.seq == SEALS.c.seq)
    columns = (SEALS.c.leaf, SEALS.c.leaf_hash, SEALS.c.seq.label("seal_seq"), *EVENTS.c)
    top = session.scalar(select(func.max(SEALS.c.leaf)))
    for start in range(0, -1 if top is None else top + 1, STRETCH):
        within = SEALS.c.leaf.between(start, start + STRETCH - 1)
        rows = session.execute(
            select(*columns).select_from(joined).where(within).order_by(SEALS.c.leaf)
        )
        yield from ((row["leaf"], row) for row in rows.mappings())  # type: ignore[misc]


def _not_sealed(session: Session) -> Iterator[Mapping[str, Any]]:
    """Give each event without a seal, in the order of the database's numbers."""
    top = session.scalar(select(func.max(EVENTS.c.seq))) or 0
    for start in range(0, top + 1, STRETCH):
        upto = start + STRETCH - 1
        sealed = select(SEALS.c.seq).where(SEALS.c.seq.between(start, upto))
        within = EVENTS.c.seq.between(start, upto), EVENTS.c.seq.not_in(sealed)
        rows = session.execute(select(EVENTS).where(*within).order_by(EVENTS.c.seq))
        yield from rows.mappings()  # type: ignore[misc]


def leaves(session: Session) -> Iterator[bytes]:
    """Give the canonical bytes of every leaf, in order.  None of them holds a line break.

    Raises `NotCanonicalError` where an event is gone or is none any more.
    """
    for place, row in _sealed(session):
        if row["seq"] is None:
            raise NotCanonicalError(f"the event of leaf {place} is gone")
        yield canonical(row)


def prove(session: Session, event: str, note: str) -> str | None:
    """Return the proof that an event stands under a signed checkpoint; None if it does not yet.

    event: its number, or its id in hexadecimal.  The form is that of c2sp.org/tlog-proof, with the
    event itself as the extra line.  Raises `NotCanonicalError` for an event that is none.
    """
    size = read(note).size
    which = EVENTS.c.seq == int(event) if event.isdecimal() and len(event) < 19 else None
    if which is None:
        which = EVENTS.c.event_id == _id(event)
    row = (
        session.execute(
            select(SEALS.c.leaf, *EVENTS.c)
            .join_from(EVENTS, SEALS, EVENTS.c.seq == SEALS.c.seq)
            .where(which)
        )
        .mappings()
        .one_or_none()
    )
    if row is None or row["leaf"] >= size:
        return None
    extra = _base64(canonical(row))  # type: ignore[arg-type]
    hashes = _hashes(session, path(row["leaf"], size))
    head = f"c2sp.org/tlog-proof@v1\nextra {extra}\nindex {row['leaf']}"
    return "\n".join([head, *hashes, "", note])


def prove_growth(session: Session, old: int, note: str) -> str:
    """Return the proof that the tree under a checkpoint grew from its first `old` leaves.

    The form is that of c2sp.org/tlog-witness.  Raises `ValueError` if it cannot have.
    """
    hashes = _hashes(session, growth(old, read(note).size))
    return "\n".join([f"old {old}", *hashes, "", note])


def _hashes(session: Session, ranges: list[Range]) -> list[str]:
    return [_base64(_root_of(session, start, end)) for start, end in ranges]


def _root_of(session: Session, start: int, end: int) -> bytes:
    """Return the root of the subtree over these leaves."""
    edge = Edge()
    for first in range(start, end, STRETCH):
        last = min(first + STRETCH, end) - 1
        hashes = select(SEALS.c.leaf_hash).where(SEALS.c.leaf.between(first, last))
        for leaf in session.scalars(hashes.order_by(SEALS.c.leaf)):
            edge.append(leaf)
    return edge.root()


def _id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
