"""Imports point one way (pyproject.toml, tool.importlinter)."""

import ast
from pathlib import Path

import pytest
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
    "text",
    "literal_column",
}
KEEPERS = {"trail.py", "extensions.py", "cli.py"}


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


@pytest.mark.parametrize(
    "path", sorted(PRODUCT.rglob("*.py")), ids=lambda p: str(p.relative_to(PRODUCT))
)
def test_no_module_reaches_the_database_past_the_trail(path):
    if path.name in KEEPERS:
        return
    assert not calls(path) & PASS_THE_TRAIL


@pytest.mark.parametrize("layer", ["services", "reads"])
def test_a_layer_commits_nothing_of_its_own(layer):
    """The door commits once; the worker and the commands do so for theirs."""
    committing = {
        str(path.relative_to(PRODUCT))
        for path in (PRODUCT / layer).rglob("*.py")
        if "commit" in calls(path)
    }
    assert committing == set()


def test_a_reading_changes_nothing():
    for path in sorted((PRODUCT / "reads").rglob("*.py")):
        assert not calls(path) & {"add", "add_all", "delete", "merge", "flush"} - {"add"}, path


def test_a_page_asks_the_clock_only_through_its_moment():
    """Time is an argument: no service, reading or rule asks what time it is."""
    for layer in ("reads", "models"):
        for path in sorted((PRODUCT / layer).rglob("*.py")):
            assert not calls(path) & {"now", "utcnow", "today"}, path
