"""Imports point one way (pyproject.toml, tool.importlinter)."""

import ast
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent
PRODUCT = ROOT / "coordinator"
# Ways into the database that the session's events do not see.
PASS_THE_TRAIL = {
    "bulk_save_objects",
    "bulk_insert_mappings",
    "bulk_update_mappings",
    "exec_driver_sql",
    "raw_connection",
    "connection",
    "text",
    "literal_column",
}
# A child’s age, and which accounts are closed, are told on pages that ask for nothing else of time.
ASK_THE_CLOCK = {"families.py", "teams.py"}


def test_imports_point_one_way():
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS


def calls(path: Path) -> set[str]:
    """Return the name of everything that a module calls."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {f.attr for f in found if isinstance(f, ast.Attribute)} | {
        f.id for f in found if isinstance(f, ast.Name)
    }


def modules(*layers: str) -> list[Path]:
    """Return every module of these layers."""
    return [path for layer in layers for path in sorted((PRODUCT / layer).rglob("*.py"))]


def test_no_module_reaches_the_database_past_the_trail():
    for path in modules("services", "reads", "forms", "web", "demo"):
        assert not calls(path) & PASS_THE_TRAIL, path


def test_no_service_and_no_reading_commits():
    """The door commits once; the worker and the commands do so for theirs."""
    for path in modules("services", "reads"):
        assert "commit" not in calls(path), path


def test_a_reading_changes_nothing():
    for path in modules("reads"):
        assert not calls(path) & {"add_all", "delete", "merge", "flush"}, path


def test_a_reading_takes_the_time_as_an_argument():
    for path in modules("reads", "models"):
        if path.name not in ASK_THE_CLOCK:
            assert not calls(path) & {"now", "utcnow", "today"}, path
