"""Short slots at shared desks: book, cancel, say whether it was held (E08)."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator.access.desk_sights import SlotInSight
from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.forms.desk_slots import CancelForm, SettleForm, SettleTalkForm, SlotForm, TalkForm
from coordinator.reads import colleague_page, families, involvements
from coordinator.reads import desk_slots as reads
from coordinator.reads.desk_slots import FreeSlot
from coordinator.services import desk_slots
from coordinator.vocabulary import SlotOutcome
from coordinator.web.presentation import clock_text, weekday_text

bp = Blueprint("desk_slots", __name__)


@bp.route("/directory/people/<colleague>/slots/book", methods=["GET", "POST"])
@requires(Permission.SLOTS_BOOK)
def book(visit: Visit, colleague: ColleagueInSight) -> Page | Response:
    """Book a slot with a person, about no family."""
    person = colleague_page.page(visit.session, visit.actor, visit.moment, colleague)
    free = reads.free(visit.session, visit.moment, {colleague.id})
    form = SlotForm(data={"slot": _first(free)})
    form.slot.offer([("", ""), *((one.value, _when(one)) for one in free)])
    if form.is_sent():
        with form.refusals():
            return _booked(visit, form, {colleague.id})
    return page(
        "desks/book.html",
        form=form,
        title="Book a slot",
        caption=person.name,
        free=free,
        submit="Book it",
        back=f"/directory/people/{colleague.reference}",
    )


@bp.route("/families/<family>/slots/book", methods=["GET", "POST"])
@requires(Permission.SLOTS_PLAN)
def book_about(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Book a slot about a family with somebody who is on its case."""
    workers = involvements.workers(visit.session, visit.moment, family)
    colleagues = {one.account_id for one in workers} - {visit.actor.account_id}
    free = reads.free(visit.session, visit.moment, colleagues)
    form = TalkForm(data={"slot": free[0].value if free else None})
    form.slot.offer([("", ""), *((one.value, f"{one.name}: {_when(one)}") for one in free)])
    if form.is_sent():
        with form.refusals():
            return _booked(visit, form, colleagues, family)
    return page(
        "desks/book_about.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Book a slot with a colleague",
        free=free,
        submit="Book it",
        back=f"/families/{family.reference}",
    )


@bp.get("/slots/<desk_slot>")
@requires(Permission.SLOTS_READ)
def show(visit: Visit, desk_slot: SlotInSight) -> Page:
    """Show a slot to the two who talk."""
    return page(
        "desks/slot.html",
        slot=reads.one(visit.session, visit.actor, visit.moment, desk_slot),
        may_change=decide(visit.actor, Permission.SLOTS_CHANGE, desk_slot).allowed,
    )


@bp.route("/slots/<desk_slot>/cancel", methods=["GET", "POST"])
@requires(Permission.SLOTS_CHANGE)
def cancel(visit: Visit, desk_slot: SlotInSight) -> Page | Response:
    """Cancel a slot with a word to the other."""
    form, home = CancelForm(), f"/slots/{desk_slot.reference}"
    if form.is_sent():
        with form.refusals():
            word = form.word.data or ""
            desk_slots.cancel(visit.session, visit.actor, visit.moment, desk_slot, word)
            flash("The slot is cancelled. A mail tells them.", "success")
            return redirect(home)
    slot = reads.one(visit.session, visit.actor, visit.moment, desk_slot)
    return page(
        "form_page.html",
        form=form,
        title="Cancel the slot",
        caption=slot.name,
        submit="Cancel the slot",
        style="warning",
        back=home,
    )


@bp.route("/slots/<desk_slot>/settle", methods=["GET", "POST"])
@requires(Permission.SLOTS_CHANGE)
def settle(visit: Visit, desk_slot: SlotInSight) -> Page | Response:
    """Say whether the talk took place; about a family, that is a contact."""
    slot = reads.one(visit.session, visit.actor, visit.moment, desk_slot)
    home = f"/slots/{slot.reference}"
    if not slot.over:
        return redirect(home)
    form = SettleTalkForm() if slot.family else SettleForm()
    if form.is_sent():
        with form.refusals():
            outcome = SlotOutcome(form.outcome.data)
            line = (form.line.data or "") if isinstance(form, SettleTalkForm) else ""
            desk_slots.settle(visit.session, visit.actor, visit.moment, desk_slot, outcome, line)
            logged = outcome is SlotOutcome.HELD and slot.family
            flash("It is in the contact log." if logged else "It is off your list.", "success")
            return redirect(f"/families/{slot.family}/contacts" if logged else home)
    return page(
        "form_page.html",
        form=form,
        title="Did you talk?",
        caption=f"{slot.name}, {weekday_text(slot.starts_at)}, {clock_text(slot.starts_at)}",
        back=home,
    )


def _booked(
    visit: Visit, form: SlotForm, colleagues: set[int], family: FamilyInSight | None = None
) -> Response:
    chosen, line = form.slot.data or "", form.line.data or ""
    reference = desk_slots.book(
        visit.session, visit.actor, visit.moment, colleagues, chosen, line, family
    )
    flash("The slot is booked. It is on Today for both of you.", "success")
    return redirect(f"/slots/{reference}")


def _when(slot: FreeSlot) -> str:
    return f"{weekday_text(slot.starts_at)}, {clock_text(slot.starts_at)}, {slot.site}"


def _first(free: Iterable[FreeSlot]) -> str | None:
    """Return the first free slot on the day that the address names, or none."""
    day = request.args.get("day", "")
    return next((one.value for one in free if one.day.isoformat() == day), None)
