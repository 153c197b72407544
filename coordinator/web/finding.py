"""Asking whether a family is known, and a safeguarding lead's reason before a look."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.forms.families import ReasonForm
from coordinator.forms.finding import FindForm, ReferenceForm
from coordinator.services import families, finding
from coordinator.settings import SETTINGS
from coordinator.vocabulary import FindReason

bp = Blueprint("finding", __name__)


@bp.route("/families/find", methods=["GET", "POST"])
@requires(Permission.FAMILIES_FIND)
def find(visit: Visit) -> Page:
    """Say whether a family is known, and whom to call; nothing of it stands in the address."""
    form = FindForm()
    if form.is_sent():
        with form.refusals():
            found = finding.find(
                visit.session,
                visit.actor,
                visit.moment,
                form.name.data or "",
                form.born_on.data,
                form.nhs_number.data or "",
            )
            reason = FindReason(form.reason.data)
            return page(
                "families/found.html",
                200,
                record=lambda session: finding.record(session, found, reason),
                found=found,
                may_open=decide(visit.actor, Permission.FAMILIES_OPEN).allowed,
            )
    return page("families/find.html", form=form)


@bp.post("/families/by-reference")
@requires(Permission.FAMILIES_BY_REFERENCE)
def by_reference(visit: Visit) -> Page | Response:  # noqa: ARG001  (the door gives it to all)
    """Lead a safeguarding lead to a family whose reference they were told."""
    form = ReferenceForm()
    if form.is_sent():
        return redirect(f"/families/{form.cleaned}")
    return page("form_page.html", form=form, title="Open a family by its reference")


@bp.route("/families/<family>/reason", methods=["GET", "POST"])
@requires(Permission.FAMILIES_GIVE_REASON)
def reason(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Take a safeguarding lead's reason before anything of the family is shown."""
    form = ReasonForm()
    if form.is_sent():
        with form.refusals():
            families.give_reason(
                visit.session, visit.actor, visit.moment, family, form.reason.data or ""
            )
            flash(
                f"Open to you for {SETTINGS.oversight_hours} hours. Each look is kept.", "success"
            )
            return redirect(f"/families/{family.reference}")
    return page(
        "form_page.html",
        form=form,
        title="Say why you are looking",
        caption=f"Family {family.reference}",
        intro=f"The family’s pages then open to you for {SETTINGS.oversight_hours} hours.",
        submit="Open the family",
        back="/families",
    )
