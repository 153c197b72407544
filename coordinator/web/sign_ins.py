"""Who signed in, for a privacy officer."""

from flask import Blueprint, request

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import sign_ins as reads
from coordinator.trail import Subject
from coordinator.web.lists import page_number

bp = Blueprint("sign_ins", __name__)


@bp.get("/sign-ins")
@requires(Permission.SIGN_INS_READ)
def index(visit: Visit) -> Page:
    """List who of the agency signed in lately, or who was refused."""
    refused, number = request.args.get("show") == "refused", page_number()
    rows, more = reads.lately(
        visit.session, visit.actor, visit.moment, refused=refused, page=number
    )
    return page(
        "sign_ins/index.html",
        looked_at=Subject(record_kind="sign_ins"),
        sign_ins=rows,
        more=more,
        refused=refused,
        number=number,
    )
