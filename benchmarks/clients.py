"""Sixteen clients: processes apart from the servers, a bounded number of requests each."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

CLIENTS = 16


@dataclass(frozen=True)
class Request:
    """What one client sends: again and again, with a body of its own each time if it posts."""

    path: str
    cookie: str
    body: Callable[[], str] | None = None
    expected: int = 200


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


def ask(port: int, request: Request) -> Answer:
    """Send one request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": request.cookie}
    body = request.body() if request.body else None
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST" if body is not None else "GET", request.path, body, headers)
    response = connection.getresponse()
    answer = Answer(response.status, response.read())
    connection.close()
    if answer.status != request.expected:
        raise AssertionError(f"{request.path} answered {answer.status}: {answer.body[:300]!r}")
    return answer


def rate(port: int, requests: list[Request], how_many: int) -> float:
    """Return the requests in a second when each client sends its share of so many."""
    share = how_many // len(requests)
    failed: list[BaseException] = []

    def client(request: Request) -> None:
        try:
            for _ in range(share):
                ask(port, request)
        except BaseException as problem:  # noqa: BLE001  (told by the thread that waits)
            failed.append(problem)

    threads = [threading.Thread(target=client, args=(request,)) for request in requests]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - started
    if failed:
        raise failed[0]
    return share * len(requests) / taken


def milliseconds(port: int, request: Request) -> float:
    """Return how long one request takes."""
    started = time.perf_counter()
    ask(port, request)
    return (time.perf_counter() - started) * 1000
