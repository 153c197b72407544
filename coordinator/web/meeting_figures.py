"""What a manager sees of their teams' meetings, by agency."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import ending_figures, help_figures, leads_confirmed
from coordinator.reads import meeting_figures as reads

bp = Blueprint("meeting_figures", __name__)


@bp.get("/meeting-figures")
@requires(Permission.MEETINGS_OVERSEE)
def index(visit: Visit) -> Page:
    """Show who came, who was left out, what was done, and how help was given and ended."""
    here = (visit.session, visit.actor, visit.moment)
    return page(
        "meeting_figures/index.html",
        figures=reads.of_my_teams(*here),
        leads=leads_confirmed.of_my_agency(*here),
        helped=help_figures.of_my_teams(*here),
        endings=ending_figures.endings(*here),
        changes=ending_figures.changes(*here),
    )
