"""What must stay true of the tree itself."""

import re
import subprocess
from pathlib import Path

import pytest

from coordinator.access.describe import as_markdown

ROOT = Path(__file__).parent.parent
LONGEST = 300
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
# A place of packages, a person's folder, or a folder of the machine that something was made on.
SPEAKS_OF_ELSEWHERE = re.compile(
    r"files\.python" + r"hosted|py" + r"pi\.org|registry\.npm" + r"js|/ro" + r"ot/|/ho" + r"me/\w"
)


def tracked(*patterns: str) -> list[Path]:
    """Return the files of the tree that match."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def test_the_page_about_access_is_the_policy() -> None:
    assert (ROOT / "docs" / "access.md").read_text(encoding="utf-8") == as_markdown(), (
        "run: python3 scripts/describe_access.py"
    )


def test_no_file_is_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py", ":!migrations", ":!benchmarks")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_no_module_is_named_for_what_is_left_over() -> None:
    assert not [path for path in tracked("*.py") if path.stem in BANNED_NAMES]


def test_the_tree_speaks_of_itself_alone() -> None:
    for path in tracked():
        if path.suffix in {".png", ".ico"} or "vendor" in path.parts:
            continue
        assert not SPEAKS_OF_ELSEWHERE.search(path.read_text(encoding="utf-8")), path


def test_the_readme_leads_only_to_what_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("decision", sorted((ROOT / "docs" / "decisions").glob("*.md")))
def test_a_decision_says_context_decision_and_cost(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    for part in ("**Context.**", "**Decision.**", "**Cost.**"):
        assert part in text
