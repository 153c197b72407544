"""Needs that were raised and not answered: raise one, read it, say what was done (E35)."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator import clock
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.forms.raised_needs import DoneForm, RaiseForm
from coordinator.reads import contact_attempts, families
from coordinator.reads import raised_needs as reads
from coordinator.services import raised_needs
from coordinator.services.raised_needs import Raised
from coordinator.settings import KNOWN, SETTINGS

bp = Blueprint("raised_needs", __name__)


@bp.route("/families/<family>/raised-needs/raise", methods=["GET", "POST"])
@requires(Permission.RAISED_NEEDS_RAISE)
def raise_it(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write down a need that a team was told of and did not answer."""
    now = clock.local(visit.moment.now)
    there = contact_attempts.reachable(visit.session, visit.actor, visit.moment, family)
    desks = [one for one in there if one.team_id]
    desks.sort(key=lambda one: one.agency_id == visit.actor.agency_id)
    form = RaiseForm(data={"on": now.date(), "at": now.time()})
    form.team.offer([("", "Choose the team"), *((one.reference, one.label) for one in desks)])
    if form.is_sent():
        with form.refusals():
            told = Raised(form.team.data or "", form.what.data or "", form.instant)
            reference = raised_needs.raise_it(
                visit.session, visit.actor, visit.moment, family, told
            )
            flash("It stands on Today for all who work on the case.", "success")
            return redirect(f"/raised-needs/{reference}")
    hours = KNOWN["raised_need_hours"].said(SETTINGS.raised_need_hours)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Need raised, not answered",
        intro=[
            f"Unless it is answered, both managers are told {hours} after you told the team.",
            "If somebody is in danger now, call 999. Do not wait for an answer here.",
        ],
        submit="Raise it",
        back=f"/families/{family.reference}/contacts",
    )


@bp.get("/raised-needs/<raised_need>")
@requires(Permission.RAISED_NEEDS_READ)
def show(visit: Visit, raised_need: EntryInSight) -> Page:
    """Show a need, whom to call about it, and what was done."""
    return page(
        "raised_needs/show.html",
        bar=families.bar(visit.session, raised_need.family),
        tab="contacts",
        need=reads.one(visit.session, raised_need),
        may_close=decide(visit.actor, Permission.RAISED_NEEDS_CLOSE, raised_need).allowed,
    )


@bp.route("/raised-needs/<raised_need>/close", methods=["GET", "POST"])
@requires(Permission.RAISED_NEEDS_CLOSE)
def close(visit: Visit, raised_need: EntryInSight) -> Page | Response:
    """Close a need with what was done."""
    here = f"/raised-needs/{raised_need.reference}"
    need = reads.one(visit.session, raised_need)
    if need.closed_at and request.method == "GET":
        return redirect(here)
    form = DoneForm()
    if form.is_sent():
        with form.refusals():
            done = form.done.data or ""
            raised_needs.close(visit.session, visit.actor, visit.moment, raised_need, done)
            flash("The need is closed with what was done.", "success")
            return redirect(here)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, raised_need.family),
        form=form,
        title="What was done?",
        intro=f"{need.author} told {need.team}: {need.what}",
        submit="Close it",
        back=here,
    )
