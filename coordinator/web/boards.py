"""The board of a meeting: strengths, worries and needs."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.part_sights import BoardEntryInSight, MinutesInSight
from coordinator.access.policy import Permission, decide
from coordinator.forms.base import Form
from coordinator.forms.boards import BoardAnswerForm, BoardForm, BoardWordsForm
from coordinator.reads import boards as reads
from coordinator.reads import families
from coordinator.services import boards
from coordinator.vocabulary import BoardSide

bp = Blueprint("boards", __name__)


@bp.get("/meetings/<minutes>/board")
@requires(Permission.BOARDS_READ)
def show(visit: Visit, minutes: MinutesInSight) -> Page:
    """Show what stands on the board, each with its author."""
    return page(
        "boards/show.html",
        tab="meetings",
        bar=families.bar(visit.session, minutes.family),
        board=reads.of(visit.session, visit.actor, minutes),
        meeting=minutes.reference,
        may_write=decide(visit.actor, Permission.BOARDS_WRITE, minutes).allowed,
        may_answer=decide(visit.actor, Permission.BOARDS_ANSWER, minutes).allowed,
    )


@bp.route("/meetings/<minutes>/board/add", methods=["GET", "POST"])
@requires(Permission.BOARDS_WRITE)
def add(visit: Visit, minutes: MinutesInSight) -> Page | Response:
    """Write on the board, for oneself or for somebody else."""
    form = BoardForm(side=request.args.get("side", ""))
    form.said_by.offer([("", "Mine"), *reads.speakers(visit.session, visit.actor, minutes)])
    home = f"/meetings/{minutes.reference}/board"
    if form.is_sent():
        with form.refusals():
            boards.add(
                visit.session,
                visit.actor,
                visit.moment,
                minutes,
                BoardSide(form.side.data),
                form.text.data or "",
                form.said_by.data or "",
            )
            flash("It stands on the board.", "success")
            return redirect(home)
    return _form(visit, minutes, form, "Write on the board", "Put it on the board", home)


@bp.route("/board/<board_entry>/answer", methods=["GET", "POST"])
@requires(Permission.BOARDS_ANSWER)
def answer(visit: Visit, entry: BoardEntryInSight) -> Page | Response:
    """Answer what stands on the board."""
    form = BoardAnswerForm()
    home = f"/meetings/{entry.meeting_reference}/board"
    if form.is_sent():
        with form.refusals():
            boards.answer(visit.session, visit.actor, visit.moment, entry, form.text.data or "")
            flash("Your answer stands beneath it.", "success")
            return redirect(home)
    words = reads.words_of(visit.session, entry)
    return _form(visit, entry, form, "Answer", "Put it beneath", home, intro=f"“{words}”")


@bp.route("/board/<board_entry>/change", methods=["GET", "POST"])
@requires(Permission.BOARDS_CHANGE)
def change(visit: Visit, entry: BoardEntryInSight) -> Page | Response:
    """Change one's own words while the minutes are open."""
    form = BoardWordsForm(version=entry.version, text=reads.words_of(visit.session, entry))
    home = f"/meetings/{entry.meeting_reference}/board"
    if form.is_sent():
        with form.refusals():
            boards.change(
                visit.session, visit.actor, entry, form.version.data, form.text.data or ""
            )
            flash("Your words are changed.", "success")
            return redirect(home)
    return _form(visit, entry, form, "Change your words", "Save the change", home)


def _form(
    visit: Visit,
    record: MinutesInSight | BoardEntryInSight,
    form: Form,
    title: str,
    submit: str,
    back: str,
    **values: Any,
) -> Page:
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, record.family),
        title=title,
        submit=submit,
        back=back,
        **values,
    )
