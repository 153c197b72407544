"""The plan of a family: see it, start it, write it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.errors import ConflictError, InvalidError, NotFoundError
from coordinator.forms.base import Form
from coordinator.forms.plans import (
    GoalForm,
    MissingGoalsForm,
    PressForm,
    RoleForm,
    WhatHelpsForm,
)
from coordinator.reads import families, supports
from coordinator.reads import plans as reads
from coordinator.reads.plan_cards import Side
from coordinator.reads.plan_entries import current_words
from coordinator.services import plans
from coordinator.vocabulary import EntryKind, GoalFor

bp = Blueprint("plans", __name__)

CHANGED_MEANWHILE = "This changed while you were reading it. Read it again, then decide."


def form_page(visit: Visit, family: FamilyInSight, form: Form, title: str, **values: Any) -> Page:
    """Return the page of one form about a family's plan, with the way back to the plan."""
    return page(
        "plans/form.html",
        bar=families.bar(visit.session, family),
        form=form,
        title=title,
        **{"back": f"/families/{family.reference}/plan", **values},
    )


def press(verb: Callable[[], object], done: str, back: str) -> Response:
    """Do what one press asks for, say what came of it, and lead back."""
    try:
        verb()
        flash(done, "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    except ConflictError:
        flash(CHANGED_MEANWHILE, "warning")
    return redirect(back)


@bp.get("/families/<family>/plan")
@requires(Permission.PLANS_READ)
def plan(visit: Visit, family: FamilyInSight) -> Page:
    """Show the shared plan."""
    return page(
        "plans/plan.html",
        bar=families.bar(visit.session, family),
        tab="plan",
        plan=reads.whole(visit.session, visit.actor, visit.moment, family),
        supports=supports.of_family(visit.session, visit.actor, family),
        may_add_support=decide(visit.actor, Permission.SUPPORTS_WRITE, family).allowed,
        today=visit.moment.today,
    )


@bp.post("/families/<family>/plan/start")
@requires(Permission.PLANS_WRITE)
def start(visit: Visit, family: FamilyInSight) -> Response:
    """Start the plan."""
    return press(
        lambda: plans.start(visit.session, visit.actor, visit.moment, family),
        "The plan is started. Only your agency sees it until you share it.",
        f"/families/{family.reference}/plan",
    )


@bp.route("/families/<family>/plan/what-helps/add", methods=["GET", "POST"])
@requires(Permission.PLANS_WRITE)
def add_what_helps(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write what helps."""
    form = WhatHelpsForm()
    if form.is_sent():
        with form.refusals():
            plans.add_what_helps(visit.session, visit.actor, visit.moment, family, form.text.data)
            flash("What helps is written down.", "success")
            return redirect(f"/families/{family.reference}/plan")
    return form_page(visit, family, form, "What helps")


@bp.route("/what-helps/<entry>/change", methods=["GET", "POST"])
@requires(Permission.PLANS_WRITE)
def change_what_helps(visit: Visit, entry: EntryInSight) -> Page | Response:
    """Change what helps."""
    if entry.kind is not EntryKind.WHAT_HELPS:
        raise NotFoundError
    form = WhatHelpsForm(data={**current_words(visit.session, entry), "version": entry.version})
    if form.is_sent():
        with form.refusals():
            plans.change_what_helps(
                visit.session, visit.actor, entry, form.text.data, form.version.data
            )
            flash("What helps is changed.", "success")
            return redirect(f"/families/{entry.family.reference}/plan")
    return form_page(visit, entry.family, form, "Change what helps")


@bp.route("/families/<family>/plan/goals/add", methods=["GET", "POST"])
@requires(Permission.PLANS_WRITE)
def add_goal(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Add a goal."""
    form = GoalForm(data={"goal_for": request.args.get("for", "")})
    if form.is_sent():
        with form.refusals():
            plans.add_goal(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                GoalFor(form.goal_for.data),
                form.text.data,
            )
            flash("The goal is added.", "success")
            return redirect(f"/families/{family.reference}/plan")
    return form_page(visit, family, form, "Add a goal", submit="Add the goal")


@bp.route("/goals/<goal>/change", methods=["GET", "POST"])
@requires(Permission.PLANS_WRITE)
def change_goal(visit: Visit, goal: EntryInSight) -> Page | Response:
    """Change a goal."""
    form = GoalForm(data={**current_words(visit.session, goal), "version": goal.version})
    if form.is_sent():
        with form.refusals():
            plans.change_goal(
                visit.session,
                visit.actor,
                visit.moment,
                goal,
                GoalFor(form.goal_for.data),
                form.text.data,
                form.version.data,
            )
            flash("The goal is changed. The other agency is asked again.", "success")
            return redirect(f"/families/{goal.family.reference}/plan")
    return form_page(
        visit,
        goal.family,
        form,
        "Change a goal",
        goal=f"/goals/{goal.reference}",
        intro="When the words change, the other agency is asked again whether it agrees.",
    )


@bp.post("/goals/<goal>/reach")
@requires(Permission.PLANS_WRITE)
def reach_goal(visit: Visit, goal: EntryInSight) -> Response:
    """Say that a goal is reached; it stands on the progress timeline."""
    return press(
        lambda: plans.reach_goal(visit.session, visit.moment, goal, PressForm().version.data),
        "The goal is reached. It stands on the progress timeline.",
        f"/families/{goal.family.reference}/progress",
    )


@bp.post("/goals/<goal>/drop")
@requires(Permission.PLANS_WRITE)
def drop_goal(visit: Visit, goal: EntryInSight) -> Response:
    """Drop a goal; versions that were signed keep it."""
    return press(
        lambda: plans.drop_goal(visit.session, goal, PressForm().version.data),
        "The goal is dropped. Its actions stay, without a goal.",
        f"/families/{goal.family.reference}/plan",
    )


@bp.route("/families/<family>/plan/role", methods=["GET", "POST"])
@requires(Permission.PLANS_WRITE)
def role(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Say what I do for this family, and what not."""
    whole = reads.whole(visit.session, visit.actor, visit.moment, family)
    mine = next((card for card in whole.roles if card.mine and card.part), None)
    form = RoleForm(
        data={
            "i_do": mine.i_do if mine else "",
            "i_do_not": mine.i_do_not if mine else "",
            "version": mine.part.version if mine and mine.part else 0,
        }
    )
    if form.is_sent():
        with form.refusals():
            plans.say_role(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.i_do.data,
                form.i_do_not.data,
                form.version.data,
            )
            flash("Your role is written down.", "success")
            return redirect(f"/families/{family.reference}/plan")
    return form_page(visit, family, form, "What I do and what I do not do")


@bp.route("/families/<family>/plan/missing-goals", methods=["GET", "POST"])
@requires(Permission.PLANS_WRITE)
def missing_goals(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Say why a side has no goal."""
    whole = reads.whole(visit.session, visit.actor, visit.moment, family)
    empty = {plans.REASON_FIELDS[s.goal_for]: s for s in whole.sides if not s.goals}
    form = MissingGoalsForm(
        data={**{name: side.reason for name, side in empty.items()}, "version": whole.version}
    )
    form.ask_only(list(empty))
    if form.is_sent():
        with form.refusals():
            reasons = {side.goal_for: form[name].data for name, side in empty.items()}
            plans.explain_missing_goals(
                visit.session, visit.actor, family, reasons, form.version.data
            )
            flash("The reasons are written down.", "success")
            return redirect(f"/families/{family.reference}/plan")
    return form_page(
        visit,
        family,
        form,
        "Why there is no goal",
        intro=_about(whole.sides),
        add_goal=f"/families/{family.reference}/plan/goals/add",
    )


def _about(sides: tuple[Side, ...]) -> str:
    if any(not side.goals for side in sides):
        return "A plan needs a goal on every side, or a reason. A goal is better than a reason."
    return "Every side has a goal now: nothing is missing."
