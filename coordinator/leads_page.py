"""Writing the page with the numbers to call, which is there when the database is not.

It holds posts, names and work numbers and no family (docs/decisions/0029).
"""

import os
from pathlib import Path
from threading import Event

import structlog
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access.sights import Moment
from coordinator.reads import directory, referral_routes
from coordinator.trail import Acting

PAUSE_SECONDS = 60
ACTING = Acting(service="leads-page")
log = structlog.get_logger()


def keep(app: Flask, engine: Engine, stop: Event) -> None:
    """Write the page once a minute, until `stop` is set."""
    while not stop.is_set():
        write(app, engine)
        stop.wait(PAUSE_SECONDS)


def write(app: Flask, engine: Engine) -> bool:
    """Write the page if it would say something else than it does; return whether it was written.

    It says the day in London on which it was true, so it is written each night, too.  What cannot
    be read or written leaves the page as it was, and a line in the log.
    """
    try:
        with Session(engine) as session:
            trail.acting(session, ACTING, "leads.write", reading=True)
            now = clock.now()
            moment = Moment(now, clock.local(now).date())
            text = app.jinja_env.get_template("leads/page.html").render(
                on=moment.today,
                agencies=directory.to_print(session, moment),
                routes=[one for one in referral_routes.versions(session) if one.holds],
            )
        return _keep(Path(app.config["COORDINATOR"].leads_page), text)
    except (OSError, SQLAlchemyError) as problem:
        log.warning("the numbers to call were not written", error=type(problem).__name__)
        return False


def _keep(place: Path, text: str) -> bool:
    """Put the text in its place at once, or not at all; return False where it is there already."""
    if place.is_file() and place.read_text("utf-8") == text:
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(f".{os.getpid()}")
    fresh.write_text(text, "utf-8")
    fresh.replace(place)
    return True
