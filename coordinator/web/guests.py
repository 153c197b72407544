"""Who works with a family outside the two agencies: adding, changing, ending."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.guest_sights import GuestInSight
from coordinator.access.policy import Permission
from coordinator.access.sights import FamilyInSight
from coordinator.forms.guests import ChangeGuestForm, GuestForm
from coordinator.reads import families
from coordinator.reads import guests as reads
from coordinator.services import guests
from coordinator.services.guests import GuestDetails
from coordinator.vocabulary import GuestRole
from coordinator.web.plans import press

bp = Blueprint("guests", __name__)

INTRO = (
    "People on the case of both agencies see this. Add who works with the family, and whom the"
    " parent wants beside her. They get no login."
)


@bp.route("/families/<family>/guests/add", methods=["GET", "POST"])
@requires(Permission.GUESTS_WRITE)
def add(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Add a health visitor, a GP, an advocate, a supporter."""
    form = GuestForm()
    if form.is_sent():
        with form.refusals():
            guests.add(visit.session, visit.actor, visit.moment, family, _details(form))
            flash(f"{form.name.data} is added.", "success")
            return redirect(f"/families/{family.reference}/people")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Add somebody who works with the family",
        intro=INTRO,
        submit="Add",
        back=f"/families/{family.reference}/people",
    )


@bp.route("/guests/<guest>/change", methods=["GET", "POST"])
@requires(Permission.GUESTS_WRITE)
def change(visit: Visit, guest: GuestInSight) -> Page | Response:
    """Change what is said of somebody who works with the family."""
    home = f"/families/{guest.family.reference}/people"
    stored = reads.one(visit.session, guest)
    form = ChangeGuestForm(data={**vars(stored), "role": stored.role.value})
    if form.is_sent():
        with form.refusals():
            guests.change(visit.session, visit.actor, guest, form.version.data, _details(form))
            flash("The change is saved.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, guest.family),
        form=form,
        title="Change a person’s details",
        intro=INTRO,
        submit="Save",
        back=home,
    )


@bp.post("/guests/<guest>/end")
@requires(Permission.GUESTS_WRITE)
def end(visit: Visit, guest: GuestInSight) -> Response:
    """Say that somebody does not work with the family any more."""
    return press(
        lambda: guests.end(visit.session, visit.moment, guest),
        "This person is off the list. Past meetings keep the name.",
        f"/families/{guest.family.reference}/people",
    )


def _details(form: GuestForm | ChangeGuestForm) -> GuestDetails:
    return GuestDetails(
        name=form.name.data or "",
        role=GuestRole(form.role.data),
        organisation=form.organisation.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        chosen_by_parent=bool(form.chosen_by_parent.data),
        parents_words=form.parents_words.data or "",
    )
