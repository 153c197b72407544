"""Posts as an administrator looks after them: set up, described, filled and left vacant."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import AgencyInSight, PostInSight
from coordinator.forms.directory import AddPostForm, AppointForm, PostForm
from coordinator.forms.directory_rules import PeriodsForm
from coordinator.reads import directory as reads
from coordinator.reads import directory_rules as periods_read
from coordinator.reads import teams
from coordinator.reads.post_cards import PostCard
from coordinator.services import directory, directory_rules
from coordinator.services.directory import PostDetails
from coordinator.vocabulary import PostKind
from coordinator.web.lists import asked

bp = Blueprint("posts", __name__)

NOBODY = "nobody"
PERIODS = (
    "confirmed_every_days",
    "asked_before_days",
    "deputy_after_days",
    "manager_after_days",
    "answers_every_days",
)


@bp.route("/directory/agencies/<agency>/posts/add", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def add(visit: Visit, agency: AgencyInSight) -> Page | Response:
    """Set up a post, vacant at first."""
    form = AddPostForm()
    choices = [(t.reference, t.text) for t in teams.team_choices(visit.session, agency.id)]
    form.team.offer([("", "The whole agency"), *choices])
    if form.is_sent():
        with form.refusals():
            kind = PostKind(form.kind.data)
            team = form.team.data or ""
            reference = directory.add_post(visit.session, agency, kind, team, _details(form))
            flash("The post is set up. Say now who holds it.", "success")
            return redirect(f"/directory/posts/{reference}/holder")
    return page(
        "form_page.html",
        form=form,
        title="Set up a post",
        submit="Set up",
        back=f"/directory/agencies/{agency.reference}",
    )


@bp.route("/directory/posts/<post>/change", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def change(visit: Visit, post: PostInSight) -> Page | Response:
    """Change how to reach a post and what it is for."""
    card = reads.post(visit.session, visit.actor, post, visit.moment)
    form = PostForm(obj=card)
    if form.is_sent():
        with form.refusals():
            directory.change_post(visit.session, post, _details(form), form.version.data)
            flash("The changes are saved.", "success")
            return redirect("/directory")
    return page(
        "form_page.html",
        form=form,
        title="Change the post",
        caption=_name(card),
        submit="Save",
        back="/directory",
    )


@bp.route("/directory/posts/<post>/holder", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def holder(visit: Visit, post: PostInSight) -> Page | Response:
    """Say who holds a post, or that nobody does."""
    return _appoint(visit, post, deputy=False)


@bp.route("/directory/posts/<post>/deputy", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def deputy(visit: Visit, post: PostInSight) -> Page | Response:
    """Say who deputises, or that nobody does."""
    return _appoint(visit, post, deputy=True)


@bp.route("/directory/periods", methods=["GET", "POST"])
@requires(Permission.DIRECTORY_MANAGE)
def periods(visit: Visit) -> Page | Response:
    """Say after how long posts are confirmed anew, and see how it was before."""
    history = periods_read.history(visit.session)
    now = next(one for one in history if one.from_date <= visit.moment.today)
    form = PeriodsForm(
        **{name: str(getattr(now, name)) for name in PERIODS},
        from_date=visit.moment.today,
        version=len(history),
    )
    if form.is_sent():
        with form.refusals():
            days = {name: whole_number(form[name].data) for name in PERIODS}
            wanted = directory_rules.Wanted(
                **days,
                from_date=form.from_date.data or visit.moment.today,
                reason=form.reason.data,
            )
            directory_rules.change(
                visit.session, visit.actor, visit.moment, form.version.data, wanted
            )
            flash("The periods are changed.", "success")
            return redirect("/directory/periods")
    return page(
        "directory/periods.html",
        form=form,
        history=history,
        title="How often posts are confirmed",
        back="/directory",
    )


def whole_number(typed: str) -> int:
    """Return the number that was typed, or -1, which no period is."""
    return int(typed) if typed.isascii() and typed.isdecimal() else -1


def _appoint(visit: Visit, post: PostInSight, *, deputy: bool) -> Page | Response:
    leaver = asked("leaver")
    leads_back = leaver.isascii() and leaver.isalnum()
    back = f"/accounts/{leaver}/leaving" if leads_back else "/directory"
    form = AppointForm(starts_on=visit.moment.today)
    people = teams.people_choices(visit.session, post.agency_id, visit.moment.today)
    form.account.offer(
        [
            ("", "Choose a person"),
            (NOBODY, "Nobody: there is no deputy" if deputy else "Nobody: the post is vacant"),
            *[(person.reference, person.text) for person in people],
        ]
    )
    if form.is_sent():
        with form.refusals():
            start = form.starts_on.data or visit.moment.today
            if form.account.data == NOBODY:
                last_day = start - timedelta(days=1)
                directory.vacate(visit.session, post, last_day, deputy=deputy)
            else:
                directory.appoint(
                    visit.session, visit.moment, post, form.account.data, start, deputy=deputy
                )
            flash("The directory is changed.", "success")
            return redirect(back)
    return page(
        "form_page.html",
        form=form,
        title="Who deputises?" if deputy else "Who holds the post?",
        caption=_name(reads.post(visit.session, visit.actor, post, visit.moment)),
        submit="Save",
        back=back,
        action=f"{request.path}?leaver={leaver}" if leads_back else "",
    )


def _name(card: PostCard) -> str:
    return f"{card.kind.label}, {card.team or card.agency}"


def _details(form: PostForm) -> PostDetails:
    return PostDetails(
        form.phone.data, form.cover_hours.data, form.can_do.data, form.cannot_do.data
    )
