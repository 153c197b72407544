"""Referrals: begin, write, send, give up; acknowledge, decide, join; hear what was decided."""

from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.access.worry_sights import ReferralInSight
from coordinator.errors import InvalidError
from coordinator.forms.referrals import BeginReferralForm, OutcomeForm, SendForm, written_on
from coordinator.forms.sharing import day_to_look_again
from coordinator.reads import (
    disagreements,
    families,
    referral_filling,
    referral_forms,
    referral_routes,
)
from coordinator.reads import referrals as reads
from coordinator.services import referrals
from coordinator.services.referrals import Said
from coordinator.services.sharing_facts import Facts
from coordinator.vocabulary import ParentTold, Purpose, ReferralState
from coordinator.web.presentation import phone_text
from coordinator.web.sharing import offer_bases

bp = Blueprint("referrals", __name__)

ACTS = (
    Permission.REFERRALS_WRITE,
    Permission.REFERRALS_ACKNOWLEDGE,
    Permission.REFERRALS_DECIDE,
    Permission.REFERRALS_JOIN,
    Permission.REFERRALS_HEAR,
)


@bp.get("/families/<family>/referrals")
@requires(Permission.FAMILIES_READ)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """List what was referred about a family, and what became of it."""
    return page(
        "referrals/index.html",
        bar=families.bar(visit.session, family),
        tab="worries",
        referrals=reads.of_family(visit.session, visit.actor, visit.moment, family),
        disagreements=disagreements.of_family(visit.session, visit.actor, visit.moment, family),
        may_begin=decide(visit.actor, Permission.REFERRALS_BEGIN, family).allowed,
    )


