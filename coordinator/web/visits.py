"""Visits: the weeks of a family, booking, the page of one, and changing it."""

from contextlib import suppress
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.access.visit_rules import VisitInSight
from coordinator.clock import day_in_words, time_in_words
from coordinator.forms.visits import (
    BookVisitForm,
    CancelVisitForm,
    ChangeVisitForm,
    CombineForm,
    VisitFields,
)
from coordinator.reads import families, meeting_kinds, needs, visit_choices, visit_comments, weeks
from coordinator.reads import visits as reads
from coordinator.reads.invitations import Candidate
from coordinator.services import visits
from coordinator.services.visit_terms import Booking
from coordinator.vocabulary import Level, MeetWhere, MovedBy
from coordinator.web.presentation import moment_text

bp = Blueprint("visits", __name__)

YES_NO: dict[str, bool | None] = {"yes": True, "no": False, "": None}
WORDS = {True: "yes", False: "no", None: ""}


@bp.get("/families/<family>/visits")
@requires(Permission.VISITS_READ)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """Show the contacts of a family week by week, with the level of each week."""
    return page(
        "visits/index.html",
        tab="meetings",
        bar=families.bar(visit.session, family),
        weeks=weeks.of_family(
            visit.session, visit.actor, visit.moment, family, _day(request.args.get("before", ""))
        ),
        alone=visit_comments.always_alone(visit.session, visit.actor, family),
        may_book=decide(visit.actor, Permission.VISITS_BOOK, family).allowed,
    )


