"""The chronology of a family: what both agencies did, said and shared, by date (E53)."""

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import FamilyInSight
from coordinator.reads import chronology as reads
from coordinator.reads import families
from coordinator.reads.chronology import Asked
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Strand
from coordinator.web.lists import asked as asked_for

bp = Blueprint("chronology", __name__)


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
        newer=found.newer and _address(here, asked, found.newer),
        older=found.older and _address(here, asked, found.older),
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
