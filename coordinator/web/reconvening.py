"""Meeting again after a conference that was not quorate: one press to a filled-in form (R6)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from coordinator.access.door import Visit, requires
from coordinator.access.policy import Permission
from coordinator.access.sights import MeetingInSight
from coordinator.reads import meetings, quoracy
from coordinator.working_days import working_days_from

bp = Blueprint("reconvening", __name__)

# A week's notice, where the limit leaves it.
NOTICE = 5
TEXTS = ("kind", "minutes", "place", "site")


@bp.get("/meetings/<meeting>/reconvene")
@requires(Permission.MEETINGS_ARRANGE)
def reconvene(visit: Visit, meeting: MeetingInSight) -> Response:
    """Lead to a new arrangement like this one, on a day within the limit."""
    stored = meetings.stored(visit.session, meeting)
    found = quoracy.of_meeting(visit.session, meeting.id)
    day = working_days_from(visit.moment.today, NOTICE)
    if found and found.new_date_by:
        day = max(min(day, found.new_date_by), working_days_from(visit.moment.today, 1))
    filled = {
        "kind": meetings.kind_reference(visit.session, meeting),
        "day": day.isoformat(),
        "start": f"{stored.local_start:%H:%M}",
        "minutes": stored.minutes,
        "place": stored.place.value,
        "site": stored.site,
    }
    return redirect(f"/families/{meeting.family.reference}/meetings/arrange?{urlencode(filled)}")


def filled_in(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what an address says of a new arrangement; what is not understood is left out."""
    values: dict[str, Any] = {name: asked[name] for name in TEXTS if asked.get(name)}
    with suppress(KeyError, ValueError):
        values["day"] = date.fromisoformat(asked["day"])
    with suppress(KeyError, ValueError):
        values["start"] = time.fromisoformat(asked["start"])
    return values
