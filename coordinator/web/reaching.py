"""Reaching whoever is asked: told by hand, reminded, through their team; the list really sent."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight, Way
from coordinator.forms.reaching import ReportForm, SendToTeamForm, ToldForm
from coordinator.reads import attendance, families, meetings
from coordinator.reads import reaching as reads
from coordinator.reads.attendance import Invitee
from coordinator.services import reaching
from coordinator.services.reaching import Told
from coordinator.vocabulary import AskedHow, Reply
from coordinator.web.plans import press

bp = Blueprint("reaching", __name__)

TO_TEAM = (
    "The mail to the team’s duty inbox carries a reference and a link, and no more. The invitation"
    " then says that it was sent to the team because the person was not reached."
)


@bp.route("/meetings/<meeting>/told", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CHANGE)
def tell(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Write down how and when somebody of the family, or a guest, was asked."""
    people = [person for person in _invited(visit, meeting) if person.account_id is None]
    form = ToldForm(data=_said(visit, people, _chosen()))
    form.invitation.offer([("", "Choose one"), *((p.reference, p.name) for p in people)])
    if form.is_sent() and (on := form.on.data):
        with form.refusals():
            told = Told(
                AskedHow(form.how.data),
                on,
                Reply(form.reply.data),
                form.note.data or "",
                form.wants.data or "",
            )
            invitation = form.invitation.data or ""
            reaching.tell(visit.session, visit.actor, visit.moment, meeting, invitation, told)
            flash("It is written down.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="How they were asked",
        caption=meetings.stored(visit.session, meeting).kind,
        submit="Save",
        back=f"/meetings/{meeting.reference}",
    )


@bp.route("/meetings/<meeting>/send-to-team", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CHANGE)
def send_to_team(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Send an invitation to a team's duty inbox when its person was not reached."""
    form = SendToTeamForm(invitation=_chosen())
    form.invitation.offer([("", "Choose one"), *reads.waiting(visit.session, meeting)])
    if form.is_sent():
        with form.refusals():
            reaching.send_to_team(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                form.invitation.data or "",
                not_reached=bool(form.not_reached.data),
            )
            flash("It is on its way to the team’s duty inbox.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Send it to the team",
        caption=meetings.stored(visit.session, meeting).kind,
        intro=TO_TEAM,
        submit="Send it to the team",
        back=f"/meetings/{meeting.reference}",
    )


@bp.post("/meetings/<meeting>/remind")
@requires(Permission.MEETINGS_SEE_TO)
def remind(visit: Visit, meeting: MeetingInSight) -> Response:
    """Remind each worker who has not answered."""
    return press(
        lambda: reaching.remind(visit.session, visit.moment, meeting),
        "A reminder is on its way to each who has not answered.",
        f"/meetings/{meeting.reference}",
    )


@bp.route("/meetings/<meeting>/report", methods=["GET", "POST"])
@requires(Permission.MEETINGS_SEE_TO)
def report(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Write down that somebody's report came, on paper or by another way than this tool."""
    form = ReportForm()
    people = [
        one
        for one in _invited(visit, meeting)
        if not (one.report_at or one.of_family or one.arranged)
    ]
    form.invitation.offer([("", "Choose one"), *((one.reference, one.name) for one in people)])
    if form.is_sent():
        with form.refusals():
            invitation = form.invitation.data or ""
            reaching.report_came(visit.session, visit.moment, meeting, invitation)
            flash("The report is written down as received.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="A report came",
        caption=meetings.stored(visit.session, meeting).kind,
        intro="On paper or by secure mail. Only that it came is written down here.",
        submit="It came",
        back=f"/meetings/{meeting.reference}",
    )


@bp.get("/meetings/<meeting>/sent")
@requires(Permission.MEETINGS_CHANGE)
def sent(visit: Visit, meeting: MeetingInSight) -> Page:
    """Show to whom mail about the meeting really went, and when."""
    return page(
        "reaching/sent.html",
        bar=families.bar(visit.session, meeting.family),
        tab="meetings",
        kind=meetings.stored(visit.session, meeting).kind,
        sent=reads.sent(visit.session, meeting),
        back=f"/meetings/{meeting.reference}",
    )


def _chosen() -> str:
    return request.args.get("invitation", "")[:12]


def _said(visit: Visit, people: list[Invitee], invitation: str) -> dict[str, object]:
    """Return what is written down already of the one who is chosen; else today, and no answer."""
    one = next((person for person in people if person.reference == invitation), None)
    if one is None:
        return {"on": visit.moment.today, "reply": Reply.NEEDS_ACTION.value}
    return {
        "invitation": invitation,
        "how": one.asked_how.value if one.asked_how else None,
        "on": one.asked_on or visit.moment.today,
        "reply": one.reply.value,
        "note": one.note,
        "wants": one.written_view,
    }


def _invited(visit: Visit, meeting: MeetingInSight) -> list[Invitee]:
    # Who is invited and not on the case is not told who of the family is asked.
    everybody = meeting.family.way is not Way.INVITED
    there = attendance.there(
        visit.session, visit.actor, [meeting.id], full=everybody, everybody=everybody
    )
    return [person for agency in there.get(meeting.id, ()) for person in agency.people]
