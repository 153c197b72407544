"""Which class each column of words has, and which pages need what is restricted."""

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
    "visit_comments",
    "visit_moves",
    "visit_parts",
    "visits.parents_view",
    "visits.purpose",
    "week_answers",
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
    "after_separations",
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
    "ended_parts",
    "ending_items",
    "endings",
    "goals",
    "handover_notes",
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
    "separation_parts",
    "sign_in_sessions",
    "sites",
    "submissions",
    "teams",
    "trail_events",
    "trail_seals",
    "turning_points",
    "visit_kinds",
    "visits",
    "what_helps",
    "wrong_sign_ins",
}
# The identity bar of every page about a family: how its members are told apart and reached.
BAR = {"people.nhs_number", "people.phone"}
REQUEST = {f"information_requests.{column}" for column in ("decision", "what", "why")}
ANSWER = {f"information_answers.{column}" for column in ("parent_view", "reason", "text")}
REFERRED = {"referral_answers.text", "referral_answers.why_left_out"}
OPENNESS = {
    f"openness.{column}"
    for column in ("alternative", "parent_view", "questioned", "settled", "what", "why")
}
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
    "past": {"entry_versions.words"},
    # SQLite reads a join in brackets whole.
    "guest_links": {"sharings.parent_view", "sharings.reason", "sharings.what"},
    "full_weeks": {"week_answers.text"},
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
        "notes.why_not_sought",
        "sharing_bases.who_needs",
        "sharing_bases.wording",
        "sharings.parent_view",
        "sharings.reason",
        "sharings.what",
        *REQUEST,
    },
    "signing": {"entry_versions.words"},
    "progress": {"information_answers.text"},
    "supports": {"support_sessions.reason", *SUPPORTS},
    # SQLite reads a join in brackets whole.
    "today": {*OPENNESS, *REQUEST},
    "visit_records": {
        "visit_moves.reason",
        "visit_parts.observers",
        "visit_parts.text",
        "visit_parts.went_well",
        "visits.parents_view",
        "visits.purpose",
    },
    "visits": {
        "visit_comments.text",
        "visit_moves.reason",
        "visit_parts.observers",
        "visit_parts.text",
        "visit_parts.went_well",
        "visits.parents_view",
        "visits.purpose",
        "week_answers.text",
    },
}
# Whether a secret is there, or whose it is; it is compared in the database and not fetched.
ASKED_FOR = {
    "accounts": {"accounts.password_hash", "accounts.totp_secret"},
    "calendar_feeds": {"calendar_feeds.token_hash"},
    "sign_in": {"setup_links.token_hash"},
}
