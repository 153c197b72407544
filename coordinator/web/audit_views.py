"""Saved views of the audit: kept, renamed and deleted by the reader whose own they are."""

from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.find_audit_views import AuditViewInSight
from coordinator.access.policy import Permission
from coordinator.forms.audit_views import AuditViewForm, SaveAuditViewForm
from coordinator.reads import audit_views as reads
from coordinator.services import audit_views
from coordinator.web import audit

bp = Blueprint("audit_views", __name__)

LIST = "/audit/views"


@bp.get("/audit/views")
@requires(Permission.AUDIT_KEEP_VIEWS)
def index(visit: Visit) -> Page:
    """List my views."""
    return page("audit_views/index.html", views=reads.mine(visit.session, visit.actor))


@bp.route("/audit/views/save", methods=["GET", "POST"])
@requires(Permission.AUDIT_KEEP_VIEWS)
def save(visit: Visit) -> Page | Response:
    """Keep the question of this address under a name."""
    form = SaveAuditViewForm(question=audit.the_question(request.args))
    given = MultiDict(parse_qsl(form.question.data or ""))
    question, asked = audit.the_question(given), audit.ask(visit, given)
    form.question.data = question
    if asked.question is None:
        return redirect(f"/audit?{question}")
    if form.is_sent():
        with form.refusals():
            audit_views.save(
                visit.session, visit.actor, visit.moment, form.name.data or "", question
            )
            flash("The view is saved.", "success")
            return redirect(f"/audit?{question}")
    return page(
        "form_page.html",
        form=form,
        title="Save this view",
        intro=asked.sentence,
        submit="Save the view",
        back=f"/audit?{question}",
    )


@bp.route("/audit/views/<audit_view>/rename", methods=["GET", "POST"])
@requires(Permission.AUDIT_KEEP_VIEWS)
def rename(visit: Visit, audit_view: AuditViewInSight) -> Page | Response:
    """Give a view another name."""
    form = AuditViewForm(obj=audit_view)
    if form.is_sent():
        with form.refusals():
            audit_views.rename(visit.session, visit.actor, audit_view, form.name.data or "")
            flash("The view has its new name.", "success")
            return redirect(LIST)
    return page(
        "form_page.html", form=form, title="Rename a view", submit="Save the name", back=LIST
    )


@bp.post("/audit/views/<audit_view>/delete")
@requires(Permission.AUDIT_KEEP_VIEWS)
def delete(visit: Visit, audit_view: AuditViewInSight) -> Response:
    """Delete a view; the audit itself stays as it is."""
    audit_views.delete(visit.session, audit_view)
    flash("The view is deleted.", "success")
    return redirect(LIST)
