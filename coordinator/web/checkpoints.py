"""The checkpoints of the sealed trail, for each agency to keep (docs/trail.md)."""

from flask import Blueprint

from coordinator.access.door import Download, Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import checkpoints as reads
from coordinator.trail import Subject

bp = Blueprint("checkpoints", __name__)


@bp.get("/audit/checkpoints")
@requires(Permission.AUDIT_CHECKPOINTS)
def index(visit: Visit) -> Page:
    """Show the newest root as it can be written down, and offer all of them."""
    return page(
        "audit/checkpoints.html",
        looked_at=Subject(record_kind="trail_checkpoints"),
        newest=reads.newest(visit.session),
    )


@bp.get("/audit/checkpoints.txt")
@requires(Permission.AUDIT_CHECKPOINTS)
def download(visit: Visit) -> Download:
    """Send the first checkpoint of each day and the newest, signed."""
    name = f"checkpoints-{visit.moment.today.isoformat()}.txt"
    return Download(name, "text/plain", "\n".join(reads.to_keep(visit.session)))
