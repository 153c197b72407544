"""Mistakes in what happens when somebody leaves."""

from faults import Fault
from seeded_places import TURNOVER

HANDING_ON, DEPARTING = (f"coordinator/services/{name}.py" for name in ("handing_on", "departing"))

IN_TURNOVER = [
    Fault(
        "a leaver keeps the visits",
        HANDING_ON,
        "    _visits(session, part, to)\n",
        "",
        TURNOVER,
    ),
    Fault(
        "a leaver stays signed in",
        DEPARTING,
        "    setup_links.end_all_sessions(session, who, moment.now)\n",
        "",
        TURNOVER,
    ),
    Fault(
        "what is left is forgotten with the access",
        DEPARTING,
        "    if not waits and not _parts(session, moment, departure):\n        departure",
        "    if True:\n        departure",
        TURNOVER,
    ),
    Fault(
        "any colleague carries on what somebody began who is still there",
        "coordinator/access/departure_rules.py",
        "        and record.author_left\n",
        "",
        TURNOVER,
    ),
]
