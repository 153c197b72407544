"""The parent's own words: written down for her, read by those whom she chose."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.forms.parents_words import ParentsReadersForm, ParentsWordsForm
from coordinator.reads import families as family_reads
from coordinator.reads import parents_words as reads
from coordinator.reads import sharing
from coordinator.services import parents_words as services
from coordinator.web.readers import form_about
from coordinator.web.unsure import page_with_leads

bp = Blueprint("parents_words", __name__)


@bp.get("/families/<family>/parents-words")
@requires(Permission.PARENTS_WORDS_READ)
def show(visit: Visit, family: FamilyInSight) -> Page:
    """Show the words that the parent lets the reader read."""
    return page(
        "parents_words/show.html",
        bar=family_reads.bar(visit.session, family),
        tab="sharing",
        words=reads.listed(visit.session, visit.actor, family),
        may_write=decide(visit.actor, Permission.PARENTS_WORDS_WRITE, family).allowed,
    )


@bp.route("/families/<family>/parents-words/add", methods=["GET", "POST"])
@requires(Permission.PARENTS_WORDS_WRITE)
def add(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write down what the parent says, her wish, and whom she lets read it."""
    home = f"/families/{family.reference}/parents-words"
    form = ParentsWordsForm()
    form.readers.offer(sharing.people_to_name(visit.session, visit.actor, visit.moment, family))
    if form.is_sent():
        with form.refusals():
            services.write(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.text.data or "",
                form.wish.data or "",
                tuple(form.readers.data or ()),
            )
            flash("The words are written down. Only those whom the parent chose read them.")
            return redirect(home)
    return page_with_leads(
        visit,
        family,
        "families/form_page.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title="Write down the parent’s own words",
        submit="Write it down",
        back=home,
    )


@bp.route("/parents-words/<parents_words>/readers", methods=["GET", "POST"])
@requires(Permission.PARENTS_WORDS_CHANGE)
def widen(visit: Visit, parents_words: EntryInSight) -> Page | Response:
    """Let others read the words, or fewer, as the parent wishes."""
    family = parents_words.family
    home = f"/families/{family.reference}/parents-words"
    form = form_about(visit, parents_words, ParentsReadersForm)
    if form.is_sent():
        with form.refusals():
            services.change_readers(
                visit.session,
                visit.actor,
                visit.moment,
                parents_words,
                form.version.data,
                tuple(form.readers.data or ()),
                form.wish.data or "",
            )
            flash("It is changed, with the date and the parent’s wish.", "success")
            return redirect(home)
    return page_with_leads(
        visit,
        family,
        "families/form_page.html",
        bar=family_reads.bar(visit.session, family),
        form=form,
        title="Change who reads the parent’s own words",
        submit="Save",
        back=home,
    )
