"""Safe contact: that there is one, for named people; the words on one page alone."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.forms.safe_contacts import ReplaceForm, SafeContactForm, SafeReadersForm
from coordinator.reads import families as family_reads
from coordinator.reads import people, sharing
from coordinator.reads import safe_contacts as reads
from coordinator.services import safe_contacts as services
from coordinator.services.safe_contacts import SafeDetails
from coordinator.vocabulary import Notice
from coordinator.web.plans import press
from coordinator.web.readers import form_about
from coordinator.web.unsure import page_with_leads

bp = Blueprint("safe_contacts", __name__)

ONLY_NAMED = "Named people read it, one look at a time; each look is logged. It is never printed."


@bp.get("/families/<family>/safe-contacts")
@requires(Permission.SAFE_CONTACTS_LIST)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """List the safe contacts for which the reader is named, without their words."""
    return page(
        "safe_contacts/index.html",
        bar=family_reads.bar(visit.session, family),
        tab="sharing",
        contacts=reads.listed(visit.session, visit.actor, family),
        may_write=decide(visit.actor, Permission.SAFE_CONTACTS_WRITE, family).allowed,
    )


@bp.get("/safe-contacts/<safe_contact>")
@requires(Permission.SAFE_CONTACTS_SHOW)
def show(visit: Visit, safe_contact: EntryInSight) -> Page:
    """Show the words of one safe contact; the look is in the trail before they are shown."""
    return page(
        "safe_contacts/show.html",
        bar=family_reads.bar(visit.session, safe_contact.family),
        tab="sharing",
        safe=reads.shown(visit.session, visit.actor, safe_contact),
    )


@bp.route("/families/<family>/safe-contacts/add", methods=["GET", "POST"])
@requires(Permission.SAFE_CONTACTS_WRITE)
def add(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write down how a member of the family is reached safely, and name who must know."""
    household = people.household(visit.session, visit.moment, family)
    form = SafeContactForm(data={"notice": Notice.NOBODY.value})
    members = [(member.reference, member.name) for member in household.members]
    form.person.offer([("", "Choose one"), *members])
    form.readers.offer(sharing.people_to_name(visit.session, visit.actor, visit.moment, family))
    if form.is_sent():
        with form.refusals():
            reference = services.write(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.person.data or "",
                _details(form),
                tuple(form.readers.data or ()),
                Notice(form.notice.data),
            )
            flash("The safe contact is written down.", "success")
            return redirect(f"/safe-contacts/{reference}")
    return page_with_leads(
        visit,
        family,
        "families/form_page.html",
        bar=family_reads.bar_of(family, household),
        form=form,
        title="Write down a safe contact",
        intro=ONLY_NAMED,
        submit="Write it down",
        back=f"/families/{family.reference}/safe-contacts",
    )


@bp.route("/safe-contacts/<safe_contact>/replace", methods=["GET", "POST"])
@requires(Permission.SAFE_CONTACTS_WRITE)
def replace(visit: Visit, safe_contact: EntryInSight) -> Page | Response:
    """Write a safe contact anew: the old one ends.  Its words are not shown here."""
    form = ReplaceForm()
    if form.is_sent():
        with form.refusals():
            reference = services.replace(
                visit.session, visit.actor, visit.moment, safe_contact, _details(form)
            )
            flash("The new safe contact stands, and the old one is ended.", "success")
            return redirect(f"/safe-contacts/{reference}")
    return page_with_leads(
        visit,
        safe_contact.family,
        "families/form_page.html",
        bar=family_reads.bar(visit.session, safe_contact.family),
        form=form,
        title="Write the safe contact anew",
        caption=reads.whose(visit.session, safe_contact),
        intro="For the same people. What stood before is ended, and is not repeated here.",
        submit="Replace it",
        back=f"/safe-contacts/{safe_contact.reference}",
    )


@bp.post("/safe-contacts/<safe_contact>/end")
@requires(Permission.SAFE_CONTACTS_WRITE)
def end(visit: Visit, safe_contact: EntryInSight) -> Response:
    """End a safe contact that is no longer safe, or no longer needed."""
    return press(
        lambda: services.end(visit.session, visit.moment, safe_contact),
        "The safe contact is ended.",
        f"/families/{safe_contact.family.reference}/safe-contacts",
    )


@bp.route("/safe-contacts/<safe_contact>/readers", methods=["GET", "POST"])
@requires(Permission.SAFE_CONTACTS_NAME)
def name_others(visit: Visit, safe_contact: EntryInSight) -> Page | Response:
    """Name other readers, with a reason."""
    family = safe_contact.family
    form = form_about(visit, safe_contact, SafeReadersForm)
    if form.is_sent():
        with form.refusals():
            services.change_readers(
                visit.session,
                visit.actor,
                visit.moment,
                safe_contact,
                form.version.data,
                tuple(form.readers.data or ()),
                form.reason.data or "",
            )
            flash("The change is saved.", "success")
            return redirect(f"/families/{family.reference}/safe-contacts")
    return page_with_leads(
        visit,
        family,
        "families/form_page.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title="Change who is named",
        submit="Save",
        back=f"/families/{family.reference}/safe-contacts",
    )


def _details(form: ReplaceForm | SafeContactForm) -> SafeDetails:
    return SafeDetails(
        form.how.data or "", form.never.data or "", form.phone.data or "", form.address.data or ""
    )
