"""What is shared and held back in a family; notes; changing who may read an entry."""

from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.forms.sharing import (
    AS_USUAL,
    HoldBackForm,
    LevelForm,
    NoteForm,
    chosen,
    day_to_look_again,
    said,
)
from coordinator.reads import advice, lawful_bases, levels
from coordinator.reads import families as family_reads
from coordinator.reads import information_requests as request_reads
from coordinator.reads import notes as note_reads
from coordinator.reads import sharing as reads
from coordinator.reads.lawful_bases import BasisRow
from coordinator.services import notes, sharing
from coordinator.services.notes import NO_CONCERN, Concern
from coordinator.services.sharing import OFFERED, Audience, may_decide
from coordinator.services.sharing_facts import Facts
from coordinator.vocabulary import AgencyKind, CaseRole, Level, MentalHealthView
from coordinator.web.unsure import page_with_leads

bp = Blueprint("sharing", __name__)

# Ticked from the start where a note is for named people: for its author until they name others.
MYSELF = "Me"

# The sharing page shows the newest; the list of requests has all of them.
FIRST_REQUESTS = 5


@bp.get("/families/<family>/sharing")
@requires(Permission.SHARING_READ)
def show(visit: Visit, family: FamilyInSight) -> Page:
    """Show notes, what is held back from the reader, and each act of sharing."""
    return page(
        "sharing/show.html",
        bar=family_reads.bar(visit.session, family),
        tab="sharing",
        notes=note_reads.of_family(visit.session, visit.actor, family),
        held_back=reads.notices(visit.session, visit.actor, family),
        records=reads.records(visit.session, visit.actor, family),
        advice=advice.of_family(visit.session, visit.actor, visit.moment, family),
        today=visit.moment.today,
        requests=request_reads.of_family(
            visit.session, visit.actor, visit.moment, family, size=FIRST_REQUESTS
        ),
        may_add=decide(visit.actor, Permission.NOTES_ADD, family).allowed,
        may_ask=decide(visit.actor, Permission.REQUESTS_ASK, family).allowed,
        may_see_looks=decide(visit.actor, Permission.LOOKS_READ, family).allowed,
        may_open_now=decide(visit.actor, Permission.EMERGENCIES_OPEN, family).allowed,
    )


@bp.route("/families/<family>/notes/add", methods=["GET", "POST"])
@requires(Permission.NOTES_ADD)
def add_note(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write a note: for one's own agency, or a therapist's own, unless its author opens it."""
    level = Level.NAMED if family.case_role is CaseRole.THERAPIST else Level.OWN_AGENCY
    form = NoteForm(
        data={
            "level": level.value,
            "readers": [visit.actor.reference] if level is Level.NAMED else [],
            "mental_health": MentalHealthView.NOT_ABOUT.value,
            "notice": AS_USUAL,
            "review_on": day_to_look_again(visit.moment.today),
        }
    )
    if visit.actor.agency_kind is AgencyKind.CMHT:
        del form.mental_health, form.why_not_sought
    people = reads.people_to_name(visit.session, visit.actor, visit.moment, family)
    form.readers.offer([(visit.actor.reference, MYSELF), *people])
    bases = offer_bases(visit, form)
    if form.is_sent():
        with form.refusals():
            reference = notes.add_note(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.text.data or "",
                _audience(form),
                Facts(**said(form)),
                ask_first=form.ask_first.data,
                concern=_concern(form),
            )
            if form.ask_first.data:
                flash("The note is kept back. Ask now: it stays so until you decide.", "success")
                return redirect(f"/entries/{reference}/ask-first")
            flash("The note is added.", "success")
            return redirect(f"/families/{family.reference}/sharing")
    return page(
        "sharing/form.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        bases=bases,
        title="Add a note",
        submit="Add the note",
        back=f"/families/{family.reference}/sharing",
    )


@bp.route("/entries/<entry>/level", methods=["GET", "POST"])
@requires(Permission.LEVELS_CHANGE)
def change_level(visit: Visit, entry: EntryInSight) -> Page | Response:
    """Change who may read an entry."""
    now = levels.level_now(visit.session, entry)
    form = LevelForm(
        data={
            "version": entry.version,
            "level": entry.level.value if entry.level in OFFERED else None,
            "readers": list(now.readers),
            "notice": AS_USUAL,
            "review_on": day_to_look_again(visit.moment.today),
        }
    )
    people = reads.people_to_name(visit.session, visit.actor, visit.moment, entry.family)
    if entry.author_id == visit.actor.account_id:
        form.readers.offer([(visit.actor.reference, MYSELF), *people])
    else:
        form.readers.offer(people)
    bases = offer_bases(visit, form)
    if form.is_sent():
        with form.refusals():
            sharing.change_level(
                visit.session,
                visit.actor,
                visit.moment,
                entry,
                form.version.data,
                _audience(form),
                Facts(**said(form)),
                form.reason.data or "",
            )
            flash("The change is saved, and stands under Sharing.", "success")
            return redirect(f"/families/{entry.family.reference}/sharing")
    return page(
        "sharing/form.html",
        bar=family_reads.bar(visit.session, entry.family),
        form=form,
        bases=bases,
        title="Change who may read this",
        submit="Save",
        back=f"/families/{entry.family.reference}/sharing",
        now=now,
        asked=advice.of_entry(visit.session, visit.actor, visit.moment, entry),
        undecided=[(entry.reference, entry.kind.label)]
        if may_decide(entry.kind, entry.level)
        else [],
    )


@bp.route("/entries/<entry>/not-shared", methods=["GET", "POST"])
@requires(Permission.SHARING_HOLD_BACK)
def hold_back(visit: Visit, entry: EntryInSight) -> Page | Response:
    """Decide not to share something for now: why, and until when."""
    sharing.check_open_question(entry)
    form = HoldBackForm(data={"review_on": day_to_look_again(visit.moment.today)})
    if form.is_sent():
        with form.refusals():
            sharing.do_not_share(
                visit.session,
                visit.actor,
                visit.moment,
                entry,
                form.reason.data or "",
                form.review_on.data,
            )
            flash("It is not shared for now. The decision stands under Sharing.", "success")
            return redirect(f"/families/{entry.family.reference}/sharing")
    return page_with_leads(
        visit,
        entry.family,
        "sharing/about.html",
        bar=family_reads.bar(visit.session, entry.family),
        form=form,
        title="Do not share it for now",
        submit="Save the decision",
        back=levels.share_page(entry.kind, entry.reference, entry.family.reference),
        now=levels.level_now(visit.session, entry),
    )


def offer_bases(visit: Visit, form: Any) -> tuple[BasisRow, ...]:
    """Offer what allows sharing, each with its plain sentence; return the list."""
    bases = lawful_bases.offered(visit.session)
    form.basis.offer(
        [(row.reference, row.name, f"{row.kind.label}. {row.sentence}") for row in bases]
    )
    return bases


def _concern(form: NoteForm) -> Concern:
    if not form.mental_health:
        return NO_CONCERN
    return Concern(MentalHealthView(form.mental_health.data), form.why_not_sought.data or "")


def _audience(form: Any) -> Audience:
    level, readers, notice = chosen(form)
    return Audience(level, readers, notice, form.why_hidden.data or "")
