"""Seed one fault after the other into a copy of the code, and see that the tests find each.

    python3 run.py faults [words of a fault's name ...]

A fault that no test finds is a fault of the tests (assurance/noninterference, 4.6).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
AT_ONCE = 2
ONE_RUN = 900  # seconds


@dataclass(frozen=True)
class Fault:
    """A mistake that somebody could make: these words of a file become those.

    It is looked for on one database, by all cases of the tests that should find it; on PostgreSQL
    the third wall would hide many.
    """

    name: str
    path: str
    right: str
    wrong: str
    found_by: str
    database: str = "sqlite"
    second_wall: bool = True

    def changes(self) -> list[tuple[str, str, str]]:
        """Return what is changed: file, right and wrong words.

        Where the second wall would hide the fault it is taken down, too: the first stands alone.
        """
        return [(self.path, self.right, self.wrong), *([] if self.second_wall else [NO_WALL])]


NO_WALL = ("coordinator/access/wall.py", 'session.info.get("acting")', "None")


def main(wanted: list[str]) -> int:
    """Seed the faults with these words in their names, or all; return 1 if one is not found."""
    sys.path.insert(0, str(ROOT))
    from seeded_faults import FAULTS  # noqa: PLC0415  (the list needs `Fault`)

    faults = [f for f in FAULTS if not wanted or any(word in f.name for word in wanted)]
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, str(number)) for number in range(AT_ONCE)]
        for place in places:
            _copy_to(place)
        began, free = time.monotonic(), list(places)

        def seed(fault: Fault) -> str:
            place = free.pop()
            try:
                verdict = _seeded(fault, place)
            finally:
                free.append(place)
            say(f"{verdict:<8} {fault.name}")
            return verdict

        with ThreadPoolExecutor(AT_ONCE) as pool:
            verdicts = list(zip(faults, pool.map(seed, faults), strict=True))
    missed = [fault.name for fault, verdict in verdicts if not verdict.startswith("found")]
    seconds = time.monotonic() - began
    say(f"{len(faults) - len(missed)} of {len(faults)} seeded faults found in {seconds:.0f} s")
    return 1 if missed else 0


def say(text: str) -> None:
    """Write a line for whoever started this."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _copy_to(place: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, place / name)


def _seeded(fault: Fault, place: Path) -> str:
    """Return "found", or why the fault was not."""
    right = {name: (place / name).read_text(encoding="utf-8") for name, *_ in fault.changes()}
    for name, there, _ in fault.changes():
        if right[name].count(there) != 1:
            return f"stale: {name} holds {there!r} {right[name].count(there)} times"
    for name, there, wrong in fault.changes():
        (place / name).write_text(right[name].replace(there, wrong), encoding="utf-8")
    try:
        words = [
            "-q",
            "-x",
            "--long",
            "-p",
            "no:cacheprovider",
            "-k",
            "postgresql" if fault.database == "postgresql" else "not postgresql",
            *fault.found_by.split(),
        ]
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=place,
            capture_output=True,
            text=True,
            timeout=ONE_RUN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"missed: not found within {ONE_RUN} s"
    finally:
        for name, text in right.items():
            (place / name).write_text(text, encoding="utf-8")
    if run.returncode == 1:
        return "found"
    return "missed" if run.returncode == 0 else f"broken: pytest ended with {run.returncode}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
