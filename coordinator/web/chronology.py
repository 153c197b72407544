"""The chronology of a family: what both agencies did, said and shared, by date (E53)."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint

from coordinator.access.door import Download, Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import FamilyInSight
from coordinator.access.spreadsheet import csv_file
from coordinator.clock import local
from coordinator.forms.chronology import ExportForm
from coordinator.reads import chronology as reads
from coordinator.reads import chronology_export as exports
from coordinator.reads import families
from coordinator.reads.chronology import Asked
from coordinator.reads.chronology_export import ChronologyExport
from coordinator.services import chronology
from coordinator.settings import SETTINGS
from coordinator.vocabulary import ExportAs, ExportReason, Strand
from coordinator.web.lists import asked as asked_for
from coordinator.web.presentation import clock_text, day_text

bp = Blueprint("chronology", __name__)

COLUMNS = (
    "Day",
    "Time",
    "Kind",
    "What",
    "Words",
    "By",
    "Agency",
    "To or with",
    "How it stands",
    "Open",
    "Parent told",
    "Who may read it",
)


@bp.get("/families/<family>/chronology")
@requires(Permission.CHRONOLOGY_READ)
def show(visit: Visit, family: FamilyInSight) -> Page:
    """Show what matters now, or all of it, of one kind or by one agency."""
    session, actor, moment = visit.session, visit.actor, visit.moment
    asked = _asked()
    found = reads.page(reads.of_family(session, actor, moment, family), moment, asked)
    here = f"/families/{family.reference}/chronology"
    return page(
        "chronology/show.html",
        bar=families.bar(session, family),
        tab="chronology",
        found=found,
        asked=asked,
        days=SETTINGS.chronology_days,
        kinds=[
            ("Everything", _address(here, Asked(None, asked.agency, everything=True)), None),
            *((each.label, _address(here, Asked(each, asked.agency)), each) for each in Strand),
        ],
        agencies=[
            ("Both agencies", _address(here, Asked(asked.strand, "", everything=True)), ""),
            *((name, _address(here, Asked(asked.strand, name)), name) for name in found.agencies),
        ],
        here=here,
        may_export=decide(actor, Permission.CHRONOLOGY_EXPORT, family).allowed,
        newer=found.newer and _address(here, asked, found.newer),
        older=found.older and _address(here, asked, found.older),
    )


@bp.route("/families/<family>/chronology/export", methods=["GET", "POST"])
@requires(Permission.CHRONOLOGY_EXPORT)
def export(visit: Visit, family: FamilyInSight) -> Page | Download:
    """Give out the whole chronology, with a reason that stands in the trail and on it."""
    form = ExportForm()
    if form.is_sent():
        reason, how = ExportReason(form.reason.data), ExportAs(form.how.data)
        taken = exports.export(visit.session, visit.actor, visit.moment, family, reason)
        if how is ExportAs.TABLE:
            name = f"chronology-{family.reference}-{visit.moment.today.isoformat()}.csv"
            body = csv_file(COLUMNS, _rows(taken))
            return Download(name, "text/csv", body, outcome=how, reason=reason)
        return page(
            "chronology/export.html",
            200,
            record=partial(chronology.record_export, family=family, reason=reason),
            bar=families.bar(visit.session, family),
            taken=taken,
            made=_made(taken),
            back=f"/families/{family.reference}/chronology",
        )
    return page(
        "families/form_page.html",
        bar=families.bar(visit.session, family),
        form=form,
        title="Take the chronology out",
        intro=[
            "It holds all that you may read, what is disputed, what went well, and the gaps.",
            "Whoever oversees this family sees that you took it out, when, and what for.",
        ],
        submit="Take it out",
        back=f"/families/{family.reference}/chronology",
    )


def _made(taken: ChronologyExport) -> str:
    """Say how it was made, in words that are the same whatever is held back."""
    return (
        f"Made from Coordinator on {day_text(taken.at)} at {clock_text(taken.at)} by {taken.by}, "
        f"{taken.agency}, for: {taken.reason.label[0].lower()}{taken.reason.label[1:]}. It holds "
        f"every line by either agency that {taken.by} could read then, in its words of then, on "
        "the day of what it tells. What they may not read is not in it, and nothing here says "
        "whether there is any. The agencies plan together in Coordinator: it is neither one’s own "
        "record, and what nobody wrote there is not here."
    )


def _rows(taken: ChronologyExport) -> Iterator[tuple[str, ...]]:
    """Return the table: how it was made, the gaps, and then every line, the oldest first."""

    def about(what: str, words: str) -> tuple[str, ...]:
        return ("", "", "About this table", what, words, *[""] * (len(COLUMNS) - 5))

    yield about("How it was made", _made(taken))
    yield about("What somebody says is wrong, not settled", str(taken.open_disputes))
    for share in taken.shares:
        yield about(f"Lines by {share.agency}", str(share.lines))
    for what, each in (
        ("Months without a line", taken.empty_months),
        ("On the case, and nothing by them here", taken.silent),
        ("Asked to meetings, and nothing came from them", taken.unheard),
    ):
        yield about(what, "; ".join(each) or "None")
    for line in taken.lines:
        yield (
            line.day.isoformat(),
            f"{local(line.at):%H:%M}" if line.at else "",
            line.strand.label,
            line.title,
            line.text,
            line.who,
            line.agency,
            f"{line.told_word}: {line.told}" if line.told else "",
            line.how,
            "Yes" if line.stands else "",
            line.parent,
            line.circle or "Both agencies",
        )


def _asked() -> Asked:
    """Return what the address asks for; what nobody can ask for is not asked."""
    kind = asked_for("kind")
    try:
        before = date.fromisoformat(asked_for("before"))
    except ValueError:
        before = None
    return Asked(
        strand=Strand(kind) if kind in set(Strand) else None,
        agency=asked_for("agency"),
        everything=asked_for("all") == "1",
        before=before,
    )


def _address(here: str, asked: Asked, before: date | None = None) -> str:
    given = {
        "kind": asked.strand,
        "agency": asked.agency,
        "all": "1" if asked.everything else "",
        "before": before.isoformat() if before else "",
    }
    words = urlencode({name: value for name, value in given.items() if value})
    return f"{here}?{words}" if words else here
