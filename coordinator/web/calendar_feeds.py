"""A person's subscribed calendar: its address, and what a calendar program fetches by it."""

from flask import Blueprint, current_app, flash, redirect, request
from flask import session as cookie
from werkzeug.wrappers import Response

from coordinator.access import calendar_feeds as door
from coordinator.access.calendar_files import subscription
from coordinator.access.door import Guest, Page, Visit, afterwards, page, public, requires
from coordinator.access.policy import Permission
from coordinator.reads import calendar_feed as reads
from coordinator.services import calendar_feeds

bp = Blueprint("calendar_feeds", __name__)


@bp.get("/calendar/feed/<token>.ics")
@public
def fetch(guest: Guest, token: str) -> Page | Response:
    """Tell a calendar program the references and times of its person, and nothing else."""
    session, moment = guest.session, guest.moment
    feed = door.found(session, token, moment)
    if feed is None:
        afterwards(lambda session: door.refused(session, moment.now))
        return page("not_found.html", 404)
    if wait := door.wait(session, feed, moment):
        seconds = {"Retry-After": str(int(wait.total_seconds()) + 1)}
        return Response("Too often: ask again later.\n", 429, seconds, mimetype="text/plain")
    body = subscription(
        reads.things(session, door.actors(session, feed, moment), moment, door.FETCH)
    )
    answer = Response(body, mimetype="text/calendar")
    answer.set_etag(door.told(session, feed, body))
    return answer.make_conditional(request)


@bp.get("/calendar/subscribe")
@requires(Permission.CALENDAR_SUBSCRIBE)
def show(visit: Visit) -> Page:
    """Show whether my calendar has an address, and a new address this once."""
    token = cookie.pop("calendar_feed", "")
    base = current_app.config["COORDINATOR"].base_url
    return page(
        "calendars/subscribe.html",
        subscription=reads.of(visit.session, visit.actor),
        address=f"{base}/calendar/feed/{token}.ics" if token else "",
    )


@bp.post("/calendar/subscribe/new")
@requires(Permission.CALENDAR_SUBSCRIBE)
def make(visit: Visit) -> Response:
    """Make an address; an earlier one works no longer."""
    cookie["calendar_feed"] = calendar_feeds.make(visit.session, visit.actor, visit.moment)
    flash("Your calendar has a new address. Copy it now: it is not shown again.", "success")
    return redirect("/calendar/subscribe")


@bp.post("/calendar/subscribe/end")
@requires(Permission.CALENDAR_SUBSCRIBE)
def end(visit: Visit) -> Response:
    """Switch my address off."""
    calendar_feeds.end(visit.session, visit.actor.account_id, visit.moment.now)
    flash("The address is switched off.", "success")
    return redirect("/calendar/subscribe")
