"""The list of reasons for sharing, which an administrator keeps; it shows no family."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import LawfulBasisInSight
from coordinator.errors import InvalidError
from coordinator.forms.lawful_bases import LawfulBasisForm
from coordinator.reads import lawful_bases as reads
from coordinator.services import lawful_bases
from coordinator.services.lawful_bases import Reason
from coordinator.vocabulary import BasisKind

bp = Blueprint("lawful_bases", __name__)

LIST = "/lawful-bases"


@bp.get("/lawful-bases")
@requires(Permission.LAWFUL_BASES_MANAGE)
def index(visit: Visit) -> Page:
    """List the reasons."""
    return page(
        "lawful_bases/index.html",
        bases=reads.everything(visit.session),
        before=reads.before(visit.session),
    )


@bp.route("/lawful-bases/add", methods=["GET", "POST"])
@requires(Permission.LAWFUL_BASES_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add a reason."""
    form = LawfulBasisForm()
    if form.is_sent():
        with form.refusals():
            lawful_bases.add(visit.session, _reason(form))
            flash("The reason is on the list.", "success")
            return redirect(LIST)
    return page(
        "form_page.html", form=form, title="Add a reason for sharing", submit="Add it", back=LIST
    )


@bp.route("/lawful-bases/<lawful_basis>/change", methods=["GET", "POST"])
@requires(Permission.LAWFUL_BASES_MANAGE)
def change(visit: Visit, lawful_basis: LawfulBasisInSight) -> Page | Response:
    """Change what practitioners read when they share from now on."""
    basis = reads.one(visit.session, lawful_basis)
    form = LawfulBasisForm(data={**vars(basis), "kind": basis.kind.value})
    if form.is_sent():
        with form.refusals():
            lawful_bases.change(
                visit.session,
                visit.actor,
                visit.moment,
                lawful_basis,
                form.version.data,
                _reason(form),
            )
            flash("The reason is changed for what is shared from now on.", "success")
            return redirect(LIST)
    return page(
        "form_page.html",
        form=form,
        title="Change a reason for sharing",
        intro="What was shared before keeps the wording that was shown at the time.",
        submit="Save the change",
        back=LIST,
    )


@bp.post("/lawful-bases/<lawful_basis>/up")
@requires(Permission.LAWFUL_BASES_MANAGE)
def up(visit: Visit, lawful_basis: LawfulBasisInSight) -> Response:
    """Move a reason before the one above it."""
    lawful_bases.move_up(visit.session, lawful_basis)
    return redirect(LIST)


@bp.post("/lawful-bases/<lawful_basis>/retire")
@requires(Permission.LAWFUL_BASES_MANAGE)
def retire(visit: Visit, lawful_basis: LawfulBasisInSight) -> Response:
    """Take a reason off the list."""
    try:
        lawful_bases.retire(visit.session, lawful_basis, retired=True)
        flash("The reason is off the list. Records that name it keep it.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(LIST)


@bp.post("/lawful-bases/<lawful_basis>/bring-back")
@requires(Permission.LAWFUL_BASES_MANAGE)
def bring_back(visit: Visit, lawful_basis: LawfulBasisInSight) -> Response:
    """Put a retired reason back on the list."""
    lawful_bases.retire(visit.session, lawful_basis, retired=False)
    flash("The reason is on the list again.", "success")
    return redirect(LIST)


def _reason(form: LawfulBasisForm) -> Reason:
    return Reason(
        form.name.data or "",
        BasisKind(form.kind.data),
        form.sentence.data or "",
        form.source.data or "",
    )
