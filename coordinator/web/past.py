"""The past of a case that ended with one agency's help: to read, and no more (E24)."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.ending_sights import PastInSight
from coordinator.access.policy import Permission
from coordinator.reads import past as reads
from coordinator.web.lists import page_number

bp = Blueprint("past", __name__)


@bp.get("/past/<past>")
@requires(Permission.PAST_READ)
def show(visit: Visit, past: PastInSight) -> Page:
    """Show what its reader could read on the last day of their agency's help."""
    number = page_number()
    found = reads.one(visit.session, visit.actor, past, number)
    return page("past/show.html", past=found, number=number)
