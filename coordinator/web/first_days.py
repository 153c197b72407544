"""The first days at home, to print before leaving the ward (P11)."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight
from coordinator.reads import actions, families, meeting_rules

bp = Blueprint("first_days", __name__)


@bp.get("/meetings/<meeting>/first-days")
@requires(Permission.PLANS_READ)
def sheet(visit: Visit, meeting: MeetingInSight) -> Page:
    """Show who visits on the first days at home, with the number of each."""
    agreed = actions.of_meeting(visit.session, visit.actor, visit.moment, meeting)
    return page(
        "clocks/first_days.html",
        bar=families.bar(visit.session, meeting.family),
        days=meeting_rules.first_days(visit.session, visit.actor, meeting.family, agreed),
        numbers=meeting_rules.numbers(visit.session, visit.actor, meeting),
        day=visit.moment.today,
        back=f"/meetings/{meeting.reference}",
    )
