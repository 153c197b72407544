"""The library: search, read, say that one has read; write and look after documents (E32)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.library_sights import DocumentInSight, DocumentVersionInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.worry_sights import ReferralFormInSight
from coordinator.errors import InvalidError, NotFoundError
from coordinator.forms.library import (
    AddDocumentForm,
    NewVersionForm,
    OwnersForm,
    ReviewForm,
    WordsForm,
)
from coordinator.reads import agendas, lawful_bases, library_owners, referral_forms
from coordinator.reads import library as reads
from coordinator.reads.library import DocumentPage
from coordinator.services import library
from coordinator.services.library import Words
from coordinator.vocabulary import AgencyKind, DocumentKind
from coordinator.web.lists import asked

bp = Blueprint("library", __name__)

HOME = "/library"


@bp.get("/library")
@requires(Permission.LIBRARY_READ)
def index(visit: Visit) -> Page:
    """Show what holds now, or what of it has the words that are asked for."""
    words = asked("q")
    here = (visit.session, visit.actor, visit.moment)
    manages = decide(visit.actor, Permission.LIBRARY_MANAGE).allowed
    return page(
        "library/index.html",
        found=reads.offered(*here, words),
        withdrawn=reads.withdrawn(*here) if manages and not words else (),
        manages=manages,
        q=words,
    )


@bp.get("/library/read-by-me")
@requires(Permission.LIBRARY_READ)
def read_by_me(visit: Visit) -> Page:
    """Show what the reader said that they have read."""
    return page(
        "library/read_by_me.html",
        lines=reads.read_by_me(visit.session, visit.actor, visit.moment),
    )


@bp.get("/library/words-in-force")
@requires(Permission.LIBRARY_READ)
def words_in_force(visit: Visit) -> Page:
    """Show the ground rules of meetings and the reasons for sharing, as they hold now."""
    return page(
        "library/words_in_force.html",
        rules=agendas.ground_rules(visit.session)[1].splitlines(),
        bases=lawful_bases.offered(visit.session),
    )


@bp.get("/library/forms/<referral_form>")
@requires(Permission.LIBRARY_READ)
def form(visit: Visit, referral_form: ReferralFormInSight) -> Page:
    """Show a version of a form for a referral, and say if another holds."""
    versions = [
        one for one in referral_forms.versions(visit.session) if one.code == referral_form.code
    ]
    return page(
        "library/form.html",
        form_version=next(one for one in versions if one.id == referral_form.id),
        questions=referral_forms.questions(visit.session, referral_form.id),
        versions=versions,
    )


@bp.get("/library/agencies/<kind>")
@requires(Permission.LIBRARY_READ)
def role_card(visit: Visit, kind: str) -> Page:
    """Show what the agencies of one kind must do, cannot do, and what to expect of them."""
    if kind not in library.PARTNERS:
        raise NotFoundError
    here = (visit.session, visit.actor, visit.moment)
    return _shown(visit, reads.standing(*here, DocumentKind.ROLE_CARD, AgencyKind(kind)))


@bp.get("/library/words")
@requires(Permission.LIBRARY_READ)
def glossary(visit: Visit) -> Page:
    """Show the words that both agencies use, with what they mean."""
    here = (visit.session, visit.actor, visit.moment)
    return _shown(visit, reads.standing(*here, DocumentKind.GLOSSARY))


@bp.get("/library/<document>")
@requires(Permission.LIBRARY_READ)
def show(visit: Visit, document: DocumentInSight) -> Page:
    """Show a document as it holds now."""
    shown = reads.one(visit.session, visit.actor, visit.moment, document)
    return _shown(visit, shown)


@bp.get("/library/versions/<document_version>")
@requires(Permission.LIBRARY_READ)
def version(visit: Visit, document_version: DocumentVersionInSight) -> Page:
    """Show one version, and say if another holds."""
    shown = reads.version(visit.session, visit.actor, visit.moment, document_version)
    return _shown(visit, shown)


@bp.post("/library/versions/<document_version>/read")
@requires(Permission.LIBRARY_READ)
def have_read(visit: Visit, document_version: DocumentVersionInSight) -> Response:
    """Say that one has read a version."""
    try:
        library.have_read(visit.session, visit.actor, visit.moment, document_version)
        flash("It is on your list of what you have read.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(f"{HOME}/{document_version.document_reference}")


@bp.route("/library/add", methods=["GET", "POST"])
@requires(Permission.LIBRARY_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add a document."""
    form = AddDocumentForm()
    _offer_posts(visit, form)
    if form.is_sent():
        with form.refusals():
            reference = library.add(
                visit.session,
                visit.actor,
                visit.moment,
                DocumentKind(form.kind.data),
                _words(form),
                _owners(form),
                form.review_on.data,
            )
            flash("The document is in the library.", "success")
            return redirect(f"{HOME}/{reference}")
    return page(
        "form_page.html", form=form, title="Add a document", submit="Add the document", back=HOME
    )


