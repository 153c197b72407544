"""The audit: who did what, towards whom, on which family; and the same as a file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict

from coordinator.access.door import Download, Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.spreadsheet import csv_parts
from coordinator.clock import local
from coordinator.forms.audit import AuditForm
from coordinator.reads import audit as reads
from coordinator.reads import audit_choices, audit_scope, audit_views
from coordinator.reads.audit_events import AuditEvent, Mark
from coordinator.reads.audit_questions import Question
from coordinator.reads.audit_scope import Reader
from coordinator.settings import SETTINGS
from coordinator.trail import Subject, micros
from coordinator.vocabulary import EventKind
from coordinator.web import audit_words as words

bp = Blueprint("audit", __name__)

COLUMNS = ("When", "Who", "Agency", "What", "Towards", "Family", "Outcome")
SUBJECTS: tuple[tuple[str, list[tuple[str, str]]], ...] = (
    ("Partner not reached", [("not_reached", "y")]),
    (
        "Contacts, invitations and replies",
        [("kinds", k) for k in ("contact", "invitation", "reply")],
    ),
    ("Looks", [("kinds", "look")]),
    ("Refusals", [("kinds", "refusal")]),
    ("Downloads", [("kinds", "export")]),
    ("Everything", []),
)
PERIODS = (("Last 7 days", "7"), ("Last 30 days", "30"), ("Any time", ""))
DAYS = tuple(f"{end}-{part}" for end in ("since", "until") for part in ("day", "month", "year"))
MARKS = ("before", "after", "upto", "count")


@dataclass(frozen=True)
class Asked:
    """The form as it was sent, and what it asks if all of it can be understood."""

    form: AuditForm
    reader: Reader
    sentence: str
    question: Question | None


@bp.get("/audit")
@requires(Permission.AUDIT_READ)
def index(visit: Visit) -> Page:
    """Show a page of the audit; to read it is itself an act that stands in it."""
    asked = ask(visit)
    if asked.question is None:
        return _page(visit, asked, reads.NOTHING_FOUND, reads.Count(0, exact=True), status=422)
    found = reads.page_of(
        visit.session,
        asked.reader,
        asked.question,
        before=_mark(asked.form.before),
        after=_mark(asked.form.after),
    )
    up_to = None if _counts_all() else SETTINGS.counted_up_to + 1
    counted = reads.count(visit.session, asked.reader, asked.question, up_to)
    at_least = max(counted.number, len(found.events))
    return _page(visit, asked, found, replace(counted, number=at_least))


@bp.get("/audit.csv")
@requires(Permission.AUDIT_EXPORT)
def download(visit: Visit) -> Download | Page:
    """Send every event that the question finds, in the order of the page, a part at a time."""
    asked = ask(visit)
    if asked.question is None:
        return _page(visit, asked, reads.NOTHING_FOUND, reads.Count(0, exact=True), status=422)
    parts = reads.steps(visit.session, asked.reader, asked.question)
    rows = ([(_spreadsheet_time(event), *_cells(event)) for event in part] for part in parts)
    name = f"audit-{visit.moment.today.isoformat()}.csv"
    return Download(name, "text/csv", csv_parts(COLUMNS, rows))


def ask(visit: Visit, given: MultiDict[str, str] | None = None) -> Asked:
    """Read the question from the address, or from what is given.

    What cannot be understood stands beside its field.
    """
    reader = audit_scope.reader(visit.session, visit.actor, visit.moment)
    people = audit_choices.people(visit.session, reader)
    agencies = audit_choices.agencies(visit.session)
    form = AuditForm(request.args if given is None else given)
    form.offer(
        [(person.reference, person.name) for person in people],
        [(agency.reference, agency.name) for agency in agencies],
    )
    valid, family = form.validate(), None
    if valid and form.reference:
        family = audit_choices.family(visit.session, reader, form.reference)
        if family is None:
            form.refuse("family", "You know of no family with this reference")
            valid = False
    if not valid:
        return Asked(form, reader, "", None)
    names = {choice.reference: choice.name for choice in (*people, *agencies)}
    ids = {choice.reference: choice.id for choice in (*people, *agencies)}
    question = Question(
        family=family,
        person_id=ids.get(form.person.data),
        agency_id=ids.get(form.agency.data),
        since=form.first_day,
        until=form.until.data,
        kinds=tuple(EventKind(kind) for kind in form.kinds.data or ()),
        outcome=form.outcome.data,
        not_reached=form.not_reached.data,
        upto=_mark(form.upto),
    )
    return Asked(form, reader, words.question(form, names), question)


def _mark(field: Any) -> Mark | None:
    return Mark(*field.data) if field.data else None


def _page(
    visit: Visit, asked: Asked, found: reads.AuditPage, counted: reads.Count, status: int = 200
) -> Page:
    form, events = asked.form, found.events
    now = Mark(micros(visit.moment.now), reads.LAST)
    upto = {"upto": _written(_mark(form.upto) or (events[0].mark if events else now))}
    return page(
        "audit/index.html",
        status,
        looked_at=Subject(record_kind="audit"),
        form=form,
        sentence=asked.sentence,
        columns=COLUMNS,
        rows=[(event.at, _cells(event), words.colour(event)) for event in events],
        counted=counted,
        counted_up_to=SETTINGS.counted_up_to,
        filtered=bool(request.args),
        subjects=_ready(visit, asked),
        periods=[
            (text, _asking((*DAYS, "days"), [("days", days)] if days else []))
            for text, days in PERIODS
        ],
        newer=found.newer and _address("/audit", after=_written(found.newer), **upto),
        older=found.older and _address("/audit", before=_written(found.older), **upto),
        looked_back_to=found.looked_back_to,
        count_all=_address("/audit", count="all", **upto),
        csv=_address("/audit.csv", **upto),
        views=audit_views.mine(visit.session, visit.actor),
        save=f"/audit/views/save?{the_question(request.args)}",
    )


def _ready(visit: Visit, asked: Asked) -> list[tuple[str, str]]:
    """Return the questions that are often asked, with the pages that answer some of them."""
    ready = [(text, _asking(("kinds", "not_reached"), asks)) for text, asks in SUBJECTS]
    family = asked.question.family if asked.question else None
    if family and decide(visit.actor, Permission.LOOKS_READ, family).allowed:
        ready.append(("Who looked at this family", f"/families/{family.reference}/looks"))
    if decide(visit.actor, Permission.ALERTS_LIST).allowed:
        ready.append(("Unusual looks", "/alerts"))
    return ready


def _counts_all() -> bool:
    return request.args.get("count") == "all"


def _written(mark: Mark) -> str:
    return f"{mark.at}-{mark.seq}"


def _address(path: str, **marks: str) -> str:
    """Return an address that asks the same, from another place in the list."""
    return f"{path}?{urlencode([*_kept(MARKS), *marks.items()])}"


def _asking(instead_of: Iterable[str], asks: Iterable[tuple[str, str]]) -> str:
    """Return the address of the newest page for the same question with this part changed."""
    return f"/audit?{urlencode([*_kept((*MARKS, *instead_of)), *asks])}"


def the_question(given: MultiDict[str, str]) -> str:
    """Return the query that asks the same, without a place in the list."""
    return urlencode([*_kept((*MARKS, "count", "draft"), given)])


def _kept(
    without: Iterable[str], given: MultiDict[str, str] | None = None
) -> list[tuple[str, str]]:
    items = (request.args if given is None else given).items(multi=True)
    return [(name, value) for name, value in items if value and name not in without]


def _cells(event: AuditEvent) -> tuple[str, ...]:
    """Return what stands in a row after its time, on the page and in the file alike."""
    return (
        words.who(event),
        event.agency,
        words.said(event),
        words.whom(event),
        words.family(event),
        words.outcome(event),
    )


def _spreadsheet_time(event: AuditEvent) -> str:
    """Return London time as a spreadsheet sorts it."""
    return f"{local(event.at):%Y-%m-%d %H:%M}"
