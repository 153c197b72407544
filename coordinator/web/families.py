"""The pages of families: the list, opening a case, the whole picture, who belongs to it."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight, PersonInSight
from coordinator.forms.families import ChildrenForm, OpenFamilyForm, PersonForm
from coordinator.forms.finding import ReferenceForm
from coordinator.reads import (
    child_statuses,
    family_page,
    guests,
    involvements,
    join_requests,
    needs,
    safe_contacts,
)
from coordinator.reads import families as reads
from coordinator.reads import past as past_reads
from coordinator.reads import people as people_reads
from coordinator.services import families, transitions
from coordinator.services.families import PersonDetails
from coordinator.vocabulary import ChildrenAsked, Relation

bp = Blueprint("families", __name__)


@bp.get("/families")
@requires(Permission.FAMILIES_LIST)
def index(visit: Visit) -> Page:
    """List the families of the person who is signed in, and what their team was asked."""
    return page(
        "families/index.html",
        families=reads.listed(visit.session, visit.actor, visit.moment),
        waiting=join_requests.waiting(visit.session, visit.actor, visit.moment).to_answer,
        over=past_reads.cases(visit.session, visit.actor, visit.moment),
        may_open=decide(visit.actor, Permission.FAMILIES_OPEN).allowed,
        supervises=decide(visit.actor, Permission.SUPERVISION_LIST).allowed,
        may_find=decide(visit.actor, Permission.FAMILIES_FIND).allowed,
        by_reference=ReferenceForm() if visit.actor.is_safeguarding_lead else None,
    )


@bp.route("/families/open", methods=["GET", "POST"])
@requires(Permission.FAMILIES_OPEN)
def open_family(visit: Visit) -> Page | Response:
    """Open a case with its parent or carer; then the household."""
    form = OpenFamilyForm()
    if form.is_sent():
        with form.refusals():
            reference = families.open_family(
                visit.session,
                visit.actor,
                visit.moment,
                PersonDetails(
                    name=form.name.data or "",
                    relation=Relation.PARENT_OR_CARER,
                    born_on=form.born_on.data,
                    nhs_number=form.nhs_number.data or "",
                    own_words=form.own_words.data or "",
                    lives_with=True,
                    phone=form.phone.data or "",
                ),
                ChildrenAsked(form.children_asked.data),
                form.children_why_not.data or "",
            )
            flash("The case is open. Now say who else belongs to the family.", "success")
            return redirect(f"/families/{reference}/people")
    return page("families/open.html", form=form)


@bp.get("/families/<family>")
@requires(Permission.FAMILIES_READ)
def overview(visit: Visit, family: FamilyInSight) -> Page:
    """Show the whole picture of a family."""
    return page(
        "families/overview.html",
        picture=(picture := family_page.whole(visit.session, visit.actor, visit.moment, family)),
        bar=picture.bar,
        tab="overview",
    )


@bp.get("/families/<family>/people")
@requires(Permission.FAMILIES_READ)
def people(visit: Visit, family: FamilyInSight) -> Page:
    """Show who belongs to the family, who works with it, and who was asked to join."""
    household = people_reads.household(visit.session, visit.moment, family)
    return page(
        "families/people.html",
        bar=reads.bar_of(family, household),
        tab="people",
        safe=safe_contacts.in_force(visit.session, visit.actor, family),
        household=household,
        statuses=child_statuses.now_of_family(visit.session, visit.actor, visit.moment, family),
        workers=involvements.workers(visit.session, visit.moment, family),
        past=involvements.past_workers(visit.session, visit.moment, family),
        asked=join_requests.of_family(visit.session, family),
        my_agency=visit.actor.agency_id,
        guests=guests.of_family(visit.session, family),
        members=needs.members(visit.session, visit.actor, visit.moment, family),
        may_change=decide(visit.actor, Permission.FAMILIES_CHANGE, family).allowed,
        may_add_workers=decide(visit.actor, Permission.INVOLVEMENTS_ADD, family).allowed,
        may_ask=decide(visit.actor, Permission.JOIN_REQUESTS_ASK, family).allowed,
        may_exclude=decide(visit.actor, Permission.EXCLUSIONS_READ, family).allowed,
    )


@bp.route("/families/<family>/children", methods=["GET", "POST"])
@requires(Permission.FAMILIES_CHANGE)
def children(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Answer the question about children."""
    household = people_reads.household(visit.session, visit.moment, family)
    form = ChildrenForm(
        data={
            "version": household.version,
            "children_asked": household.children_asked.value,
            "children_why_not": household.children_why_not,
        }
    )
    if form.is_sent():
        with form.refusals():
            families.answer_children(
                visit.session,
                visit.actor,
                family,
                form.version.data,
                asked := ChildrenAsked(form.children_asked.data),
                form.children_why_not.data or "",
            )
            flash("The answer is saved.", "success")
            onwards = "/people/add?who=child" if asked is ChildrenAsked.YES else "/people"
            return redirect(f"/families/{family.reference}{onwards}")
    return page(
        "families/form_page.html",
        bar=reads.bar_of(family, household),
        form=form,
        title="Children",
        submit="Save the answer",
        back=f"/families/{family.reference}/people",
    )


@bp.route("/families/<family>/people/add", methods=["GET", "POST"])
@requires(Permission.FAMILIES_CHANGE)
def add_person(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Add a child, a partner or another carer."""
    form = PersonForm.adding(child=request.args.get("who") == "child")
    if form.is_sent():
        with form.refusals():
            families.add_person(visit.session, visit.moment, family, _details(form))
            flash(f"{form.name.data} is added.", "success")
            _warn(visit, family)
            return redirect(f"/families/{family.reference}/people")
    return page(
        "families/form_page.html",
        bar=reads.bar(visit.session, family),
        form=form,
        title="Add somebody to the family",
        submit="Add to the family",
        back=f"/families/{family.reference}/people",
    )


@bp.route("/people/<person>/change", methods=["GET", "POST"])
@requires(Permission.FAMILIES_CHANGE)
def change_person(visit: Visit, person: PersonInSight) -> Page | Response:
    """Change what is said of a member of the family."""
    household = people_reads.household(visit.session, visit.moment, person.family)
    member = next(m for m in household.members if m.reference == person.reference)
    form = PersonForm.of(member)
    if form.is_sent():
        with form.refusals():
            families.change_person(
                visit.session, visit.moment, person, form.version.data, _details(form)
            )
            flash("The change is saved.", "success")
            _warn(visit, person.family)
            return redirect(f"/families/{person.family.reference}/people")
    return page(
        "families/form_page.html",
        bar=reads.bar_of(person.family, household),
        form=form,
        title="Change a person’s details",
        submit="Save",
        back=f"/families/{person.family.reference}/people",
    )


def _warn(visit: Visit, family: FamilyInSight) -> None:
    """Say what would end where a baby is expected; somebody is asked to plan what follows (P08)."""
    ends = transitions.open_for(visit.session, visit.actor, visit.moment, family)
    if ends:
        named = " and ".join(ends)
        flash(
            f"{named} would end on pregnancy. A task to plan what comes instead is open.", "warning"
        )


def _details(form: PersonForm) -> PersonDetails:
    return PersonDetails(
        name=form.name.data or "",
        relation=Relation(form.relation.data),
        born_on=form.born_on.data,
        nhs_number=form.nhs_number.data or "",
        own_words=form.own_words.data or "",
        lives_with=form.in_household,
        phone=form.phone.data or "",
        reach_by=form.reach_by.data or "",
        silence_means=form.silence_means.data or "",
    )
