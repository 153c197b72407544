"""What waits for the person who is signed in, and what to do first where nothing does."""

from flask import Blueprint

from coordinator.access.door import Page, Visit, page, requires
from coordinator.access.policy import Permission, decide
from coordinator.reads import today as reads
from coordinator.trail import Subject

bp = Blueprint("today", __name__)


@bp.get("/today")
@requires(Permission.TODAY_READ)
def today(visit: Visit) -> Page:
    """Show what waits for me, most urgent first."""
    waits = reads.whole(visit.session, visit.actor, visit.moment)
    return page(
        "today/today.html",
        looked_at=Subject(record_kind="today"),
        waits=waits,
        day=visit.moment.today,
        may_audit=decide(visit.actor, Permission.AUDIT_READ).allowed,
        may_read_hidden=decide(visit.actor, Permission.HIDDEN_NOTICES_READ).allowed,
        first_steps=_first_steps(visit, waits),
    )


def _first_steps(visit: Visit, waits: reads.TodayPage) -> list[tuple[str, str]]:
    """Return what this person can try first, as (words, address)."""
    steps: list[tuple[Permission, str, str]] = []
    family = waits.cases[0] if waits.cases else ""
    home = f"/families/{family}"
    if family and not visit.actor.is_practitioner:
        steps.append(
            (Permission.FAMILIES_LIST, f"See the meetings of family {family}", f"{home}/meetings")
        )
    elif family:
        steps += [
            (
                Permission.FAMILIES_LIST,
                f"See who works with family {family}, and what is next",
                home,
            ),
            (Permission.FAMILIES_LIST, "Read and write the shared plan", f"{home}/plan"),
            (
                Permission.FAMILIES_LIST,
                "Invite colleagues to a meeting",
                f"{home}/meetings/arrange",
            ),
            (Permission.FAMILIES_LIST, "Log a contact", f"{home}/contacts/log"),
        ]
    steps += [
        (Permission.FAMILIES_OPEN, "Open a case", "/families/open"),
        (Permission.FAMILIES_FIND, "Ask whether a family is known", "/families/find"),
        (Permission.AUDIT_READ, "Audit who was contacted", "/audit"),
        (Permission.ACCOUNTS_MANAGE, "Make, change and close accounts", "/accounts"),
        (Permission.SETTINGS_MANAGE, "Set periods, limits and lists", "/settings"),
        (
            Permission.DIRECTORY_MANAGE,
            "See to posts that are vacant or not confirmed",
            "/directory",
        ),
        (Permission.DIRECTORY_READ, "Find a team, a person or a post", "/directory"),
    ]
    return [(text, href) for leave, text, href in steps if decide(visit.actor, leave).allowed]
