"""The list of kinds of meeting, which an administrator keeps in the area's own words."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingKindInSight
from coordinator.forms.base import Form
from coordinator.forms.meetings import MeetingKindForm
from coordinator.reads import former_words
from coordinator.reads import meeting_kinds as reads
from coordinator.services import meeting_kinds
from coordinator.vocabulary import AgencyKind, Procedure, WordList

bp = Blueprint("meeting_kinds", __name__)


@bp.get("/meeting-kinds")
@requires(Permission.MEETING_KINDS_MANAGE)
def index(visit: Visit) -> Page:
    """List the kinds."""
    return page(
        "meeting_kinds/index.html",
        kinds=reads.everything(visit.session),
        before=former_words.of(visit.session, WordList.MEETING_KINDS),
    )


@bp.route("/meeting-kinds/add", methods=["GET", "POST"])
@requires(Permission.MEETING_KINDS_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add a kind."""
    form = MeetingKindForm()
    if form.is_sent():
        with form.refusals():
            meeting_kinds.add(visit.session, form.name.data, _agency(form), _procedure(form))
            flash("The kind of meeting is on the list.", "success")
            return redirect("/meeting-kinds")
    return page(
        "form_page.html",
        form=form,
        title="Add a kind of meeting",
        submit="Add it",
        back="/meeting-kinds",
    )


@bp.route("/meeting-kinds/<meeting_kind>/change", methods=["GET", "POST"])
@requires(Permission.MEETING_KINDS_MANAGE)
def change(visit: Visit, meeting_kind: MeetingKindInSight) -> Page | Response:
    """Change the name of a kind, or who calls it."""
    kind = reads.one(visit.session, meeting_kind)
    form = MeetingKindForm(
        name=kind.name,
        called_by=kind.called_by.value if kind.called_by else "either",
        procedure=kind.procedure.value if kind.procedure else "",
    )
    if form.is_sent():
        with form.refusals():
            meeting_kinds.rename(
                visit.session,
                visit.actor,
                visit.moment,
                meeting_kind,
                form.name.data,
                _agency(form),
                _procedure(form),
            )
            flash("The kind of meeting is changed.", "success")
            return redirect("/meeting-kinds")
    return page(
        "form_page.html",
        form=form,
        title="Change a kind of meeting",
        intro="Meetings of this kind show the new name, also those that were held.",
        submit="Save the change",
        back="/meeting-kinds",
    )


@bp.post("/meeting-kinds/<meeting_kind>/retire")
@requires(Permission.MEETING_KINDS_MANAGE)
def retire(visit: Visit, meeting_kind: MeetingKindInSight) -> Response:
    """Take a kind off the list for new meetings."""
    meeting_kinds.retire(visit.session, meeting_kind, retired=True)
    flash("The kind is off the list for new meetings.", "success")
    return redirect("/meeting-kinds")


@bp.post("/meeting-kinds/<meeting_kind>/bring-back")
@requires(Permission.MEETING_KINDS_MANAGE)
def bring_back(visit: Visit, meeting_kind: MeetingKindInSight) -> Response:
    """Put a retired kind back on the list."""
    meeting_kinds.retire(visit.session, meeting_kind, retired=False)
    flash("The kind is on the list again.", "success")
    return redirect("/meeting-kinds")


def _procedure(form: Form) -> Procedure | None:
    chosen = form["procedure"].data
    return Procedure(chosen) if chosen else None


def _agency(form: Form) -> AgencyKind | None:
    chosen = form["called_by"].data
    return None if chosen == "either" else AgencyKind(chosen)
