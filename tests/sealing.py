"""What tests of the seal share: events, their sealer, a stranger, and an owner who tampers."""

from __future__ import annotations

import runpy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, create_engine
from sqlalchemy.orm import Session

import databases
from coordinator import trail
from coordinator.extensions import begin_writing
from coordinator.seal import signature
from coordinator.seal.checkpoints import verifier_key
from coordinator.sealer import Sealer
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind
from databases import Database

ROOT = Path(__file__).parent.parent
STRANGER = runpy.run_path(str(ROOT / "scripts" / "verify_trail.py"))
SEED = bytes(range(32))
WHO = Acting(service="test")


def sealer(app: Flask, folder: Path) -> Sealer:
    """Return a sealer that appends its checkpoints to a file in this folder.

    This process has written to other databases, too: here its numbers begin anew.
    """
    trail._writer.begin_anew()
    return Sealer(databases.engine_of(app), "c.example/trail", SEED, str(folder / "kept.txt"))


def writes(app: Flask, events: int, transactions: int = 1) -> None:
    """Write so many looks in each of so many transactions."""
    with Session(databases.engine_of(app)) as session:
        for _ in range(transactions):
            begin_writing(session)
            trail.acting(session, WHO, "test")
            for n in range(events):
                trail.write(session, EventKind.LOOK, Subject(family_id=n + 1))
            session.commit()


def key_of(ours: Sealer) -> str:
    """Return the key that verifies this sealer's checkpoints, as a stranger is given it."""
    return verifier_key(ours.origin, signature.public_key(ours.key))


def audit(app: Flask, *words: object):
    """Run a command of the audit."""
    return app.test_cli_runner().invoke(args=["audit", *map(str, words)])


def late(app: Flask, ours: Sealer, trials: int) -> None:
    """Let A take a number, B the next, B be sealed, and A commit after it; or, at times, never."""
    ours.round()
    for n in range(trials):
        with Session(ours.engine) as slow:
            trail.acting(slow, WHO, "test")
            # A thread of its own, as a process of its own would be: a series of its own.
            thread = threading.Thread(target=trail.write, args=(slow, EventKind.LOOK))
            thread.start()
            thread.join()
            writes(app, 1)
            assert ours.round() == 1
            gone = n % 3 == 2
            if gone:
                slow.rollback()
            else:
                slow.commit()
        assert ours.round() == (not gone)


@contextmanager
def as_owner(database: Database, url: str) -> Iterator[Connection]:
    """Give the connection of somebody whom no trigger stops; what they did is committed."""
    engine = create_engine(database.owned(url))
    try:
        with engine.begin() as connection:
            unbound(connection)
            yield connection
    finally:
        engine.dispose()


def unbound(connection: Connection) -> None:
    """Do away with the triggers, as the owner of the database or the file can."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    for (name,) in names.all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
