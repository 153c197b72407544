"""The agenda of a meeting, its parts, and the ground rules of the area."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.part_sights import PartInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import MeetingInSight
from coordinator.errors import InvalidError
from coordinator.forms.agendas import (
    CLOSED,
    AskedToForm,
    ClosePartForm,
    GroundRulesForm,
    NewPartForm,
    OpenPartForm,
    PartForm,
)
from coordinator.forms.base import Form
from coordinator.forms.sharing import day_to_look_again, said
from coordinator.reads import agenda, families, former_words
from coordinator.reads import agendas as reads
from coordinator.services import agendas
from coordinator.services.agendas import Closing, Part
from coordinator.services.sharing_facts import Facts
from coordinator.vocabulary import ClosedReason, WordList
from coordinator.web.sharing import offer_bases

bp = Blueprint("agendas", __name__)


@bp.get("/meetings/<meeting>/agenda")
@requires(Permission.MEETINGS_READ)
def index(visit: Visit, meeting: MeetingInSight) -> Page:
    """Show the agenda: what is still to be done first, then each part."""
    shown = reads.held(visit.session, meeting)
    return page(
        "agendas/index.html",
        tab="meetings",
        bar=families.bar(visit.session, meeting.family),
        meeting=shown,
        agenda=reads.of(visit.session, visit.actor, meeting, shown),
        outstanding=agenda.outstanding(visit.session, visit.actor, visit.moment, meeting)
        if shown.sees_family
        else (),
        may_write=decide(visit.actor, Permission.AGENDAS_WRITE, meeting).allowed,
    )


@bp.route("/meetings/<meeting>/agenda/add", methods=["GET", "POST"])
@requires(Permission.AGENDAS_WRITE)
def add(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Add a part, open or closed to the other agency."""
    form = NewPartForm(audience="open", length="15")
    form.also.offer(reads.to_name(visit.session, visit.actor, visit.moment, meeting))
    if form.is_sent():
        with form.refusals():
            agendas.add(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                _part(form),
                _closing(form) if form.audience.data == CLOSED else None,
            )
            flash("The part is on the agenda.", "success")
            return redirect(f"/meetings/{meeting.reference}/agenda")
    return _form(visit, meeting, form, "Add a part", "Add the part", template="agendas/add.html")


