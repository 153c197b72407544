"""The directory as everybody reads it: my leads, link workers, people, teams and agencies."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import AgencyInSight, PostInSight, TeamInSight
from coordinator.reads import colleagues, teams
from coordinator.reads import directory as reads
from coordinator.services import directory
from coordinator.web.lists import asked, page_number

bp = Blueprint("directory", __name__)


@bp.get("/directory")
@requires(Permission.DIRECTORY_READ)
def index(visit: Visit) -> Page:
    """Show my leads and link workers, or what a search finds."""
    session, actor, today = visit.session, visit.actor, visit.moment.today
    if words := asked("q"):
        number = page_number()
        found = colleagues.found(session, words, number, today)
        return page("directory/found.html", found=found, q=words, number=number)
    manages = _manages(visit)
    return page(
        "directory/index.html",
        manages=manages,
        leads=() if manages else reads.safeguarding_leads(session, actor, today),
        to_look_after=reads.to_look_after(session, actor, today) if manages else (),
        ours=reads.link_workers(session, actor.team_ids, today, actor),
        theirs=reads.link_workers_of_partner(session, actor, actor.agency_kind, today),
        agencies=teams.agencies(session),
    )


@bp.get("/directory/safeguarding-lead")
@requires(Permission.DIRECTORY_READ)
def safeguarding_lead(visit: Visit) -> Page:
    """Show my safeguarding leads, for children and for adults."""
    leads = reads.safeguarding_leads(visit.session, visit.actor, visit.moment.today)
    return page("directory/safeguarding_lead.html", leads=leads, manages=_manages(visit))


@bp.get("/directory/agencies/<agency>")
@requires(Permission.DIRECTORY_READ)
def agency(visit: Visit, agency: AgencyInSight) -> Page:
    """Show an agency: its leads, teams and sites."""
    session, today = visit.session, visit.moment.today
    return page(
        "directory/agency.html",
        agency=teams.agency(session, agency),
        posts=reads.posts_of_agency(session, visit.actor, agency.id, today),
        manages=_manages(visit),
    )


@bp.get("/directory/teams/<team>")
@requires(Permission.DIRECTORY_READ)
def team(visit: Visit, team: TeamInSight) -> Page:
    """Show a team: its duty line, its people, and the link workers in both directions."""
    session, actor, today = visit.session, visit.actor, visit.moment.today
    shown = teams.team(session, team, today)
    return page(
        "directory/team.html",
        team=shown,
        posts=reads.posts_of_team(session, actor, team.id, today),
        theirs=reads.link_workers_of_partner(session, actor, shown.agency_kind, today),
        manages=_manages(visit),
    )


@bp.post("/directory/posts/<post>/confirm")
@requires(Permission.POSTS_CONFIRM)
def confirm(visit: Visit, post: PostInSight) -> Response:
    """Confirm, as its holder, what the directory says of a post."""
    directory.confirm(visit.session, visit.actor, visit.moment, post)
    flash("Thank you. The directory says that you confirmed your post today.", "success")
    return redirect("/directory")


def _manages(visit: Visit) -> bool:
    return decide(visit.actor, Permission.DIRECTORY_MANAGE).allowed
