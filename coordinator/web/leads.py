"""The numbers to call: a page of its own that needs no database (docs/decisions/0029).

It is served as it lies in the instance folder, where the worker writes it (leads_page.py).
"""

from pathlib import Path

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from coordinator.access.door import page, without_records
from coordinator.access.pages import shown

bp = Blueprint("leads", __name__)


@bp.get("/leads")
@without_records
def leads() -> Response:
    """Show the page as it was last written, or what to do where it never was."""
    place = Path(current_app.config["COORDINATOR"].leads_page)
    if place.is_file():
        return Response(place.read_text("utf-8"), mimetype="text/html")
    return shown(page("leads/missing.html", 200))
