"""The minutes of a meeting: reading, writing while people talk, closing, correcting."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, g, redirect, request
from werkzeug.wrappers import Response

from coordinator.access import drafts
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.part_sights import MinutesInSight, PartInSight
from coordinator.access.policy import Permission, decide
from coordinator.errors import InvalidError
from coordinator.forms.minutes import CloseMinutesForm, CorrectForm, minutes_form
from coordinator.reads import actions as action_reads
from coordinator.reads import (
    boards,
    closed_minutes,
    copies,
    families,
    needs,
    whom_to_call,
)
from coordinator.reads import minutes as reads
from coordinator.services import actions, minutes
from coordinator.services.minutes import Taken
from coordinator.settings import SETTINGS
from coordinator.vocabulary import BoardSide

bp = Blueprint("minutes", __name__)

# What an action's line calls the fields of an action.
LINE = {"text": "action_text", "owner": "action_owner", "due_on": "action_due"}


@bp.get("/meetings/<minutes>/minutes")
@requires(Permission.MINUTES_READ)
def show(visit: Visit, meeting: MinutesInSight) -> Page:
    """Show the minutes; a part that is closed to the reader stays visible as closed."""
    return page(
        "minutes/show.html",
        tab="meetings",
        bar=families.bar(visit.session, meeting.family),
        minutes=closed_minutes.page(visit.session, visit.actor, visit.moment, meeting),
    )


@bp.get("/meetings/<minutes>/copy")
@requires(Permission.MINUTES_READ)
def copy(visit: Visit, meeting: MinutesInSight) -> Page:
    """Show the parent's own copy of what was decided, to print."""
    board = boards.of(visit.session, visit.actor, meeting)
    strengths = tuple(line.text for line in board[BoardSide.STRENGTH])
    return page(
        "minutes/copy.html",
        bar=families.bar(visit.session, meeting.family),
        copy=closed_minutes.copy(visit.session, visit.actor, visit.moment, meeting, strengths),
        needs=needs.of_family(visit.session, visit.actor, visit.moment, meeting.family),
        given=copies.of_meeting(visit.session, meeting),
        numbers=whom_to_call.of_family(visit.session, visit.moment, meeting.family),
        may_hand_over=decide(visit.actor, Permission.OPENNESS_WRITE, meeting).allowed,
        large=request.args.get("print") == "large",
        here=f"/meetings/{meeting.reference}/copy",
        day=visit.moment.today,
        back=f"/meetings/{meeting.reference}/minutes",
    )


@bp.route("/meetings/<minutes>/minutes/write", methods=["GET", "POST"])
@requires(Permission.MINUTES_WRITE)
def write(visit: Visit, meeting: MinutesInSight) -> Page | Response:
    """Write the minutes: text for each part, and an action a line.

    What is typed is kept as a draft while it is typed, and when an action is added; the minutes
    change when they are saved.
    """
    session, typed = visit.session, f"{request.path}#typed"
    if request.method == "POST" and request.form.get("keep"):
        drafts.save(session, visit.actor, typed, request.form, visit.moment.now)
        return Response(status=204)
    if request.method == "GET" and not g.get("draft"):
        life = SETTINGS.minutes_draft_life
        g.draft = drafts.kept(session, visit.actor, typed, visit.moment.now, life)
    now = reads.taken(session, visit.actor, meeting)
    people = [(person.reference, person.name) for person in now.people]
    words = [(p.reference, f"part {p.number}: {p.title}") for p in now.parts]
    next_week = visit.moment.today + timedelta(days=SETTINGS.due_soon_days)
    there = {f"there_{part.reference}": list(part.there) for part in now.parts}
    form: Any = minutes_form(words, people)(
        version=now.version, action_due=next_week, **now.words, **there
    )
    owners = action_reads.owners(session, visit.moment, meeting.family)
    form.action_owner.offer([("", "Choose who"), *owners])
    if form.is_sent():
        with form.refusals():
            if form.adds:
                return _add_action(visit, meeting, form, typed)
            minutes.save(
                session, visit.actor, visit.moment, meeting, form.version.data, _taken(form, now)
            )
            drafts.forget(session, visit.actor, typed)
            flash("The minutes are saved. Close them when nothing is missing.", "success")
            return redirect(f"/meetings/{meeting.reference}/minutes")
    return page(
        "minutes/write.html",
        form=form,
        bar=families.bar(session, meeting.family),
        title="Minutes",
        parts=now.parts,
        from_draft=bool(g.get("draft")),
        agreed=action_reads.of_meeting(session, visit.actor, visit.moment, meeting),
        back=f"/meetings/{meeting.reference}",
        board=f"/meetings/{meeting.reference}/board",
    )


