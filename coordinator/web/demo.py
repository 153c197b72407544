"""The demo's own page: the mail that would have gone out.  Registered in the demo alone."""

from pathlib import Path
from uuid import UUID

from flask import Blueprint, current_app

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.errors import NotFoundError
from coordinator.reads import mail_folder

bp = Blueprint("demo", __name__)


@bp.get("/demo/mail")
@requires(Permission.DEMO_MAIL_READ)
def mails(visit: Visit) -> Page:  # noqa: ARG001  (the door gives it to every view)
    """List the mails, the last first."""
    return page("demo/mails.html", mails=mail_folder.listed(_folder()))


@bp.get("/demo/mail/<uuid:name>")
@requires(Permission.DEMO_MAIL_READ)
def mail(visit: Visit, name: UUID) -> Page:  # noqa: ARG001  (the door gives it to every view)
    """Show one mail, with its calendar part."""
    found = mail_folder.one(_folder(), str(name))
    if found is None:
        raise NotFoundError
    return page("demo/mail.html", mail=found)


def _folder() -> Path:
    """Return the folder into which mail goes; in the demo that is its place unless it is sent."""
    kind, _, path = current_app.config["COORDINATOR"].mail_url.partition(":")
    return Path(path) if kind == "folder" else Path("/nonexistent")
