"""The frame of every page: who is signed in, and the headers of every answer."""

import secrets
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, Response, g, request

from coordinator import clock
from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.settings import SETTINGS, Settings
from coordinator.vocabulary import Role

log = structlog.get_logger()

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

SECTIONS = {
    "today": "today",
    "calendars": "calendar",
    "calendar_feeds": "calendar",
    "families": "families",
    "exclusions": "families",
    "emergencies": "families",
    "exclusions.index": "exclusions",
    "exclusions.lift": "exclusions",
    "plans": "families",
    "progress": "families",
    "chronology": "families",
    "signing": "families",
    "actions": "families",
    "meetings": "families",
    "tried": "families",
    "supports": "families",
    "visit_records": "families",
    "visits": "families",
    "full_weeks": "families",
    "visit_kinds": "settings",
    "agendas": "families",
    "agendas.ground_rules": "settings",
    "boards": "families",
    "minutes": "families",
    "copies": "families",
    "checks": "families",
    "guests": "families",
    "reaching": "families",
    "voices": "families",
    "needs": "families",
    "areas": "settings",
    "meeting_kinds": "settings",
    "settings": "settings",
    "lawful_bases": "settings",
    "referral_settings": "settings",
    "library": "library",
    "protocol": "families",
    "protocol.steps": "settings",
    "protocol.change_step": "settings",
    "protocol.figures": "measures",
    "referrals": "families",
    "worries": "today",
    "leads": "directory",
    "disagreements": "families",
    "disagreements.oversee": "requests",
    "guest_domains": "settings",
    "guest_links": "families",
    "undelivered": "today",
    "clocks": "clocks",
    "deadlines": "families",
    "child_statuses": "families",
    "conference_outcomes": "families",
    "first_days": "families",
    "advice": "today",
    "attendance": "families",
    "invitations": "families",
    "contacts": "families",
    "raised_needs": "families",
    "link_requests": "families",
    "link_requests.index": "today",
    "link_requests.from_directory": "directory",
    "link_figures": "measures",
    "link_pairs": "directory",
    "difficulties": "directory",
    "joint_concerns": "directory",
    "sharing": "families",
    "information_requests": "families",
    "information_requests.oversee": "requests",
    "measures": "measures",
    "meeting_figures": "measures",
    "checks.results": "measures",
    "openness": "families",
    "parents_words": "families",
    "safe_contacts": "families",
    "hidden_notices": "families",
    "finding": "families",
    "involvements": "families",
    "handover_notes": "families",
    "supervision": "families",
    "endings": "families",
    "separations": "families",
    "past": "families",
    "join_requests": "families",
    "directory": "directory",
    "directory_files": "directory",
    "agencies": "directory",
    "posts": "directory",
    "questions": "directory",
    "local_services": "directory",
    "departures": "accounts",
    "departures.index": "families",
    "departures.hand_over": "families",
    "absences": "directory",
    "desks": "directory",
    "desk_slots": "directory",
    "desk_slots.book_about": "families",
    "audit": "audit",
    "checkpoints": "audit",
    "audit_views": "audit",
    "sign_ins": "sign_ins",
    "look_alerts": "alerts",
    "looks": "families",
    "accounts": "accounts",
    "demo": "mail",
}

# These roles alone open no family.
WITHOUT_FAMILIES = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})


@dataclass(frozen=True)
class ActorFrame:
    """What the header says of the person who is signed in."""

    name: str
    agency_name: str
    role_label: str
    can_switch: bool
    memberships: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class PageFrame:
    """What the layout needs, worked out once for each page and without a query."""

    actor: ActorFrame | None
    can_audit: bool
    is_administrator: bool
    is_privacy_officer: bool
    has_families: bool
    logs_contacts: bool
    manages: bool
    demo: bool
    endpoint_section: str
    settings: Settings = SETTINGS


def frame_the_app(app: Flask) -> None:
    """Give the app its page frame, headers and one log line for each request."""

    @app.context_processor
    def page_frame() -> dict[str, Any]:
        return {"page_frame": _frame(app)}

    app.add_template_global(new_form_key)

    @app.before_request
    def start() -> None:
        g.started = clock.now()

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static":
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
            log.info(
                "request",
                endpoint=request.endpoint,
                status=response.status_code,
                ms=round((clock.now() - g.started).total_seconds() * 1000, 1),
                account=actor.account_id if (actor := g.get("actor")) else None,
                request=g.request_id.hex() if "request_id" in g else None,
            )
        return response


def new_form_key() -> str:
    """Return a fresh idempotency key for a form."""
    return secrets.token_urlsafe(16)


def _frame(app: Flask) -> PageFrame:
    actor: Actor | None = g.get("actor")
    blueprint = request.blueprint or ""
    return PageFrame(
        actor=_actor_frame(actor) if actor else None,
        can_audit=bool(actor and decide(actor, Permission.AUDIT_READ).allowed),
        is_administrator=bool(actor and decide(actor, Permission.ACCOUNTS_MANAGE).allowed),
        is_privacy_officer=bool(actor and actor.is_privacy_officer),
        manages=bool(actor and actor.managed_team_ids),
        has_families=bool(actor and actor.roles - WITHOUT_FAMILIES),
        logs_contacts=bool(actor and actor.is_practitioner),
        demo=app.config["COORDINATOR"].demo,
        endpoint_section=SECTIONS.get(request.endpoint or "", SECTIONS.get(blueprint, "")),
    )


def _actor_frame(actor: Actor) -> ActorFrame:
    here = actor.acting_as
    seen: set[int] = set()
    memberships = []
    for standing in actor.standings:
        if standing.agency_id not in seen:
            seen.add(standing.agency_id)
            memberships.append(
                (
                    standing.reference,
                    f"{standing.agency_name} ({standing.role.label})",
                    here is not None and standing.agency_id == here.agency_id,
                )
            )
    return ActorFrame(
        name=actor.name,
        agency_name=here.agency_name if here else "No agency",
        role_label=here.role.label if here else "",
        can_switch=len(memberships) > 1,
        memberships=tuple(memberships),
    )
