"""What is due by when in a family: the list, an event that starts a clock, how one is settled."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.forms.clocks import EventForm, SettleForm
from coordinator.reads import deadlines as reads
from coordinator.reads import families, people
from coordinator.services import deadlines, settling
from coordinator.services.settling import Settling
from coordinator.vocabulary import ClockEvent

bp = Blueprint("deadlines", __name__)


@bp.get("/families/<family>/clocks")
@requires(Permission.DEADLINES_READ)
def of_family(visit: Visit, family: FamilyInSight) -> Page:
    """Show what is due, late first, and what was settled."""
    return page(
        "clocks/family.html",
        bar=families.bar(visit.session, family),
        tab="overview",
        clocks=reads.of_family(visit.session, visit.actor, visit.moment, family),
        may_write=decide(visit.actor, Permission.DEADLINES_WRITE, family).allowed,
    )


@bp.route("/families/<family>/clocks/start", methods=["GET", "POST"])
@requires(Permission.DEADLINES_WRITE)
def start(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write down an event that starts a clock."""
    home = f"/families/{family.reference}/clocks"
    household = people.household(visit.session, visit.moment, family)
    form = EventForm(data={"day": visit.moment.today, "event": request.args.get("event", "")})
    form.child.offer(
        [("", "The whole family"), *((child.reference, child.name) for child in household.children)]
    )
    if form.is_sent() and (day := form.day.data):
        with form.refusals():
            started = deadlines.record(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                ClockEvent(form.event.data),
                day,
                form.at.data,
                form.child.data or "",
            )
            flash(f"It is written down. {_clocks(started)}", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar_of(family, household),
        form=form,
        title="Write down what starts a clock",
        intro="Meetings that are held and the status of a child start their clocks by themselves.",
        submit="Write it down",
        back=home,
    )


@bp.route("/deadlines/<deadline>/settle", methods=["GET", "POST"])
@requires(Permission.DEADLINES_WRITE)
def settle(visit: Visit, deadline: EntryInSight) -> Page | Response:
    """Say that it is done, that it is not needed, or why it is late."""
    home = f"/families/{deadline.family.reference}/clocks"
    clock = reads.one(visit.session, visit.moment, deadline)
    form = SettleForm(
        data={
            "version": deadline.version,
            "how": "" if clock.runs else "late",
            "day": visit.moment.today,
            "reason": clock.missed_reason,
        }
    )
    if form.is_sent():
        with form.refusals():
            settling.settle(
                visit.session,
                visit.actor,
                visit.moment,
                deadline,
                form.version.data,
                Settling(str(form.how.data), form.day.data, form.reason.data or ""),
            )
            flash("It is written down.", "success")
            return redirect(home)
    return page(
        "clocks/settle.html",
        bar=families.bar(visit.session, deadline.family),
        form=form,
        clock=clock,
        title="What is due",
        caption=clock.what,
        submit="Save",
        back=home,
    )


def _clocks(started: int) -> str:
    return "One clock runs from it." if started == 1 else f"{started} clocks run from it."
