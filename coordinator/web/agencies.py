"""Agencies, their teams and their buildings, as an administrator looks after them."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import AgencyInSight, SiteInSight, TeamInSight
from coordinator.forms.base import Form
from coordinator.forms.directory import AddAgencyForm, AgencyForm, SiteForm, TeamForm
from coordinator.reads import areas
from coordinator.reads import teams as reads
from coordinator.services import directory
from coordinator.services import teams as closing
from coordinator.services.directory import AgencyDetails, SiteDetails, TeamDetails
from coordinator.vocabulary import AgencyKind

bp = Blueprint("agencies", __name__)

NO_AREA = ("", "No area of its own")


@bp.route("/directory/agencies/add", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def add(visit: Visit) -> Page | Response:
    """Add an agency."""
    form = AddAgencyForm()
    if form.is_sent():
        with form.refusals():
            kind = AgencyKind(form.kind.data)
            reference = directory.add_agency(visit.session, _agency(form), kind)
            return _saved(f"/directory/agencies/{reference}", "The agency is added.")
    return _form(form, "Add an agency", "/directory")


@bp.route("/directory/agencies/<agency>/change", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def change(visit: Visit, agency: AgencyInSight) -> Page | Response:
    """Change what the directory says of an agency."""
    back = f"/directory/agencies/{agency.reference}"
    form = AgencyForm(obj=reads.agency(visit.session, agency))
    if form.is_sent():
        with form.refusals():
            directory.change_agency(
                visit.session, visit.moment, agency, _agency(form), form.version.data
            )
            return _saved(back)
    return _form(form, "Change the agency", back)


@bp.route("/directory/agencies/<agency>/teams/add", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def add_team(visit: Visit, agency: AgencyInSight) -> Page | Response:
    """Add a team."""
    form = TeamForm()
    form.area.offer([NO_AREA, *areas.choices(visit.session)])
    if form.is_sent():
        with form.refusals():
            reference = directory.add_team(visit.session, agency, _team(form))
            return _saved(f"/directory/teams/{reference}", "The team is added.")
    return _form(form, "Add a team", f"/directory/agencies/{agency.reference}")


@bp.route("/directory/teams/<team>/change", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def change_team(visit: Visit, team: TeamInSight) -> Page | Response:
    """Change what the directory says of a team."""
    back = f"/directory/teams/{team.reference}"
    now = reads.team(visit.session, team, visit.moment.today)
    form = TeamForm(data=vars(now) | {"version": now.version, "area": now.area_reference})
    form.area.offer([NO_AREA, *areas.choices(visit.session, now.area_reference)])
    if form.is_sent():
        with form.refusals():
            directory.change_team(visit.session, visit.moment, team, _team(form), form.version.data)
            return _saved(back)
    return _form(form, "Change the team", back)


@bp.route("/directory/teams/<team>/close", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def close_team(visit: Visit, team: TeamInSight) -> Page | Response:
    """Close a team, once nothing hangs on it any more."""
    back = f"/directory/teams/{team.reference}"
    form = Form()
    if form.is_sent():
        with form.refusals():
            closing.close(visit.session, visit.moment, team)
            return _saved(back, "The team is closed.")
    return page(
        "form_page.html",
        form=form,
        title="Close the team",
        caption=reads.team(visit.session, team, visit.moment.today).name,
        intro="Nobody can choose it any more. What it did keeps its name, and it can be opened"
        " again.",
        submit="Close the team",
        style="warning",
        back=back,
    )


@bp.post("/directory/teams/<team>/open-again")
@requires(Permission.DIRECTORY_MANAGE)
def open_team_again(visit: Visit, team: TeamInSight) -> Response:
    """Put a closed team back on the directory."""
    closing.open_again(visit.session, team)
    return _saved(f"/directory/teams/{team.reference}", "The team is open again.")


@bp.route("/directory/agencies/<agency>/sites/add", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def add_site(visit: Visit, agency: AgencyInSight) -> Page | Response:
    """Add a building in which meetings are held."""
    back = f"/directory/agencies/{agency.reference}"
    form = SiteForm()
    if form.is_sent():
        with form.refusals():
            details = SiteDetails(form.name.data, form.address.data)
            directory.add_site(visit.session, agency, details)
            return _saved(back, "The building is added.")
    return _form(form, "Add a building", back)


@bp.route("/directory/sites/<site>/change", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def change_site(visit: Visit, site: SiteInSight) -> Page | Response:
    """Change a building's name or address."""
    back = f"/directory/agencies/{site.agency_reference}"
    form = SiteForm(obj=reads.site(visit.session, site))
    if form.is_sent():
        with form.refusals():
            details = SiteDetails(form.name.data, form.address.data)
            directory.change_site(visit.session, site, details, form.version.data)
            return _saved(back)
    return _form(form, "Change the building", back)


def _saved(where: str, sentence: str = "The changes are saved.") -> Response:
    flash(sentence, "success")
    return redirect(where)


def _form(form: Form, title: str, back: str) -> Page:
    return page("form_page.html", form=form, title=title, submit="Save", back=back)


def _agency(form: AgencyForm | AddAgencyForm) -> AgencyDetails:
    return AgencyDetails(form.name.data, form.ods_code.data)


def _team(form: TeamForm) -> TeamDetails:
    area = form.area.data or ""
    return TeamDetails(form.name.data, form.phone.data, form.email.data, area, form.ods_code.data)
