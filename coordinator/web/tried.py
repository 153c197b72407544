"""Who was tried before a meeting: for whoever works with the family or oversees who does."""

from urllib.parse import urlencode

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import MeetingInSight
from coordinator.clock import local
from coordinator.reads import families
from coordinator.reads import tried as reads
from coordinator.vocabulary import EventKind

bp = Blueprint("tried", __name__)

CONTACTS = (EventKind.CONTACT, EventKind.INVITATION, EventKind.REPLY)


@bp.get("/meetings/<meeting>/tried")
@requires(Permission.CONTACTS_READ)
def before(visit: Visit, meeting: MeetingInSight) -> Page:
    """Say of each colleague whether, when and by whom they were tried before the meeting."""
    shown = reads.before(visit.session, visit.actor, visit.moment, meeting)
    may_audit = decide(visit.actor, Permission.AUDIT_READ).allowed
    return page(
        "meetings/tried.html",
        tab="meetings",
        bar=families.bar(visit.session, meeting.family),
        meeting=meeting.reference,
        shown=shown,
        begun=shown.starts_at <= visit.moment.now,
        audit=_in_the_audit(meeting, shown) if may_audit else "",
    )


def _in_the_audit(meeting: MeetingInSight, shown: reads.TriedPage) -> str:
    """Return the address of the same question to the audit, which knows no end of time."""
    day = local(shown.starts_at)
    asked = [("family", meeting.family.reference), *(("kinds", kind) for kind in CONTACTS)]
    days = [(f"until-{part}", f"{getattr(day, part)}") for part in ("day", "month", "year")]
    return f"/audit?{urlencode([*asked, *days])}"
