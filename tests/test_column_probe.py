"""What is held back is not even fetched for a page that does not show it, and each look is kept.

A page that reads more than it shows would leak it by the next mistake in a template
(noninterference 4.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Enum, LargeBinary, String, func, select
from sqlalchemy.orm import Session

import databases
import probe
import records
import routes
from coordinator import create_app
from coordinator.models.base import Model
from coordinator.models.families import Family
from coordinator.models.trail import TrailEvent
from coordinator.vocabulary import EventKind
from databases import Stock
from page import Client
from world import World

# Every column that holds words or bytes has a class; a table stands for those of its columns that
# are not named.  A secret proves who somebody is, and no page reads it.
SECRET = {"accounts.password_hash", "accounts.totp_secret", "trail_keys"}
SECRET |= {"calendar_feeds.token_hash", "setup_links.token_hash"}
# Held back, or told for one purpose: read for the pages that NEEDED names, and for no other.
RESTRICTED = {
    "advice",
    "agenda_parts",
    "challenges",
    "emergency_openings.reason",
    "emergency_openings.review",
    "entry_versions.words",
    "exclusions.lift_reason",
    "exclusions.reason",
    "information_answers",
    "information_requests",
    "invitations.written_view",
    "look_alerts.review",
    "needs.note",
    "notes",
    "openness",
    "oversights.reason",
    "parents_words",
    "people.match_name",
    "people.nhs_number",
    "people.phone",
    "referral_answers",
    "safe_contacts",
    "sharing_bases",
    "sharings",
    "support_reviews",
    "support_sessions",
    "supports",
}
OF_WORRIES = {"disagreement_steps", "disagreements", "referrals", "worries"}
SET_FOR_WORRIES = {"guide_words", "referral_forms", "referral_questions", "referral_routes"}
# What people on the case work with, and what everybody who is signed in may know.
USUAL = {
    *OF_WORRIES,
    *SET_FOR_WORRIES,
    "accounts",
    "calendar_fetches",
    "actions",
    "absences",
    "agencies",
    "board_entries",
    "child_statuses",
    "clock_rules",
    "conference_outcomes",
    "contact_attempts",
    "deadlines",
    "directory_rules",
    "drafts",
    "entries",
    "exclusions",
    "emergency_openings",
    "families",
    "goal_agreements",
    "goals",
    "ground_rules",
    "guest_domains",
    "guests",
    "invitations",
    "involvements",
    "join_requests",
    "lawful_bases",
    "look_alerts",
    "meeting_kinds",
    "meetings",
    "memberships",
    "minutes",
    "needs",
    "outbox",
    "oversights",
    "people",
    "plan_signatures",
    "plan_versions",
    "plans",
    "posts",
    "role_statements",
    "sign_in_sessions",
    "sites",
    "submissions",
    "teams",
    "trail_events",
    "trail_seals",
    "what_helps",
    "wrong_sign_ins",
}
# The identity bar of every page about a family: how its members are told apart and reached.
BAR = {"people.nhs_number", "people.phone"}
REQUEST = {f"information_requests.{column}" for column in ("decision", "what", "why")}
ANSWER = {f"information_answers.{column}" for column in ("parent_view", "reason", "text")}
REFERRED = {"referral_answers.text", "referral_answers.why_left_out"}
OPENNESS = {f"openness.{column}" for column in ("parent_view", "settled", "what", "why")}
SUPPORTS = {
    "support_reviews.note",
    *(f"supports.{column}" for column in ("given_by", "place", "what")),
}
AGENDA = {f"agenda_parts.{column}" for column in ("closed_note", "title", "what")}
# What each page shows of what is restricted, beside that.
# A key is a noun's pages.
NEEDED: dict[str, set[str]] = {
    "advice": {"advice.answer", "advice.question", "notes.text", "supports.what", *OPENNESS},
    "agendas": AGENDA,
    "emergencies": {"emergency_openings.reason", "emergency_openings.review"},
    "exclusions": {"exclusions.lift_reason", "exclusions.reason"},
    "families": {"entry_versions.words"},
    # SQLite reads a join in brackets whole.
    "guest_links": {"sharings.parent_view", "sharings.reason", "sharings.what"},
    "information_requests": {*REQUEST, *ANSWER},
    "invitations": {"invitations.written_view"},
    "meetings": {"invitations.written_view", *AGENDA, *SUPPORTS},
    "minutes": {
        "agenda_parts.correction",
        "agenda_parts.record",
        *AGENDA,
    },
    "needs": {"needs.note"},
    "openness": {"notes.text", *OPENNESS},
    "parents_words": {
        "parents_words.text",
        "parents_words.wish",
        "sharings.parent_view",
        "sharings.reason",
    },
    "plans": {"entry_versions.words", *SUPPORTS},
    "reaching": {"invitations.written_view"},
    "referrals": {"sharing_bases.wording", "sharings.parent_view", *REFERRED},
    "safe_contacts": {
        "safe_contacts.address",
        "safe_contacts.how",
        "safe_contacts.never",
        "safe_contacts.phone",
    },
    "sharing": {
        "supports.what",
        "advice.answer",
        "advice.question",
        "notes.text",
        "sharing_bases.who_needs",
        "sharing_bases.wording",
        "sharings.parent_view",
        "sharings.reason",
        "sharings.what",
        *REQUEST,
    },
    "signing": {"entry_versions.words"},
    "supports": {"support_sessions.reason", *SUPPORTS},
    # SQLite reads a join in brackets whole.
    "today": {*OPENNESS, *REQUEST},
}
# Whether a secret is there, or whose it is; it is compared in the database and not fetched.
ASKED_FOR = {
    "accounts": {"accounts.password_hash", "accounts.totp_secret"},
    "calendar_feeds": {"calendar_feeds.token_hash"},
    "sign_in": {"setup_links.token_hash"},
}
PEOPLE = ("Amira", "Dana", "Farah")


def words() -> set[str]:
    """Return every column that can hold what somebody wrote, or a secret."""
    return {
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | LargeBinary)
        and not isinstance(column.type, Enum)
        and column.name != "reference"
    }


def of_class(named: set[str]) -> set[str]:
    """Return the columns of a class: those named, and those of a table that stands for them."""
    one_by_one = {name for name in SECRET | RESTRICTED | USUAL if "." in name}
    return {c for c in words() if c in named or (c not in one_by_one and c.split(".")[0] in named)}


@dataclass
class Opened:
    """One page that somebody opened."""

    who: str
    endpoint: str
    status: int
    of_a_family: bool
    read: set[str]
    looks: int

    @property
    def noun(self) -> str:
        """What the page is about."""
        return self.endpoint.split(".")[0]


def more_than(
    opened: list[Opened], kept: set[str], needed: dict[str, set[str]]
) -> dict[str, set[str]]:
    """Return which of these columns each page reads without the need for it."""
    more: dict[str, set[str]] = {}
    for one in opened:
        shown = needed.get(one.noun, set()) | (BAR if one.of_a_family else set())
        for column in (one.read & kept) - shown:
            more.setdefault(one.endpoint, set()).add(column)
    return more


def looks(session: Session) -> int:
    """Return how many looks at the family stand in the trail."""
    lane = select(Family.id).where(Family.reference == "LANE-01")
    of_lane = TrailEvent.family_id.in_(lane)
    kept = select(func.count()).where(TrailEvent.kind == EventKind.LOOK, of_lane)
    return session.scalar(kept) or 0


@pytest.fixture(scope="module")
def opened(stock: Stock) -> Iterator[list[Opened]]:
    """Open every page as each of these people, on SQLite, which says what it reads."""
    database = stock.database("sqlite")
    url = database.copy()
    app = create_app(databases.config(f"{url}?cached_statements=0", demo=True))
    pages = []
    with databases.outer_transaction(app) as connection:
        world = World(app)
        with world.session() as session:
            found = records.build(session, world.moment, world.family)
        for name in PEOPLE:
            client = Client(app, checked=False).sign_in(name)
            for rule in routes.rules(app):
                if rule.endpoint == "static" or "GET" not in routes.methods(rule):
                    continue
                path = routes.address(app, rule, found)
                with client.unchanged(), connection.begin_nested() as savepoint:
                    with probe.columns_read(connection) as read:
                        page = client.get(path, follow=False)
                    with world.session() as session:
                        written = looks(session)
                    savepoint.rollback()
                of_a_family = routes.record_of(rule) in routes.OF_A_FAMILY
                pages.append(Opened(name, rule.endpoint, page.status, of_a_family, read, written))
    yield pages
    databases.dispose(app)
    database.drop(url)


def test_every_column_has_one_class():
    unknown = words() - of_class(SECRET | RESTRICTED | USUAL)
    assert unknown == set(), "say in this file whether these columns are restricted"
    assert not (of_class(SECRET) & of_class(RESTRICTED)), "one class each"


def test_no_page_reads_a_secret(opened):
    """The hash of a password, the seed of a second factor, the key of a trail."""
    assert more_than(opened, of_class(SECRET), ASKED_FOR) == {}


def test_a_page_reads_no_restricted_column_that_it_does_not_show(opened):
    assert more_than(opened, of_class(RESTRICTED), NEEDED) == {}


def test_every_need_is_one(opened):
    """The list says no more than is read."""
    read: dict[str, set[str]] = {}
    for one in opened:
        read.setdefault(one.noun, set()).update(one.read)
    unused = {noun: columns - read[noun] for noun, columns in (NEEDED | ASKED_FOR).items()}
    assert {noun: columns for noun, columns in unused.items() if columns} == {}


def test_each_page_that_reads_what_is_restricted_leaves_a_look(opened):
    """Each restricted record that is read has its look in the trail, before it is shown."""
    restricted = of_class(RESTRICTED)
    seen = [
        one for one in opened if one.status == 200 and one.of_a_family and one.read & restricted
    ]
    assert seen, "no page shows anything restricted"
    assert [(one.who, one.endpoint) for one in seen if one.looks == 0] == []
