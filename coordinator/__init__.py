"""Coordinator: one shared plan that two agencies keep with a family."""

from inspect import iscoroutinefunction
from typing import Any

import structlog
from flask import Flask
from flask_alembic import Alembic
from sqlalchemy import create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from coordinator import cli, web
from coordinator.access import door, prepared
from coordinator.extensions import csrf, db
from coordinator.models import Model
from coordinator.models.base import UTCDateTime
from coordinator.web.frame import frame_the_app
from coordinator.web.presentation import dress, warm
from coordinator.web.problems import explain_problems

__version__ = "0.1.0"


def create_app(config: Config | None = None) -> Flask:
    """Return the app of one installation; by default the one that the environment describes.

    Raises `config.ConfigError` when the environment does not describe one that may start.
    """
    settings = config or Config.from_environment()
    app = Flask(__name__)
    app.config.from_mapping(settings.for_flask())
    _log_as_json()
    if settings.proxies:
        # Without it every visitor would have the proxy's address, and be slowed for each other.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    db.init_app(app)
    _close_no_async_sessions(app)
    csrf.init_app(app)
    _migrations(app, settings)
    dress(app)
    frame_the_app(app)
    explain_problems(app)
    web.register(app, demo=settings.demo)
    cli.register(app)
    door.hang(app)
    warm(app)
    return app


def rehearse(app: Flask) -> None:
    """Open the database and run, for nobody, what the pages ask of it.

    A web process does this at its start, so that its first visitor waits no longer than the next.
    If the database does not answer yet, the first visitor is the first to ask it.
    """
    with app.app_context():
        try:
            prepared.rehearse(db.session)
            db.session.commit()
        except SQLAlchemyError as problem:
            structlog.get_logger().warning("not rehearsed", problem=type(problem).__name__)


def _close_no_async_sessions(app: Flask) -> None:
    """Leave out what the extension does after each request for asynchronous sessions.

    There are none here, and looking for them took a thread and a fifth of the page's time.
    """
    app.teardown_appcontext_funcs = [
        after for after in app.teardown_appcontext_funcs if not iscoroutinefunction(after)
    ]


def _migrations(app: Flask, settings: Config) -> None:
    """Migrate through an engine of its own.

    On SQLite a changed table is copied and dropped; with foreign keys on, dropping it would delete
    the rows that point to it.  On PostgreSQL a migration sees every row, as a service does.
    """
    engine = create_engine(settings.database_url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _foreign_keys_off)
    else:
        event.listen(engine, "connect", _see_every_row)
    app.config["ALEMBIC_CONTEXT"]["render_item"] = _plain_type
    Alembic(app, run_mkdir=False, metadatas=Model.metadata, engines=engine)


def _plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column type as the plain one that it stores, so that migrations stand alone."""
    return (
        "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False
    )


def _foreign_keys_off(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")


def _see_every_row(connection: Any, _record: object) -> None:
    connection.execute("SET coordinator.service = 'migration'")
    connection.commit()


def _log_as_json() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        cache_logger_on_first_use=True,
    )
