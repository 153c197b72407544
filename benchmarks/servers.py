"""The web server, the same for the floor and for Coordinator: gunicorn, as it serves."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.places import Place

WORKERS = 2
APPS = {"floor": "benchmarks.floor:application", "coordinator": "coordinator:create_app()"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(app: str, place: Place, workers: int = WORKERS, **more: str) -> Iterator[int]:
    """Run the floor or Coordinator under gunicorn as gunicorn.conf.py says; give its port."""
    port = _free_port()
    # Its log goes where the log of a service goes in a measurement: to a file that nobody reads.
    log = (place.folder / f"{app}.log").open("wb")
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers"]
    command += [str(workers), APPS[app]]
    # The floor asks for what it wants without saying who asks.
    environ = place.environ if app == "floor" else place.served()
    process = subprocess.Popen(
        command,
        env=environ | more,
        cwd=Path(__file__).parent.parent,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        _wait(port, process)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
        log.close()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/static/favicon.svg")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer")


def worker_memory(port: int) -> float:
    """Return the resident memory of the largest process that listens on this port, in MiB."""
    largest = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_text()
            if f"127.0.0.1:{port}" in command:
                line = next(r for r in status.read_text().splitlines() if r.startswith("VmRSS"))
                largest = max(largest, int(line.split()[1]) / 1024)
        except (OSError, StopIteration):
            continue
    return largest
