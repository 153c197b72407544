"""What an administrator sets for worries and referrals: routes, forms, words.  No family here."""

from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.worry_sights import ReferralFormInSight, ReferralRouteInSight
from coordinator.errors import NotFoundError
from coordinator.forms.referrals import FormVersionForm, GuideWordsForm, RouteForm
from coordinator.reads import areas, guide, referral_forms, referral_routes, teams
from coordinator.services import referral_settings
from coordinator.services.referral_settings import Route
from coordinator.vocabulary import AgencyKind, GuideStep

bp = Blueprint("referral_settings", __name__)

HOME = "/referral-settings"


@bp.get("/referral-settings")
@requires(Permission.REFERRALS_SET_UP)
def index(visit: Visit) -> Page:
    """Show what holds now, and all versions before."""
    return page(
        "referral_settings/index.html",
        routes=referral_routes.versions(visit.session),
        forms=referral_forms.versions(visit.session),
        words=guide.history(visit.session),
        kinds=list(AgencyKind),
    )


@bp.route("/referral-settings/routes/add", methods=["GET", "POST"])
@requires(Permission.REFERRALS_SET_UP)
def add_route(visit: Visit) -> Page | Response:
    """Say where referrals about an area go."""
    return _route(visit, "Where referrals about an area go", {})


@bp.route("/referral-settings/routes/<referral_route>/change", methods=["GET", "POST"])
@requires(Permission.REFERRALS_SET_UP)
def change_route(visit: Visit, referral_route: ReferralRouteInSight) -> Page | Response:
    """Change where referrals about an area go; the version before stays readable."""
    found = referral_routes.versions(visit.session)
    now = next(one for one in found if one.reference == referral_route.reference)
    data = {
        "area": now.area_reference,
        "team": now.team_reference,
        "hours": now.hours,
        "night": now.night_reference,
        "what_next": now.what_next,
    }
    return _route(visit, "Change where referrals go", data)


@bp.route("/referral-settings/forms/<referral_form>/change", methods=["GET", "POST"])
@requires(Permission.REFERRALS_SET_UP)
def change_form(visit: Visit, referral_form: ReferralFormInSight) -> Page | Response:
    """Write a new version of a form."""
    now = referral_forms.one(visit.session, referral_form)
    questions = referral_forms.questions(visit.session, now.id)
    form = FormVersionForm(
        data={
            "name": now.name,
            "hint": now.hint,
            "questions": "\n".join(question.line for question in questions),
        }
    )
    if form.is_sent():
        with form.refusals():
            referral_settings.new_version(
                visit.session,
                visit.actor,
                visit.moment,
                referral_form,
                form.name.data or "",
                form.hint.data or "",
                (form.questions.data or "").splitlines(),
            )
            flash("The new version holds for referrals begun from now on.", "success")
            return redirect(HOME)
    return page(
        "form_page.html",
        form=form,
        title="New version of a form",
        intro="Drafts that were begun before stay on their version.",
        submit="Save the new version",
        back=HOME,
    )


@bp.route("/referral-settings/words/<kind>", methods=["GET", "POST"])
@requires(Permission.REFERRALS_SET_UP)
def change_words(visit: Visit, kind: str) -> Page | Response:
    """Change what one kind of agency reads in the guide."""
    if kind not in {one.value for one in AgencyKind}:
        raise NotFoundError
    whose = AgencyKind(kind)
    now = referral_settings.words_of(visit.session, whose)
    form = GuideWordsForm(data={step.value: now.get(step, "") for step in GuideStep})
    if form.is_sent():
        texts = {step: form[step.value].data or "" for step in GuideStep}
        referral_settings.set_words(visit.session, visit.actor, visit.moment, whose, texts)
        flash("The next reader sees the new words.", "success")
        return redirect(HOME)
    return page(
        "form_page.html",
        form=form,
        title="Words of the guide",
        caption=whose.label,
        submit="Save the words",
        back=HOME,
    )


def _route(visit: Visit, title: str, data: dict[str, Any]) -> Page | Response:
    form = RouteForm(data=data)
    choices = [(one.reference, one.text) for one in teams.team_choices(visit.session)]
    form.area.offer([("", "Choose one"), *areas.choices(visit.session)])
    form.team.offer([("", "Choose one"), *choices])
    form.night.offer([("", "None"), *choices])
    if form.is_sent():
        with form.refusals():
            referral_settings.set_route(
                visit.session,
                visit.actor,
                visit.moment,
                Route(
                    form.area.data or "",
                    form.team.data or "",
                    form.hours.data or "",
                    form.night.data or "",
                    form.what_next.data or "",
                ),
            )
            flash("The next referral goes there.", "success")
            return redirect(HOME)
    return page("form_page.html", form=form, title=title, submit="Save", back=HOME)
