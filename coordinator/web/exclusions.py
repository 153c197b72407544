"""Who may not know of a family: managers set an exclusion, a privacy officer lifts it."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import ExclusionInSight, FamilyInSight
from coordinator.forms.exclusions import ExclusionForm, LiftForm
from coordinator.reads import excluded_work
from coordinator.reads import exclusions as reads
from coordinator.reads import families as family_reads
from coordinator.services import exclusions
from coordinator.trail import Subject
from coordinator.web.lists import asked, page_number

bp = Blueprint("exclusions", __name__)


@bp.get("/families/<family>/exclusions")
@requires(Permission.EXCLUSIONS_READ)
def of_family(visit: Visit, family: FamilyInSight) -> Page:
    """Show who may not know of a family, and what they still hold in it."""
    return page(
        "exclusions/family.html",
        bar=family_reads.bar(visit.session, family),
        tab="people",
        exclusions=reads.of_family(visit.session, family),
        held=excluded_work.held(visit.session, visit.actor, visit.moment, family),
    )


@bp.route("/families/<family>/exclusions/add", methods=["GET", "POST"])
@requires(Permission.EXCLUSIONS_SET)
def add(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Keep somebody, found by name, from knowing of a family."""
    home, words = f"/families/{family.reference}/exclusions", asked("q")
    found = reads.candidates(visit.session, visit.actor, visit.moment, words)
    form = ExclusionForm()
    form.account.offer([(who.reference, who.name, who.about) for who in found])
    if form.is_sent():
        with form.refusals():
            exclusions.set_exclusion(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.account.data or "",
                form.reason.data or "",
            )
            flash("From now on this family does not exist for them. Nobody is told.", "success")
            return redirect(home)
    return page(
        "exclusions/add.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        found=found,
        q=words,
        title="Keep somebody from this family",
        submit="Keep them from it",
        style="warning",
        search_at=f"{home}/add",
        action=f"{home}/add?{urlencode({'q': words})}",
        back=home,
    )


@bp.get("/exclusions")
@requires(Permission.EXCLUSIONS_LIST)
def index(visit: Visit) -> Page:
    """List the exclusions that a privacy officer watches over."""
    lifted, number = request.args.get("show") == "lifted", page_number()
    watched = reads.watched(visit.session, visit.actor, lifted=lifted, page=number)
    return page(
        "exclusions/index.html",
        looked_at=Subject(record_kind="exclusions"),
        exclusions=watched.rows,
        more=watched.more,
        lifted=lifted,
        number=number,
        me=visit.actor.account_id,
    )


@bp.route("/exclusions/<exclusion>/lift", methods=["GET", "POST"])
@requires(Permission.EXCLUSIONS_LIFT)
def lift(visit: Visit, exclusion: ExclusionInSight) -> Page | Response:
    """Lift an exclusion that somebody else set."""
    form = LiftForm()
    if form.is_sent():
        with form.refusals():
            exclusions.lift(
                visit.session, visit.actor, visit.moment, exclusion, form.reason.data or ""
            )
            flash("The exclusion is lifted.", "success")
            return redirect("/exclusions")
    return page(
        "exclusions/lift.html",
        form=form,
        title="Lift an exclusion",
        submit="Lift the exclusion",
        style="warning",
        exclusion=reads.one(visit.session, exclusion),
        back="/exclusions",
    )
