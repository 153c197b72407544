"""Answering an invitation, inviting later, taking an invitation back."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight
from coordinator.forms.base import Form
from coordinator.forms.invitations import (
    NOBODY,
    InviteForm,
    RemoveInvitationForm,
    ReplyForm,
    SendAgainForm,
    WrittenViewForm,
)
from coordinator.reads import attendance, families, meetings, outsiders, replies
from coordinator.reads import invitations as reads
from coordinator.services import invitations
from coordinator.vocabulary import NotAskedReason, Reply
from coordinator.web.meetings import left_out

bp = Blueprint("invitations", __name__)

THANKS = {
    Reply.ACCEPTED: "You are coming.",
    Reply.TENTATIVE: "You may come.",
    Reply.DECLINED: "You are not coming.",
    Reply.DELEGATED: "You send a deputy, who is invited now.",
}


@bp.route("/meetings/<meeting>/reply", methods=["GET", "POST"])
@requires(Permission.MEETINGS_REPLY)
def reply(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Answer; the buttons of the meeting's page send the answer at once, links choose it here."""
    mine = replies.my_answer(visit.session, meeting)
    colleagues = reads.deputies(visit.session, visit.actor, visit.moment, meeting)
    form = ReplyForm(
        reply=_preset(mine.reply),
        note=mine.note,
        deputy=next((c.value for c in colleagues if c.account_id == mine.deputy_id), ""),
    )
    form.deputy.offer([NOBODY, *((c.value, c.words) for c in colleagues)])
    if form.is_sent():
        answer = Reply(form.reply.data)
        with form.refusals():
            invitations.answer(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                answer,
                form.note.data or "",
                form.deputy.data or "",
            )
            flash(f"Your answer is saved. {THANKS[answer]}", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return _form(visit, meeting, form, "Your answer", "Save your answer")


@bp.route("/meetings/<meeting>/written-view", methods=["GET", "POST"])
@requires(Permission.MEETINGS_REPLY)
def written_view(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Send what one wants said, whether one comes or not."""
    form = WrittenViewForm(
        written_view=replies.my_answer(visit.session, meeting).written_view,
    )
    if form.is_sent():
        with form.refusals():
            invitations.send_view(
                visit.session, visit.actor, visit.moment, meeting, form.written_view.data
            )
            flash("Your view is with the meeting.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return _form(visit, meeting, form, "Send a written view", "Send your view")


@bp.route("/meetings/<meeting>/invite", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CHANGE)
def invite(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Invite more people on the case."""
    form = InviteForm()
    people = reads.to_invite(visit.session, visit.actor, visit.moment, meeting)
    others = outsiders.to_invite(visit.session, visit.actor, visit.moment, meeting)
    form.invite.offer(
        [
            *((other.value, other.name, other.why) for other in others),
            *((c.value, c.name, c.why) for c in people),
        ]
    )
    if form.is_sent():
        with form.refusals():
            invitations.invite(visit.session, visit.actor, visit.moment, meeting, form.invite.data)
            flash("Invitations are on their way.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    intro = "" if people or others else "Everybody on the case is invited already."
    return _form(visit, meeting, form, "Invite more people", "Invite", intro)


@bp.route("/meetings/<meeting>/remove-invitation", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CHANGE)
def remove(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Take an invitation back; the person is told."""
    form = RemoveInvitationForm(invitation=request.args.get("invitation", "")[:12])
    people = _invited(visit, meeting)
    form.invitation.offer((p.reference, p.name) for p in people if not p.arranged)
    if form.is_sent():
        with form.refusals():
            invitations.remove(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                form.invitation.data,
                left_out(form),
                NotAskedReason(form.why.data) if form.why.data else None,
            )
            flash("The invitation is taken back. The person is told.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "meetings/remove_invitation.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Withdraw an invitation",
        caption=meetings.stored(visit.session, meeting).kind,
        submit="Withdraw it",
        back=f"/meetings/{meeting.reference}",
    )


@bp.route("/meetings/<meeting>/send-again", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CHANGE)
def send_again(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Send an invitation once more, when it could not be delivered."""
    form = SendAgainForm(invitation=request.args.get("invitation", "")[:12])
    workers = [person for person in _invited(visit, meeting) if not person.by_hand]
    form.invitation.offer((person.reference, person.name) for person in workers)
    if form.is_sent():
        with form.refusals():
            invitations.send_again(visit.session, visit.moment, meeting, form.invitation.data)
            flash("The invitation is on its way again.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return _form(visit, meeting, form, "Send an invitation again", "Send it again")


def _preset(current: Reply) -> str:
    """Return the answer that a link chose, else the one given before, else none."""
    chosen = request.args.get("reply", "")
    offered = {answer.value for answer in THANKS}
    return chosen if chosen in offered else current.value if current in THANKS else ""


def _invited(visit: Visit, meeting: MeetingInSight) -> list[attendance.Invitee]:
    there = attendance.there(visit.session, visit.actor, [meeting.id], full=False)
    return [person for agency in there.get(meeting.id, ()) for person in agency.people]


def _form(
    visit: Visit, meeting: MeetingInSight, form: Form, title: str, submit: str, intro: str = ""
) -> Page:
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title=title,
        caption=meetings.stored(visit.session, meeting).kind,
        submit=submit,
        intro=intro,
        back=f"/meetings/{meeting.reference}",
    )
