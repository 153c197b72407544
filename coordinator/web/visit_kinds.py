"""The list of kinds of visit, which an administrator keeps in the area's own words."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.visit_rules import VisitKindInSight
from coordinator.forms.visits import ChangeVisitKindForm, VisitKindForm
from coordinator.reads import former_words
from coordinator.reads import visit_choices as reads
from coordinator.services import visit_kinds
from coordinator.vocabulary import WordList

bp = Blueprint("visit_kinds", __name__)
LIST = "/visit-kinds"


@bp.get("/visit-kinds")
@requires(Permission.VISIT_KINDS_MANAGE)
def index(visit: Visit) -> Page:
    """List the kinds."""
    return page(
        "visits/kinds.html",
        kinds=reads.kinds(visit.session),
        before=former_words.of(visit.session, WordList.VISIT_KINDS),
    )


@bp.route("/visit-kinds/add", methods=["GET", "POST"])
@requires(Permission.VISIT_KINDS_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add a kind."""
    form = VisitKindForm()
    if form.is_sent():
        with form.refusals():
            visit_kinds.add(
                visit.session,
                form.name.data or "",
                joint=bool(form.joint.data),
                observes=bool(form.observes.data),
                supervises=bool(form.supervises.data),
            )
            flash("The kind of visit is on the list.", "success")
            return redirect(LIST)
    return page(
        "form_page.html", form=form, title="Add a kind of visit", submit="Add it", back=LIST
    )


@bp.route("/visit-kinds/<visit_kind>/change", methods=["GET", "POST"])
@requires(Permission.VISIT_KINDS_MANAGE)
def change(visit: Visit, visit_kind: VisitKindInSight) -> Page | Response:
    """Change a kind, or take it off the list for new visits."""
    form = ChangeVisitKindForm(data=vars(reads.kind(visit.session, visit_kind)))
    if form.is_sent():
        with form.refusals():
            visit_kinds.change(
                visit.session,
                visit.actor,
                visit.moment,
                visit_kind,
                form.name.data or "",
                joint=bool(form.joint.data),
                observes=bool(form.observes.data),
                supervises=bool(form.supervises.data),
                retired=bool(form.retired.data),
            )
            flash("The kind of visit is changed.", "success")
            return redirect(LIST)
    return page(
        "form_page.html",
        form=form,
        title="Change a kind of visit",
        intro="Visits of this kind show the new name, also those that were.",
        submit="Save the change",
        back=LIST,
    )
