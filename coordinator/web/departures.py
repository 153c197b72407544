"""Somebody leaves: an administrator's page of what is left, and the manager's of who takes over."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access import drafts
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import AccountInSight, FamilyInSight
from coordinator.forms.base import Form
from coordinator.forms.departures import LastDayForm, SuccessorForm
from coordinator.reads import departures as reads
from coordinator.reads import handing_over, left_over
from coordinator.services import departures
from coordinator.web.lists import asked

bp = Blueprint("departures", __name__)


@bp.route("/accounts/<account>/last-day", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_GRANT)
def last_day(visit: Visit, account: AccountInSight) -> Page | Response:
    """Say after which day somebody has no access any more."""
    home = f"/accounts/{account.reference}"
    form = LastDayForm(last_day=visit.moment.today)
    # Another day for what was begun, be it a move or the end of the account.
    same = asked("same") == "1"
    if form.is_sent():
        with form.refusals():
            day = form.last_day.data or visit.moment.today
            now = reads.open_departures(visit.session, account.id) if same else ()
            agency_id = now[0].agency_id if now else None
            departures.leave(visit.session, visit.actor, visit.moment, account, day, agency_id)
            return redirect(f"{home}/leaving")
    return page(
        "form_page.html",
        form=form,
        title="Change the last day" if same else "Close the account",
        action=f"{home}/last-day?same=1" if same else "",
        caption=reads.name_of(visit.session, account),
        intro="The next page lists what needs a new holder first. Their managers are told.",
        submit="Go on",
        back=home,
    )


@bp.route("/accounts/<account>/leaving", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_GRANT)
def leaving(visit: Visit, account: AccountInSight) -> Page | Response:
    """Show what is left, and close the account on its day if nothing is."""
    home = f"/accounts/{account.reference}"
    form = Form()
    if form.is_sent():
        with form.refusals():
            departures.confirm(visit.session, visit.actor, visit.moment, account)
            flash("Nothing is left. Access ends after the last day.", "success")
            return redirect(f"{home}/leaving")
    found = reads.of_account(visit.session, visit.actor, visit.moment, account)
    if found is None:
        return page("accounts/stays.html", home=home)
    return page(
        "accounts/leaving.html",
        form=form,
        departure=found,
        home=home,
        submit="End the role on that day" if found.moves else "Close the account on that day",
    )


@bp.post("/accounts/<account>/stays")
@requires(Permission.ACCOUNTS_GRANT)
def stays(visit: Visit, account: AccountInSight) -> Response:
    """Take a departure back."""
    departures.stay(visit.session, visit.moment, account)
    flash("They stay. What was decided about posts keeps its dates: look at them.", "success")
    return redirect(f"/accounts/{account.reference}")


@bp.get("/leaving")
@requires(Permission.LEAVING_SEE_TO)
def mine(visit: Visit) -> Page:
    """Show a leaver what only they see and can finish."""
    return page(
        "departures/mine.html",
        last_day=reads.own_last_day(visit.session, visit.actor),
        mine=left_over.mine(visit.session, visit.actor, visit.moment),
    )


@bp.post("/leaving/discard")
@requires(Permission.LEAVING_SEE_TO)
def discard(visit: Visit) -> Response:
    """Discard what one typed and did not send."""
    drafts.forget_all(visit.session, visit.actor)
    flash("What you typed and did not send is discarded.", "success")
    return redirect("/leaving")


@bp.get("/leavers")
@requires(Permission.HANDOVERS_LIST)
def index(visit: Visit) -> Page:
    """List the families that leavers leave, for who decides or works there."""
    found = handing_over.for_deciders(visit.session, visit.actor, visit.moment)
    return page("departures/index.html", families=found)


@bp.route("/families/<family>/hand-over", methods=["GET", "POST"])
@requires(Permission.HANDOVERS_DECIDE)
def hand_over(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Say who takes over what a leaver holds in this family."""
    waiting = handing_over.for_deciders(visit.session, visit.actor, visit.moment, family)
    wanted = asked("leaver")
    one = next((w for w in waiting if w.departure == wanted), waiting[0] if waiting else None)
    if one is None:
        return page("departures/index.html", families=())
    form = SuccessorForm()
    offered = handing_over.successors(
        visit.session, visit.actor, visit.moment, family, one.last_day
    )
    form.successor.offer([("", "Choose a person"), *((c.reference, c.text) for c in offered)])
    if form.is_sent():
        with form.refusals():
            departures.hand_over(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                one.departure,
                form.successor.data,
            )
            flash("It is decided. They take over after the last day.", "success")
            return redirect("/leavers")
    return page(
        "departures/hand_over.html",
        form=form,
        one=one,
        family=family.reference,
        action=f"/families/{family.reference}/hand-over?leaver={one.departure}",
    )
