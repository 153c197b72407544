"""Writers with and without the trail, and with the sealer behind them, in turn.

A write is a row, three milliseconds of other work, and with the trail one event: so a saving costs
at the least.  Each writer and the sealer is a process; this file is what they run, too.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from benchmarks.measures import Effort, Result
from benchmarks.places import SECRET, Place
from coordinator import chores, trail
from coordinator.extensions import begin_writing
from coordinator.models.trail import TrailEvent, TrailSeal, db_clock
from coordinator.sealer import Sealer
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind

WRITERS, WORK = 8, 0.003
WAYS = ("unaudited", "audited", "sealed")
ROWS = "CREATE TABLE IF NOT EXISTS bench_rows (id INTEGER, said TEXT)"


def sealed_writes(place: Place, effort: Effort) -> Iterator[Result]:
    """Measure sealed writes against writes without any trail, and how old the oldest became."""
    seconds = effort.rounds * 1.5
    engine = create_engine(place.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(ROWS)
    rates: dict[str, list[float]] = {way: [] for way in WAYS}
    oldest: list[float] = []
    _seal_all(place)
    for n in range(effort.rounds):
        for way in WAYS[n % 3 :] + WAYS[: n % 3]:
            rates[way].append(_round(place, way, seconds, oldest))
            _seal_all(place)
    engine.dispose()
    pairs = zip(rates["sealed"], rates["unaudited"], strict=True)
    ratios = [sealed / bare for sealed, bare in pairs]
    middle = {way: statistics.median(found) for way, found in rates.items()}
    behind = f"against unsealed {middle['sealed'] / middle['audited']:.2f}"
    details = (
        f"{min(ratios):.2f}–{max(ratios):.2f}; {behind}; {middle['sealed']:.0f} writes/s;"
        f" oldest unsealed {max(oldest, default=0):.1f} s"
    )
    what = f"Sealed writes, {WRITERS} writers, against writes without a trail"
    ratio = statistics.median(ratios)
    yield Result("sealed", what, place.dialect, ratio, "of unaudited", "≥ 0.80", details)


def _round(place: Place, way: str, seconds: float, oldest: list[float]) -> float:
    """Return the writes in a second of all writers together, in this way."""
    command = [sys.executable, "-m", "benchmarks.sealing", place.url, way, str(seconds)]
    started = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
        )
        for _ in range(WRITERS)
    ]
    if way == "sealed":
        _seal_beside(place, started, oldest)
    return sum(float(process.communicate()[0]) for process in started)


def _seal_beside(place: Place, writers: list[subprocess.Popen[str]], oldest: list[float]) -> None:
    """Seal each second, as the worker does, until the writers have ended."""
    sealer = _sealer(place)
    while any(process.poll() is None for process in writers):
        with Session(sealer.engine) as session:
            newest = select(func.max(TrailSeal.seq)).scalar_subquery()
            first = select(func.min(TrailEvent.db_at)).where(TrailEvent.seq > newest)
            waits, now = session.scalar(first), session.scalar(select(db_clock()))
            oldest.append((now - waits) / 1e6 if waits and now else 0)
        sealer.round()
        time.sleep(1)
    sealer.engine.dispose()


def _seal_all(place: Place) -> None:
    sealer = _sealer(place)
    while chores.do(sealer.engine, chores.SEAL):
        pass
    sealer.engine.dispose()


def _sealer(place: Place) -> Sealer:
    file = str(place.folder / "checkpoints.txt")
    return Sealer(create_engine(place.url), "bench/trail", bytes.fromhex(SECRET), file)


def write(url: str, way: str, seconds: float) -> float:
    """Write for so many seconds; return how many writes were made in one."""
    engine, written = create_engine(url), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(WORK)
        with Session(engine) as session:
            begin_writing(session)
            trail.acting(session, Acting(service="bench"), "contacts.log")
            session.connection().exec_driver_sql("INSERT INTO bench_rows VALUES (1, 'said')")
            if way != "unaudited":
                trail.write(session, EventKind.CONTACT, Subject(written % 100 + 1))
            session.commit()
        written += 1
    return written / seconds


if __name__ == "__main__":
    sys.stdout.write(f"{write(sys.argv[1], sys.argv[2], float(sys.argv[3]))}\n")
