"""Where faults are seeded, and which tests should find them."""

from archetypes import IN_CI, LONG, NAMED

SCOPE, WAYS, FIND = (f"coordinator/access/{name}.py" for name in ("scope", "ways", "find"))
ENTRIES = "coordinator/access/find_entries.py"
DOOR, EXITS = "coordinator/access/door.py", "coordinator/access/exits.py"
POLICY, RULES = "coordinator/access/policy.py", "coordinator/access/rules.py"
ACTOR, DRAFTS = "coordinator/access/actor.py", "coordinator/access/drafts.py"
LETTERS = "coordinator/access/meeting_letters.py"

MACHINE = "tests/test_sharing_machine.py"
TOLD = "tests/test_sweep_declassified.py"
MATRIX, PAGES = "tests/test_sweep_matrix.py", "tests/test_sweep_pages.py"
COLUMNS, DOOR_TESTS = "tests/test_sweep_columns.py", "tests/test_door.py"
SESSIONS = "tests/test_sign_in_sessions.py"
AUDIT = "tests/test_audit.py tests/test_audit_csv.py"
TURNOVER = "tests/test_turnover.py tests/test_leavers_hold.py"
MAIL = "tests/test_calendar.py tests/test_outbox.py"

PAIR = "test_what_a_person_may_not_know_changes_nothing_that_they_see"


def seen_by(*names: str) -> str:
    """Return the paired worlds of these people, on SQLite: they see what they may not know."""
    theirs = {list(NAMED).index(name) % IN_CI for name in names}
    pairs = [n for n in range(LONG) if n % IN_CI in theirs]
    return " ".join(f"tests/test_sweep_worlds.py::{PAIR}[sqlite-{n}]" for n in pairs)
