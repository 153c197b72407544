"""What waits for the person who is signed in."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission

bp = Blueprint("today", __name__)


@bp.get("/today")
@requires(Permission.TODAY_READ)
def today(visit: Visit) -> Page:  # noqa: ARG001
    """Show what waits for me, most urgent first."""
    return page("today/today.html")