@bp.route("/families/<family>/visits/book", methods=["GET", "POST"])
@requires(Permission.VISITS_BOOK)
def book(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Book a visit."""
    form = BookVisitForm(
        data={"minutes": "60", "place": MeetWhere.HOME.value, "level": Level.OPEN.value}
    )
    _offer(visit, family, form)
    if form.is_sent():
        with form.refusals():
            reference = visits.book(
                visit.session, visit.actor, visit.moment, family, _booking(form)
            )
            flash("The visit is booked.", "success")
            return redirect(f"/visits/{reference}")
    return page(
        "visits/book.html",
        bar=families.bar(visit.session, family),
        form=form,
        needs=needs.of_family(visit.session, visit.actor, visit.moment, family),
        title="Book a visit",
        submit="Book the visit",
        back=f"/families/{family.reference}/visits",
    )


@bp.get("/visits/<home_visit>")
@requires(Permission.VISITS_READ)
def one(visit: Visit, home_visit: VisitInSight) -> Page:
    """Show a visit: what is agreed, and afterwards the part of each owner."""
    return page(
        "visits/visit.html",
        tab="meetings",
        bar=families.bar(visit.session, home_visit.family),
        visit=reads.one(visit.session, visit.actor, visit.moment, home_visit),
        comments=visit_comments.of_visit(visit.session, visit.actor, home_visit),
    )


@bp.route("/visits/<home_visit>/change", methods=["GET", "POST"])
@requires(Permission.VISITS_CHANGE)
def change(visit: Visit, home_visit: VisitInSight) -> Page | Response:
    """Change or move a planned visit."""
    stored = reads.agreed(visit.session, visit.actor, visit.moment, home_visit)
    people = visit_choices.owners(visit.session, visit.actor, visit.moment, home_visit.family)
    chosen = [_value_of(people, owner) for owner in stored.owners]
    form = ChangeVisitForm(
        data={
            **vars(stored),
            "version": home_visit.version,
            "kind": stored.kind_reference,
            "owner": chosen[0],
            "second": chosen[1] if len(chosen) > 1 else "",
            "day": stored.local_start.date(),
            "start": stored.local_start.time(),
            "minutes": str(stored.minutes),
            "travel_before": str(stored.travel_before),
            "travel_after": str(stored.travel_after),
            "place": stored.place.value,
            "parents_choice": WORDS[stored.parents_choice],
            "interpreter_booked": WORDS[stored.interpreter_booked],
        }
    )
    _offer(visit, home_visit.family, form, people, stored.kind_reference)
    if form.is_sent():
        with form.refusals():
            visits.change(
                visit.session,
                visit.actor,
                visit.moment,
                home_visit,
                form.version.data,
                _booking(form, stored.level),
            )
            flash("The visit is changed.", "success")
            return redirect(f"/visits/{home_visit.reference}")
    return page(
        "visits/change.html",
        bar=families.bar(visit.session, home_visit.family),
        form=form,
        needs=needs.of_family(visit.session, visit.actor, visit.moment, home_visit.family),
        title="Change the visit",
        caption=stored.kind,
        submit="Save the change",
        back=f"/visits/{home_visit.reference}",
    )


@bp.route("/visits/<home_visit>/cancel", methods=["GET", "POST"])
@requires(Permission.VISITS_CHANGE)
def cancel(visit: Visit, home_visit: VisitInSight) -> Page | Response:
    """Cancel a planned visit: who wanted it, and why."""
    stored = reads.agreed(visit.session, visit.actor, visit.moment, home_visit)
    form = CancelVisitForm()
    if form.is_sent():
        with form.refusals():
            visits.cancel(
                visit.session,
                visit.actor,
                visit.moment,
                home_visit,
                MovedBy(form.moved_by.data),
                form.reason.data or "",
            )
            flash("The visit is cancelled.", "success")
            return redirect(f"/visits/{home_visit.reference}")
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, home_visit.family),
        form=form,
        title="Cancel the visit",
        caption=stored.kind,
        intro=_when(stored),
        submit="Cancel the visit",
        style="warning",
        back=f"/visits/{home_visit.reference}",
    )


@bp.route("/visits/<home_visit>/combine", methods=["GET", "POST"])
@requires(Permission.VISITS_CHANGE)
def combine(visit: Visit, home_visit: VisitInSight) -> Page | Response:
    """Make this visit and one of the other agency in the same week a joint one."""
    stored = reads.agreed(visit.session, visit.actor, visit.moment, home_visit)
    others = visit_choices.to_combine(visit.session, visit.actor, visit.moment, home_visit)
    form = CombineForm()
    form.other.offer(
        (one.reference, f"{one.owner}, {one.agency}", f"{one.kind}, {moment_text(one.starts_at)}")
        for one in others
    )
    if form.is_sent():
        with form.refusals():
            visits.combine(
                visit.session, visit.actor, visit.moment, home_visit, str(form.other.data)
            )
            flash("It is a joint visit now; the other one is cancelled.", "success")
            return redirect(f"/visits/{home_visit.reference}")
    return page(
        "visits/combine.html",
        bar=families.bar(visit.session, home_visit.family),
        form=form,
        others=others,
        title="Make it a joint visit",
        caption=stored.kind,
        intro=[
            f"It stays on {_when(stored)} The other one is cancelled.",
            "Tell the family, and each other.",
        ],
        submit="Combine them",
        back=f"/visits/{home_visit.reference}",
    )


def _offer(
    visit: Visit,
    family: FamilyInSight,
    form: VisitFields,
    people: tuple[Candidate, ...] = (),
    kind: str = "",
) -> None:
    people = people or visit_choices.owners(visit.session, visit.actor, visit.moment, family)
    kinds = visit_choices.kinds(visit.session)
    form.offer(
        [(one.reference, one.name) for one in kinds if not one.retired or one.reference == kind],
        [(one.value, f"{one.words}, {one.agency}") for one in people],
        meeting_kinds.sites(visit.session, visit.actor),
    )


def _booking(form: Any, level: Level | None = None) -> Booking:
    """Return what a valid form says; a changed visit keeps its level."""
    moved_by = form.moved_by.data if "moved_by" in form else ""
    return Booking(
        kind=form.kind.data,
        day=form.day.data,
        start=form.start.data,
        minutes=int(form.minutes.data),
        place=MeetWhere(form.place.data),
        owner=form.owner.data,
        second=form.second.data or "",
        site=form.site.data or "",
        place_text=form.place_text.data or "",
        travel_before=int(form.travel_before.data or 0),
        travel_after=int(form.travel_after.data or 0),
        purpose=form.purpose.data or "",
        parents_choice=YES_NO[form.parents_choice.data or ""],
        observe_until=form.observe_until.data,
        parents_view=form.parents_view.data or "",
        level=level or Level(form.level.data),
        interpreter_booked=form.interpreter_booked.data == "yes",
        all_the_same=bool(form.all_the_same.data),
        moved_by=MovedBy(moved_by) if moved_by else None,
        why_moved=(form.why_moved.data or "") if "why_moved" in form else "",
        why_more=form.why_more.data or "",
    )


def _value_of(people: tuple[Candidate, ...], owner: reads.VisitOwner) -> str:
    who = (owner.account_id, owner.agency_id)
    return next((one.value for one in people if (one.account_id, one.agency_id) == who), "")


def _when(stored: reads.VisitPage) -> str:
    start = stored.local_start
    return f"{day_in_words(start)}, {time_in_words(start)}."


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
