"""A worker that is killed over and over between the server's 250 and its own mark.

Run as a program: how many times, and from which instant on.  It loads the app once; each worker is
a process of its own, and a day later than the one before, so that whatever waits is due.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime, timedelta

from coordinator import clock, create_app
from coordinator.extensions import db
from coordinator.services import outbox
from coordinator.worker import Worker


def main(kills: int, start: datetime) -> None:
    """Let this many workers die; print how many did."""
    app = create_app()
    died = 0
    with app.app_context():
        for number in range(kills):
            child = os.fork()
            if child == 0:
                _work(app, start + timedelta(hours=25 * number))
                os._exit(0)
            _, how = os.waitpid(child, 0)
            died += os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGKILL
    sys.stdout.write(f"{died}\n")


def _work(app: object, now: datetime) -> None:
    outbox.close = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    with clock.standing_at(now):
        Worker.of(db.engine, app.config["COORDINATOR"]).send_due()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
