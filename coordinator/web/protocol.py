"""The joint protocol: a checklist for each family, its steps, how well it is kept (E31)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.find_protocol import ProtocolMarkInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.errors import NotFoundError
from coordinator.forms.protocol import MarkForm, StepForm
from coordinator.reads import families, protocol_figures
from coordinator.reads import protocol as reads
from coordinator.services import protocol
from coordinator.services.protocol import Step
from coordinator.settings import SETTINGS

bp = Blueprint("protocol", __name__)

STEPS = "/protocol-steps"


@bp.get("/families/<family>/protocol")
@requires(Permission.PROTOCOL_READ)
def show(visit: Visit, family: FamilyInSight) -> Page:
    """Show which steps are done, and what shows it."""
    return page(
        "protocol/show.html",
        bar=families.bar(visit.session, family),
        tab="plan",
        steps=reads.of_family(visit.session, visit.actor, visit.moment, family),
        may_mark=decide(visit.actor, Permission.PROTOCOL_MARK, family).allowed,
        agency_id=visit.actor.agency_id,
    )


@bp.route("/families/<family>/protocol/<step>/mark", methods=["GET", "POST"])
@requires(Permission.PROTOCOL_MARK)
def mark(visit: Visit, family: FamilyInSight, step: str) -> Page | Response:
    """Say that a step is done although no record shows it."""
    home = f"/families/{family.reference}/protocol"
    steps = reads.of_family(visit.session, visit.actor, visit.moment, family)
    found = next((one for one in steps if one.evidence == step), None)
    if found is None:
        raise NotFoundError
    if found.done:
        return redirect(home)
    form = MarkForm()
    if form.is_sent():
        with form.refusals():
            reason = form.reason.data or ""
            protocol.mark(visit.session, visit.actor, visit.moment, family, found.evidence, reason)
            flash("The step is marked, with your reason.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Mark a step by hand",
        caption=found.text,
        submit="Mark it as done",
        back=home,
    )


@bp.post("/protocol-marks/<protocol_mark>/take-back")
@requires(Permission.PROTOCOL_TAKE_BACK)
def take_back(visit: Visit, protocol_mark: ProtocolMarkInSight) -> Response:
    """Take a mark back."""
    protocol.take_back(visit.session, visit.moment, protocol_mark)
    flash("The mark is taken back.", "success")
    return redirect(f"/families/{protocol_mark.family.reference}/protocol")


@bp.get("/protocol-steps")
@requires(Permission.PROTOCOL_MANAGE)
def steps(visit: Visit) -> Page:
    """Show the steps, what ticks each, and what they said before."""
    return page("protocol/steps.html", steps=reads.steps_set(visit.session))


@bp.route("/protocol-steps/<step>/change", methods=["GET", "POST"])
@requires(Permission.PROTOCOL_MANAGE)
def change_step(visit: Visit, step: str) -> Page | Response:
    """Change a step; what it said before stays in the history."""
    found = (one for one in reads.steps_set(visit.session) if one.holds and one.evidence == step)
    now = next(found, None)
    if now is None:
        raise NotFoundError
    form = StepForm(
        data={
            "text": now.text,
            "position": str(now.position),
            "in_force": "yes" if now.in_force else "no",
            "version": now.version,
        }
    )
    if form.is_sent():
        with form.refusals():
            said = Step(form.text.data or "", int(form.position.data), form.in_force.data == "yes")
            protocol.set_step(
                visit.session, visit.actor, visit.moment, now.evidence, form.version.data, said
            )
            flash("The protocol is changed. Every family’s page shows it from now on.", "success")
            return redirect(STEPS)
    return page(
        "form_page.html",
        form=form,
        title="Change a step",
        caption=f"Ticked by: {now.evidence.label}",
        submit="Save the step",
        back=STEPS,
    )


@bp.get("/protocol-figures")
@requires(Permission.PROTOCOL_OVERSEE)
def figures(visit: Visit) -> Page:
    """Show the share of steps that tick themselves, by team, and the families behind it."""
    return page(
        "protocol/figures.html",
        figures=protocol_figures.of_my_teams(visit.session, visit.actor, visit.moment),
        least=SETTINGS.shown_from,
    )
