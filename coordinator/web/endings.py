"""The end of one agency's help: plan it, hand things over, acknowledge it, and come back (E24)."""

from datetime import timedelta

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.ending_sights import EndingInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.errors import InvalidError
from coordinator.forms.base import Form
from coordinator.forms.endings import AcknowledgeForm, EndingForm, OverrideForm, items_form
from coordinator.reads import endings as reads
from coordinator.reads import families
from coordinator.services import ending_items, endings
from coordinator.services.ending_items import Wanted
from coordinator.services.endings import Plan
from coordinator.vocabulary import ViewAsked

bp = Blueprint("endings", __name__)

# How long the way back stays open, unless somebody says otherwise.
WAY_BACK = timedelta(days=182)


@bp.get("/families/<family>/endings")
@requires(Permission.ENDINGS_READ)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """List the endings of a family's help."""
    return page(
        "endings/index.html",
        bar=families.bar(visit.session, family),
        tab="people",
        endings=reads.of_family(visit.session, visit.actor, family),
        may_plan=decide(visit.actor, Permission.ENDINGS_PLAN, family).allowed,
    )


@bp.route("/families/<family>/endings/plan", methods=["GET", "POST"])
@requires(Permission.ENDINGS_PLAN)
def plan(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Plan the end of the help of one's own agency."""
    today = visit.moment.today
    form = EndingForm()
    if form.is_sent():
        with form.refusals():
            reference = endings.plan(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                Plan(
                    reason=form.reason.data or "",
                    view=ViewAsked(form.view.data),
                    parents_view=form.parents_view.data or "",
                    ends_on=form.ends_on.data or today,
                    continues=form.continues.data or "",
                    way_back=form.way_back.data or "",
                    back_until=form.back_until.data or today + WAY_BACK,
                    numbers=form.numbers.data or "",
                ),
            )
            flash("It is planned. The other agency is asked to acknowledge it.", "success")
            return redirect(f"/endings/{reference}")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="End your agency’s help",
        intro="Doing well is no reason by itself. Plan it with the parent or carer.",
        submit="Plan the ending",
        back=f"/families/{family.reference}/endings",
    )


@bp.get("/endings/<ending>")
@requires(Permission.ENDINGS_READ)
def show(visit: Visit, ending: EndingInSight) -> Page:
    """Show how an ending stands, and what is still to do."""
    return _shown(visit, ending, Form())


@bp.get("/endings/<ending>/copy")
@requires(Permission.ENDINGS_READ)
def copy(visit: Visit, ending: EndingInSight) -> Page:
    """Show the parent's own copy, to print: what ends, what continues, numbers, the way back."""
    return page(
        "endings/copy.html",
        bar=families.bar(visit.session, ending.family),
        ending=reads.one(visit.session, visit.actor, visit.moment, ending),
        day=visit.moment.today,
        back=f"/endings/{ending.reference}",
    )


@bp.route("/endings/<ending>/items", methods=["GET", "POST"])
@requires(Permission.ENDINGS_CHANGE)
def items(visit: Visit, ending: EndingInSight) -> Page | Response:
    """Say what becomes of each thing that the agency holds."""
    found = reads.one(visit.session, visit.actor, visit.moment, ending)
    by_account = {worker.account_id: worker.reference for worker in found.stay}
    said = {}
    for thing in found.things:
        said[f"to_{thing.reference}"] = by_account.get(thing.to_account_id or 0, "")
        said[f"why_{thing.reference}"] = thing.reason or ""
    form = items_form(
        ((thing.reference, thing.movable) for thing in found.things),
        ((worker.reference, f"{worker.name}, {worker.agency}") for worker in found.stay),
    )(data=said)
    if form.is_sent():
        wanted = {
            thing.reference: Wanted(
                (form[f"to_{thing.reference}"].data or "") if thing.movable and found.stay else "",
                form[f"why_{thing.reference}"].data or "",
            )
            for thing in found.things
        }
        with form.refusals():
            ending_items.decide(visit.session, visit.actor, visit.moment, ending, wanted)
            flash("It is written down. Nothing moves before the ending is final.", "success")
            return redirect(f"/endings/{ending.reference}")
    return page(
        "endings/items.html",
        bar=families.bar(visit.session, ending.family),
        form=form,
        things=found.things,
        title="What becomes of each thing",
        submit="Save",
        back=f"/endings/{ending.reference}",
    )


@bp.route("/endings/<ending>/acknowledge", methods=["GET", "POST"])
@requires(Permission.ENDINGS_ACKNOWLEDGE)
def acknowledge(visit: Visit, ending: EndingInSight) -> Page | Response:
    """Say for the other agency that one knows of it."""
    form = AcknowledgeForm()
    if form.is_sent():
        with form.refusals():
            endings.acknowledge(
                visit.session,
                visit.actor,
                visit.moment,
                ending,
                keeps_plan=bool(form.keeps_plan.data),
            )
            flash("They know that you know.", "success")
            return redirect(f"/endings/{ending.reference}")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, ending.family),
        form=form,
        title="Acknowledge that their help ends",
        intro="Is something missing, or too early? Call them before you acknowledge it.",
        submit="Acknowledge",
        back=f"/endings/{ending.reference}",
    )


@bp.route("/endings/<ending>/override", methods=["GET", "POST"])
@requires(Permission.ENDINGS_OVERRIDE)
def override(visit: Visit, ending: EndingInSight) -> Page | Response:
    """Let help end although nobody acknowledged it."""
    form = OverrideForm()
    if form.is_sent():
        with form.refusals():
            endings.override(
                visit.session, visit.actor, visit.moment, ending, form.reason.data or ""
            )
            flash("It can be finished now. The other agency is told, with your reason.", "success")
            return redirect(f"/endings/{ending.reference}")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, ending.family),
        form=form,
        title="Let it end all the same",
        submit="Let it end",
        style="warning",
        back=f"/endings/{ending.reference}",
    )


@bp.post("/endings/<ending>/finish")
@requires(Permission.ENDINGS_CHANGE)
def finish(visit: Visit, ending: EndingInSight) -> Page | Response:
    """End the agency's help after its last day."""
    form = Form()
    if form.is_sent():
        with form.refusals():
            endings.finish(visit.session, visit.actor, visit.moment, ending)
            flash("Your agency’s help ends after the last day. The copy prints.", "success")
            return redirect(f"/endings/{ending.reference}")
    return _shown(visit, ending, form)


@bp.post("/endings/<ending>/withdraw")
@requires(Permission.ENDINGS_CHANGE)
def withdraw(visit: Visit, ending: EndingInSight) -> Response:
    """Take a planned ending back."""
    endings.withdraw(visit.session, visit.moment, ending)
    flash("It is taken back: your agency’s help goes on.", "success")
    return redirect(f"/families/{ending.family.reference}/endings")


@bp.post("/endings/<ending>/ask-back")
@requires(Permission.ENDINGS_ASK_BACK)
def ask_back(visit: Visit, ending: EndingInSight) -> Response:
    """Ask the team whose help ended to take it up again."""
    try:
        endings.ask_back(visit.session, visit.actor, visit.moment, ending)
        flash("Their duty desk is asked to name a worker. Ring them, too.", "success")
    except InvalidError as refused:
        flash("; ".join(refused.problems.values()), "warning")
    return redirect(f"/endings/{ending.reference}")


def _shown(visit: Visit, ending: EndingInSight, form: Form) -> Page:
    return page(
        "endings/show.html",
        bar=families.bar(visit.session, ending.family),
        tab="people",
        ending=reads.one(visit.session, visit.actor, visit.moment, ending),
        form=form,
    )
