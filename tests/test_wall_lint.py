"""No module takes a way round the second wall, but for those named here with their reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordinator.models.base import Model
from wall_lint import ways_round

CODE = Path(__file__).parent.parent / "coordinator"
GUARDED = frozenset(
    mapper.class_.__name__
    for mapper in Model.registry.mappers
    if {"families", "people", "involvements", "entries"} & {t.name for t in mapper.tables}
)
# Which module may do what, and why.  A folder stands for all in it.
ALLOWED = {
    "__init__.py": {"an engine": "migrations run through an engine of their own"},
    "access/actor.py": {"a connection": "who acts is asked before anybody acts"},
    "access/agenda.py": {
        "a bare table": "that a closed part is there and how long it is; its words by the scope"
    },
    "access/counting.py": {
        "a service": "counts what a leaver holds, of every level; nothing but numbers comes out"
    },
    "access/drafts.py": {
        "a bare table": "sign-in sessions, which are no family's",
        "a connection": "the last use of a session is written with the look",
    },
    "access/exits.py": {"an engine": "asks which of the two databases this is"},
    "access/inclusion.py": {
        "a bare table": "a private answer keeps somebody off a list; nobody is shown it"
    },
    "access/find_undelivered.py": {
        "a bare table": "whether a meeting is soon or over; nothing of it is shown"
    },
    "access/in_force.py": {"a connection": "settings are asked for before anybody acts"},
    "access/passes.py": {
        "a service": "a guest acts under their own name, behind a wall of their own"
    },
    "access/prepared.py": {"a connection": "statements built once; it puts them behind the wall"},
    "access/wall.py": {"a bare table": "the wall does not stand before itself"},
    "audit_commands.py": {
        "an engine": "reads the trail of a copy, which is no family's",
        "a service": "the operator, who is nobody on a case; an export stands in the trail",
        "a session of one's own": "sees one state of the trail, and no other table",
    },
    "cli.py": {
        "an engine": "hands it to the worker, looks whether there are tables, grants a role",
        "a service": "commands of the operator, who is nobody on a case",
        "raw SQL": "lets a role of PostgreSQL use the tables",
    },
    "demo": {"a service": "sets the demo's world up"},
    "leads_page.py": {
        "a service": "reads the directory, which is no family's",
        "a session of one's own": "writes a file, and nothing into the database",
    },
    "extensions.py": {
        "a connection": "opens a transaction that will write",
        "raw SQL": "BEGIN, which says whether it will write",
    },
    "models/trail.py": {"raw SQL": "the conditions of partial indexes"},
    "models/append_only.py": {
        "an engine": "asks which of the two databases is migrated",
    },
    "models/row_rules.py": {
        "an engine": "asks which of the two databases is migrated",
    },
    "models/widening.py": {
        "raw SQL": "a migration's, on SQLite, where no person acts",
        "an engine": "asks which of the two databases is migrated",
    },
    "reads": {"a bare table": "an entry's words beside it, in one row, under the entry's scope"},
    "services/addresses.py": {
        "a bare table": "a safe address is recognised wherever it is typed; nobody is shown it"
    },
    "services/answers_by_mail.py": {
        "a service": "nobody is signed in who answers by mail; it finds one invitation"
    },
    "sealer.py": {
        "an engine": "one for the worker's thread",
        "a session of one's own": "signs what was sealed; it reads the trail alone",
    },
    "services/sealing.py": {
        "a bare table": "the trail's own tables",
        "an engine": "asks which of the two databases this is",
    },
    "services/challenges.py": {
        "a bare table": "both managers become readers of answers that they could not read before"
    },
    "services/teams.py": {
        "a service": "asks whether something hangs on a team, of no family in particular"
    },
    "told.py": {"a connection": "PostgreSQL is told who acts, where nothing is read of a family"},
    "trail.py": {
        "a bare table": "the trail's own tables, and the family of an entry that changed",
        "a connection": "events are written in the flush that they are about",
        "acting set by hand": "the one place where somebody begins to act",
    },
    "chores.py": {
        "a session of one's own": "each round of a chore in one of its own",
        "a service": "done by nobody on a case; mail is read in its recipient's scope",
    },
    "worker.py": {
        "an engine": "one for its thread",
        "a session of one's own": "a message is taken, composed and closed in one each",
    },
}


def taken() -> dict[str, set[str]]:
    """Return the ways round that each module takes."""
    return {
        str(path.relative_to(CODE)): ways_round(path.read_text(encoding="utf-8"), GUARDED)
        for path in sorted(CODE.rglob("*.py"))
    }


def reasons(module: str) -> dict[str, str]:
    """Return what a module may do, by its own name and by its folder's."""
    return ALLOWED.get(module.partition("/")[0], {}) | ALLOWED.get(module, {})


def test_no_module_takes_a_way_round_the_wall():
    """Threats, 4: what a filter of the ORM does not see, is used in few named places."""
    wrong = {module: ways - reasons(module).keys() for module, ways in taken().items()}
    assert {module: ways for module, ways in wrong.items() if ways} == {}


def test_every_way_that_is_allowed_is_taken():
    """The list stays short."""
    there = taken()
    unused = [
        (place, way)
        for place, ways in ALLOWED.items()
        for way in ways
        if not any(
            way in taken_here
            for module, taken_here in there.items()
            if place in (module, module.partition("/")[0])
        )
    ]
    assert unused == []


FORBIDDEN = {
    "session.refresh(goal)": "refresh",
    "select(Goal.__table__)": "a bare table",
    "from sqlalchemy import select, text": "raw SQL",
    "import sqlalchemy as sa\nsa.text('SELECT 1')": "raw SQL",
    "select(Goal).from_statement(other)": "from_statement",
    "session.connection().execute(statement)": "a connection",
    "db.engine.connect()": "an engine",
    "connection.exec_driver_sql('SELECT 1')": "raw SQL",
    "session.get_bind()": "an engine",
    "Session(bind)": "a session of one's own",
    "trail.acting(session, Acting(service='mine'), 'x')": "a service",
    "session.info['acting'] = None": "acting set by hand",
    "def f(session, number):\n    session.get_one(Goal, number)": "get of Goal",
    "def f(session, other: Row):\n    session.get(Goal, other.id)": "get of Goal",
    "def f(session, goal: GoalInSight):\n    session.get(Goal, goal.author_id)": "get of Goal",
    "def f(session, goal: GoalInSight):\n    session.get(Goal, row.id)": "get of Goal",
}
HARMLESS = (
    "def f(session, goal: EntryInSight):\n    session.get_one(Goal, goal.id)",
    "def f(session, goal: EntryInSight):\n    session.get_one(Family, goal.family.id)",
    "def f(session, number):\n    session.get_one(Account, number)",
    "session.execute(select(Goal.text))",
    "words.get('text', 'Goal')",
    "element.text",
    "session.info.get('acting')",
    "trail.acting(session, actor.acting(), 'goals.write')",
    "Acting(account_id=3)",
)


@pytest.mark.parametrize("source", FORBIDDEN)
def test_the_lint_finds_what_passes_the_wall_by(source):
    """A test of the test."""
    assert ways_round(source, GUARDED) == {FORBIDDEN[source]}


@pytest.mark.parametrize("source", HARMLESS)
def test_the_lint_lets_pass_what_the_wall_sees(source):
    assert ways_round(source, GUARDED) == set()
