"""What is shared and held back in a family; notes; changing who may read an entry."""

from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.forms.sharing import AS_USUAL, LevelForm, NoteForm, chosen, said
from coordinator.reads import families as family_reads
from coordinator.reads import sharing as reads
from coordinator.services import notes, sharing
from coordinator.services.sharing import OFFERED, Audience, Facts

bp = Blueprint("sharing", __name__)


@bp.get("/families/<family>/sharing")
@requires(Permission.SHARING_READ)
def show(visit: Visit, family: FamilyInSight) -> Page:
    """Show notes, what is held back from the reader, and each act of sharing."""
    return page(
        "sharing/show.html",
        bar=family_reads.bar(visit.session, family),
        tab="sharing",
        notes=reads.notes(visit.session, visit.actor, family),
        held_back=reads.notices(visit.session, visit.actor, family),
        records=reads.records(visit.session, visit.actor, family),
        may_add=decide(visit.actor, Permission.NOTES_ADD, family).allowed,
    )


@bp.route("/families/<family>/notes/add", methods=["GET", "POST"])
@requires(Permission.NOTES_ADD)
def add_note(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write a note: for one's own agency, unless its author opens it."""
    form = NoteForm(data={"level": "own-agency", "notice": AS_USUAL})
    form.readers.offer(reads.people_to_name(visit.session, visit.actor, visit.moment, family))
    if form.is_sent():
        with form.refusals():
            notes.add_note(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.text.data or "",
                _audience(form),
                _facts(form),
            )
            flash("The note is added.", "success")
            return redirect(f"/families/{family.reference}/sharing")
    return page(
        "sharing/form.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title="Add a note",
        submit="Add the note",
        back=f"/families/{family.reference}/sharing",
    )


@bp.route("/entries/<entry>/level", methods=["GET", "POST"])
@requires(Permission.LEVELS_CHANGE)
def change_level(visit: Visit, entry: EntryInSight) -> Page | Response:
    """Change who may read an entry."""
    now = reads.level_now(visit.session, entry)
    form = LevelForm(
        data={
            "version": entry.version,
            "level": entry.level.value if entry.level in OFFERED else None,
            "readers": list(now.readers),
            "notice": AS_USUAL,
        }
    )
    form.readers.offer(reads.people_to_name(visit.session, visit.actor, visit.moment, entry.family))
    if form.is_sent():
        with form.refusals():
            sharing.change_level(
                visit.session,
                visit.actor,
                visit.moment,
                entry,
                form.version.data,
                _audience(form),
                _facts(form),
                form.reason.data or "",
            )
            flash("The change is saved, and stands under Sharing.", "success")
            return redirect(f"/families/{entry.family.reference}/sharing")
    return page(
        "sharing/form.html",
        bar=family_reads.bar(visit.session, entry.family),
        form=form,
        title="Change who may read this",
        submit="Save",
        back=f"/families/{entry.family.reference}/sharing",
        now=now,
    )


def _audience(form: Any) -> Audience:
    level, readers, notice = chosen(form)
    return Audience(level, readers, notice, form.why_hidden.data or "")


def _facts(form: Any) -> Facts:
    purpose, told, view = said(form)
    what = form.what.data or "" if "what" in form else ""
    return Facts(purpose, what, told, view)
