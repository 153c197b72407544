"""What a worker decides about the links of a meeting's guests, and a meeting's calendar file."""

from flask import Blueprint, current_app, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.calendar_files import meeting_file
from coordinator.access.door import Download, Page, Visit, page, requires
from coordinator.access.passes import signed
from coordinator.access.permissions import Permission
from coordinator.access.sights import MeetingInSight
from coordinator.errors import InvalidError, NotFoundError
from coordinator.forms.guest_passes import GuestNamesForm, TellGuestForm
from coordinator.forms.sharing import day_to_look_again, said
from coordinator.reads import families, lawful_bases
from coordinator.reads import guest_links as reads
from coordinator.reads.guest_links import GuestLink
from coordinator.services import guest_disclosures, guest_passes
from coordinator.services.sharing_facts import Facts

bp = Blueprint("guest_links", __name__)


@bp.get("/meetings/<meeting>/calendar")
@requires(Permission.MEETINGS_READ)
def calendar(visit: Visit, meeting: MeetingInSight) -> Download:
    """Send a meeting as a calendar file: a reference and a time, and no family detail (E60)."""
    link = f"{current_app.config['COORDINATOR'].base_url}/meetings/{meeting.reference}"
    body = meeting_file(visit.session, meeting.id, visit.moment.now, link)
    return Download(f"meeting-{meeting.reference}.ics", "text/calendar", body)


@bp.get("/meetings/<meeting>/guest-links")
@requires(Permission.GUEST_PASSES_MANAGE)
def index(visit: Visit, meeting: MeetingInSight) -> Page:
    """List the guests who are asked, what each of them sees, and how their links stand."""
    return page(
        "guest_links/index.html",
        tab="meetings",
        bar=families.bar(visit.session, meeting.family),
        meeting=meeting.reference,
        links=_links(visit, meeting),
    )


@bp.get("/meetings/<meeting>/guest-links/show")
@requires(Permission.GUEST_PASSES_MANAGE)
def show(visit: Visit, meeting: MeetingInSight) -> Page:
    """Show a guest's link, to give it to somebody who has no address that mail may go to."""
    link = _one(visit, meeting)
    if not link.live:
        raise NotFoundError
    config = current_app.config["COORDINATOR"]
    return page(
        "guest_links/show.html",
        tab="meetings",
        bar=families.bar(visit.session, meeting.family),
        meeting=meeting.reference,
        link=link,
        address=f"{config.base_url}/guest/{signed(link.live, config.secret_key)}",
    )


@bp.post("/meetings/<meeting>/guest-links/withdraw")
@requires(Permission.GUEST_PASSES_MANAGE)
def withdraw(visit: Visit, meeting: MeetingInSight) -> Response:
    """Withdraw a guest's link; they stay invited."""
    try:
        guest_passes.withdraw(visit.session, visit.moment, meeting, request.form.get("guest", ""))
        flash("The link is withdrawn. It opens nothing any more.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(_list(meeting))


@bp.post("/meetings/<meeting>/guest-links/renew")
@requires(Permission.GUEST_PASSES_MANAGE)
def renew(visit: Visit, meeting: MeetingInSight) -> Response:
    """Make a new link for a guest and send it; the old one ends."""
    try:
        guest_passes.renew(visit.session, visit.moment, meeting, request.form.get("guest", ""))
        flash("There is a new link. The old one opens nothing any more.", "success")
    except InvalidError as refused:
        flash(str(refused), "warning")
    return redirect(_list(meeting))


@bp.route("/meetings/<meeting>/guest-links/names", methods=["GET", "POST"])
@requires(Permission.GUEST_PASSES_MANAGE)
def names(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Decide whose names a guest reads."""
    link = _one(visit, meeting)
    form = GuestNamesForm(names=reads.shown_names(visit.session, meeting, link.guest))
    form.names.offer(reads.members(visit.session, meeting))
    if form.is_sent():
        with form.refusals():
            guest_passes.show_names(visit.session, meeting, link.guest, form.names.data or [])
            flash("It is saved.", "success")
            return redirect(_list(meeting))
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Whose names a guest reads",
        caption=link.name,
        submit="Save",
        back=_list(meeting),
        action=_here(meeting, "names", link),
    )


@bp.route("/meetings/<meeting>/guest-links/tell", methods=["GET", "POST"])
@requires(Permission.GUEST_PASSES_MANAGE)
def tell(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Tell a guest something beyond the plan, with a purpose and a sharing record (P01)."""
    link = _one(visit, meeting)
    form = TellGuestForm(review_on=day_to_look_again(visit.moment.today))
    bases = lawful_bases.offered(visit.session)
    form.basis.offer(
        [(row.reference, row.name, f"{row.kind.label}. {row.sentence}") for row in bases]
    )
    if form.is_sent():
        with form.refusals():
            guest_disclosures.tell(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                link.guest,
                Facts(**said(form)),
            )
            flash("This guest reads it by the link. It stands under Sharing.", "success")
            return redirect(_list(meeting))
    return page(
        "families/form_page.html",
        form=form,
        bar=families.bar(visit.session, meeting.family),
        title="Tell a guest something more",
        caption=f"{link.name}, {link.role.label.lower()}",
        intro="A guest sees when and where, their parts, what helps and what they agreed to do."
        " A diagnosis is never among it: to tell one is a decision of its own, and its record"
        " names the guest.",
        submit="Let this guest read it",
        back=_list(meeting),
        action=_here(meeting, "tell", link),
    )


@bp.post("/meetings/<meeting>/guest-links/hide")
@requires(Permission.GUEST_PASSES_MANAGE)
def hide(visit: Visit, meeting: MeetingInSight) -> Response:
    """Show something no longer that a guest was told."""
    guest_disclosures.end(visit.session, visit.moment, meeting, request.form.get("sharing", ""))
    flash("The link does not show it any more. What was read, was read.", "success")
    return redirect(_list(meeting))


def _links(visit: Visit, meeting: MeetingInSight) -> tuple[GuestLink, ...]:
    return reads.of_meeting(visit.session, visit.actor, visit.moment, meeting)


def _one(visit: Visit, meeting: MeetingInSight) -> GuestLink:
    """Return the guest whom the address names.  Raises `NotFoundError` for nobody invited."""
    asked = request.args.get("guest", "")
    for link in _links(visit, meeting):
        if link.guest == asked:
            return link
    raise NotFoundError


def _list(meeting: MeetingInSight) -> str:
    return f"/meetings/{meeting.reference}/guest-links"


def _here(meeting: MeetingInSight, page_name: str, link: GuestLink) -> str:
    return f"{_list(meeting)}/{page_name}?guest={link.guest}"
