"""One person in the directory, and when they are away."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.directory_sights import AbsenceInSight, ColleagueInSight
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.forms.absences import AbsenceForm
from coordinator.reads import colleague_page
from coordinator.services import absences
from coordinator.services.absences import Away

bp = Blueprint("absences", __name__)


@bp.get("/directory/me")
@requires(Permission.DIRECTORY_READ)
def me(visit: Visit) -> Page:
    """Show how the directory shows me."""
    actor = visit.actor
    mine = ColleagueInSight(actor.account_id, actor.reference, actor.team_ids)
    return _shown(visit, mine)


@bp.get("/directory/people/<colleague>")
@requires(Permission.DIRECTORY_READ)
def person(visit: Visit, colleague: ColleagueInSight) -> Page:
    """Show a person: teams, posts, days away."""
    return _shown(visit, colleague)


@bp.route("/directory/people/<colleague>/away", methods=["GET", "POST"])
@requires(Permission.ABSENCES_TELL)
def tell(visit: Visit, colleague: ColleagueInSight) -> Page | Response:
    """Say that a person is away, and who acts for them."""
    form = AbsenceForm(starts_on=visit.moment.today)
    people = colleague_page.cover_choices(visit.session, visit.moment, colleague)
    form.cover.offer([("", "Nobody"), *((one.reference, one.text) for one in people)])
    home = f"/directory/people/{colleague.reference}"
    if form.is_sent():
        with form.refusals():
            today = visit.moment.today
            away = Away(form.starts_on.data or today, form.ends_on.data or today, form.cover.data)
            absences.tell(visit.session, visit.actor, visit.moment, colleague, away)
            flash("The directory shows the days away.", "success")
            return redirect(home)
    shown = colleague_page.page(visit.session, visit.actor, visit.moment, colleague)
    return page(
        "form_page.html",
        form=form,
        title="Days away",
        caption=shown.name,
        submit="Show it in the directory",
        back=home,
    )


@bp.post("/directory/absences/<absence>/end")
@requires(Permission.ABSENCES_TELL)
def end(visit: Visit, absence: AbsenceInSight) -> Response:
    """Say that a person is back, or does not go."""
    absences.end(visit.session, visit.moment, absence)
    flash("The days away are taken out of the directory.", "success")
    return redirect(f"/directory/people/{absence.colleague.reference}")


def _shown(visit: Visit, colleague: ColleagueInSight) -> Page:
    shown = colleague_page.page(visit.session, visit.actor, visit.moment, colleague)
    return page("directory/person.html", person=shown)
