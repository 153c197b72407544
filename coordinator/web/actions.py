"""Actions: ask for one, answer, finish, give up, change; one press where one press will do."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import ActionInSight, FamilyInSight
from coordinator.forms.actions import (
    ActionForm,
    CancelForm,
    CannotForm,
    DeclineForm,
    NoteForm,
    PassOnForm,
)
from coordinator.forms.base import Form
from coordinator.forms.plans import PressForm
from coordinator.reads import actions as reads
from coordinator.reads import families
from coordinator.services import actions, passing_on
from coordinator.vocabulary import CannotReason
from coordinator.web.plans import form_page, press

bp = Blueprint("actions", __name__)


def _back(action: ActionInSight) -> str:
    """Return to the page from which the button was pressed, as far as it is one of ours."""
    return {
        "today": "/today",
        "action": f"/actions/{action.reference}",
        "family": f"/families/{action.family.reference}",
    }.get(request.form.get("back", ""), f"/families/{action.family.reference}/plan")


@bp.route("/families/<family>/plan/actions/add", methods=["GET", "POST"])
@requires(Permission.ACTIONS_ADD)
def add(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Ask for an action, or take one on."""
    goals = reads.goals(visit.session, visit.actor, family)
    form = ActionForm(data={"goal": request.args.get("goal", "")})
    form.owner.offer([("", "Choose who"), *reads.owners(visit.session, visit.moment, family)])
    form.goal.offer([("", "No single goal"), *goals])
    if form.is_sent() and (due_on := form.due_on.data):
        with form.refusals():
            actions.ask(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.text.data,
                form.owner.data,
                due_on,
                form.goal.data or "",
            )
            flash("The action is on the plan.", "success")
            return redirect(f"/families/{family.reference}/plan")
    return form_page(visit, family, form, "Add an action", submit="Add the action")


@bp.get("/actions/<action>")
@requires(Permission.PLANS_READ)
def action(visit: Visit, action: ActionInSight) -> Page:
    """Show one action."""
    return page(
        "actions/action.html",
        bar=families.bar(visit.session, action.family),
        tab="plan",
        family=action.family.reference,
        action=reads.one(visit.session, visit.actor, visit.moment, action),
        may_supervise=decide(visit.actor, Permission.SUPERVISION_TAKE, action).allowed,
    )


@bp.route("/actions/<action>/change", methods=["GET", "POST"])
@requires(Permission.ACTIONS_CHANGE)
def change(visit: Visit, action: ActionInSight) -> Page | Response:
    """Change an action; its owner is asked again."""
    form = ActionForm(data=reads.as_typed(visit.session, visit.moment, action))
    form.owner.offer(
        [("", "Choose who"), *reads.owners(visit.session, visit.moment, action.family)]
    )
    del form.goal
    if form.is_sent() and (due_on := form.due_on.data):
        with form.refusals():
            actions.change(
                visit.session,
                visit.actor,
                visit.moment,
                action,
                form.text.data,
                form.owner.data,
                due_on,
                form.version.data,
            )
            flash("The action is changed.", "success")
            return redirect(f"/families/{action.family.reference}/plan")
    return form_page(
        visit,
        action.family,
        form,
        "Change an action",
        intro="Whoever is to do it is asked again.",
    )


@bp.post("/actions/<action>/accept")
@requires(Permission.ACTIONS_ANSWER)
def accept(visit: Visit, action: ActionInSight) -> Response:
    """Take it on."""
    version = PressForm().version.data
    return press(
        lambda: actions.accept(visit.session, visit.actor, visit.moment, action, version),
        "Accepted. It is on your list.",
        _back(action),
    )


@bp.post("/actions/<action>/done")
@requires(Permission.ACTIONS_FINISH)
def done(visit: Visit, action: ActionInSight) -> Response:
    """Say that it is done."""
    return press(
        lambda: actions.done(visit.session, visit.actor, visit.moment, action),
        "Done. Everybody on the case can see it.",
        _back(action),
    )


@bp.route("/actions/<action>/decline", methods=["GET", "POST"])
@requires(Permission.ACTIONS_ANSWER)
def decline(visit: Visit, action: ActionInSight) -> Page | Response:
    """Say no, with a reason."""
    form = DeclineForm()
    return _answer(
        visit,
        action,
        form,
        lambda: actions.decline(visit.session, visit.actor, visit.moment, action, form.reason.data),
        ("Decline an action", "Decline", "Declined. It goes back to who asked for it."),
    )


@bp.route("/actions/<action>/pass-on", methods=["GET", "POST"])
@requires(Permission.ACTIONS_HAND_ON)
def pass_on(visit: Visit, action: ActionInSight) -> Page | Response:
    """Give it to whoever can act on it."""
    form = PassOnForm()
    people = reads.owners(visit.session, visit.moment, action.family, guests=False)
    form.owner.offer([("", "Choose who"), *people])
    return _answer(
        visit,
        action,
        form,
        lambda: passing_on.action(
            visit.session, visit.actor, visit.moment, action, form.owner.data, form.why.data
        ),
        ("Pass an action on", "Pass it on", "Passed on. They are asked, and the plan says so."),
    )


@bp.route("/actions/<action>/cannot", methods=["GET", "POST"])
@requires(Permission.ACTIONS_FINISH)
def cannot(visit: Visit, action: ActionInSight) -> Page | Response:
    """Say that it cannot be done, and why."""
    form = CannotForm()
    return _answer(
        visit,
        action,
        form,
        lambda: actions.cannot_be_done(
            visit.session,
            visit.actor,
            visit.moment,
            action,
            CannotReason(form.reason.data),
            form.words.data,
        ),
        ("It cannot be done", "Save", "The plan says that it cannot be done, and why."),
    )


@bp.route("/actions/<action>/cancel", methods=["GET", "POST"])
@requires(Permission.ACTIONS_CANCEL)
def cancel(visit: Visit, action: ActionInSight) -> Page | Response:
    """Say that it is not needed any more."""
    form = CancelForm()
    return _answer(
        visit,
        action,
        form,
        lambda: actions.cancel(visit.session, visit.actor, visit.moment, action, form.reason.data),
        ("Cancel an action", "Cancel the action", "The action is cancelled."),
    )


@bp.route("/actions/<action>/note", methods=["GET", "POST"])
@requires(Permission.ACTIONS_FINISH)
def note(visit: Visit, action: ActionInSight) -> Page | Response:
    """Say where it stands."""
    form = NoteForm()
    return _answer(
        visit,
        action,
        form,
        lambda: actions.note(visit.session, visit.actor, visit.moment, action, form.words.data),
        ("Say where it stands", "Save", "The note is beside the action."),
    )


def _answer(
    visit: Visit,
    action: ActionInSight,
    form: Form,
    verb: Callable[[], object],
    words: tuple[str, str, str],
) -> Page | Response:
    """Show a form about one action, and do what it says."""
    title, submit, said = words
    if form.is_sent():
        with form.refusals():
            verb()
            flash(said, "success")
            return redirect(f"/families/{action.family.reference}/plan")
    shown = reads.one(visit.session, visit.actor, visit.moment, action)
    return form_page(visit, action.family, form, title, submit=submit, quote=shown.row.text)
