"""Where even the notice is hidden: a list for the safeguarding lead of the author's agency."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import hidden_notices as reads
from coordinator.trail import Subject

bp = Blueprint("hidden_notices", __name__)


@bp.get("/hidden-notices")
@requires(Permission.HIDDEN_NOTICES_READ)
def index(visit: Visit) -> Page:
    """List what is hidden without a notice: family, date, author and reason, and no more."""
    return page(
        "hidden_notices/index.html",
        looked_at=Subject(record_kind="hidden_notices"),
        hidden=reads.listed(visit.session, visit.actor),
    )
