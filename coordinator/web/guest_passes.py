"""What a guest sees and says by their link: one meeting, and nothing beside it."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.calendar_files import meeting_file
from coordinator.access.door import Download, Page, page
from coordinator.access.passes import PassVisit, by_pass
from coordinator.forms.base import Form
from coordinator.forms.guest_passes import (
    GuestBoardForm,
    GuestReplyForm,
    GuestViewForm,
    GuestWorryForm,
)
from coordinator.reads import guest_page as reads
from coordinator.services import guest_passes, passing_on
from coordinator.vocabulary import BoardSide, Reply, Topic

bp = Blueprint("guest_passes", __name__)

THANKS = {
    Reply.ACCEPTED: "Thank you. You are expected.",
    Reply.TENTATIVE: "Thank you. You can settle it later by the same link.",
    Reply.DECLINED: "Thank you. Your apologies are passed on.",
    Reply.DELEGATED: "Thank you. Your deputy is expected.",
}


@bp.get("/guest/<token>")
@by_pass
def meeting(visit: PassVisit) -> Page:
    """Show the one meeting of this link."""
    return page("guests_in/meeting.html", meeting=reads.one(visit), home=_home(visit))


@bp.route("/guest/<token>/reply", methods=["GET", "POST"])
@by_pass
def reply(visit: PassVisit) -> Page | Response:
    """Take the guest's answer."""
    stored = reads.one(visit)
    chosen = request.args.get("reply", "")
    given = stored.reply.value if stored.reply in THANKS else ""
    form = GuestReplyForm(
        reply=chosen if chosen in set(THANKS) else given, deputy=stored.deputy, note=stored.note
    )
    if form.is_sent():
        answer = Reply(form.reply.data)
        with form.refusals():
            guest_passes.answer(
                visit.session,
                visit.guest_pass,
                visit.moment,
                answer,
                form.note.data or "",
                form.deputy.data or "",
            )
            flash(THANKS[answer], "success")
            return redirect(_home(visit))
    return _form(visit, form, "Your answer", "Send your answer")


@bp.route("/guest/<token>/written-view", methods=["GET", "POST"])
@by_pass
def written_view(visit: PassVisit) -> Page | Response:
    """Take what the guest wants said in the meeting."""
    form = GuestViewForm(written_view=reads.one(visit).written_view)
    if form.is_sent():
        with form.refusals():
            guest_passes.send_view(
                visit.session, visit.guest_pass, visit.moment, form.written_view.data
            )
            flash("Your view is sent. The meeting will have it.", "success")
            return redirect(_home(visit))
    return _form(visit, form, "Your written view", "Send your view")


@bp.route("/guest/<token>/board", methods=["GET", "POST"])
@by_pass
def board(visit: PassVisit) -> Page | Response:
    """Take a strength or a worry for the board."""
    form = GuestBoardForm()
    if form.is_sent():
        with form.refusals():
            guest_passes.add_to_board(
                visit.session,
                visit.guest_pass,
                visit.moment,
                BoardSide(form.side.data),
                form.text.data,
            )
            flash("It is on the board, under your name.", "success")
            return redirect(_home(visit))
    return _form(visit, form, "Add a strength or a worry", "Add it to the board")


@bp.route("/guest/<token>/pass-on", methods=["GET", "POST"])
@by_pass
def pass_on(visit: PassVisit) -> Page | Response:
    """Take a worry that somebody else can act on."""
    form = GuestWorryForm()
    if form.is_sent():
        with form.refusals():
            passing_on.worry(
                visit.session,
                visit.guest_pass,
                visit.moment,
                Topic(form.topic.data),
                form.text.data or "",
            )
            flash("It is passed on. Here you see who has it.", "success")
            return redirect(_home(visit))
    return _form(visit, form, "Pass on a worry", "Pass it on")


@bp.get("/guest/<token>/calendar")
@by_pass
def calendar(visit: PassVisit) -> Download:
    """Send the meeting as a file for the guest's calendar: a time and a reference."""
    here = visit.guest_pass
    body = meeting_file(visit.session, here.meeting_id, visit.moment.now)
    return Download(f"meeting-{here.meeting_reference}.ics", "text/calendar", body)


def _home(visit: PassVisit) -> str:
    return f"/guest/{visit.token}"


def _form(visit: PassVisit, form: Form, title: str, submit: str) -> Page:
    home = _home(visit)
    return page("guests_in/form.html", form=form, title=title, submit=submit, back=home, home=home)
