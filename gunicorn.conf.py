"""How gunicorn serves Coordinator; it reads this wherever it is started in this folder.

Threads, not `sync` workers: a browser opens connections before it has anything to ask, and each of
them would hold up a whole worker until it is killed (docs/performance.md).  Two processes, because
the threads of one share one processor.
"""

import os
from typing import Any

from flask import Flask

from coordinator import rehearse

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
control_socket_disable = True  # or gunicorn leaves a socket in the home folder


def post_worker_init(worker: Any) -> None:
    """Rehearse, so that the first visitor waits no longer than the next ones."""
    if isinstance(worker.wsgi, Flask):
        rehearse(worker.wsgi)
