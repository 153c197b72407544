"""Local services, who can do what, and the sheet for GPs and others (P07, P08, P09)."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.local_service_rules import LocalServiceInSight
from coordinator.access.policy import Permission, decide
from coordinator.forms.base import Form
from coordinator.forms.local_services import ServiceForm
from coordinator.reads import areas, who_can
from coordinator.reads import local_services as reads
from coordinator.services import local_services
from coordinator.services.local_services import ServiceSaid
from coordinator.vocabulary import OnPregnancy, Topic
from coordinator.web.lists import asked

bp = Blueprint("local_services", __name__)

LIST = "/directory/services"
EVERYWHERE = ("", reads.EVERYWHERE)
NO_ONE = ("", "Administrators alone")


@bp.get("/directory/who-can")
@requires(Permission.SERVICES_READ)
def who_can_help(visit: Visit) -> Page:
    """Show who and what can help with a worry or a topic."""
    words, topic = asked("q"), _topic()
    found = None
    if words or topic:
        found = who_can.found(visit.session, visit.actor, visit.moment, words, topic)
    return page(
        "local_services/who_can.html", q=words, topic=topic, topics=tuple(Topic), found=found
    )


@bp.get("/directory/services")
@requires(Permission.SERVICES_READ)
def index(visit: Visit) -> Page:
    """List the local services."""
    return page(
        "local_services/index.html",
        cards=reads.found(visit.session, visit.moment, [], None),
        may_add=decide(visit.actor, Permission.SERVICES_ADD).allowed,
    )


@bp.get("/directory/services/sheet")
@requires(Permission.SERVICES_READ)
def sheet(visit: Visit) -> Page:
    """Show the sheet of perinatal and parent-infant services, to be printed."""
    return page(
        "local_services/sheet.html",
        cards=reads.on_the_sheet(visit.session, visit.moment),
        day=visit.moment.today,
    )


@bp.route("/directory/services/add", methods=["GET", "POST"])
@requires(Permission.SERVICES_ADD)
def add(visit: Visit) -> Page | Response:
    """Add a service."""
    form = ServiceForm()
    form.area.offer([EVERYWHERE, *areas.choices(visit.session)])
    form.post.offer([NO_ONE, *reads.posts(visit.session)])
    if form.is_sent():
        with form.refusals():
            reference = local_services.add(
                visit.session, visit.actor, visit.moment, _said(form), form.post.data or ""
            )
            flash("The service is in the directory.", "success")
            return redirect(f"{LIST}/{reference}")
    return page("form_page.html", form=form, title="Add a service", submit="Add it", back=LIST)


@bp.get("/directory/services/<local_service>")
@requires(Permission.SERVICES_READ)
def show(visit: Visit, local_service: LocalServiceInSight) -> Page:
    """Show a service, and how its entry was before."""
    shown = reads.one(visit.session, visit.actor, visit.moment, local_service)
    return page("local_services/service.html", service=shown)


@bp.route("/directory/services/<local_service>/change", methods=["GET", "POST"])
@requires(Permission.SERVICES_CHANGE)
def change(visit: Visit, local_service: LocalServiceInSight) -> Page | Response:
    """Describe a service anew."""
    shown = reads.one(visit.session, visit.actor, visit.moment, local_service)
    home = f"{LIST}/{local_service.reference}"
    there = shown.card.area_reference
    form = ServiceForm(data=vars(shown.card) | {"version": shown.version, "area": there})
    form.area.offer([EVERYWHERE, *areas.choices(visit.session, there)])
    form.post.offer([NO_ONE, *reads.posts(visit.session)])
    if form.is_sent():
        with form.refusals():
            local_services.change(
                visit.session,
                visit.actor,
                visit.moment,
                local_service,
                form.version.data,
                _said(form),
                form.post.data or "",
            )
            flash("The entry is changed, and confirmed today.", "success")
            return redirect(home)
    return page(
        "form_page.html",
        form=form,
        title="Change a service",
        caption=shown.card.name,
        submit="Save",
        back=home,
    )


@bp.post("/directory/services/<local_service>/confirm")
@requires(Permission.SERVICES_CHANGE)
def confirm(visit: Visit, local_service: LocalServiceInSight) -> Response:
    """Say that an entry is right."""
    local_services.confirm(visit.session, visit.moment, local_service)
    flash("Thank you. The entry says that it was confirmed today.", "success")
    return redirect(f"{LIST}/{local_service.reference}")


@bp.route("/directory/services/<local_service>/close", methods=["GET", "POST"])
@requires(Permission.SERVICES_CHANGE)
def close(visit: Visit, local_service: LocalServiceInSight) -> Page | Response:
    """Take a service that is there no longer out of the directory."""
    form = Form()
    if form.is_sent():
        local_services.close(visit.session, visit.moment, local_service)
        flash("The service is out of the directory.", "success")
        return redirect(LIST)
    return page(
        "form_page.html",
        form=form,
        title="Is the service there no longer?",
        intro="Nobody finds it any more. Plans that name it keep its name.",
        submit="Take it out",
        style="warning",
        back=f"{LIST}/{local_service.reference}",
    )


def _topic() -> Topic | None:
    typed = request.args.get("topic", "")
    return Topic(typed) if typed in set(Topic) else None


def _said(form: ServiceForm) -> ServiceSaid:
    return ServiceSaid(
        name=form.name.data or "",
        what=form.what.data or "",
        for_whom=form.for_whom.data or "",
        topics=tuple(Topic(value) for value in form.topics.data or ()),
        area=form.area.data or "",
        how_to_get_in=form.how_to_get_in.data or "",
        on_pregnancy=OnPregnancy(form.on_pregnancy.data),
        phone=form.phone.data or "",
        hours=form.hours.data or "",
        at_birth=form.at_birth.data or "",
        waiting=form.waiting.data or "",
        waiting_said_on=form.waiting_said_on.data,
    )
