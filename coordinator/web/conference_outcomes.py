"""What a conference decided about each child, and whether it could decide at all."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight
from coordinator.forms.child_statuses import OutcomeForm
from coordinator.forms.reaching import GoAheadForm
from coordinator.reads import families, meetings, people
from coordinator.services import conference_outcomes
from coordinator.services.conference_outcomes import Decided
from coordinator.vocabulary import ChildStatus

bp = Blueprint("conference_outcomes", __name__)


@bp.route("/meetings/<meeting>/outcomes/add", methods=["GET", "POST"])
@requires(Permission.OUTCOMES_RECORD)
def add(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Write down what a conference decided about one child."""
    household = people.household(visit.session, visit.moment, meeting.family)
    form = OutcomeForm()
    form.child.offer(
        [("", "Choose one"), *((child.reference, child.name) for child in household.children)]
    )
    if form.is_sent():
        with form.refusals():
            conference_outcomes.record(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                Decided(
                    form.child.data or "",
                    ChildStatus(form.status.data),
                    form.explanation.data or "",
                    form.decided_by.data or "",
                ),
            )
            flash("It is written down, and the clocks that follow run.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "families/form_page.html",
        bar=families.bar_of(meeting.family, household),
        form=form,
        title="What was decided",
        caption=meetings.stored(visit.session, meeting).kind,
        submit="Write it down",
        back=f"/meetings/{meeting.reference}",
    )


@bp.route("/meetings/<meeting>/outcomes/go-ahead", methods=["GET", "POST"])
@requires(Permission.OUTCOMES_GO_AHEAD)
def go_ahead(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Say why a conference that was not quorate decides all the same."""
    form = GoAheadForm()
    if form.is_sent():
        with form.refusals():
            conference_outcomes.go_ahead(
                visit.session, visit.actor, visit.moment, meeting, form.reason.data or ""
            )
            flash("The conference goes ahead. The reason is kept.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Go ahead without a quorum",
        caption=meetings.stored(visit.session, meeting).kind,
        intro="The conference then decides as if enough agencies had come.",
        submit="Go ahead",
        back=f"/meetings/{meeting.reference}",
    )
