"""Saying that somebody was told in another way what did not reach them by mail."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Visit, requires
from coordinator.access.find_undelivered import UndeliveredInSight
from coordinator.access.permissions import Permission
from coordinator.services import undelivered as service

bp = Blueprint("undelivered", __name__)


@bp.post("/undelivered/<undelivered>/told")
@requires(Permission.MAIL_SETTLE)
def told(visit: Visit, undelivered: UndeliveredInSight) -> Response:
    """Take a message that did not arrive off the sender's list."""
    service.told(visit.session, visit.moment, undelivered)
    flash("It is off your list. If you spoke with them, log the contact, too.", "success")
    return redirect("/today")
