"""The pages of a person's own calendar."""

from contextlib import suppress
from datetime import date

from flask import Blueprint, request

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.reads import calendar_page
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


def _day(visit: Visit) -> date:
    """Return the day that the address asks for, or today."""
    with suppress(ValueError):
        return date.fromisoformat(request.args.get("on", ""))
    return visit.moment.today
