"""The progress timeline of a family, its turning points, and asking for a fresh view (S20)."""

from datetime import timedelta
from typing import Any, cast

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access import stage_owners
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.forms.progress import FreshViewForm, TurningPointForm
from coordinator.reads import families
from coordinator.reads import progress as reads
from coordinator.services import progress
from coordinator.services.information_requests import Question
from coordinator.services.progress import Turn
from coordinator.settings import SETTINGS
from coordinator.vocabulary import WhoseWords
from coordinator.web.lists import page_number

bp = Blueprint("progress", __name__)


@bp.get("/families/<family>/progress")
@requires(Permission.PROGRESS_READ)
def show(visit: Visit, family: FamilyInSight) -> Page:
    """Show what went well, and when."""
    number = page_number()
    return page(
        "progress/show.html",
        bar=families.bar(visit.session, family),
        tab="plan",
        timeline=reads.of_family(visit.session, visit.actor, family, number),
        number=number,
        may_mark=decide(visit.actor, Permission.PROGRESS_MARK, family).allowed,
        may_ask=decide(visit.actor, Permission.REQUESTS_ASK, family).allowed,
    )


@bp.route("/families/<family>/progress/mark", methods=["GET", "POST"])
@requires(Permission.PROGRESS_MARK)
def mark(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Mark a turning point."""
    home = f"/families/{family.reference}/progress"
    form = TurningPointForm()
    if form.is_sent():
        with form.refusals():
            turn = Turn(
                cast("Any", form.happened_on.data),
                form.text.data or "",
                WhoseWords(form.whose.data),
            )
            progress.mark(visit.session, visit.actor, visit.moment, family, turn)
            flash("The turning point is marked.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Mark a turning point",
        submit="Mark it",
        back=home,
    )


@bp.route("/families/<family>/progress/fresh-view", methods=["GET", "POST"])
@requires(Permission.REQUESTS_ASK)
def ask_fresh_view(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Ask a manager of a team on the case to look with new eyes."""
    soon = visit.moment.today + timedelta(days=SETTINGS.due_soon_days)
    people = stage_owners.new_eyes(visit.session, visit.actor, visit.moment, family)
    form = FreshViewForm(data={"due_on": soon})
    choices = [(one.reference, f"{one.name}, manager, {one.agency}") for one in people]
    form.whom.offer([("", "Choose one"), *choices])
    if form.is_sent():
        with form.refusals():
            question = Question(
                form.what.data or "",
                form.why.data or "",
                form.decision.data or "",
                cast("Any", form.due_on.data),
            )
            reference = progress.ask_fresh_view(
                visit.session, visit.actor, visit.moment, family, form.whom.data or "", question
            )
            flash("It stands on their Today page.", "success")
            return redirect(f"/requests/{reference}")
    return page(
        "progress/ask.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Ask for a fresh view",
        submit="Ask",
        back=f"/families/{family.reference}/progress",
        nobody=not people,
    )
