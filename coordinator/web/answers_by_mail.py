"""The hook by which a mail server hands over an answer from a calendar."""

import hmac

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from coordinator.access.door import Guest, for_machines
from coordinator.services import answers_by_mail

bp = Blueprint("answers_by_mail", __name__)


@bp.post("/answers-by-mail")
@for_machines
def take(guest: Guest) -> Response:
    """Take one mail, as it arrived, from a program that knows the secret.

    An answer of 200 means that it is dealt with, taken or refused: nobody need send it again.
    """
    secret = current_app.config["COORDINATOR"].replies_secret
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not secret:
        abort(404)
    if not hmac.compare_digest(given.encode(), secret.encode()):
        abort(403)
    why = answers_by_mail.take(guest.session, guest.moment, request.get_data())
    return Response(f"refused: {why}\n" if why else "taken\n", mimetype="text/plain")
