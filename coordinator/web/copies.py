"""Writing down that a parent or carer has their copy of what a meeting decided."""

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight
from coordinator.forms.copies import CopyGivenForm
from coordinator.reads import copies as reads
from coordinator.reads import families, meetings
from coordinator.services import copies

bp = Blueprint("copies", __name__)


@bp.route("/meetings/<meeting>/copy/given", methods=["GET", "POST"])
@requires(Permission.OPENNESS_WRITE)
def given(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Write down who has their copy, and in which language."""
    form = CopyGivenForm(on=visit.moment.today)
    people = reads.of_meeting(visit.session, meeting)
    form.invitation.offer([("", "Choose one"), *((one.invitation, one.name) for one in people)])
    home = f"/meetings/{meeting.reference}/copy"
    if form.is_sent() and (on := form.on.data):
        with form.refusals():
            copies.given(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                form.invitation.data or "",
                on,
                form.language.data or "",
            )
            flash("It is written down.", "success")
            return redirect(home)
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="A copy was handed over",
        caption=meetings.stored(visit.session, meeting).kind,
        submit="Write it down",
        back=home,
    )
