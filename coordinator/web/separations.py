"""The after-separation plan: a parent is not left alone when a child lives elsewhere (S14)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.forms.separations import SeeToForm
from coordinator.reads import actions, families
from coordinator.reads import separations as reads
from coordinator.services import separations
from coordinator.vocabulary import SeparationPart
from coordinator.web.lists import asked

bp = Blueprint("separations", __name__)


@bp.get("/families/<family>/after-separation")
@requires(Permission.SEPARATIONS_READ)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """Show what the parent needs, and who sees to each part."""
    return page(
        "separations/index.html",
        bar=families.bar(visit.session, family),
        tab="plan",
        plans=reads.of_family(visit.session, visit.actor, visit.moment, family),
        may_write=decide(visit.actor, Permission.SEPARATIONS_WRITE, family).allowed,
    )


@bp.route("/after-separation/<separation>/add", methods=["GET", "POST"])
@requires(Permission.SEPARATIONS_WRITE)
def see_to(visit: Visit, separation: EntryInSight) -> Page | Response:
    """Say who sees to a part, as an action of the family's plan."""
    family = separation.family
    home = f"/families/{family.reference}/after-separation"
    form = SeeToForm(data={"part": asked("part")})
    owners = actions.owners(visit.session, visit.moment, family)
    form.owner.offer([("", "Choose who"), *owners])
    if form.is_sent() and (due_on := form.due_on.data):
        with form.refusals():
            separations.see_to(
                visit.session,
                visit.actor,
                visit.moment,
                separation,
                SeparationPart(form.part.data),
                form.text.data or "",
                form.owner.data or "",
                due_on,
            )
            flash("It has an owner. It stands among the actions of the plan, too.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Say who sees to it",
        submit="Save",
        back=home,
    )
