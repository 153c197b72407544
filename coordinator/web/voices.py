"""What the chair can still do where an agency will not be heard: three ways, or a reason."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight
from coordinator.forms.reaching import GoAheadForm
from coordinator.reads import families, meetings
from coordinator.services import voices
from coordinator.web.plans import press

bp = Blueprint("voices", __name__)


@bp.post("/meetings/<meeting>/voices/link-worker")
@requires(Permission.MEETINGS_SEE_TO)
def ask_link_worker(visit: Visit, meeting: MeetingInSight) -> Response:
    """Invite a link worker of the agency that is not heard yet."""
    account = request.form.get("account", "")[:12]
    return press(
        lambda: voices.ask_link_worker(visit.session, visit.actor, visit.moment, meeting, account),
        "The link worker is invited.",
        f"/meetings/{meeting.reference}",
    )


@bp.post("/meetings/<meeting>/voices/written-view")
@requires(Permission.MEETINGS_SEE_TO)
def ask_for_view(visit: Visit, meeting: MeetingInSight) -> Response:
    """Ask somebody who is invited for a written view."""
    invitation = request.form.get("invitation", "")[:12]
    return press(
        lambda: voices.ask_for_view(visit.session, visit.moment, meeting, invitation),
        "The request for a written view is on its way.",
        f"/meetings/{meeting.reference}",
    )


@bp.route("/meetings/<meeting>/voices/go-ahead", methods=["GET", "POST"])
@requires(Permission.MEETINGS_SEE_TO)
def go_ahead(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Say why the meeting goes ahead all the same."""
    form = GoAheadForm()
    if form.is_sent():
        with form.refusals():
            voices.go_ahead(visit.session, visit.actor, meeting, form.reason.data or "")
            flash("The meeting goes ahead. The reason is kept.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Go ahead all the same",
        caption=meetings.stored(visit.session, meeting).kind,
        submit="Go ahead",
        back=f"/meetings/{meeting.reference}",
    )
