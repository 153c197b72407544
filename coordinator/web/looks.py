"""Who looked at this family, for those who oversee it."""

from flask import Blueprint, request

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import FamilyInSight
from coordinator.reads import families as family_reads
from coordinator.reads import looks as reads
from coordinator.reads.audit_events import Mark
from coordinator.web.audit_words import look_words

bp = Blueprint("looks", __name__)

# Digits of an instant in microseconds, or of an event's number.
LONGEST = 18


@bp.get("/families/<family>/looks")
@requires(Permission.LOOKS_READ)
def of_family(visit: Visit, family: FamilyInSight) -> Page:
    """List who looked at a family, the newest first."""
    found = reads.of_family(
        visit.session,
        visit.actor,
        visit.moment,
        family,
        before=_mark("before"),
        after=_mark("after"),
    )
    home = f"/families/{family.reference}/looks"
    return page(
        "looks/family.html",
        bar=family_reads.bar(visit.session, family),
        tab="sharing",
        looks=[(look, look_words(look.kind, look.action)) for look in found.looks],
        newer=f"{home}?after={_written(found.newer)}" if found.newer else "",
        older=f"{home}?before={_written(found.older)}" if found.older else "",
        home=home,
    )


def _written(mark: Mark) -> str:
    return f"{mark.at}-{mark.seq}"


def _mark(name: str) -> Mark | None:
    """Return the place in the list that the address names; what names none is the newest."""
    at, _, seq = request.args.get(name, "").partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < LONGEST for part in (at, seq)):
        return None
    return Mark(int(at), int(seq))
