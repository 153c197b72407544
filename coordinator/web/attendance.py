"""What came of a meeting: who came, and the actions that were agreed."""

from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight, Way
from coordinator.forms.actions import ActionForm
from coordinator.forms.meetings import attendance_form
from coordinator.reads import actions as action_reads
from coordinator.reads import attendance as reads
from coordinator.reads import families, meetings
from coordinator.services import actions, attendance
from coordinator.vocabulary import Attendance

bp = Blueprint("attendance", __name__)


@bp.route("/meetings/<meeting>/attendance", methods=["GET", "POST"])
@requires(Permission.MEETINGS_RECORD)
def record(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Write down who came."""
    everybody = meeting.family.way is not Way.INVITED
    agencies = reads.there(
        visit.session, visit.actor, [meeting.id], full=False, everybody=everybody
    )
    people = [p for agency in agencies.get(meeting.id, ()) for p in agency.people]
    version = reads.version(visit.session, meeting.id)
    form: Any = attendance_form((p.reference, p.name, _hint(p)) for p in people)(
        version=version,
        **{p.reference: p.attendance.value for p in people if p.attendance},
    )
    stored = meetings.stored(visit.session, meeting)
    if form.is_sent():
        came = {p.reference: Attendance(form[p.reference].data) for p in people}
        with form.refusals():
            attendance.record(visit.session, visit.moment, meeting, form.version.data, came)
            flash("Attendance is recorded.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "meetings/attendance.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        agencies=agencies.get(meeting.id, ()),
        title="Who came",
        caption=stored.kind,
        submit="Save who came",
        back=f"/meetings/{meeting.reference}",
    )


@bp.route("/meetings/<meeting>/actions/add", methods=["GET", "POST"])
@requires(Permission.ACTIONS_ADD)
def agree_action(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Write down an action that was agreed; it stands on the plan and on its owner's page."""
    session, family = visit.session, meeting.family
    form = ActionForm()
    form.owner.offer([("", "Choose who"), *action_reads.owners(session, visit.moment, family)])
    goals = action_reads.goals(session, visit.actor, family)
    form.goal.offer([("", "No single goal"), *goals])
    if form.is_sent() and (due_on := form.due_on.data):
        with form.refusals():
            actions.ask(
                session,
                visit.actor,
                visit.moment,
                family,
                form.text.data,
                form.owner.data,
                due_on,
                form.goal.data or "",
                meeting_id=meeting.id,
            )
            flash("The action is agreed, and stands on the plan.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(session, family),
        title="Add an action",
        caption=meetings.stored(session, meeting).kind,
        submit="Add the action",
        back=f"/meetings/{meeting.reference}",
    )


def _hint(person: reads.Invitee) -> str:
    answered = f"Answered: {person.reply.label.lower()}"
    return f"Deputy for {person.deputy_for}. {answered}" if person.deputy_for else answered
