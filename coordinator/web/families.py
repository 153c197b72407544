"""The pages of a family: open a case, see it whole."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import FamilyInSight
from coordinator.forms.families import OpenFamilyForm
from coordinator.reads import families as reads
from coordinator.services import families
from coordinator.vocabulary import ChildrenAsked, Relation

bp = Blueprint("families", __name__)


@bp.get("/families")
@requires(Permission.FAMILIES_LIST)
def index(visit: Visit) -> Page:
    """List the families of the person who is signed in."""
    return page(
        "families/index.html", families=reads.mine(visit.session, visit.actor, visit.moment)
    )


@bp.route("/families/open", methods=["GET", "POST"])
@requires(Permission.FAMILIES_OPEN)
def open_family(visit: Visit) -> Page | Response:
    """Open a case."""
    form = OpenFamilyForm()
    if form.is_sent():
        with form.refusals():
            reference = families.open_family(
                visit.session,
                visit.actor,
                visit.moment,
                families.PersonDetails(
                    name=form.name.data,
                    relation=Relation.PARENT_OR_CARER,
                    born_on=form.born_on.data,
                    nhs_number=form.nhs_number.data,
                ),
                ChildrenAsked(form.children_asked.data),
                form.children_why_not.data,
            )
            flash("The case is open.", "success")
            return redirect(f"/families/{reference}")
    return page("form_page.html", form=form, title="Open a case", submit="Open the case")


@bp.get("/families/<family>")
@requires(Permission.FAMILIES_READ)
def overview(visit: Visit, family: FamilyInSight) -> Page:
    """Show the whole picture of a family."""
    return page("families/overview.html", family=family, people=reads.people(visit.session, family))
