"""What a manager sees of who was left out, and of help that was given and that ended."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import ending_figures, help_figures
from coordinator.reads import meeting_figures as reads

bp = Blueprint("meeting_figures", __name__)


@bp.get("/meeting-figures")
@requires(Permission.MEETINGS_OVERSEE)
def index(visit: Visit) -> Page:
    """Show who was left out of meetings, and how help was given and ended."""
    here = (visit.session, visit.actor, visit.moment)
    return page(
        "meeting_figures/index.html",
        left_out=reads.left_out(*here),
        helped=help_figures.of_my_teams(*here),
        endings=ending_figures.endings(*here),
        changes=ending_figures.changes(*here),
    )
