"""A team answers a request to join: it names a worker, or says why not."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import JoinRequestInSight
from coordinator.forms.involvements import AcceptForm, DeclineForm
from coordinator.reads import involvements
from coordinator.reads import join_requests as reads
from coordinator.services import join_requests

bp = Blueprint("join_requests", __name__)


@bp.get("/join-requests/<join_request>")
@requires(Permission.JOIN_REQUESTS_READ)
def show(visit: Visit, join_request: JoinRequestInSight) -> Page:
    """Show who asks, why and when, and of the family its reference only."""
    return page(
        "families/join_request.html",
        asked=reads.one(visit.session, join_request),
        may_answer=decide(visit.actor, Permission.JOIN_REQUESTS_ANSWER, join_request).allowed,
    )


@bp.route("/join-requests/<join_request>/accept", methods=["GET", "POST"])
@requires(Permission.JOIN_REQUESTS_ANSWER)
def accept(visit: Visit, join_request: JoinRequestInSight) -> Page | Response:
    """Name a worker of the team."""
    form = AcceptForm()
    form.worker.offer(
        [
            ("", "Choose one"),
            *involvements.team_workers(visit.session, visit.moment, join_request),
        ]
    )
    if form.is_sent():
        with form.refusals():
            worker = join_requests.accept(
                visit.session,
                visit.actor,
                visit.moment,
                join_request,
                form.worker.data or "",
                form.second_role.data or "",
            )
            asked = reads.one(visit.session, join_request)
            flash("Your team has joined. The worker whom you named is on the case.", "success")
            named_me = worker == visit.actor.account_id
            return redirect(
                f"/families/{asked.family_reference}"
                if named_me
                else f"/join-requests/{join_request.reference}"
            )
    return page(
        "form_page.html",
        form=form,
        title="Name a worker",
        submit="Join with this worker",
        back=f"/join-requests/{join_request.reference}",
    )


@bp.route("/join-requests/<join_request>/decline", methods=["GET", "POST"])
@requires(Permission.JOIN_REQUESTS_ANSWER)
def decline(visit: Visit, join_request: JoinRequestInSight) -> Page | Response:
    """Say why the team does not join."""
    form = DeclineForm()
    if form.is_sent():
        with form.refusals():
            join_requests.decline(
                visit.session, visit.actor, visit.moment, join_request, form.reason.data or ""
            )
            flash("Your answer is on the page of the worker who asked.", "success")
            return redirect(f"/join-requests/{join_request.reference}")
    return page(
        "form_page.html",
        form=form,
        title="Say why your team does not join",
        submit="Decline",
        back=f"/join-requests/{join_request.reference}",
    )
