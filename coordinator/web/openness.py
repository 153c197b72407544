"""The two-way openness record, and the two sheets that are printed for the parent."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.errors import NotFoundError
from coordinator.forms.openness import (
    FORMS,
    AgreeForm,
    AskAgainForm,
    HelpForm,
    LineForm,
    SettleForm,
)
from coordinator.reads import child_statuses, conference_outcomes, involvements, whom_to_call
from coordinator.reads import families as family_reads
from coordinator.reads import openness as reads
from coordinator.reads.openness import Standing
from coordinator.services import openness as services
from coordinator.services.openness import Line, Refusal
from coordinator.vocabulary import Level, OpennessKind
from coordinator.web.unsure import page_with_leads

bp = Blueprint("openness", __name__)

SETTLE_FORMS = {OpennessKind.NOT_TOLD: AskAgainForm, OpennessKind.ASKED_FOR_HELP: HelpForm}
SETTLE_TITLES = {
    OpennessKind.NOT_TOLD: "Has the parent been told?",
    OpennessKind.ASKED_FOR_HELP: "What became of the call for help?",
}
SAVED = "It is written down, and stands under what the parent was told."


@bp.get("/families/<family>/openness")
@requires(Permission.OPENNESS_READ)
def show(visit: Visit, family: FamilyInSight) -> Page:
    """Show what the parent was told, what not yet and why, and what she said about sharing."""
    return page(
        "openness/show.html",
        bar=family_reads.bar(visit.session, family),
        tab="sharing",
        openness=reads.record(visit.session, visit.actor, visit.moment, family),
        may_write=decide(visit.actor, Permission.OPENNESS_WRITE, family).allowed,
    )


@bp.get("/families/<family>/openness/sheet")
@requires(Permission.OPENNESS_READ)
def sheet(visit: Visit, family: FamilyInSight) -> Page:
    """Show the sheet "Before you tell us", on one page to print."""
    return page(
        "openness/sheet.html",
        bar=family_reads.bar(visit.session, family),
        workers=involvements.workers(visit.session, visit.moment, family),
        day=visit.moment.today,
        may_write=decide(visit.actor, Permission.OPENNESS_WRITE, family).allowed,
        back=f"/families/{family.reference}/openness",
    )


@bp.get("/families/<family>/openness/copy")
@requires(Permission.OPENNESS_READ)
def copy(visit: Visit, family: FamilyInSight) -> Page:
    """Show the parent's own copy: what she was told, and nothing that she is not told."""
    return page(
        "openness/copy.html",
        bar=family_reads.bar(visit.session, family),
        lines=reads.record(visit.session, visit.actor, visit.moment, family).copy,
        statuses=child_statuses.for_the_parent(visit.session, visit.actor, visit.moment, family),
        outcomes=conference_outcomes.of_family(visit.session, visit.actor, family),
        numbers=whom_to_call.of_family(visit.session, visit.moment, family),
        day=visit.moment.today,
        back=f"/families/{family.reference}/openness",
    )


@bp.route("/families/<family>/openness/add/<told>", methods=["GET", "POST"])
@requires(Permission.OPENNESS_WRITE)
def add(visit: Visit, family: FamilyInSight, told: str) -> Page | Response:
    """Write down one line: what was explained, told, not told, asked for or objected to."""
    if told not in {kind.value for kind in OpennessKind}:
        raise NotFoundError
    kind = OpennessKind(told)
    form = FORMS[kind](data={"level": Level.OPEN.value, "happened_on": visit.moment.today})
    form.offer_notes(reads.notes_to_name(visit.session, visit.actor, family))
    home = f"/families/{family.reference}/openness"
    if form.is_sent():
        with form.refusals():
            services.write(visit.session, visit.actor, visit.moment, family, _line(kind, form))
            flash(SAVED, "success")
            return redirect(home)
    return page_with_leads(
        visit,
        family,
        "families/form_page.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title=kind.label,
        submit="Write it down",
        back=home,
    )


@bp.route("/openness/<openness>/settle", methods=["GET", "POST"])
@requires(Permission.OPENNESS_WRITE)
def settle(visit: Visit, openness: EntryInSight) -> Page | Response:
    """Say that the parent was told at last, helped, or withdrew; or why she is not told yet."""
    home = f"/families/{openness.family.reference}/openness"
    line = reads.one(visit.session, openness)
    form = SETTLE_FORMS.get(line.told, SettleForm)(data=_as_it_stands(line))
    if form.is_sent():
        with form.refusals():
            _settle(visit, openness, form)
            flash(SAVED, "success")
            return redirect(home)
    return page_with_leads(
        visit,
        openness.family,
        "openness/settle.html",
        bar=family_reads.bar(visit.session, openness.family),
        form=form,
        line=line,
        title=SETTLE_TITLES.get(line.told, "Settle it"),
        submit="Save",
        back=home,
    )


@bp.route("/openness/<openness>/agree", methods=["GET", "POST"])
@requires(Permission.OPENNESS_AGREE)
def agree(visit: Visit, openness: EntryInSight) -> Page | Response:
    """Agree in writing, as a safeguarding lead, to share although the parent objects."""
    home = f"/families/{openness.family.reference}/openness"
    line = reads.one(visit.session, openness)
    form = AgreeForm(data={"version": line.version})
    if form.is_sent():
        with form.refusals():
            services.agree(
                visit.session,
                visit.actor,
                visit.moment,
                openness,
                form.version.data,
                form.words.data or "",
            )
            flash("Your agreement stands beside the objection.", "success")
            return redirect(home)
    return page(
        "openness/settle.html",
        bar=family_reads.bar(visit.session, openness.family),
        form=form,
        line=line,
        title="Agree to share all the same",
        submit="Agree in writing",
        back=home,
    )


def _as_it_stands(line: Standing) -> dict[str, Any]:
    """Return what the form begins with: of a refusal that stands, all that was said of it."""
    said = asdict(line) | {"on": line.refused_on, "answer": "refused"}
    return said if line.refused_on else {"version": line.version}


def _settle(visit: Visit, openness: EntryInSight, form: Any) -> None:
    here = (visit.session, visit.actor, visit.moment, openness, form.version.data)
    if "answer" in form and form.answer.data == "refused":
        texts = (form[name].data or "" for name in ("why", "alternative", "questioned"))
        services.refuse(*here, Refusal(form.on.data, form.review_on.data, *texts))
        return
    if "answer" in form and form.answer.data == "not-yet":
        services.still_not_told(*here, form.why.data or "", form.review_on.data)
        return
    services.settle(*here, form.words.data or "", form.on.data if "on" in form else None)


def _line(kind: OpennessKind, form: LineForm) -> Line:
    said = {name: value for name, value in form.data.items() if value}
    return Line(
        kind,
        what=said.get("what", ""),
        why=said.get("why", ""),
        parent_view=said.get("parent_view", ""),
        happened_on=said.get("happened_on"),
        review_on=said.get("review_on"),
        level=Level(said.get("level", Level.OPEN)),
        about=said.get("about", ""),
    )
