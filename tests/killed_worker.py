"""A worker that is killed over and over between the server's 250 and its own mark.

Run as a program: how many times, and from which instant on.  It loads the app once; each worker is
a process of its own, and a day later than the one before, so that whatever waits is due.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, create_app, trail
from coordinator.access.letters import queued
from coordinator.access.release import compose
from coordinator.access.sights import Moment
from coordinator.extensions import db
from coordinator.models.outbox import OutboxMessage
from coordinator.services import outbox
from coordinator.vocabulary import MailState
from coordinator.worker import Worker


def main(kills: int, start: datetime) -> None:
    """Let this many workers die; print how many did."""
    app = create_app()
    died = 0
    with app.app_context():
        _warm_up(app)
        for number in range(kills):
            child = os.fork()
            if child == 0:
                _work(app, start + timedelta(hours=25 * number))
                os._exit(0)
            _, how = os.waitpid(child, 0)
            died += os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGKILL
    sys.stdout.write(f"{died}\n")


def _warm_up(app: object) -> None:
    """Compose every message once, so that each worker finds its statements compiled."""
    worker = Worker.of(db.engine, app.config["COORDINATOR"])  # type: ignore[attr-defined]
    with Session(db.engine) as session:
        trail.acting(session, trail.Acting(service="worker"), "mail.send", reading=True)
        now = clock.now()
        for record in session.scalars(select(OutboxMessage)):
            compose(session, Moment(now, clock.today()), queued(record), worker.sender)
    db.engine.dispose()


def _work(app: object, now: datetime) -> None:
    close = outbox.close

    def dies(session: Session, message_id: str, at: datetime, state: MailState, *more: Any) -> None:
        """Die where a message would be marked as sent; what was withheld is marked as ever."""
        if state is MailState.SENT:
            os.kill(os.getpid(), signal.SIGKILL)
        close(session, message_id, at, state, *more)

    outbox.close = dies  # type: ignore[assignment]
    with clock.standing_at(now):
        Worker.of(db.engine, app.config["COORDINATOR"]).send_due()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
