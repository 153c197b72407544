"""The way in, and the pages that everybody may read."""

from datetime import date

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from coordinator.access import in_force
from coordinator.access.door import Guest, Page, page, public
from coordinator.settings import SETTINGS

bp = Blueprint("front", __name__)

# Read the statement again at least once a year, then change this day; a test fails without it.
STATEMENT_REVIEWED_ON = date(2026, 11, 21)


@bp.get("/")
@public
def home(guest: Guest) -> Response:
    """Lead to what waits for a person who is signed in, or to the sign-in page."""
    return redirect("/today" if guest.actor else "/sign-in")


@bp.get("/accessibility")
@public
def accessibility(guest: Guest) -> Page:
    """Show the accessibility statement."""
    in_force.ask(guest.session)
    return page(
        "front/accessibility.html",
        reviewed_on=STATEMENT_REVIEWED_ON,
        idle_limit=SETTINGS.idle_limit,
        idle_warning=SETTINGS.idle_warning,
        session_limit=SETTINGS.session_limit,
    )
