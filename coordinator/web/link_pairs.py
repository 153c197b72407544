"""Pairs of link workers: which there are, which have lost an end, and whether each works (E03)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.pair_rules import LinkPairInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import PostInSight
from coordinator.forms.base import Form
from coordinator.forms.link_pairs import EndForm, PairForm, ReviewForm
from coordinator.reads import link_pairs as reads
from coordinator.services import link_pairs
from coordinator.vocabulary import AgencyKind

bp = Blueprint("link_pairs", __name__)

WORKS = "Thank you. The pair says that it works."


@bp.get("/link-pairs")
@requires(Permission.PAIRS_READ)
def index(visit: Visit) -> Page:
    """Show the link workers' posts that are vacant or will be, and every pair."""
    return page(
        "link_pairs/index.html",
        found=reads.overview(visit.session, visit.actor, visit.moment),
        may_name=decide(visit.actor, Permission.PAIRS_NAME).allowed,
        may_appoint=decide(visit.actor, Permission.DIRECTORY_MANAGE).allowed,
    )


@bp.route("/link-pairs/name", methods=["GET", "POST"])
@requires(Permission.PAIRS_NAME)
def name(visit: Visit) -> Page | Response:
    """Name a pair: a link worker names only pairs of a post of their own."""
    form = PairForm()
    every = decide(visit.actor, Permission.DIRECTORY_MANAGE).allowed
    for field, kind in ((form.cmht, AgencyKind.CMHT), (form.csc, AgencyKind.CSC)):
        own = not every and visit.actor.agency_kind is kind
        offered = reads.choices(visit.session, visit.actor, visit.moment, kind, own=own)
        field.offer(offered)
        if own and len(offered) == 1 and field.data is None:
            field.data = offered[0][0]
    if form.is_sent():
        with form.refusals():
            reference = link_pairs.name(
                visit.session,
                visit.actor,
                visit.moment,
                form.cmht.data or "",
                form.csc.data or "",
            )
            flash("The pair is named. Both link workers are asked whether it works.", "success")
            return redirect(f"/link-pairs/{reference}")
    return page(
        "form_page.html",
        form=form,
        title="Name a pair of link workers",
        intro="Two link workers whose teams work together often. Posts are paired, not people.",
        submit="Name the pair",
        back="/link-pairs",
    )


@bp.get("/link-pairs/<link_pair>")
@requires(Permission.PAIRS_READ)
def show(visit: Visit, link_pair: LinkPairInSight) -> Page:
    """Show both ends of a pair and what was said of it."""
    pair, reviews = reads.one(visit.session, visit.actor, visit.moment, link_pair)
    return page(
        "link_pairs/show.html",
        pair=pair,
        reviews=reviews,
        may_review=decide(visit.actor, Permission.PAIRS_REVIEW, link_pair).allowed,
        may_end=decide(visit.actor, Permission.PAIRS_END, link_pair).allowed,
    )


@bp.post("/link-pairs/<link_pair>/works")
@requires(Permission.PAIRS_REVIEW)
def works(visit: Visit, link_pair: LinkPairInSight) -> Response:
    """Say with one press that a pair works."""
    form = Form()
    with form.refusals():
        link_pairs.review(visit.session, visit.actor, visit.moment, link_pair)
        flash(WORKS, "success")
    return redirect(f"/link-pairs/{link_pair.reference}")


@bp.route("/link-pairs/<link_pair>/review", methods=["GET", "POST"])
@requires(Permission.PAIRS_REVIEW)
def review(visit: Visit, link_pair: LinkPairInSight) -> Page | Response:
    """Say that a pair works, with a note."""
    form = ReviewForm()
    home = f"/link-pairs/{link_pair.reference}"
    if form.is_sent():
        with form.refusals():
            link_pairs.review(
                visit.session, visit.actor, visit.moment, link_pair, form.note.data or ""
            )
            flash(WORKS, "success")
            return redirect(home)
    return page(
        "form_page.html",
        form=form,
        title="Does this pair still work?",
        submit="It works",
        back=home,
    )


@bp.route("/link-pairs/<link_pair>/end", methods=["GET", "POST"])
@requires(Permission.PAIRS_END)
def end(visit: Visit, link_pair: LinkPairInSight) -> Page | Response:
    """End a pair, and say why."""
    form = EndForm()
    if form.is_sent():
        with form.refusals():
            link_pairs.end(
                visit.session, visit.actor, visit.moment, link_pair, form.note.data or ""
            )
            flash("The pair is ended. Its history stays.", "success")
            return redirect("/link-pairs")
    return page(
        "form_page.html",
        form=form,
        title="End the pair?",
        intro="Both posts stay, and each link worker can be asked as before.",
        submit="End the pair",
        style="warning",
        back=f"/link-pairs/{link_pair.reference}",
    )


@bp.post("/directory/posts/<post>/vacancy-read")
@requires(Permission.VACANCIES_HEAR)
def hear(visit: Visit, post: PostInSight) -> Response:
    """Say that one has read of a vacancy."""
    link_pairs.hear(visit.session, visit.actor, visit.moment, post)
    flash("It is off your Today page, and stays on the list of pairs.", "success")
    return redirect("/today")
