"""Immediate danger: opening one entry at once, reading it while it is open, and the review."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.exits import subject_of
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EmergencyInSight, FamilyInSight, NoticeInSight
from coordinator.errors import InvalidError
from coordinator.forms.emergencies import DangerForm, ReviewForm
from coordinator.reads import emergencies as reads
from coordinator.reads import families as family_reads
from coordinator.services import emergencies, step_up, wrong_sign_ins
from coordinator.services.wrong_sign_ins import WaitError
from coordinator.settings import SETTINGS
from coordinator.trail import looked
from coordinator.vocabulary import Danger, ReviewOutcome

bp = Blueprint("emergencies", __name__)


@bp.get("/families/<family>/danger")
@requires(Permission.EMERGENCIES_OPEN)
def danger(visit: Visit, family: FamilyInSight) -> Page:
    """Show what is held back and can be opened now, and whom to call."""
    return page(
        "emergencies/danger.html",
        bar=family_reads.bar(visit.session, family),
        tab="sharing",
        held_back=reads.held_back(visit.session, visit.actor, family),
        leads=reads.leads_of(visit.session, visit.moment, visit.actor.agency_id, family.id),
        hours=SETTINGS.emergency_hours,
    )


@bp.route("/notices/<notice>/open", methods=["GET", "POST"])
@requires(Permission.EMERGENCIES_OPEN)
def open_now(visit: Visit, notice: NoticeInSight) -> Page | Response:
    """Open one entry that is held back, at once."""
    there = emergencies.open_of(visit.session, visit.actor, visit.moment, notice)
    if there:
        return redirect(f"/emergencies/{there}")
    form = DangerForm()
    if current_app.config["COORDINATOR"].demo:
        del form.code
    else:
        del form.password
    wrong = None
    if form.is_sent():
        try:
            _confirm(visit, form)
        except WaitError as wait:
            form.refuse("", f"Too many wrong tries. Try again in {wait.seconds} seconds, or call.")
        except InvalidError as refused:
            wrong = _wrong_try(visit, notice)
            for name, sentence in refused.problems.items():
                form.refuse(name, sentence)
        else:
            with form.refusals():
                opened = emergencies.open_now(
                    visit.session,
                    visit.actor,
                    visit.moment,
                    notice,
                    Danger(form.danger.data),
                    form.reason.data or "",
                )
                return redirect(f"/emergencies/{opened}")
    return page(
        "emergencies/open.html",
        record=wrong,
        bar=family_reads.bar(visit.session, notice.family),
        form=form,
        held=reads.one_held_back(visit.session, notice),
        leads=reads.leads_of(visit.session, visit.moment, notice.agency_id, notice.family.id),
        hours=SETTINGS.emergency_hours,
        title="Immediate danger: open now",
        submit="Open it now",
        style="warning",
        back=f"/families/{notice.family.reference}/danger",
    )


@bp.get("/emergencies/<emergency>")
@requires(Permission.EMERGENCIES_READ)
def show(visit: Visit, emergency: EmergencyInSight) -> Page:
    """Show what was opened: its words to who opened it, until the stated time."""
    return page(
        "emergencies/show.html",
        opening=reads.one(visit.session, visit.moment, emergency),
        mine=emergency.opened_by_id == visit.actor.account_id,
        knows_family=emergency.knows_family,
        may_review=decide(visit.actor, Permission.EMERGENCIES_REVIEW, emergency).allowed,
    )


@bp.route("/emergencies/<emergency>/review", methods=["GET", "POST"])
@requires(Permission.EMERGENCIES_REVIEW)
def review(visit: Visit, emergency: EmergencyInSight) -> Page | Response:
    """Say what came of the review."""
    form = ReviewForm()
    if form.is_sent():
        with form.refusals():
            emergencies.review(
                visit.session,
                visit.actor,
                visit.moment,
                emergency,
                ReviewOutcome(form.outcome.data),
                form.review.data or "",
            )
            flash("The review is written down.", "success")
            return redirect(f"/emergencies/{emergency.reference}")
    return page(
        "emergencies/review.html",
        form=form,
        opening=reads.one(visit.session, visit.moment, emergency),
        title="Review an emergency opening",
        submit="Finish the review",
        back=f"/emergencies/{emergency.reference}",
    )


def _wrong_try(visit: Visit, notice: NoticeInSight) -> Callable[[Any], None]:
    """Return what writes the look at the form, and counts a wrong try as a wrong sign-in."""
    account, here, now = visit.actor.account_id, request.remote_addr or "", visit.moment.now

    def write(session: Any) -> None:
        looked(session, subject_of(notice), Permission.EMERGENCIES_OPEN)
        wrong_sign_ins.count_code(session, account, here, now)

    return write


def _confirm(visit: Visit, form: DangerForm) -> None:
    here, now = request.remote_addr or "", visit.moment.now
    if "password" in form:
        step_up.with_password(visit.session, visit.actor, form.password.data, here, now)
    else:
        step_up.with_code(visit.session, visit.actor, form.code.data or "", here, now)
