"""Commands of the sealed trail: `flask audit …`.

On a copy, without the web app and its settings: `python -m coordinator.audit_commands … --db URL`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import ScriptInfo
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config import Config, with_driver
from coordinator import trail
from coordinator.extensions import begin_writing, db
from coordinator.reads import checkpoints as kept
from coordinator.reads import sealed_trail
from coordinator.seal import signature
from coordinator.seal.checkpoints import (
    BadCheckpointError,
    Checkpoint,
    find,
    from_paper,
    public_key_of,
    verifier_key,
)
from coordinator.seal.leaves import NotCanonicalError
from coordinator.sealer import Sealer
from coordinator.trail import EPOCH, Acting
from coordinator.vocabulary import EventKind

SHOWN = 10

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, writable=True, path_type=Path)
of_a_copy = click.option("--db", "url", help="A copy to read, instead of the installation's own.")


@click.group("audit", help="Answers from the audit trail, and its seal (docs/trail.md).")
def audit_group() -> None:
    """Hold the commands."""


@audit_group.command("seal")
def seal_now() -> None:
    """Seal what waits and sign a checkpoint if one is due, as the worker does each second."""
    with _opened(None) as (engine, config):
        if config is None:
            raise click.UsageError("Sealing needs the installation's own settings.")
        click.echo(f"Sealed: {Sealer.of(engine, config).round()}")


@audit_group.command("key")
def show_key() -> None:
    """Print the public key that verifies the installation's checkpoints."""
    with _opened(None) as (_engine, config):
        if config is not None:
            click.echo(verifier_key(config.origin, signature.public_key(config.seal_key)))


@audit_group.command("verify")
@of_a_copy
@click.option("--checkpoints", "files", type=FILE, multiple=True, help="Kept elsewhere.")
@click.option("--root", "roots", type=(int, str), multiple=True, help="Acts and root, from paper.")
@click.option("--key", help="The public key that signed them, as `audit key` prints it.")
def verify(
    url: str | None, files: tuple[Path, ...], roots: tuple[tuple[int, str], ...], key: str | None
) -> None:
    """Verify every event, the tree over them, and the checkpoints; exit code 1 if one is wrong."""
    with _opened(url) as (engine, config), _snapshot(engine) as session:
        try:
            public = public_key_of(key) if key else _public(config)
            marks = sealed_trail.checkpoints_kept(session, public)
            for file in files:
                marks += _read(file, public)
            marks += [Checkpoint("paper", size, from_paper(root), EPOCH) for size, root in roots]
            found = sealed_trail.verify(session, marks)
        except (BadCheckpointError, SQLAlchemyError) as problem:
            _fail(str(problem).partition("\n")[0])
    for problem_found in found.problems[:SHOWN]:
        click.echo(problem_found, err=True)
    if len(found.problems) > SHOWN:
        click.echo(f"and {len(found.problems) - SHOWN} more", err=True)
    if found.problems:
        sys.exit(1)
    signed = "" if public else " Signatures were not looked at: no --key."
    click.echo(
        f"{found.size} events stand as they were sealed, {found.waiting} wait for their seal;"
        f" {found.agreed} checkpoints agree.{signed}\nroot {found.root.hex()}"
    )


@audit_group.command("export")
@click.argument("file", type=NEW)
@of_a_copy
def export(file: Path, url: str | None) -> None:
    """Write every sealed event to a file, one a line, for scripts/verify_trail.py.

    It holds numbers and references, no name and no word of a record; that it was written is kept.
    """
    with _opened(url) as (engine, config), _snapshot(engine) as session:
        if config is not None:
            _keep_that(engine, "audit.export-log")
        try:
            with file.open("wb") as opened:
                opened.writelines(leaf + b"\n" for leaf in sealed_trail.leaves(session))
        except NotCanonicalError as problem:
            _fail(str(problem))


@audit_group.command("prove")
@click.argument("event")
@click.option("--to", "file", type=NEW, help="A file, instead of the screen.")
@of_a_copy
def prove(event: str, file: Path | None, url: str | None) -> None:
    """Prove that an EVENT, by its number or its id, stands under the newest checkpoint."""
    with _opened(url) as (engine, _config), _snapshot(engine) as session:
        newest = kept.newest(session)
        try:
            proof = newest and sealed_trail.prove(session, event, newest.note)
        except NotCanonicalError as problem:
            _fail(str(problem))
    if not proof:
        _fail(f"No checkpoint holds an event {event}.")
    _write(proof, file)


@audit_group.command("prove-growth")
@click.argument("size", type=int)
@click.option("--to", "file", type=NEW, help="A file, instead of the screen.")
@of_a_copy
def prove_growth(size: int, file: Path | None, url: str | None) -> None:
    """Prove that the newest checkpoint only added to the one of this SIZE, to who keeps that."""
    with _opened(url) as (engine, _config), _snapshot(engine) as session:
        newest = kept.newest(session)
        try:
            proof = newest and sealed_trail.prove_growth(session, size, newest.note)
        except ValueError as problem:
            _fail(str(problem))
    if not proof:
        _fail("There is no checkpoint yet.")
    _write(proof, file)


@contextmanager
def _opened(url: str | None) -> Iterator[tuple[Engine, Config | None]]:
    """Open a copy, to be read only, or the installation's own database with its settings."""
    if url is None:
        app = click.get_current_context().ensure_object(ScriptInfo).load_app()
        with app.app_context():
            yield db.engine, app.config["COORDINATOR"]
        return
    engine = create_engine(_read_only(with_driver(url)))
    try:
        yield engine, None
    finally:
        engine.dispose()


def _read_only(url: str) -> str:
    """Return a URL under which SQLite opens a file that is there, and changes nothing."""
    made = make_url(url)
    if made.get_backend_name() != "sqlite":
        return url
    return f"sqlite:///file:{made.database}?mode=ro&uri=true"


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Session]:
    """Give a session that sees one state of the database, whatever is written meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine) as session:
        yield session


def _keep_that(engine: Engine, action: str) -> None:
    """Write into the trail that somebody with a shell took it out."""
    with Session(engine) as session:
        begin_writing(session)
        trail.acting(session, Acting(service="shell"), action)
        trail.write(session, EventKind.EXPORT)
        session.commit()


def _read(file: Path, public: bytes | None) -> list[Checkpoint]:
    """Return the checkpoints of a file.  Raises `BadCheckpointError` if there is none in it."""
    found = find(file.read_text("utf-8"), public)
    if not found:
        raise BadCheckpointError(f"there is no checkpoint in {file}")
    return found


def _public(config: Config | None) -> bytes | None:
    return signature.public_key(config.seal_key) if config and config.seal_key else None


def _write(text: str, file: Path | None) -> None:
    if file:
        file.write_text(text, "utf-8")
    else:
        click.echo(text, nl=False)


def _fail(why: str) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(1)


if __name__ == "__main__":
    audit_group()
