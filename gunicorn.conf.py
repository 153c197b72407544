"""How gunicorn serves Coordinator; it reads this wherever it is started in this folder.

Threads, not `sync` workers: a browser opens connections before it has anything to ask, and each of
them would hold up a whole worker until it is killed.  The threads of a process wait for visitors
side by side and answer them one at a time: they share one processor, and taking turns in the middle
of a page costs a quarter of the pages (docs/performance.md).  Hence two processes, too.
"""

import os
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from coordinator import rehearse

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
control_socket_disable = True  # or gunicorn leaves a socket in the home folder


def one_at_a_time(app: Callable[..., Any]) -> Callable[..., Any]:
    """Return a WSGI application that answers one request before it begins the next."""
    turn = threading.Lock()

    def answer(*request: Any) -> Any:
        with turn:
            return app(*request)

    return answer


def post_worker_init(worker: Any) -> None:
    """Rehearse, so that the first visitor waits no longer than the next ones."""
    if isinstance(worker.wsgi, Flask):
        rehearse(worker.wsgi)
    worker.wsgi = one_at_a_time(worker.wsgi)
