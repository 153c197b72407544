"""The status of a child, with its history."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, PersonInSight
from coordinator.forms.child_statuses import EndStatusForm, StatusForm
from coordinator.reads import child_statuses as reads
from coordinator.reads import conference_outcomes as outcome_reads
from coordinator.reads import families, people
from coordinator.services import child_statuses
from coordinator.services.child_statuses import NewStatus
from coordinator.vocabulary import ChildStatus

bp = Blueprint("child_statuses", __name__)


@bp.get("/children/<child>/status")
@requires(Permission.CHILD_STATUSES_READ)
def show(visit: Visit, child: PersonInSight) -> Page:
    """Show the legal and planning status of a child, in plain words, with its history."""
    household = people.household(visit.session, visit.moment, child.family)
    member = _member(household, child)
    statuses = reads.history(visit.session, visit.actor, child)
    return page(
        "child_statuses/show.html",
        bar=families.bar_of(child.family, household),
        tab="people",
        child=member,
        statuses=statuses,
        outcomes=outcome_reads.of_child(visit.session, visit.actor, child),
        cp_is=reads.counts_for_cp_is(visit.session, visit.moment, statuses),
        may_write=decide(visit.actor, Permission.CHILD_STATUSES_WRITE, child).allowed,
    )


@bp.route("/children/<child>/status/add", methods=["GET", "POST"])
@requires(Permission.CHILD_STATUSES_WRITE)
def add(visit: Visit, child: PersonInSight) -> Page | Response:
    """Write down the status of a child from a day on."""
    home = f"/children/{child.reference}/status"
    household = people.household(visit.session, visit.moment, child.family)
    member = _member(household, child)
    form = StatusForm(data={"starts_on": visit.moment.today})
    if form.is_sent() and (starts_on := form.starts_on.data):
        with form.refusals():
            child_statuses.give(
                visit.session,
                visit.actor,
                visit.moment,
                child,
                NewStatus(ChildStatus(form.status.data), starts_on, form.explanation.data or ""),
            )
            flash("The status is written down.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar_of(child.family, household),
        form=form,
        title="Change the status of a child",
        caption=member.name,
        intro="It takes the place of the status that the child has now. A court’s decision stands"
        " beside a plan.",
        submit="Write it down",
        back=home,
    )


@bp.route("/statuses/<child_status>/end", methods=["GET", "POST"])
@requires(Permission.CHILD_STATUSES_WRITE)
def end(visit: Visit, child_status: EntryInSight) -> Page | Response:
    """Let a status end without another in its place."""
    status = reads.one(visit.session, visit.actor, child_status)
    home = f"/children/{status.person}/status"
    form = EndStatusForm(data={"version": child_status.version, "ends_on": visit.moment.today})
    if form.is_sent() and (ends_on := form.ends_on.data):
        with form.refusals():
            child_statuses.end(
                visit.session, visit.moment, child_status, form.version.data, ends_on
            )
            flash("The end is written down.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, child_status.family),
        form=form,
        title="End the status of a child",
        caption=f"{status.name}: {status.status.label.lower()}",
        submit="Write down the end",
        back=home,
    )


def _member(household: people.Household, child: PersonInSight) -> people.Member:
    return next(member for member in household.children if member.reference == child.reference)
