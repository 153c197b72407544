"""Commands: `flask --app coordinator …`, or `python3 run.py flask …`."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import func, inspect, select, text

from coordinator import chores, clock, leads_page, trail
from coordinator.access import in_force
from coordinator.access.spreadsheet import csv_file
from coordinator.audit_commands import audit_group
from coordinator.errors import InvalidError
from coordinator.extensions import begin_writing, db
from coordinator.models.accounts import Account
from coordinator.reads import looks
from coordinator.services import accounts, directory_import, setup_links, staff_gone, staff_list
from coordinator.services.accounts import Person
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind, LinkReason
from coordinator.web.audit_words import look_words
from coordinator.worker import Worker

# Whether a role is bound by row-level security: no superuser, no bypass, and not the owner.
BOUND = text(
    "SELECT NOT rolsuper AND NOT rolbypassrls AND rolname <> current_user"
    " FROM pg_roles WHERE rolname = :role"
)
LIFTED = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
GRANTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {}",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
    "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO {}",
)

demo_group = AppGroup("demo", help="The demo world: invented people only.")


def register(app: Flask) -> None:
    """Add the commands to the app."""
    app.cli.add_command(demo_group)
    app.cli.add_command(audit_group)
    app.cli.add_command(check_database)
    app.cli.add_command(grant)
    app.cli.add_command(add_user)
    app.cli.add_command(make_setup_links)
    app.cli.add_command(import_directory)
    app.cli.add_command(send_mail)
    app.cli.add_command(write_leads_page)


@click.command("check-database")
def check_database() -> None:
    """Say whether the database has the tables of this version; exit code 3 if it has others."""
    alembic = current_app.extensions["alembic"]
    heads = {script.revision for script in alembic.heads()}
    here = {script.revision for script in alembic.current()}
    if heads == here:
        click.echo("The database is of this version.")
        if db.engine.dialect.name == "postgresql" and db.session.execute(LIFTED).scalar():
            click.echo("Its role can bypass row-level security; the README names one.", err=True)
        return
    click.echo(
        "The database is of another version of Coordinator. Back it up, then run:"
        " python3 run.py flask db upgrade",
        err=True,
    )
    sys.exit(3)


@click.command("grant")
@click.argument("role")
@with_appcontext
def grant(role: str) -> None:
    """Let a PostgreSQL role serve Coordinator: read and write rows, and nothing more.

    Run it as the owner of the tables, once, with a role that is none and cannot bypass row-level
    security; tables that come later are granted as they are made.
    """
    with db.engine.begin() as connection:
        bound = connection.execute(BOUND, {"role": role}).scalar()
        if not bound:
            why = "There is no such role." if bound is None else "That role could lift the rules."
            click.echo(f"{why} Nothing was granted.", err=True)
            sys.exit(1)
        name = connection.dialect.identifier_preparer.quote(role)
        for granted in GRANTS:
            connection.exec_driver_sql(granted.format(name))
    click.echo(f"{role} may serve Coordinator.")


@click.command("worker")
@click.option("--once", is_flag=True, help="Send what is due now, and end.")
def send_mail(*, once: bool) -> None:
    """Send queued mail; once a minute do the chores, until told to stop.

    A message begun is finished first.
    """
    try:
        worker = Worker.of(db.engine, current_app.config["COORDINATOR"])
    except ValueError as problem:
        click.echo(problem, err=True)
        sys.exit(1)
    if once:
        for chore in chores.ALL:
            chores.do(db.engine, chore)
        if worker.sealer:
            worker.sealer.round()
        click.echo(f"Sent: {worker.send_due()}")
        leads_page.write(_app(), db.engine)
        return
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    Thread(target=leads_page.keep, args=(_app(), db.engine, stop), daemon=True).start()
    worker.run(stop)


@click.command("leads-page")
@with_appcontext
def write_leads_page() -> None:
    """Write the page with the numbers to call, if it would say something else."""
    written = leads_page.write(_app(), db.engine)
    click.echo("The numbers to call are written." if written else "They are as they were.")


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]  # noqa: SLF001


@click.command("add-user")
@click.option("--name", prompt="Name of the administrator")
@click.option("--email", prompt="Work e-mail address")
@with_appcontext
def add_user(name: str, email: str) -> None:
    """Add an administrator and print the set-up link, which works once."""
    now = clock.now()
    with _change("set-up", "accounts.add-user"):
        person = Person(name.strip(), staff_list.email_address(email))
        token = accounts.add_administrator(db.session, person, now, clock.local(now).date())
    click.echo(f"Open this link within three days; it works once:\n{_setup_address(token)}")


@click.command("set-up-link")
@click.argument("emails", nargs=-1, required=True)
@click.option("--reason", type=click.Choice([reason.value for reason in LinkReason]), required=True)
@with_appcontext
def make_setup_links(emails: tuple[str, ...], reason: str) -> None:
    """Print a new set-up link for each of these accounts."""
    links = []
    with _change("set-up", "accounts.make-setup-link"):
        for email in emails:
            account_id = db.session.scalar(
                select(Account.id).where(Account.email == email.strip().lower())
            )
            if account_id is None:
                raise InvalidError(f"There is no account of {email}. No link was made.")
            token = setup_links.make(db.session, account_id, LinkReason(reason), clock.now())
            links.append(f"{email} {_setup_address(token)}")
    click.echo("\n".join(links))


@click.command("import-directory")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply/--dry-run", "apply", help="Load it, or only say what would be.")
@click.option("--whole", is_flag=True, help="Whoever is not on the list leaves its agencies.")
@with_appcontext
def import_directory(file: Path, *, apply: bool, whole: bool) -> None:
    """Load an agency's staff list; docs/directory.md describes the columns."""
    now = clock.now()
    with _change("import", "directory.import", keep=apply):
        with file.open("rb") as opened:
            staff = staff_list.read(opened.read(staff_list.LARGEST + 1))
        outcome = directory_import.load(db.session, staff, now, clock.local(now).date())
        for problem in outcome.problems:
            click.echo(f"Line {problem.number} {problem.reason}.", err=True)
        if outcome.problems:
            count = len(outcome.problems)
            raise InvalidError(f"{count} bad line{'' if count == 1 else 's'}. Nothing was changed.")
        moment = chores.moment()
        gone = staff_gone.found(db.session, staff, moment) if whole else []
        staff_gone.leave(db.session, moment, gone)
    for one in gone:
        click.echo(f"gone: {one.name}, {one.email}")
    new, changed = outcome.new, outcome.changed
    for noun in (*dict.fromkeys((*new, *changed)),):
        click.echo(f"{noun}: {new[noun]} new, {changed[noun]} changed")
    click.echo(f"In all {new.total()} new, {changed.total()} changed.")
    if not apply:
        click.echo("Nothing was changed yet. Run it again with --apply to load the list.")


