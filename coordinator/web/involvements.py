"""Bringing a colleague to a case, handing over the lead, leaving, and asking the other agency."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import FamilyInSight, InvolvementInSight
from coordinator.errors import InvalidError
from coordinator.forms.involvements import AskForm, ColleagueForm, LeaveForm
from coordinator.reads import families as family_reads
from coordinator.reads import involvements as reads
from coordinator.reads import join_requests as join_request_reads
from coordinator.services import involvements, join_requests

bp = Blueprint("involvements", __name__)

CHOOSE = ("", "Choose one")


@bp.route("/families/<family>/workers/add", methods=["GET", "POST"])
@requires(Permission.INVOLVEMENTS_ADD)
def add(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Put a colleague of one's own agency on the case."""
    form = ColleagueForm()
    form.worker.offer([CHOOSE, *reads.colleagues(visit.session, visit.actor, visit.moment, family)])
    if form.is_sent():
        with form.refusals():
            involvements.add_colleague(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.worker.data or "",
                lead=bool(form.lead.data),
                second_role=form.second_role.data or "",
            )
            flash("Your colleague is on the case from today.", "success")
            return redirect(f"/families/{family.reference}/people")
    return page(
        "families/form_page.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title="Add a colleague of your agency",
        submit="Put on the case",
        back=f"/families/{family.reference}/people",
    )


@bp.post("/involvements/<involvement>/lead")
@requires(Permission.INVOLVEMENTS_CHANGE)
def take_the_lead(visit: Visit, involvement: InvolvementInSight) -> Response:
    """Make a worker the one who leads for their agency."""
    try:
        involvements.take_the_lead(visit.session, visit.moment, involvement.family, involvement)
        flash("The lead is handed over.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(f"/families/{involvement.family.reference}/people")


@bp.route("/involvements/<involvement>/end", methods=["GET", "POST"])
@requires(Permission.INVOLVEMENTS_CHANGE)
def leave(visit: Visit, involvement: InvolvementInSight) -> Page | Response:
    """End an involvement from a day."""
    family = involvement.family
    leaving = reads.leaving(visit.session, visit.moment, involvement)
    form = LeaveForm(data={"off_from": visit.moment.today})
    if leaving.lead and leaving.others:
        form.new_lead.offer([CHOOSE, *leaving.others])
    else:
        del form.new_lead
    if form.is_sent():
        with form.refusals():
            involvements.leave(
                visit.session,
                visit.moment,
                family,
                involvement,
                form.off_from.data or visit.moment.today,
                form.reason.data or "",
                (form.new_lead.data or "") if form.new_lead else "",
            )
            flash(f"{leaving.name} leaves the case.", "success")
            return redirect(f"/families/{family.reference}/people")
    return page(
        "families/form_page.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title="Take a worker off the case",
        caption=leaving.name,
        submit="Take off the case",
        style="warning",
        back=f"/families/{family.reference}/people",
    )


@bp.route("/families/<family>/ask", methods=["GET", "POST"])
@requires(Permission.JOIN_REQUESTS_ASK)
def ask(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Ask a team of the other agency to name a worker."""
    form = AskForm()
    form.team.offer([CHOOSE, *join_request_reads.teams_to_ask(visit.session, visit.actor)])
    if form.is_sent():
        with form.refusals():
            join_requests.ask(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.team.data or "",
                form.why.data or "",
            )
            flash("The team is asked. You see its answer on this page.", "success")
            return redirect(f"/families/{family.reference}/people")
    return page(
        "families/form_page.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title="Ask the other agency to join",
        intro="The team sees the reference, your name, why you ask and when. It sees nothing else "
        "of the family until it names a worker.",
        submit="Ask the team",
        back=f"/families/{family.reference}/people",
    )
