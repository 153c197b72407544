"""The Flask extensions, unbound, and how the two databases are opened."""

import sqlite3
import time
from typing import Any

from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

db = SQLAlchemy(session_options={"autoflush": True, "expire_on_commit": False})
csrf = CSRFProtect()

WRITES = {"sqlite_begin": "IMMEDIATE"}
WAIT = 5.0  # seconds for SQLite's one write lock


def begin_writing(session: Session) -> None:
    """Start the session's transaction as one that will write.

    SQLite then takes its one write lock at once (`BEGIN IMMEDIATE`): a transaction that reads
    first and writes later would fail, without waiting, when somebody else wrote in between.
    """
    session.connection(execution_options=WRITES)


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: object) -> None:
    """Give each SQLite connection its safety settings and take over its BEGIN."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as problem:
        # A copy that was opened to be read stays as it is (audit_commands.py).
        if problem.sqlite_errorcode != sqlite3.SQLITE_READONLY:
            raise
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {WAIT * 1000:.0f}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Emit the BEGIN that the driver would otherwise delay until the first change."""
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        if mode == "DEFERRED" or not _took_its_turn(connection.connection.dbapi_connection):
            connection.exec_driver_sql(f"BEGIN {mode}")


def _took_its_turn(connection: Any) -> bool:
    """Take the write lock, asking again each millisecond; say whether it was had in time.

    SQLite's own waiting sleeps ever longer, up to a tenth of a second, and the lock stays free
    meanwhile: with sixteen clients a contact took twice as long to log.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as busy:
                if busy.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                time.sleep(0.001)
            else:
                return True
    finally:
        connection.execute(f"PRAGMA busy_timeout = {WAIT * 1000:.0f}")
    return False
