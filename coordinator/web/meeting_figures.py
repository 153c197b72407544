"""What a manager sees of their teams' meetings, by agency."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import help_figures, leads_confirmed
from coordinator.reads import meeting_figures as reads

bp = Blueprint("meeting_figures", __name__)


@bp.get("/meeting-figures")
@requires(Permission.MEETINGS_OVERSEE)
def index(visit: Visit) -> Page:
    """Show who came by agency, who was left out, what was done, and what help was given."""
    here = (visit.session, visit.actor, visit.moment)
    return page(
        "meeting_figures/index.html",
        figures=reads.of_my_teams(*here),
        leads=leads_confirmed.of_my_agency(*here),
        helped=help_figures.of_my_teams(*here),
    )
