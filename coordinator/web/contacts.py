"""The pages of contacts: log one, read the log, correct an entry of one's own."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from coordinator import clock
from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.exits import REFERENCE
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import EntryInSight, FamilyInSight
from coordinator.errors import NotFoundError
from coordinator.forms.contact_attempts import ContactForm
from coordinator.reads import contact_attempts as reads
from coordinator.reads import (
    contact_log,
    families,
    link_requests,
    people,
    raised_needs,
    safe_contacts,
    unreached,
)
from coordinator.services import contact_attempts
from coordinator.settings import SETTINGS
from coordinator.trail import Subject
from coordinator.vocabulary import Mechanism, Outcome

bp = Blueprint("contacts", __name__)

CHOOSE = ("", "Choose who it was")


@bp.get("/families/<family>/contacts")
@requires(Permission.CONTACTS_READ)
def index(visit: Visit, family: FamilyInSight) -> Page:
    """Show the log, and when each worker and duty desk was last tried and last reached."""
    session, actor, moment = visit.session, visit.actor, visit.moment
    last = reads.last_with(session, actor, family)
    talked = last.conversation
    workers = reads.reachable(session, actor, moment, family)
    figures = [(one, last.of(one)) for one in workers]
    contacts = contact_log.page(
        session, actor, family, before=_named("before"), after=_named("after")
    )
    return page(
        "contacts/index.html",
        bar=families.bar(session, family),
        tab="contacts",
        log=contacts,
        silent=contacts.unanswered(
            moment.now - timedelta(days=SETTINGS.days_between_conversations)
        ),
        partners=[one for one in workers if one.account_id and one.agency_id != actor.agency_id],
        tried=[(one, when) for one, when in figures if when.attempted],
        never=[one for one, when in figures if not when.attempted],
        talked=talked,
        days=(moment.today - clock.local(talked).date()).days if talked else None,
        rhythm=SETTINGS.days_between_conversations,
        unreached=unreached.of_family(session, moment, family),
        may_ask=decide(actor, Permission.LINK_REQUESTS_ASK, family).allowed,
        needs=raised_needs.of_family(session, actor, family),
        may_raise=decide(actor, Permission.RAISED_NEEDS_RAISE, family).allowed,
        asked=link_requests.of_family(session, actor, moment, family),
        may_log=decide(actor, Permission.CONTACTS_LOG, family).allowed,
    )


@bp.get("/contacts/log")
@requires(Permission.FAMILIES_LIST)
def anywhere(visit: Visit) -> Page:
    """Say about which of one's families a contact is logged."""
    listed = families.listed(visit.session, visit.actor, visit.moment)
    mine = [family for family in listed if family.mine]
    return page("contacts/which_family.html", looked_at=Subject(record_kind="today"), cases=mine)


@bp.route("/families/<family>/contacts/log", methods=["GET", "POST"])
@requires(Permission.CONTACTS_LOG)
def log(visit: Visit, family: FamilyInSight) -> Page | Response:
    """Log a contact on one screen; a press on somebody's card has already said whom."""
    now = clock.local(visit.moment.now)
    household = people.household(visit.session, visit.moment, family)
    choices = _choices(visit, family, household)
    asked_for, by = request.args.get("whom", ""), request.args.get("how", "")
    form = ContactForm(
        data={
            "whom": asked_for if asked_for in dict(choices) else "",
            "mechanism": by if by in dict(Mechanism.choices()) else None,
            "on": now.date(),
            "at": now.time(),
        }
    )
    form.whom.offer([CHOOSE, *choices])
    form.also.offer(choices)
    if form.is_sent():
        with form.refusals():
            reference = contact_attempts.log(
                visit.session, visit.actor, visit.moment, family, _attempt(form)
            )
            flash("The contact is logged.", "success")
            in_vain = unreached.of_family(visit.session, visit.moment, family)
            here = "not-reached" if form.whom.data in {one.whom for one in in_vain} else reference
            return redirect(f"/families/{family.reference}/contacts#{here}")
    return page(
        "contacts/log.html",
        bar=families.bar_of(family, household),
        form=form,
        household=household,
        safe=safe_contacts.in_force(visit.session, visit.actor, family),
        title="Log a contact",
        submit="Log this contact",
        back=f"/families/{family.reference}/contacts",
    )


@bp.route("/contacts/<contact>/correct", methods=["GET", "POST"])
@requires(Permission.CONTACTS_CORRECT)
def correct(visit: Visit, contact: EntryInSight) -> Page | Response:
    """Correct an entry of one's own: a new row is added, and the first one stays."""
    family = contact.family
    wrong = contact_log.to_correct(visit.session, visit.actor, contact)
    if wrong.corrected_by and request.method == "GET":
        return redirect(f"/contacts/{wrong.corrected_by}/correct")
    household = people.household(visit.session, visit.moment, family)
    there = reads.whom(visit.session, visit.actor, visit.moment, family, household)
    choices = [(one.reference, one.label) for one in there]
    whom = next((one.reference for one in there if wrong.was_with(one)), "")
    in_words = "" if wrong.guest else wrong.someone_else
    if not whom and not in_words:
        whom = contact_attempts.AS_BEFORE
        choices.insert(0, (whom, f"{wrong.row.whom}, as before"))
    tried = clock.local(wrong.row.attempted_at)
    form = ContactForm(
        data={
            "whom": whom,
            "someone_else": in_words,
            "mechanism": wrong.row.mechanism.value,
            "on": tried.date(),
            "at": tried.time(),
            "outcome": wrong.row.outcome.value,
            "line": wrong.row.line,
        }
    )
    form.whom.offer([CHOOSE, *choices])
    del form.also
    if form.is_sent():
        with form.refusals():
            reference = contact_attempts.correct(
                visit.session, visit.actor, visit.moment, contact, _attempt(form)
            )
            flash("The correction is added. The first entry stays beside it.", "success")
            return redirect(f"/families/{family.reference}/contacts#{reference}")
    return page(
        "contacts/log.html",
        bar=families.bar_of(family, household),
        form=form,
        household=household,
        title="Correct a contact",
        intro="Nothing is erased: the correction replaces the entry, and both stay readable.",
        submit="Add the correction",
        back=f"/families/{family.reference}/contacts",
    )


def _choices(
    visit: Visit, family: FamilyInSight, household: people.Household
) -> list[tuple[str, str]]:
    there = reads.whom(visit.session, visit.actor, visit.moment, family, household)
    return [(one.reference, one.label) for one in there]


def _attempt(form: ContactForm) -> contact_attempts.Attempt:
    return contact_attempts.Attempt(
        whom=form.whom.data or "",
        someone_else=form.someone_else.data or "",
        mechanism=Mechanism(form.mechanism.data),
        attempted_at=form.instant,
        outcome=Outcome(form.outcome.data),
        line=form.line.data or "",
        also=tuple(form.also.data or ()) if form.also else (),
    )


def _named(name: str) -> str:
    """Return the contact that the address names; raise `NotFoundError` for what can be none."""
    reference = request.args.get(name, "")
    if reference and not REFERENCE.fullmatch(reference):
        raise NotFoundError
    return reference
