"""The pages of a person's own calendar."""

from contextlib import suppress
from datetime import date

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.clock import LONDON, place_of, zones
from coordinator.forms.calendars import TimeZoneForm
from coordinator.reads import calendar_page
from coordinator.services import accounts
from coordinator.trail import Subject

bp = Blueprint("calendars", __name__)


@bp.get("/calendar")
@requires(Permission.CALENDAR_READ)
def mine(visit: Visit) -> Page:
    """Show my calendar: a fortnight as a list, or a month."""
    as_month = request.args.get("view") == "month"
    shown = (calendar_page.month if as_month else calendar_page.fortnight)(
        visit.session, visit.actor, visit.moment, _day(visit)
    )
    return page(
        "calendars/month.html" if as_month else "calendars/list.html",
        looked_at=Subject(record_kind="calendar"),
        calendar=shown,
    )


@bp.route("/calendar/time-zone", methods=["GET", "POST"])
@requires(Permission.CALENDAR_ZONE)
def time_zone(visit: Visit) -> Page | Response:
    """Let me choose in which time zone I read times beside London's."""
    form = TimeZoneForm(zone=visit.actor.zone)
    form.zone.offer(
        [(LONDON.key, "London only"), *(z for z in zones().items() if z[0] != LONDON.key)]
    )
    if form.is_sent():
        accounts.choose_zone(visit.session, visit.actor, form.zone.data)
        london = form.zone.data == LONDON.key
        also = "" if london else f" and, where it differs, in {place_of(form.zone.data)}"
        flash(f"You read times in London{also}.", "success")
        return redirect("/calendar")
    return page(
        "form_page.html",
        form=form,
        title="Your time zone",
        intro="Everything is agreed in London time. Where it is another time with you, you read"
        " both: on pages, and in mail.",
        back="/calendar",
    )


def _day(visit: Visit) -> date:
    """Return the day that the address asks for, or today."""
    with suppress(ValueError):
        return date.fromisoformat(request.args.get("on", ""))
    return visit.moment.today