@bp.route("/library/<document>/new-version", methods=["GET", "POST"])
@requires(Permission.LIBRARY_WRITE)
def new_version(visit: Visit, document: DocumentInSight) -> Page | Response:
    """Write the next version."""
    now = reads.one(visit.session, visit.actor, visit.moment, document)
    data = {**vars(now.line), "body": now.body, "kept_at": now.kept_at, "review_on": None}
    form = NewVersionForm(data={**data, "version": now.sight.version})
    if form.is_sent():
        with form.refusals():
            library.new_version(
                visit.session,
                visit.actor,
                visit.moment,
                document,
                form.version.data,
                _words(form, form.what_changed.data or ""),
                form.review_on.data,
            )
            flash("The new version holds now. The one before stays readable.", "success")
            return redirect(f"{HOME}/{document.reference}")
    return page(
        "form_page.html",
        form=form,
        title="Write the next version",
        caption=now.line.title,
        submit="Put it in the library",
        back=f"{HOME}/{document.reference}",
    )


@bp.route("/library/<document>/review", methods=["GET", "POST"])
@requires(Permission.LIBRARY_WRITE)
def review(visit: Visit, document: DocumentInSight) -> Page | Response:
    """Say that a document stays as it is until the next review."""
    now = reads.one(visit.session, visit.actor, visit.moment, document)
    form = ReviewForm()
    if form.is_sent():
        with form.refusals():
            library.review(visit.session, visit.moment, document, form.review_on.data)
            flash("It stays as it is until then.", "success")
            return redirect(f"{HOME}/{document.reference}")
    return page(
        "form_page.html",
        form=form,
        title="It stays as it is",
        caption=now.line.title,
        intro="Say so when you have read it through and it still holds. Otherwise write the next"
        " version.",
        submit="Save the next review date",
        back=f"{HOME}/{document.reference}",
    )


@bp.route("/library/<document>/owners", methods=["GET", "POST"])
@requires(Permission.LIBRARY_MANAGE)
def owners(visit: Visit, document: DocumentInSight) -> Page | Response:
    """Say which posts look after a document."""
    now = reads.one(visit.session, visit.actor, visit.moment, document)
    held = {f"owner_{owner.agency_kind}": owner.reference for owner in now.owners}
    form = OwnersForm(data=held)
    _offer_posts(visit, form)
    if form.is_sent():
        with form.refusals():
            library.set_owners(visit.session, document, _owners(form))
            flash("They look after it now.", "success")
            return redirect(f"{HOME}/{document.reference}")
    return page(
        "form_page.html",
        form=form,
        title="Who looks after it?",
        caption=now.line.title,
        submit="Save",
        back=f"{HOME}/{document.reference}",
    )


@bp.post("/library/<document>/withdraw")
@requires(Permission.LIBRARY_MANAGE)
def withdraw(visit: Visit, document: DocumentInSight) -> Response:
    """Offer a document no more."""
    try:
        library.withdraw(visit.session, visit.moment, document, withdrawn=True)
        flash("It is offered no more. It stays readable for who has its address.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(f"{HOME}/{document.reference}")


@bp.post("/library/<document>/bring-back")
@requires(Permission.LIBRARY_MANAGE)
def bring_back(visit: Visit, document: DocumentInSight) -> Response:
    """Offer a document again."""
    try:
        library.withdraw(visit.session, visit.moment, document, withdrawn=False)
        flash("It is offered again.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(f"{HOME}/{document.reference}")


def _shown(visit: Visit, shown: DocumentPage) -> Page:
    return page(
        "library/document.html",
        doc=shown,
        manages=decide(visit.actor, Permission.LIBRARY_MANAGE).allowed,
        writes=decide(visit.actor, Permission.LIBRARY_WRITE, shown.sight).allowed,
    )


def _offer_posts(visit: Visit, form: AddDocumentForm | OwnersForm) -> None:
    choices = library_owners.choices(visit.session, visit.moment)
    for kind in library.PARTNERS:
        ours = [(reference, words) for whose, reference, words in choices if whose is kind]
        form[f"owner_{kind}"].offer([("", "Choose one"), *ours])


def _owners(form: AddDocumentForm | OwnersForm) -> list[str]:
    return [form[f"owner_{kind}"].data or "" for kind in library.PARTNERS]


def _words(form: WordsForm, what_changed: str = "") -> Words:
    return Words(
        form.title.data or "",
        form.for_whom.data or "",
        form.asks.data or "",
        form.body.data or "",
        form.kept_at.data or "",
        what_changed,
    )