@contextmanager
def _change(service: str, action: str, *, keep: bool = True) -> Iterator[None]:
    """Change records as a named service, in one transaction; end with a sentence if refused."""
    begin_writing(db.session)
    trail.acting(db.session, Acting(service=service), action)
    in_force.ask(db.session)
    try:
        yield
        if keep:
            db.session.commit()
    except (InvalidError, staff_list.BadLineError) as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    finally:
        db.session.rollback()


def _setup_address(token: str) -> str:
    return f"{current_app.config['COORDINATOR'].base_url}/set-up/{token}"


@audit_group.command("who-looked")
@click.argument("family")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on, in London.")
@with_appcontext
def who_looked(family: str, since: datetime | None) -> None:
    """Print who looked at a family, newest first, as CSV; that it was printed is kept, too.

    Whoever has a shell on the server stands outside the rules of access: every look is listed,
    also those at what a manager may not read.  Hand on no more than was asked for.
    """
    with _change("shell", "audit.who-looked"):
        found = looks.everybody(db.session, family.upper(), since.date() if since else None)
        if found is None:
            raise InvalidError(f"There is no family {family}.")
        trail.write(db.session, EventKind.EXPORT, Subject(found.family_id, None, "families"))
    rows = (
        (
            f"{clock.local(look.at):%Y-%m-%d %H:%M}",
            look.who or look.service,
            look.agency,
            look_words(look.kind, look.action),
            look.reason,
            str(look.mark.seq),
        )
        for look in found.looks
    )
    head = ("When", "Who", "Acting for", "What", "Why", "Event")
    click.echo(csv_file(head, rows).decode("utf-8-sig"), nl=False)


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
