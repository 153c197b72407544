"""Concerns about working together: raised in private, owned, and never closed in silence (E22)."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.concern_rules import ConcernInSight
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.forms.joint_concerns import OutcomeForm, RaiseForm
from coordinator.reads import joint_concerns as reads
from coordinator.services import joint_concerns
from coordinator.vocabulary import ConcernKind, PostKind

bp = Blueprint("joint_concerns", __name__)

HOME = "/working-together"
ACTS = (Permission.CONCERNS_TAKE_UP, Permission.CONCERNS_CLOSE, Permission.CONCERNS_HEAR)


@bp.get("/working-together")
@requires(Permission.CONCERNS_LIST)
def index(visit: Visit) -> Page:
    """Show what the reader answers for, with counts by kind, and what they raised."""
    actor = visit.actor
    return page(
        "joint_concerns/index.html",
        board=reads.board(visit.session, actor, visit.moment),
        may_raise=decide(actor, Permission.CONCERNS_RAISE).allowed,
        answers=bool(actor.managed_team_ids) or PostKind.LINK_WORKER in actor.posts,
        reads_difficulties=decide(actor, Permission.DIFFICULTIES_READ).allowed,
    )


@bp.route("/working-together/raise", methods=["GET", "POST"])
@requires(Permission.CONCERNS_RAISE)
def raise_one(visit: Visit) -> Page | Response:
    """Raise a concern about the work with a team of the other agency."""
    session, actor, moment = visit.session, visit.actor, visit.moment
    form = RaiseForm()
    ours = reads.teams_of_mine(session, actor)
    form.team.offer(ours)
    form.about.offer([("", "Choose one"), *reads.teams_of_others(session, actor)])
    if one_team := len(ours) == 1:
        del form.team
    if form.is_sent():
        with form.refusals():
            reference = joint_concerns.raise_one(
                session,
                actor,
                moment,
                ConcernKind(form.kind.data),
                ours[0][0] if one_team else form.team.data or "",
                form.about.data or "",
                form.text.data or "",
            )
            flash("It is sent. What comes of it will stand on your Today page.", "success")
            return redirect(f"{HOME}/{reference}")
    return page(
        "form_page.html",
        form=form,
        title="Raise a concern about working together",
        intro="Only the managers and link workers of the two teams read it, and those of the other"
        " agency without your name. It is in no family’s record, and it is not closed before you"
        " hear what came of it.",
        submit="Send it",
        back=HOME,
    )


@bp.get("/working-together/<joint_concern>")
@requires(Permission.CONCERNS_READ)
def show(visit: Visit, joint_concern: ConcernInSight) -> Page:
    """Show a concern, who owns it, and what came of it."""
    return page(
        "joint_concerns/show.html",
        line=reads.one(visit.session, visit.actor, visit.moment, joint_concern),
        may={act.value for act in ACTS if decide(visit.actor, act, joint_concern).allowed},
    )


@bp.post("/working-together/<joint_concern>/take-up")
@requires(Permission.CONCERNS_TAKE_UP)
def take_up(visit: Visit, joint_concern: ConcernInSight) -> Response:
    """Become its owner."""
    joint_concerns.take_up(visit.session, visit.actor, joint_concern)
    flash("It is yours: say what came of it once that is clear.", "success")
    return redirect(f"{HOME}/{joint_concern.reference}")


@bp.route("/working-together/<joint_concern>/close", methods=["GET", "POST"])
@requires(Permission.CONCERNS_CLOSE)
def close(visit: Visit, joint_concern: ConcernInSight) -> Page | Response:
    """Close it with what came of it."""
    form = OutcomeForm()
    home = f"{HOME}/{joint_concern.reference}"
    if form.is_sent():
        with form.refusals():
            joint_concerns.close(
                visit.session, visit.moment, joint_concern, form.outcome.data or ""
            )
            flash("It is closed. Who raised it reads what came of it on Today.", "success")
            return redirect(home)
    return page("form_page.html", form=form, title="What came of it", submit="Close it", back=home)


@bp.post("/working-together/<joint_concern>/heard")
@requires(Permission.CONCERNS_HEAR)
def hear(visit: Visit, joint_concern: ConcernInSight) -> Response:
    """Say that the outcome is read."""
    joint_concerns.hear(visit.session, visit.moment, joint_concern)
    flash("It is off your Today page.", "success")
    return redirect("/today")
