"""The area's clocks: the rules with their history, a limit changed, and what was missed."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.clock_rules import ClockRuleInSight
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.forms.clocks import LimitForm
from coordinator.reads import clock_rules as reads
from coordinator.reads import deadlines
from coordinator.services import clock_rules
from coordinator.services.clock_rules import Limit
from coordinator.vocabulary import NOT_OF_TIME, ClockEvent, Unit
from coordinator.working_days import KNOWN_UNTIL

bp = Blueprint("clocks", __name__)


@bp.get("/clocks")
@requires(Permission.CLOCKS_READ)
def index(visit: Visit) -> Page:
    """List the rules that start clocks, with their limits and where these come from."""
    return page(
        "clocks/index.html",
        rules=reads.listed(visit.session, visit.actor, visit.moment),
        known_until=KNOWN_UNTIL,
        may_oversee=decide(visit.actor, Permission.CLOCKS_OVERSEE).allowed,
    )


@bp.get("/clocks/<clock_rule>")
@requires(Permission.CLOCKS_READ)
def history(visit: Visit, clock_rule: ClockRuleInSight) -> Page:
    """Show all versions of one rule."""
    return page(
        "clocks/history.html",
        versions=reads.history(visit.session, clock_rule),
        may_change=decide(visit.actor, Permission.CLOCKS_CHANGE, clock_rule).allowed,
        today=visit.moment.today,
    )


@bp.route("/clocks/<clock_rule>/change", methods=["GET", "POST"])
@requires(Permission.CLOCKS_CHANGE)
def change(visit: Visit, clock_rule: ClockRuleInSight) -> Page | Response:
    """Set another limit for the area, from a day on."""
    newest = reads.history(visit.session, clock_rule)[0]
    form = LimitForm(
        data={
            "version": newest.id,
            "limit": str(newest.limit),
            "unit": newest.unit.value,
            "starts_with": newest.starts_with.value,
            "from_date": visit.moment.today,
        }
    )
    if newest.unit in NOT_OF_TIME:
        form.unit.offer([(newest.unit.value, newest.unit.label.capitalize())])
    events = clock_rules.COUNTED_FROM.get(newest.code, (newest.starts_with,))
    form.starts_with.offer((event.value, event.label) for event in events)
    if form.is_sent() and (from_date := form.from_date.data):
        with form.refusals():
            reference = clock_rules.change(
                visit.session,
                visit.actor,
                visit.moment,
                clock_rule,
                form.version.data,
                Limit(
                    form.number,
                    Unit(form.unit.data),
                    from_date,
                    form.reason.data or "",
                    ClockEvent(form.starts_with.data),
                ),
            )
            flash("The limit is changed. What is due already keeps its own.", "success")
            return redirect(f"/clocks/{reference}")
    return page(
        "form_page.html",
        form=form,
        title="Change a limit",
        caption=newest.name,
        intro=f"It is now {newest.within}. Source: {newest.source}.",
        submit="Change the limit",
        back=f"/clocks/{clock_rule.reference}",
    )


@bp.get("/clocks/missed")
@requires(Permission.CLOCKS_OVERSEE)
def missed(visit: Visit) -> Page:
    """Show a manager what was missed in the families that their teams work with, and why."""
    return page(
        "clocks/missed.html", clocks=deadlines.missed(visit.session, visit.actor, visit.moment)
    )
