"""Agreeing with goals, opening the plan to the other agency, signing it, and what was signed."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.errors import ConflictError, InvalidError, NotFoundError
from coordinator.forms.plans import AgreementForm, ShareForm, SignForm
from coordinator.forms.sharing import day_to_look_again, said
from coordinator.reads import advice, families, levels, versions
from coordinator.reads import plans as reads
from coordinator.reads.plan_entries import current_words
from coordinator.services import plan_sharing, plans, signing
from coordinator.services.sharing_facts import Facts
from coordinator.vocabulary import PLAN_KINDS, Agreement
from coordinator.web.plans import form_page
from coordinator.web.sharing import offer_bases

bp = Blueprint("signing", __name__)


@bp.route("/goals/<goal>/agree", methods=["GET", "POST"])
@requires(Permission.PLANS_AGREE)
def agree(visit: Visit, goal: EntryInSight) -> Page | Response:
    """Say whether my agency agrees with a goal: one press for yes, a comment for the rest."""
    form = AgreementForm(data={"version": goal.version})
    if form.is_sent():
        with form.refusals():
            plans.agree(
                visit.session,
                visit.actor,
                visit.moment,
                goal,
                Agreement(form.agreement.data),
                form.comment.data,
                form.version.data,
            )
            flash("What your agency says of the goal is on the plan.", "success")
            return redirect(f"/families/{goal.family.reference}/plan")
    return form_page(
        visit,
        goal.family,
        form,
        "Do we agree with this goal?",
        quote=current_words(visit.session, goal).get("text", ""),
    )


@bp.route("/families/<family>/plan/share", methods=["GET", "POST"])
@requires(Permission.PLANS_SHARE)
def share(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Open the plan to the other agency: purpose, what exactly, and whether the parent was told."""
    whole = reads.whole(visit.session, visit.actor, visit.moment, family)
    form = ShareForm(data={"review_on": day_to_look_again(visit.moment.today)})
    form.offer(list(whole.openable))
    bases = offer_bases(visit, form)
    if form.is_sent():
        with form.refusals():
            plan_sharing.share(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.entries.data if form.entries else [],
                Facts(**said(form)),
            )
            flash("The plan is open to both agencies on the case.", "success")
            return redirect(f"/families/{family.reference}/plan")
    if whole.shared and not whole.openable:
        return page(
            "error.html",
            title="Share with the other agency",
            message="Both agencies see the whole plan already.",
            what_next=(f"/families/{family.reference}/plan", "Go to the plan"),
        )
    asked = advice.of_family(visit.session, visit.actor, visit.moment, family)
    return form_page(
        visit,
        family,
        form,
        "Share with the other agency",
        submit="Share",
        whole=whole,
        bases=bases,
        asked=[row for row in asked if row.kind in PLAN_KINDS],
        undecided=levels.unshared_plan(visit.session, visit.actor, family),
    )


@bp.route("/families/<family>/plan/sign", methods=["GET", "POST"])
@requires(Permission.PLANS_SIGN)
def sign(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Sign the plan for my agency; what stands in the way is said in plain sentences."""
    form = SignForm()
    if form.is_sent():
        try:
            number = signing.sign(
                visit.session, visit.actor, visit.moment, family, form.content.data or "none"
            )
            flash(
                f"Version {number} is signed by both agencies and locked."
                if number
                else "You have signed. The other agency is asked to sign.",
                "success",
            )
            return redirect(f"/families/{family.reference}/plan")
        except InvalidError:
            form.refuse("", "The plan cannot be signed as it stands")
        except ConflictError as conflict:
            form.conflict = conflict
            form.refuse("", "The plan changed while you were reading it. Read it again, then sign")
    whole = reads.whole(visit.session, visit.actor, visit.moment, family)
    form.content.data = whole.content
    return page("plans/sign.html", bar=families.bar(visit.session, family), form=form, plan=whole)


@bp.get("/families/<family>/plan/versions/<int(max=9999):number>")
@requires(Permission.PLANS_READ)
def version(visit: Visit, family: FamilyInSight, number: int) -> Page:
    """Show a version as it was signed, under today's rights."""
    signed = versions.version(visit.session, visit.actor, family, number)
    if signed is None:
        raise NotFoundError
    return page(
        "plans/version.html",
        bar=families.bar(visit.session, family),
        tab="plan",
        version=signed,
    )
