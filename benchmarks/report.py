"""The table of results, on the screen and in docs/performance.md."""

from __future__ import annotations

import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.measures import Result

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
START, END = (
    "<!-- results: written by `python3 run.py bench --write` -->",
    "<!-- end of results -->",
)
LIBRARIES = ("flask", "jinja2", "sqlalchemy", "psycopg", "gunicorn", "flask-wtf", "wtforms")


def surroundings() -> list[str]:
    """Return what the figures depend on."""
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607  (wherever git is)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    python = f"Python {platform.python_version()}, {_cores()} cores"
    return [f"Commit {done.stdout.strip() or 'unknown'}; {python}.", f"{libraries}."]


def _cores() -> int:
    return len(__import__("os").sched_getaffinity(0)) if sys.platform == "linux" else 0


def line(result: Result) -> str:
    """Return one result as a row of a Markdown table."""
    digits = 2 if result.value < 10 else 0
    value = f"{result.value:.{digits}f} {result.unit}"
    return f"| {result.what} | {result.dialect} | {value} | {result.bar} | {result.details} |"


def table(results: list[Result]) -> str:
    """Return all results as a Markdown table."""
    head = "| what | database | measured | first bar | details |\n|---|---|---|---|---|"
    return "\n".join([head, *(line(result) for result in results)])


def write(results: list[Result], command: str) -> None:
    """Put the results into docs/performance.md, in the place of the last ones."""
    page = PAGE.read_text()
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    said = "\n".join([START, "", f"`{command}`", "", *surroundings(), "", table(results), "", END])
    PAGE.write_text(before + said + after)
