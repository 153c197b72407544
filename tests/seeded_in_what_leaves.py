"""Seeded faults in what leaves the tool, and in the trail; see seeded_faults.py."""

from faults import Fault
from seeded_places import (
    AUDIT,
    COLUMNS,
    DOOR_TESTS,
    DRAFTS,
    EXITS,
    LETTERS,
    MAIL,
    MATRIX,
    SESSIONS,
    seen_by,
)

OF_WHAT_LEAVES = [
    # The ways out.
    Fault(
        "a page is shown without a look",
        EXITS,
        "trail.looked(session, subject, permission)",
        "pass",
        DOOR_TESTS + " tests/test_trail.py",
    ),
    Fault(
        "a refusal says whether there is such a record",
        EXITS,
        'return shown(page("not_found.html", 404))',
        'return shown(page("error.html", 404, title="Closed", message=str(session.scalar('
        '__import__("sqlalchemy").text("SELECT count(*) FROM entries")))))',
        seen_by("Eastway elsewhere") + " " + MATRIX + " tests/test_families.py",
    ),
    Fault(
        "a page may be kept by the browser",
        "coordinator/web/frame.py",
        'response.headers["Cache-Control"] = "no-store"',
        'response.headers["Cache-Control"] = "private"',
        "tests/test_families.py",
    ),
    Fault(
        "a draft comes back to somebody else",
        DRAFTS,
        "Draft.account_id == actor.account_id,\n",
        "\n",
        SESSIONS + " tests/test_sign_in.py",
    ),
    # Second channels: lists, counts, files, mail, searches.
    Fault(
        "the list of notes forgets the sharing rule",
        "coordinator/reads/sharing.py",
        ".where(Note.family_id == family.id, readable_in(actor, family))",
        ".where(Note.family_id == family.id)",
        seen_by("Eastway on the case"),
    ),
    Fault(
        "the list of sharing records forgets the rule",
        "coordinator/reads/sharing.py",
        ".where(Sharing.family_id == family.id, readable_in(actor, family))",
        ".where(Sharing.family_id == family.id)",
        seen_by("Eastway on the case"),
    ),
    Fault(
        "the plan forgets the sharing rule",
        "coordinator/reads/plan_entries.py",
        "STATEMENT.where(Entry.family_id == family.id, readable_in(actor, family))",
        "STATEMENT.where(Entry.family_id == family.id)",
        seen_by("Eastway on the case"),
    ),
    Fault(
        "the log of contacts forgets the rule",
        "coordinator/reads/contact_attempts.py",
        "contacts.where(Entry.family_id == family.id, readable_in(actor, family))",
        "contacts.where(Entry.family_id == family.id)",
        seen_by("Eastway on the case"),
    ),
    Fault(
        "a number on the list of cases counts what is hidden",
        "coordinator/reads/families.py",
        "            _readable(actor, moment, Action.family_id),\n",
        "",
        seen_by("Eastway on the case"),
    ),
    Fault(
        "the audit tells of an excluded family",
        "coordinator/reads/audit_scope.py",
        "not_excluded(reader.actor, func.coalesce(TrailEvent.family_id, 0)),\n",
        "\n",
        seen_by("Excluded manager") + " " + AUDIT,
    ),
    Fault(
        "the audit tells of entries that the reader may not read",
        "coordinator/reads/audit_scope.py",
        "or_(TrailEvent.entry_id.is_(None), _about_readable(reader)),\n",
        "\n",
        seen_by("Team manager") + " " + AUDIT,
    ),
    Fault(
        "a search tells the excluded that a family is known",
        "coordinator/services/finding.py",
        "            not_excluded(actor, Family.id),\n        )\n        .order_by(Family.id)",
        "        )\n        .order_by(Family.id)",
        seen_by("Excluded practitioner"),
    ),
    Fault(
        "a search gives away the family’s reference",
        "coordinator/services/finding.py",
        'row.family_reference if way_of(row) else ""',
        "row.family_reference",
        "tests/test_finding.py",
    ),
    Fault(
        "mail goes to whom it was queued for, whatever they may see now",
        LETTERS,
        "if sight is None or sight.invitation_id is None:",
        "if False:",
        MAIL + " tests/test_exclusions.py",
    ),
    Fault(
        "a calendar file says what kind of meeting it is, and for whom",
        LETTERS,
        'event.add("summary", f"Meeting, reference {meeting.reference}")',
        'event.add("summary", "Core group, Kim Lane")',
        MAIL,
    ),
    # The trail, and what tells by itself.
    Fault(
        "the trail holds the words",
        "coordinator/trail.py",
        "[None if value is None else commitment(key, field, value) for value in pair]",
        "[None if value is None else str(value) for value in pair]",
        "tests/test_trail.py",
    ),
    Fault(
        "a page that only reads may change a record",
        "coordinator/trail.py",
        '    if session.info.get("reading"):\n        msg = f"a page that only',
        '    if False:\n        msg = f"a page that only',
        "tests/test_trail.py " + DOOR_TESTS,
    ),
    Fault(
        "a number is known to only one family",
        "coordinator/models/families.py",
        "nhs_number: Mapped[str | None] = mapped_column(String(10))",
        "nhs_number: Mapped[str | None] = mapped_column(String(10), unique=True)",
        "tests/test_sweep_models.py",
    ),
    Fault(
        "a form stores whatever is sent with it",
        "coordinator/services/families.py",
        "\n    session.flush()\n    return family.reference",
        "\n    from flask import request as r\n    family.children_why_not = r.form.get('told', '')"
        "\n    session.flush()\n    return family.reference",
        COLUMNS,
    ),
]