@bp.route("/meetings/<meeting>/agenda/asked", methods=["GET", "POST"])
@requires(Permission.AGENDAS_WRITE)
def asked(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Ask somebody to some parts only."""
    people = reads.asked_to(visit.session, visit.actor, meeting)
    wanted = request.args.get("invitation", "")
    chosen = next((person for person in people if person.reference == wanted), None)
    form = AskedToForm(
        invitation=chosen.reference if chosen else "", parts=list(chosen.parts) if chosen else []
    )
    shown = reads.held(visit.session, meeting)
    parts = [p for p in reads.of(visit.session, visit.actor, meeting, shown).parts if not p.shut]
    form.invitation.offer([("", "Choose one"), *((p.reference, p.name) for p in people)])
    form.parts.offer((part.reference, f"Part {part.number}: {part.title}") for part in parts)
    if form.is_sent():
        with form.refusals():
            agendas.ask_to_parts(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                form.invitation.data or "",
                form.parts.data or [],
            )
            flash("It is saved, and a worker is sent their times.", "success")
            return redirect(f"/meetings/{meeting.reference}/agenda")
    return _form(visit, meeting, form, "Ask somebody to some parts", "Save")


@bp.route("/parts/<part>/change", methods=["GET", "POST"])
@requires(Permission.PARTS_CHANGE)
def change(visit: Visit, part: PartInSight) -> Page | Response:
    """Change what a part is called, its text or its length."""
    form = PartForm(data=reads.typed(visit.session, part))
    if form.is_sent():
        with form.refusals():
            agendas.change(visit.session, visit.actor, part, form.version.data, _part(form))
            flash("The part is changed.", "success")
            return redirect(f"/meetings/{part.meeting_reference}/agenda")
    return _form(visit, part, form, "Change a part", "Save the change")


@bp.route("/parts/<part>/close", methods=["GET", "POST"])
@requires(Permission.PARTS_CHANGE)
def close(visit: Visit, part: PartInSight) -> Page | Response:
    """Close a part to the other agency, with a reason."""
    form = ClosePartForm()
    form.also.offer(reads.to_name(visit.session, visit.actor, visit.moment, part))
    if form.is_sent():
        with form.refusals():
            agendas.close(visit.session, visit.actor, visit.moment, part, _closing(form))
            flash("The part is closed. The other agency sees that it is, and why.", "success")
            return redirect(f"/meetings/{part.meeting_reference}/agenda")
    return _form(visit, part, form, "Close a part to the other agency", "Close it")


@bp.route("/parts/<part>/open", methods=["GET", "POST"])
@requires(Permission.PARTS_CHANGE)
def open_again(visit: Visit, part: PartInSight) -> Page | Response:
    """Open a closed part to the other agency: an act of sharing."""
    form = OpenPartForm(data={"review_on": day_to_look_again(visit.moment.today)})
    bases = offer_bases(visit, form)
    if form.is_sent():
        with form.refusals():
            agendas.open_again(visit.session, visit.actor, visit.moment, part, Facts(**said(form)))
            flash("The part is open to both agencies. The record stands under Sharing.", "success")
            return redirect(f"/meetings/{part.meeting_reference}/agenda")
    return _form(
        visit,
        part,
        form,
        "Open a part to the other agency",
        "Open it",
        template="agendas/open.html",
        bases=bases,
    )


@bp.post("/parts/<part>/up")
@requires(Permission.PARTS_CHANGE)
def up(visit: Visit, part: PartInSight) -> Response:
    """Let a part come earlier."""
    agendas.move_up(visit.session, visit.actor, part)
    return redirect(f"/meetings/{part.meeting_reference}/agenda")


@bp.post("/parts/<part>/drop")
@requires(Permission.PARTS_CHANGE)
def drop(visit: Visit, part: PartInSight) -> Response:
    """Take a part off the agenda."""
    try:
        agendas.drop(visit.session, part)
        flash("The part is off the agenda.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(f"/meetings/{part.meeting_reference}/agenda")


@bp.route("/ground-rules", methods=["GET", "POST"])
@requires(Permission.GROUND_RULES_MANAGE)
def ground_rules(visit: Visit) -> Page | Response:
    """Change the ground rules that stand on every agenda."""
    version, text = reads.ground_rules(visit.session)
    form = GroundRulesForm(version=version, text=text)
    if form.is_sent():
        with form.refusals():
            agendas.write_ground_rules(
                visit.session,
                visit.actor,
                visit.moment,
                form.version.data,
                form.text.data or "",
            )
            flash("The ground rules are changed.", "success")
            return redirect("/ground-rules")
    return page(
        "agendas/ground_rules.html",
        form=form,
        before=former_words.of(visit.session, WordList.GROUND_RULES),
        title="Ground rules of meetings",
        submit="Save the rules",
        back="/settings",
    )


def _part(form: Any) -> Part:
    return Part(form.title.data or "", form.what.data or "", int(form.length.data))


def _closing(form: Any) -> Closing:
    reason = form.closed_reason.data
    return Closing(
        ClosedReason(reason) if reason else None,
        form.closed_note.data or "",
        tuple(form.also.data or ()),
    )


def _form(
    visit: Visit,
    record: MeetingInSight | PartInSight,
    form: Form,
    title: str,
    submit: str,
    template: str = "families/form_page.html",
    **values: Any,
) -> Page:
    meeting = record.meeting_reference if isinstance(record, PartInSight) else record.reference
    return page(
        template,
        form=form,
        bar=families.bar(visit.session, record.family),
        title=title,
        submit=submit,
        back=f"/meetings/{meeting}/agenda",
        **values,
    )
