"""Support at agreed times: what and when, how each session went, and whether it is enough."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import EntryInSight, FamilyInSight, MeetingInSight
from coordinator.clock import day_in_words
from coordinator.forms.supports import AddSupportForm, ChangeSupportForm, SessionForm, review_form
from coordinator.reads import families, local_services
from coordinator.reads import supports as reads
from coordinator.reads.supports import SupportLine, SupportPage
from coordinator.services import support_reviews, supports
from coordinator.services.supports import Pattern
from coordinator.vocabulary import Enough, SessionOutcome, SupportState

bp = Blueprint("supports", __name__)

ENDS = (
    "A baby is expected, and this would end. If you say that it ended, the lead worker of the other"
    " agency is asked to agree with you what comes instead. What it was stays with your agency."
)
NO_SERVICE = ("", "None of them")

WHO_READS = (
    "What it is, is for your agency until you share it. Others on the case are told only that"
    " there is a regular appointment, and are warned when they arrange something at the same time."
)


@bp.route("/families/<family>/support/add", methods=["GET", "POST"])
@requires(Permission.SUPPORTS_WRITE)
def add(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Write down what a parent gets at agreed times."""
    people = reads.for_whom(visit.session, family)
    form = AddSupportForm(
        data={"every_weeks": "1", "minutes": "60", "state": SupportState.UNDER_WAY.value}
    )
    form.service.offer([NO_SERVICE, *local_services.choices(visit.session)])
    form.person.offer(people if len(people) == 1 else [("", "Choose one"), *people])
    if form.is_sent():
        with form.refusals():
            reference = supports.add(
                visit.session,
                visit.actor,
                visit.moment,
                family,
                form.person.data,
                _pattern(form),
            )
            flash("The support is written down, for your agency.", "success")
            return redirect(f"/support/{reference}")
    return page(
        "supports/form.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Add support at agreed times",
        intro=WHO_READS,
        submit="Save",
        back=f"/families/{family.reference}/plan",
    )


@bp.get("/support/<support>")
@requires(Permission.SUPPORTS_READ)
def show(visit: Visit, support: EntryInSight) -> Page:
    """Show one support: what is agreed, and what became of each session."""
    return page(
        "supports/support.html",
        tab="plan",
        bar=families.bar(visit.session, support.family),
        support=reads.one(visit.session, visit.actor, visit.moment, support),
    )


@bp.route("/support/<support>/change", methods=["GET", "POST"])
@requires(Permission.SUPPORTS_CHANGE)
def change(visit: Visit, support: EntryInSight) -> Page | Response:
    """Agree another pattern, or say how it stands now."""
    shown = reads.one(visit.session, visit.actor, visit.moment, support)
    line = shown.line
    form = ChangeSupportForm(
        data={
            "version": shown.version,
            **{name: getattr(line, name) for name in ("what", "place", "given_by", "start")},
            "first_on": line.first_on,
            "last_on": line.last_on,
            "every_weeks": str(line.every_weeks),
            "minutes": str(line.minutes),
            "state": line.state.value,
            "service": line.service_reference,
        }
    )
    offered = dict([NO_SERVICE, *local_services.choices(visit.session)])
    # One that was taken out of the directory stays with who attends it.
    form.service.offer(
        list((offered | {line.service_reference: line.service or NO_SERVICE[1]}).items())
    )
    if form.is_sent():
        with form.refusals():
            supports.change(
                visit.session,
                visit.actor,
                visit.moment,
                support,
                form.version.data,
                _pattern(form),
            )
            flash("The change is kept, from today on.", "success")
            return redirect(f"/support/{support.reference}")
    return page(
        "supports/form.html",
        bar=families.bar(visit.session, support.family),
        form=form,
        title="Change what is agreed",
        caption=line.what,
        intro=ENDS if line.would_end else "",
        submit="Save",
        back=f"/support/{support.reference}",
    )


@bp.route("/support/<support>/sessions", methods=["GET", "POST"])
@requires(Permission.SUPPORTS_CHANGE)
def record(visit: Visit, support: EntryInSight) -> Page | Response:
    """Write down what became of a session."""
    shown = reads.one(visit.session, visit.actor, visit.moment, support)
    form = SessionForm(data={"day": request.args.get("day", "")})
    form.day.offer(_days(shown))
    if form.is_sent():
        with form.refusals():
            moved_day = form.moved_day.data
            moved_at = form.moved_at.data or shown.line.start
            supports.record(
                visit.session,
                visit.actor,
                visit.moment,
                support,
                date.fromisoformat(form.day.data),
                SessionOutcome(form.outcome.data),
                form.reason.data or "",
                (moved_day, moved_at) if moved_day else None,
            )
            flash("What became of the session is written down.", "success")
            return redirect(f"/support/{support.reference}")
    return page(
        "supports/session.html",
        bar=families.bar(visit.session, support.family),
        form=form,
        title="What became of a session",
        caption=shown.line.what,
        submit="Save",
        back=f"/support/{support.reference}",
    )


@bp.route("/meetings/<meeting>/support", methods=["GET", "POST"])
@requires(Permission.SUPPORTS_REVIEW)
def review(visit: Visit, meeting: MeetingInSight) -> Page | Response:
    """Ask at the review whether each support is enough, and keep the answer."""
    lines = [
        one for one in reads.of_family(visit.session, visit.actor, meeting.family) if one.goes_on
    ]
    form = review_form((one.reference, one.what, _steadiness(one)) for one in lines)(
        data=_answered(lines, meeting)
    )
    if form.is_sent():
        with form.refusals():
            support_reviews.answer(
                visit.session,
                visit.actor,
                visit.moment,
                meeting,
                {
                    one.reference: (
                        Enough(form[one.reference].data),
                        form[f"note_{one.reference}"].data or "",
                    )
                    for one in lines
                    if form[one.reference].data
                },
            )
            flash("The answers are kept.", "success")
            return redirect(f"/meetings/{meeting.reference}")
    return page(
        "supports/review.html",
        bar=families.bar(visit.session, meeting.family),
        form=form,
        lines=lines,
        title="Is the support enough?",
        submit="Keep the answers",
        back=f"/meetings/{meeting.reference}",
    )


def _pattern(form: Any) -> Pattern:
    return Pattern(
        what=form.what.data,
        first_on=form.first_on.data,
        last_on=form.last_on.data,
        every_weeks=int(form.every_weeks.data),
        start=form.start.data,
        minutes=int(form.minutes.data),
        state=SupportState(form.state.data),
        given_by=form.given_by.data or "",
        place=form.place.data or "",
        service=form.service.data or "",
    )


def _days(shown: SupportPage) -> list[tuple[str, str]]:
    days = [one.agreed_on for one in (*shown.unrecorded, *shown.coming, *shown.recorded)]
    return [(day.isoformat(), day_in_words(day)) for day in days]


def _steadiness(line: SupportLine) -> str:
    moved = (
        f"Moved by service: {line.moved_by_service} of {line.recorded}. " if line.recorded else ""
    )
    return f"{line.when}. {moved}"


def _answered(lines: list[SupportLine], meeting: MeetingInSight) -> dict[str, str]:
    """Return what was answered at this meeting already."""
    here = [one for one in lines if one.reviewed_at_id == meeting.id and one.enough]
    return {one.reference: one.enough.value for one in here if one.enough} | {
        f"note_{one.reference}": one.note for one in here
    }