@bp.route("/meetings/<minutes>/minutes/close", methods=["GET", "POST"])
@requires(Permission.MINUTES_WRITE)
def close(visit: Visit, meeting: MinutesInSight) -> Page | Response:
    """Close the minutes: they are locked, and everybody who came is told."""
    now = reads.taken(visit.session, visit.actor, meeting)
    form: Any = CloseMinutesForm(parents_view=now.parents_view)
    if minutes.has_strengths(visit.session, meeting):
        del form.why_no_strengths
    if form.is_sent():
        with form.refusals():
            minutes.close(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                form.parents_view.data or "",
                form.why_no_view.data or "",
                form.why_no_strengths.data or "" if "why_no_strengths" in form else "",
            )
            flash("The minutes are closed. Everybody who came is told on their page.", "success")
            return redirect(f"/meetings/{meeting.reference}/minutes")
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Close the minutes",
        intro="Afterwards nobody changes them: a correction is a new version, with its reason.",
        submit="Close the minutes",
        back=f"/meetings/{meeting.reference}/minutes",
    )


@bp.route("/parts/<part>/correct", methods=["GET", "POST"])
@requires(Permission.MINUTES_CORRECT)
def correct(visit: Visit, part: PartInSight) -> Page | Response:
    """Correct the closed minutes of a part."""
    form = CorrectForm(data=closed_minutes.correctable(visit.session, part))
    home = f"/meetings/{part.meeting_reference}/minutes"
    if form.is_sent():
        with form.refusals():
            minutes.correct(
                visit.session,
                visit.actor,
                visit.moment,
                part,
                form.version.data,
                form.record.data or "",
                form.why.data or "",
            )
            flash("It is corrected. Everybody who came is told.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, part.family),
        title="Correct the minutes of a part",
        intro="What they said before stays beneath.",
        submit="Save the correction",
        back=home,
    )


@bp.post("/meetings/<minutes>/minutes/received")
@requires(Permission.MINUTES_RECEIVE)
def received(visit: Visit, meeting: MinutesInSight) -> Response:
    """Say that one has read the minutes."""
    minutes.received(visit.session, visit.moment, meeting)
    return redirect(f"/meetings/{meeting.reference}/minutes")


def _add_action(visit: Visit, meeting: MinutesInSight, form: Any, typed: str) -> Response:
    """Add the action of the line at once; the rest of the page waits as a draft."""
    try:
        actions.ask(
            visit.session,
            visit.actor,
            visit.moment,
            meeting.family,
            form.action_text.data or "",
            form.action_owner.data or "",
            form.action_due.data,
            meeting_id=meeting.id,
        )
    except InvalidError as refused:
        raise InvalidError(
            {LINE.get(name, name): sentence for name, sentence in refused.problems.items()}
        ) from None
    drafts.save(visit.session, visit.actor, typed, request.form, visit.moment.now, {"action_text"})
    return redirect(f"{request.path}#actions")


def _taken(form: Any, now: reads.TakenMinutes) -> Taken:
    return Taken(
        {part.reference: form[f"record_{part.reference}"].data or "" for part in now.parts},
        {part.reference: form[f"there_{part.reference}"].data or [] for part in now.parts},
        form.decided.data or "",
        form.parents_view.data or "",
    )
