"""Alerts about looks: a privacy officer asks, and writes down what came of it."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import LookAlertInSight
from coordinator.forms.look_alerts import AlertReviewForm
from coordinator.reads import look_alerts as reads
from coordinator.services import look_alerts
from coordinator.trail import Subject
from coordinator.vocabulary import ReviewOutcome
from coordinator.web.audit_words import look_words
from coordinator.web.lists import page_number

bp = Blueprint("look_alerts", __name__)


@bp.get("/alerts")
@requires(Permission.ALERTS_LIST)
def index(visit: Visit) -> Page:
    """List the alerts that wait, or those that are reviewed."""
    reviewed, number = request.args.get("show") == "reviewed", page_number()
    found = reads.listed(visit.session, visit.actor, visit.moment, reviewed=reviewed, page=number)
    return page(
        "look_alerts/index.html",
        looked_at=Subject(record_kind="look_alerts"),
        alerts=found.rows,
        more=found.more,
        reviewed=reviewed,
        number=number,
    )


@bp.get("/alerts/<alert>")
@requires(Permission.ALERTS_READ)
def show(visit: Visit, alert: LookAlertInSight) -> Page:
    """Show one alert with the acts behind it."""
    number = page_number()
    looks, more = reads.behind(visit.session, visit.actor, alert, page=number)
    return page(
        "look_alerts/show.html",
        alert=reads.one(visit.session, alert),
        looks=[(look, look_words(look.kind, look.action)) for look in looks],
        more=more,
        number=number,
        may_review=decide(visit.actor, Permission.ALERTS_REVIEW, alert).allowed,
    )


@bp.route("/alerts/<alert>/review", methods=["GET", "POST"])
@requires(Permission.ALERTS_REVIEW)
def review(visit: Visit, alert: LookAlertInSight) -> Page | Response:
    """Say what came of an alert."""
    form = AlertReviewForm()
    if form.is_sent():
        with form.refusals():
            look_alerts.review(
                visit.session,
                visit.actor,
                visit.moment,
                alert,
                ReviewOutcome(form.outcome.data),
                form.review.data or "",
            )
            flash("The review is written down.", "success")
            return redirect(f"/alerts/{alert.reference}")
    return page(
        "look_alerts/review.html",
        form=form,
        alert=reads.one(visit.session, alert),
        title="Review an alert",
        submit="Finish the review",
        back=f"/alerts/{alert.reference}",
    )
