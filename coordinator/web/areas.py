"""The list of areas, which an administrator keeps."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.directory_sights import AreaInSight
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.forms.areas import AddAreaForm, AreaForm
from coordinator.forms.base import Form
from coordinator.reads import areas as reads
from coordinator.reads import former_words
from coordinator.services import areas
from coordinator.vocabulary import WordList

bp = Blueprint("areas", __name__)

LIST = "/settings/areas"


@bp.get("/settings/areas")
@requires(Permission.SETTINGS_MANAGE)
def index(visit: Visit) -> Page:
    """List the areas, with the names that they had."""
    return page(
        "areas/index.html",
        areas=reads.everything(visit.session),
        before=former_words.of(visit.session, WordList.AREAS),
    )


@bp.route("/settings/areas/add", methods=["GET", "POST"])
@requires(Permission.SETTINGS_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add an area."""
    form = AddAreaForm()
    if form.is_sent():
        with form.refusals():
            areas.add(visit.session, form.name.data or "")
            return _done("The area is on the list.")
    return page("form_page.html", form=form, title="Add an area", submit="Add it", back=LIST)


@bp.route("/settings/areas/<area>/change", methods=["GET", "POST"])
@requires(Permission.SETTINGS_MANAGE)
def change(visit: Visit, area: AreaInSight) -> Page | Response:
    """Rename an area."""
    form = AreaForm(obj=reads.one(visit.session, area))
    if form.is_sent():
        with form.refusals():
            areas.rename(
                visit.session,
                visit.actor,
                visit.moment,
                area,
                form.name.data or "",
                form.version.data,
            )
            return _done("The area has its new name.")
    return page(
        "form_page.html",
        form=form,
        title="Rename an area",
        intro="Teams, routes and services show the new name at once. Referrals that were sent keep"
        " the old one.",
        submit="Save the name",
        back=LIST,
    )


@bp.route("/settings/areas/<area>/close", methods=["GET", "POST"])
@requires(Permission.SETTINGS_MANAGE)
def close(visit: Visit, area: AreaInSight) -> Page | Response:
    """Close an area, once no team and no service names it any more."""
    shown = reads.one(visit.session, area)
    form = Form()
    if form.is_sent():
        with form.refusals():
            areas.close(visit.session, visit.moment, area)
            return _done("The area is closed.")
    route = f"Referrals about it no longer go to {shown.route}. " if shown.route else ""
    return page(
        "form_page.html",
        form=form,
        title="Close the area",
        caption=shown.name,
        intro=f"Nobody can choose it any more. {route}It can be opened again.",
        submit="Close the area",
        style="warning",
        back=LIST,
    )


@bp.post("/settings/areas/<area>/open-again")
@requires(Permission.SETTINGS_MANAGE)
def open_again(visit: Visit, area: AreaInSight) -> Response:
    """Offer a closed area again."""
    areas.open_again(visit.session, area)
    return _done("The area is open again.")


def _done(sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(LIST)
