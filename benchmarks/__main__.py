"""python3 run.py bench [--quick] [--database sqlite|postgresql|both] [--write] [names ...]."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from benchmarks import measures, places, report, sealing, world
from benchmarks.measures import QUICK, WHOLE, Effort, Result

NAMES = ("plan", "family", "today", "contact", "audit", "bytes", "memory", "first", "sealed")
PAGES = {"plan", "family", "today", "contact", "memory", "first"}


def main(words: list[str]) -> int:
    """Measure what is asked for and print each result as it comes."""
    parser = argparse.ArgumentParser("run.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"what to measure: {', '.join(NAMES)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, a smaller trail")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--database", default="both", choices=("sqlite", "postgresql", "both"))
    asked = parser.parse_args(words)
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"not measured here: {', '.join(sorted(unknown))}")
    names, effort = set(asked.names or NAMES), QUICK if asked.quick else WHOLE
    dialects = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    results: list[Result] = []

    def say(text: str) -> None:
        print(text, flush=True)  # noqa: T201  (talks to a terminal)

    def keep(result: Result) -> None:
        results.append(result)
        say(report.line(result))

    say("\n".join(report.surroundings()))
    for dialect in dialects:
        with places.server(dialect) as server:
            for result in _measured(dialect, server, effort, names, say):
                keep(result)
    if asked.write:
        report.write(results, " ".join(["python3 run.py bench", *words]))
    return 0


def _measured(
    dialect: str, server: str | None, effort: Effort, names: set[str], say: Callable[[str], None]
) -> Iterator[Result]:
    """Measure what is asked for on one database, each on a fresh one."""
    if names & PAGES:
        with places.place(dialect, "pages", server) as place:
            world.prepare(place)
            yield from measures.against_the_floor(place, effort, names)
    if "sealed" in names:
        with places.place(dialect, "sealed", server) as place:
            world.prepare(place)
            yield from sealing.sealed_writes(place, effort)
    if names & {"audit", "bytes"}:
        yield from measures.audit(dialect, server, effort, say)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
