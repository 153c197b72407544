"""The private check after a meeting, and what came of all of them."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.part_sights import MinutesInSight
from coordinator.access.policy import Permission
from coordinator.forms.checks import CheckForm
from coordinator.reads import checks as reads
from coordinator.reads import families
from coordinator.services import checks
from coordinator.settings import SETTINGS

bp = Blueprint("checks", __name__)


@bp.route("/meetings/<minutes>/check", methods=["GET", "POST"])
@requires(Permission.CHECKS_ANSWER)
def answer(visit: Visit, meeting: MinutesInSight) -> Page | Response:
    """Ask somebody who came three questions, once."""
    form = CheckForm()
    if form.is_sent():
        with form.refusals():
            checks.answer(visit.session, visit.actor, visit.moment, meeting, form.answers)
            flash("Thank you.", "success")
            return redirect("/today")
    return page(
        "checks/answer.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Three questions about the meeting",
        least=SETTINGS.shown_from,
        back="/today",
    )


@bp.get("/meeting-checks")
@requires(Permission.CHECKS_READ)
def results(visit: Visit) -> Page:
    """Show the shares of answers by kind of meeting and agency."""
    return page(
        "checks/results.html", shares=reads.shares(visit.session), least=SETTINGS.shown_from
    )
