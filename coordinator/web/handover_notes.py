"""Handing a case over to a colleague, and the note for them (S18)."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, InvolvementInSight
from coordinator.forms.handover_notes import ChangeNoteForm, HandOverForm
from coordinator.reads import families, involvements
from coordinator.reads import handover_notes as reads
from coordinator.services import handover_notes
from coordinator.services.handover_notes import Days, Words
from coordinator.vocabulary import WrittenWith

bp = Blueprint("handover_notes", __name__)

# For how long both are there, unless somebody says otherwise.
OVERLAP = timedelta(days=14)


@bp.route("/involvements/<involvement>/hand-over", methods=["GET", "POST"])
@requires(Permission.HANDOVER_NOTES_WRITE)
def hand_over(visit: Visit, involvement: InvolvementInSight) -> Page | Response:
    """Let a colleague take a worker's place, with a note and an introduction."""
    family = involvement.family
    today = visit.moment.today
    form = HandOverForm(data={"starts_on": today, "last_on": today + OVERLAP})
    offered = involvements.successors(visit.session, visit.moment, involvement)
    form.worker.offer([("", "Choose a colleague"), *offered])
    if form.is_sent():
        with form.refusals():
            reference = handover_notes.hand_over(
                visit.session,
                visit.actor,
                visit.moment,
                involvement,
                form.worker.data or "",
                Days(form.starts_on.data or today, form.last_on.data or today),
                _words(form),
            )
            flash("The case is handed over. The other agency is told.", "success")
            return redirect(f"/handover-notes/{reference}")
    leaving = involvements.leaving(visit.session, visit.moment, involvement)
    return page(
        "handover_notes/form.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Hand over to a colleague",
        caption=leaving.name,
        submit="Hand over",
        back=f"/families/{family.reference}/people",
    )


@bp.get("/handover-notes/<handover_note>")
@requires(Permission.HANDOVER_NOTES_READ)
def show(visit: Visit, handover_note: EntryInSight) -> Page:
    """Show the note, and when who is there."""
    may_change = decide(visit.actor, Permission.HANDOVER_NOTES_CHANGE, handover_note).allowed
    return page(
        "handover_notes/show.html",
        bar=families.bar(visit.session, handover_note.family),
        tab="people",
        note=reads.one(visit.session, visit.actor, visit.moment, handover_note),
        may_change=may_change,
    )


@bp.get("/handover-notes/<handover_note>/copy")
@requires(Permission.HANDOVER_NOTES_READ)
def copy(visit: Visit, handover_note: EntryInSight) -> Page:
    """Show the parent's own copy, to print: who comes now, from when, and how to reach them."""
    return page(
        "handover_notes/copy.html",
        bar=families.bar(visit.session, handover_note.family),
        note=reads.one(visit.session, visit.actor, visit.moment, handover_note),
        day=visit.moment.today,
        back=f"/handover-notes/{handover_note.reference}",
    )


@bp.route("/handover-notes/<handover_note>/change", methods=["GET", "POST"])
@requires(Permission.HANDOVER_NOTES_CHANGE)
def change(visit: Visit, handover_note: EntryInSight) -> Page | Response:
    """Write the note anew, or agree another day to meet."""
    note = reads.one(visit.session, visit.actor, visit.moment, handover_note)
    home = f"/handover-notes/{handover_note.reference}"
    form = ChangeNoteForm(
        data={
            "version": note.version,
            "text": note.text,
            "written_with": note.written_with.value,
            "why_not": note.why_not,
            "meets_on": note.meets_on,
            "why_no_meeting": note.why_no_meeting,
        }
    )
    if form.is_sent():
        with form.refusals():
            handover_notes.change(
                visit.session,
                visit.actor,
                visit.moment,
                handover_note,
                _words(form),
                form.version.data,
            )
            flash("The note is saved.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, handover_note.family),
        form=form,
        title="Change the handover note",
        caption=f"{note.leaver} hands over to {note.successor}",
        submit="Save",
        back=home,
    )


def _words(form: Any) -> Words:
    return Words(
        text=form.text.data or "",
        written_with=WrittenWith(form.written_with.data),
        why_not=form.why_not.data or "",
        meets_on=form.meets_on.data,
        why_no_meeting=form.why_no_meeting.data or "",
    )
