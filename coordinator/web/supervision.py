"""Supervision: what a worker takes there, what was decided, and how much each has (E52, E39)."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.access.supervision_rules import SupervisionInSight
from coordinator.forms.supervision import DiscussedForm, TakeForm
from coordinator.reads import caseloads, families
from coordinator.reads import supervision as reads
from coordinator.services import supervision

bp = Blueprint("supervision", __name__)


@bp.get("/supervision")
@requires(Permission.SUPERVISION_LIST)
def index(visit: Visit) -> Page:
    """Show what waits for supervision, what was not talked about, and a manager's workers."""
    asked = (visit.session, visit.actor, visit.moment)
    manages = bool(visit.actor.managed_team_ids)
    return page(
        "supervision/index.html",
        lines=reads.waiting(*asked),
        cases=caseloads.not_discussed(*asked),
        manages=manages,
        loads=caseloads.caseload(*asked) if manages else (),
    )


@bp.get("/families/<family>/supervision")
@requires(Permission.SUPERVISION_READ)
def of_family(visit: Visit, family: FamilyInSight) -> Page:
    """Show what goes to supervision about a family, and what was decided."""
    actor = visit.actor
    return page(
        "supervision/family.html",
        bar=families.bar(visit.session, family),
        tab="people",
        lines=reads.of_family(visit.session, actor, family),
        may_take=decide(actor, Permission.SUPERVISION_TAKE, family).allowed,
    )


@bp.route("/families/<family>/supervision/take", methods=["GET", "POST"])
@requires(Permission.SUPERVISION_TAKE)
def take(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Put the family, or one action, on somebody's list."""
    form = TakeForm(data={"action": request.args.get("action", "")})
    workers, actions = reads.choices(visit.session, visit.actor, visit.moment, family)
    form.worker.offer(workers)
    form.action.offer([("", "The whole case"), *actions])
    alone = len(workers) == 1
    if alone:
        del form.worker
    home = f"/families/{family.reference}/supervision"
    if form.is_sent():
        with form.refusals():
            supervision.take(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                workers[0][0] if alone else form.worker.data or "",
                form.action.data or "",
                needs_help=form.needs_help.data,
            )
            flash("It is on the list for supervision.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Take to supervision",
        intro="The worker and their manager see it, and colleagues of your agency on the case. The"
        " other agency does not.",
        submit="Put it on the list",
        back=home,
    )


@bp.route("/supervision/<supervised>/discussed", methods=["GET", "POST"])
@requires(Permission.SUPERVISION_CHANGE)
def discussed(visit: Visit, supervised: SupervisionInSight) -> Page | Response:
    """Write down when it was talked about, and what was decided."""
    form = DiscussedForm(discussed_on=visit.moment.today)
    home = f"/families/{supervised.family.reference}/supervision"
    if form.is_sent():
        with form.refusals():
            supervision.discussed(
                visit.session,
                visit.actor,
                visit.moment,
                supervised,
                form.discussed_on.data or visit.moment.today,
                form.decision.data or "",
            )
            flash("The decision is written down.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, supervised.family),
        form=form,
        title="What supervision decided",
        submit="Save",
        back=home,
    )


@bp.post("/supervision/<supervised>/withdraw")
@requires(Permission.SUPERVISION_CHANGE)
def withdraw(visit: Visit, supervised: SupervisionInSight) -> Response:
    """Take it off the list."""
    supervision.withdraw(visit.session, visit.moment, supervised)
    flash("It is off the list.", "success")
    return redirect(f"/families/{supervised.family.reference}/supervision")
