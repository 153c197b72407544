"""Where people sit, and who is here today (E08)."""

from datetime import date, time, timedelta

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response

from coordinator.access.directory_sights import ColleagueInSight, DeskInSight
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.forms.desks import DeskForm
from coordinator.reads import colleague_page
from coordinator.reads import desks as reads
from coordinator.services import desks
from coordinator.services.desks import Place
from coordinator.web.lists import asked

bp = Blueprint("desks", __name__)

A_DAY = timedelta(days=1)
WITHIN = timedelta(days=366)


@bp.get("/directory/here")
@requires(Permission.DIRECTORY_READ)
def here(visit: Visit) -> Page:
    """Show who has a desk where on a day, at one building or at all."""
    today = visit.moment.today
    day, site = _day(asked("day"), today), asked("site")
    sites = reads.sites(visit.session)
    return page(
        "desks/here.html",
        day=day,
        today=today,
        before=day - A_DAY,
        after=day + A_DAY,
        site=site if site in dict(sites) else "",
        sites=sites,
        shown=reads.here(visit.session, visit.actor, visit.moment, day, site),
        closed=reads.weekday_of(day) == reads.NO_DAY,
    )


@bp.route("/directory/people/<colleague>/desk", methods=["GET", "POST"])
@requires(Permission.DESKS_TELL)
def tell(visit: Visit, colleague: ColleagueInSight) -> Page | Response:
    """Say where a person sits: their base, or a desk on a weekday."""
    form = DeskForm(starts_on=visit.moment.today)
    form.site.offer([("", ""), *reads.sites(visit.session)])
    home = f"/directory/people/{colleague.reference}"
    if form.is_sent():
        with form.refusals():
            weekday = form.weekday
            place = Place(
                form.site.data,
                form.starts_on.data or visit.moment.today,
                form.ends_on.data,
                weekday,
                *((0, 0, 0) if weekday is None else _times(form)),
            )
            desks.tell(visit.session, visit.actor, visit.moment, colleague, place)
            flash("The directory shows it.", "success")
            return redirect(home)
    shown = colleague_page.page(visit.session, visit.actor, visit.moment, colleague)
    return page(
        "desks/tell.html",
        form=form,
        title="Base or shared desk",
        caption=shown.name,
        submit="Show it in the directory",
        back=home,
    )


@bp.post("/directory/desks/<desk>/end")
@requires(Permission.DESKS_TELL)
def end(visit: Visit, desk: DeskInSight) -> Response:
    """Say that a person sits there no longer."""
    desks.end(visit.session, visit.actor, visit.moment, desk)
    flash("From today the directory no longer shows it.", "success")
    return redirect(f"/directory/people/{desk.colleague.reference}")


def _times(form: DeskForm) -> tuple[int, int, int]:
    opens, closes = (_minutes(field.data) for field in (form.opens, form.closes))
    return opens, closes, int(form.slots.data or 0)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _day(told: str, today: date) -> date:
    """Return the day that is asked for, or today for one that is none or far away."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return today
    return day if abs(day - today) <= WITHIN else today
