"""Commands: `flask --app coordinator …`, or `python3 run.py flask …`."""

import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import func, inspect, select

from coordinator.extensions import db
from coordinator.models.accounts import Account

demo_group = AppGroup("demo", help="The demo world: invented people only.")


def register(app: Flask) -> None:
    """Add the commands to the app."""
    app.cli.add_command(demo_group)
    app.cli.add_command(check_database)


@click.command("check-database")
def check_database() -> None:
    """Say whether the database has the tables of this version; exit code 3 if it has others."""
    alembic = current_app.extensions["alembic"]
    heads = {script.revision for script in alembic.heads()}
    here = {script.revision for script in alembic.current()}
    if heads == here:
        click.echo("The database is of this version.")
        return
    click.echo(
        "The database is of another version of Coordinator. Back it up, then run:"
        " python3 run.py flask db upgrade",
        err=True,
    )
    sys.exit(3)


@demo_group.command("load")
def load_demo() -> None:
    """Load the demo world if the database is empty."""
    from coordinator import demo  # noqa: PLC0415  (only the demo needs it)

    if not current_app.config["COORDINATOR"].demo:
        click.echo("This is not a demo: set COORDINATOR_DEMO=1 to make it one.", err=True)
        sys.exit(1)
    if inspect(db.engine).has_table("accounts") and db.session.scalar(
        select(func.count()).select_from(Account)
    ):
        if not demo.is_loaded(db.session):
            click.echo("This database holds real accounts: the demo does not touch it.", err=True)
            sys.exit(1)
        click.echo("The demo world is already there.")
        return
    demo.load(db.session)
    click.echo("The demo world is loaded.")
