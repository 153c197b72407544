"""I am worried about a child: at most four screens, from any page, with or without a family."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access import find
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.access.worry_sights import WorryInSight
from coordinator.forms.referrals import BeginReferralForm
from coordinator.forms.worries import NOBODY_HERE, ChildForm, WorryForm
from coordinator.reads import directory, guide, referral_forms, referral_routes
from coordinator.services import worries
from coordinator.vocabulary import GuideStep

bp = Blueprint("worries", __name__)


@bp.route("/worried", methods=["GET", "POST"])
@requires(Permission.WORRIES_BEGIN)
def begin(visit: Visit) -> Page | Response:
    """Ask whether somebody is in danger now, with 999 above, and which family it is about."""
    cases = guide.families(visit.session, visit.actor, visit.moment)
    about = request.args.get("about", "")
    form = WorryForm(data={"family": about if about in cases else None})
    form.family.offer(
        [
            *((reference, f"{reference} {people}") for reference, people in cases.items()),
            (NOBODY_HERE, "A child whom I do not see in this list"),
        ]
    )
    if form.is_sent():
        chosen = form.family.data or NOBODY_HERE
        family = None if chosen == NOBODY_HERE else _family(visit, chosen)
        reference = worries.start(
            visit.session,
            visit.actor,
            visit.moment,
            family,
            danger=form.danger.data == "yes",
        )
        return redirect(f"/worried/{reference}")
    return page(
        "worries/begin.html",
        form=form,
        cases=cases,
        words=guide.words(visit.session, visit.actor.agency_kind, GuideStep.DANGER),
    )


@bp.get("/worried/<worry>")
@requires(Permission.WORRIES_GO_ON)
def lead(visit: Visit, worry: WorryInSight) -> Page:
    """Say whom to talk to at this moment."""
    return page(
        "worries/lead.html",
        worry=worry,
        words=guide.words(visit.session, visit.actor.agency_kind, GuideStep.LEAD),
        leads=directory.safeguarding_leads(visit.session, visit.actor, visit.moment),
        run=guide.run(visit.session, worry),
    )


@bp.route("/worried/<worry>/refer", methods=["GET", "POST"])
@requires(Permission.WORRIES_GO_ON)
def refer(visit: Visit, worry: WorryInSight) -> Page | Response:
    """Say where a referral goes at this moment, and lead to the current form."""
    if request.method == "POST":
        worries.reach(visit.session, visit.moment, worry, GuideStep.REFER)
        return redirect(f"/worried/{worry.reference}/refer")
    family = _family(visit, worry.family_reference) if worry.family_reference else None
    form = BeginReferralForm()
    forms = referral_forms.current(visit.session)
    form.form.offer([(one.code, one.name, one.hint) for one in forms])
    return page(
        "worries/refer.html",
        worry=worry,
        form=form,
        words=guide.words(visit.session, visit.actor.agency_kind, GuideStep.REFER),
        places=referral_routes.now(visit.session, visit.actor, visit.moment, family),
        may_write=bool(family) and decide(visit.actor, Permission.REFERRALS_BEGIN, family).allowed,
        may_name=not family and decide(visit.actor, Permission.WORRIES_NAME_CHILD, worry).allowed,
    )


@bp.route("/worried/<worry>/child", methods=["GET", "POST"])
@requires(Permission.WORRIES_NAME_CHILD)
def child(visit: Visit, worry: WorryInSight) -> Page | Response:
    """Name a child whom nobody here knows; a case is opened for the referral."""
    form = ChildForm()
    if form.is_sent():
        with form.refusals():
            details = worries.a_child(form.name.data or "", form.own_words.data or "")
            worries.name_child(visit.session, visit.actor, visit.moment, worry, details)
            flash("A case is open for the referral. Now choose the form.", "success")
            return redirect(f"/worried/{worry.reference}/refer")
    return page(
        "form_page.html",
        form=form,
        title="Who is the child?",
        intro="A case is opened for them, with you on it, so that the referral has its place.",
        submit="Go on",
        back=f"/worried/{worry.reference}/refer",
    )


@bp.route("/worried/<worry>/disagree", methods=["GET", "POST"])
@requires(Permission.WORRIES_GO_ON)
def disagree(visit: Visit, worry: WorryInSight) -> Page | Response:
    """Say what to do when somebody decides otherwise."""
    if request.method == "POST":
        worries.reach(visit.session, visit.moment, worry, GuideStep.DISAGREE)
        return redirect(f"/worried/{worry.reference}/disagree")
    family = _family(visit, worry.family_reference) if worry.family_reference else None
    return page(
        "worries/disagree.html",
        worry=worry,
        may_raise=bool(family)
        and decide(visit.actor, Permission.DISAGREEMENTS_RAISE, family).allowed,
        words=guide.words(visit.session, visit.actor.agency_kind, GuideStep.DISAGREE),
        run=guide.run(visit.session, worry),
    )


@bp.post("/worried/<worry>/end")
@requires(Permission.WORRIES_GO_ON)
def end(visit: Visit, worry: WorryInSight) -> Response:
    """End a run: what was to be done is done."""
    worries.end(visit.session, visit.moment, worry)
    flash("It is off your Today page. Begin again whenever you are worried.", "success")
    return redirect("/today")


def _family(visit: Visit, reference: str) -> FamilyInSight | None:
    """Return a family of the person's own, as they stand to it."""
    return find.family(visit.session, visit.actor, visit.moment, reference)