@bp.route("/families/<family>/referrals/begin", methods=["GET", "POST"])
@requires(Permission.REFERRALS_BEGIN)
def begin(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Begin a draft on one of the forms that hold now."""
    form = BeginReferralForm()
    forms = referral_forms.current(visit.session)
    form.form.offer([(one.code, one.name, one.hint) for one in forms])
    if form.is_sent():
        with form.refusals():
            filled = referral_filling.of(visit.session, visit.actor, visit.moment, family)
            reference = referrals.start(
                visit.session, visit.actor, visit.moment, family, form.form.data, filled
            )
            return redirect(f"/referrals/{reference}/write")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Refer a child",
        submit="Begin the form",
        back=f"/families/{family.reference}/referrals",
    )


@bp.get("/referrals/<referral>")
@requires(Permission.REFERRALS_READ)
def show(visit: Visit, referral: ReferralInSight) -> Page:
    """Show a referral, where it stands, and what its reader may do."""
    return page(
        "referrals/show.html",
        bar=families.bar(visit.session, referral.family),
        tab="worries",
        referral=reads.one(visit.session, visit.moment, referral),
        may={act.value for act in ACTS if decide(visit.actor, act, referral).allowed},
    )


@bp.route("/referrals/<referral>/write", methods=["GET", "POST"])
@requires(Permission.REFERRALS_WRITE)
def write(visit: Visit, referral: ReferralInSight) -> Page | Response:
    """Write the draft; it is kept as far as it goes."""
    shown = reads.one(visit.session, visit.moment, referral)
    now: dict[str, Any] = {"version": shown.version}
    for one in shown.answers:
        now |= {f"answer_{one.id}": one.text, f"why_{one.id}": one.why_left_out}
    form = written_on(shown.answers)(data=now)
    if form.is_sent():
        if form.version.data != shown.version:
            form.refuse("", "This draft was changed elsewhere since you opened it. Look again")
        else:
            with form.refusals():
                referrals.save(visit.session, visit.actor, referral, _said(form, shown))
                if form.later.data:
                    flash("The draft is kept. It stands on your Today page.", "success")
                    return redirect(f"/referrals/{referral.reference}")
                return redirect(f"/referrals/{referral.reference}/send")
    return _form_page(
        visit,
        referral,
        form,
        "referrals/write.html",
        title=shown.row.form,
        submit="Go on to sending",
        referral=shown,
    )


@bp.route("/referrals/<referral>/send", methods=["GET", "POST"])
@requires(Permission.REFERRALS_WRITE)
def send(visit: Visit, referral: ReferralInSight) -> Page | Response:
    """Name what is missing and where it goes now, and send it."""
    shown = reads.one(visit.session, visit.moment, referral)
    places = referral_routes.now(visit.session, visit.actor, visit.moment, referral.family)
    form = SendForm(
        data={
            "whom": places[0].key if places else None,
            "purpose": Purpose.SAFEGUARDING_CHILD.value,
            "review_on": day_to_look_again(visit.moment.today),
        }
    )
    form.whom.offer(
        [(place.key, place.team, f"{place.about}: {phone_text(place.phone)}") for place in places]
    )
    bases = offer_bases(visit, form)
    if form.is_sent():
        with form.refusals():
            referrals.send(
                visit.session,
                visit.actor,
                visit.moment,
                referral,
                form.whom.data or "",
                _facts(form),
            )
            flash("The referral is sent. The team has to acknowledge it.", "success")
            return redirect(f"/referrals/{referral.reference}")
    return _form_page(
        visit,
        referral,
        form,
        "referrals/send.html",
        title="Send the referral",
        submit="Send it",
        referral=shown,
        bases=bases,
    )


@bp.post("/referrals/<referral>/drop")
@requires(Permission.REFERRALS_WRITE)
def drop(visit: Visit, referral: ReferralInSight) -> Response:
    """Give a draft up."""
    referrals.drop(visit.session, referral)
    flash("The draft is given up. Nothing was sent.", "success")
    return redirect(f"/families/{referral.family.reference}/referrals")


@bp.post("/referrals/<referral>/acknowledge")
@requires(Permission.REFERRALS_ACKNOWLEDGE)
def acknowledge(visit: Visit, referral: ReferralInSight) -> Response:
    """Tell the sender that it has arrived."""
    referrals.acknowledge(visit.session, visit.actor, visit.moment, referral)
    flash("The sender sees that you have it.", "success")
    return redirect(f"/referrals/{referral.reference}")


@bp.route("/referrals/<referral>/outcome", methods=["GET", "POST"])
@requires(Permission.REFERRALS_DECIDE)
def outcome(visit: Visit, referral: ReferralInSight) -> Page | Response:
    """Write down what is decided."""
    form = OutcomeForm()
    if form.is_sent():
        with form.refusals():
            referrals.decide(
                visit.session,
                visit.actor,
                visit.moment,
                referral,
                ReferralState(form.outcome.data),
                form.reason.data or "",
            )
            flash("The decision is on its sender’s Today page.", "success")
            return redirect(f"/referrals/{referral.reference}")
    return _form_page(
        visit,
        referral,
        form,
        "families/form_page.html",
        title="Decide on the referral",
        submit="Save the decision",
    )


@bp.post("/referrals/<referral>/join")
@requires(Permission.REFERRALS_JOIN)
def join(visit: Visit, referral: ReferralInSight) -> Response:
    """Join the case that a referral to one's team is about."""
    try:
        referrals.join(visit.session, visit.actor, visit.moment, referral)
        flash("You are on the case.", "success")
    except InvalidError as refused:
        flash(" ".join(refused.problems.values()), "warning")
    return redirect(f"/referrals/{referral.reference}")


@bp.post("/referrals/<referral>/heard")
@requires(Permission.REFERRALS_HEAR)
def hear(visit: Visit, referral: ReferralInSight) -> Response:
    """Say that the outcome is read."""
    referrals.hear(visit.session, visit.moment, referral)
    flash("It is off your Today page.", "success")
    return redirect("/today")


def _said(form: Any, shown: reads.ReferralPage) -> dict[int, Said]:
    return {
        one.id: Said(
            form[f"answer_{one.id}"].data or "",
            (form[f"why_{one.id}"].data or "") if f"why_{one.id}" in form else "",
        )
        for one in shown.answers
    }


def _facts(form: SendForm) -> Facts:
    told = form.parent_told.data
    return Facts(
        purpose=Purpose(form.purpose.data) if form.purpose.data else None,
        parent_told=ParentTold(told) if told else None,
        parent_view=form.parent_view.data or "",
        basis=form.basis.data or "",
        review_on=form.review_on.data,
    )


def _form_page(
    visit: Visit, about: ReferralInSight, form: Any, template: str, **values: Any
) -> Page:
    return page(
        template,
        bar=families.bar(visit.session, about.family),
        form=form,
        back=f"/referrals/{about.reference}",
        **values,
    )
