"""Difficulties in working together: one list for the champions of both agencies (S21)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.pair_rules import DifficultyInSight
from coordinator.access.policy import Permission
from coordinator.forms.difficulties import (
    DifficultyForm,
    DoneForm,
    JointMeetingForm,
    ReopenedForm,
    ResolvedForm,
)
from coordinator.reads import difficulties as reads
from coordinator.services import difficulties
from coordinator.vocabulary import DifficultyStep

bp = Blueprint("difficulties", __name__)


@bp.get("/difficulties")
@requires(Permission.DIFFICULTIES_READ)
def index(visit: Visit) -> Page:
    """Show what is open, what was resolved, and the joint meetings."""
    return page(
        "difficulties/index.html",
        board=reads.board(visit.session, visit.moment),
        meetings=reads.meetings(visit.session),
    )


@bp.route("/difficulties/add", methods=["GET", "POST"])
@requires(Permission.DIFFICULTIES_WRITE)
def add(visit: Visit) -> Page | Response:
    """Tell a difficulty."""
    form = DifficultyForm()
    if form.is_sent():
        with form.refusals():
            reference = difficulties.add(
                visit.session, visit.actor, visit.moment, form.text.data or ""
            )
            flash("It is on the list of both agencies.", "success")
            return redirect(f"/difficulties/{reference}")
    return page(
        "form_page.html",
        form=form,
        title="Add a difficulty",
        submit="Add it",
        back="/difficulties",
    )


@bp.get("/difficulties/<difficulty>")
@requires(Permission.DIFFICULTIES_READ)
def show(visit: Visit, difficulty: DifficultyInSight) -> Page:
    """Show a difficulty and what was done about it."""
    line, steps, days = reads.one(visit.session, difficulty)
    return page("difficulties/show.html", line=line, steps=steps, days=days)


@bp.route("/difficulties/<difficulty>/done", methods=["GET", "POST"])
@requires(Permission.DIFFICULTIES_WRITE)
def done(visit: Visit, difficulty: DifficultyInSight) -> Page | Response:
    """Say what is done about it."""
    return _write(visit, difficulty, DoneForm(), DifficultyStep.NOTE, "What is done about it")


@bp.route("/difficulties/<difficulty>/resolve", methods=["GET", "POST"])
@requires(Permission.DIFFICULTIES_WRITE)
def resolve(visit: Visit, difficulty: DifficultyInSight) -> Page | Response:
    """Say what came of it, and on which day."""
    form = ResolvedForm(on_day=visit.moment.today)
    return _write(visit, difficulty, form, DifficultyStep.RESOLVED, "It is resolved")


@bp.route("/difficulties/<difficulty>/reopen", methods=["GET", "POST"])
@requires(Permission.DIFFICULTIES_WRITE)
def reopen(visit: Visit, difficulty: DifficultyInSight) -> Page | Response:
    """Say why it is open again."""
    return _write(visit, difficulty, ReopenedForm(), DifficultyStep.REOPENED, "Open it again")


@bp.route("/joint-meetings/log", methods=["GET", "POST"])
@requires(Permission.DIFFICULTIES_WRITE)
def log_meeting(visit: Visit) -> Page | Response:
    """Log a joint meeting of champions and link workers."""
    form = JointMeetingForm(held_on=visit.moment.today)
    people = reads.who_can_come(visit.session, visit.moment)
    agencies = {reference: agency for reference, _, agency in people}
    form.people.offer([(reference, f"{name}, {agency}") for reference, name, agency in people])
    still = reads.board(visit.session, visit.moment).open
    form.topics.offer([(line.reference, line.text) for line in still])
    if form.is_sent():
        with form.refusals():
            difficulties.log_meeting(
                visit.session,
                visit.actor,
                visit.moment,
                form.held_on.data or visit.moment.today,
                [(reference, agencies[reference]) for reference in form.people.data or ()],
                form.topics.data or (),
            )
            flash("The meeting is logged.", "success")
            return redirect("/difficulties#meetings")
    return page(
        "form_page.html",
        form=form,
        title="Log a joint meeting",
        submit="Log it",
        back="/difficulties",
    )


def _write(
    visit: Visit,
    difficulty: DifficultyInSight,
    form: DoneForm | ResolvedForm | ReopenedForm,
    step: DifficultyStep,
    title: str,
) -> Page | Response:
    home = f"/difficulties/{difficulty.reference}"
    if form.is_sent():
        with form.refusals():
            difficulties.write(
                visit.session,
                visit.actor,
                visit.moment,
                difficulty,
                step,
                form.text.data or "",
                form.on_day.data if isinstance(form, ResolvedForm) else None,
            )
            flash("It is written. Both agencies see it.", "success")
            return redirect(home)
    return page("form_page.html", form=form, title=title, submit="Save", back=home)
