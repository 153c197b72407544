"""The directory as everybody reads it: my leads, link workers, people, teams and agencies."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import AgencyInSight, PostInSight, TeamInSight
from coordinator.reads import colleagues, link_pairs, post_history, teams
from coordinator.reads import directory as reads
from coordinator.services import confirmations
from coordinator.vocabulary import PostKind
from coordinator.web.lists import asked, page_number

bp = Blueprint("directory", __name__)


@bp.get("/directory")
@requires(Permission.DIRECTORY_READ)
def index(visit: Visit) -> Page:
    """Show my leads and link workers, or what a search finds."""
    session, actor, moment = visit.session, visit.actor, visit.moment
    if words := asked("q"):
        number = page_number()
        found = colleagues.found(session, words, number, moment.today)
        return page("directory/found.html", found=found, q=words, number=number)
    manages = _manages(visit)
    return page(
        "directory/index.html",
        manages=manages,
        leads=() if manages else reads.safeguarding_leads(session, actor, moment),
        to_look_after=reads.to_look_after(session, actor, moment) if manages else (),
        ours=reads.link_workers(session, actor.team_ids, moment, actor),
        theirs=reads.link_workers_of_partner(session, actor, actor.agency_kind, moment),
        agencies=teams.agencies(session),
        may_ask=decide(actor, Permission.LINK_REQUESTS_LIST).allowed,
        reads_pairs=decide(actor, Permission.PAIRS_READ).allowed,
        reads_concerns=decide(actor, Permission.CONCERNS_LIST).allowed,
        reads_difficulties=decide(actor, Permission.DIFFICULTIES_READ).allowed,
    )


@bp.get("/directory/safeguarding-lead")
@requires(Permission.DIRECTORY_READ)
def safeguarding_lead(visit: Visit) -> Page:
    """Show my safeguarding leads, for children and for adults."""
    leads = reads.safeguarding_leads(visit.session, visit.actor, visit.moment)
    return page("directory/safeguarding_lead.html", leads=leads, manages=_manages(visit))


@bp.get("/directory/agencies/<agency>")
@requires(Permission.DIRECTORY_READ)
def agency(visit: Visit, agency: AgencyInSight) -> Page:
    """Show an agency: its leads, teams and sites."""
    session, moment = visit.session, visit.moment
    return page(
        "directory/agency.html",
        agency=teams.agency(session, agency),
        posts=reads.posts_of_agency(session, visit.actor, agency.id, moment),
        manages=_manages(visit),
    )


@bp.get("/directory/teams/<team>")
@requires(Permission.DIRECTORY_READ)
def team(visit: Visit, team: TeamInSight) -> Page:
    """Show a team: its duty line, its people, and the link workers in both directions."""
    session, actor, moment = visit.session, visit.actor, visit.moment
    shown = teams.team(session, team, moment.today)
    return page(
        "directory/team.html",
        team=shown,
        posts=reads.posts_of_team(session, actor, team.id, moment),
        theirs=reads.link_workers_of_partner(session, actor, shown.agency_kind, moment),
        manages=_manages(visit),
    )


@bp.get("/directory/changes")
@requires(Permission.DIRECTORY_READ)
def changes(visit: Visit) -> Page:
    """Show which posts changed hands lately."""
    return page("directory/changes.html", changes=post_history.lately(visit.session, visit.moment))


@bp.get("/directory/posts/<post>")
@requires(Permission.DIRECTORY_READ)
def post(visit: Visit, post: PostInSight) -> Page:
    """Show a post: who answers now, and who held it when.  The mail to its holder leads here."""
    card = reads.post(visit.session, visit.actor, post, visit.moment)
    return page(
        "directory/post.html",
        post=card,
        asked=card.mine and card.asks,
        history=post_history.of(visit.session, post),
        pairs=link_pairs.of_post(visit.session, visit.actor, visit.moment, post)
        if card.kind is PostKind.LINK_WORKER
        else (),
        reads_pairs=decide(visit.actor, Permission.PAIRS_READ).allowed,
        manages=_manages(visit),
    )


@bp.post("/directory/posts/<post>/confirm")
@requires(Permission.POSTS_CONFIRM)
def confirm(visit: Visit, post: PostInSight) -> Response:
    """Confirm, as its holder, what the directory says of a post."""
    confirmations.confirm(visit.session, visit.actor, visit.moment, post)
    flash("Thank you. The directory says that you confirmed your post today.", "success")
    return redirect(f"/directory/posts/{post.reference}")


def _manages(visit: Visit) -> bool:
    return decide(visit.actor, Permission.DIRECTORY_MANAGE).allowed
