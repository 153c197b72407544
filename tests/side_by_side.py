"""One person's answers in two worlds, side by side: nothing is left out but what a form draws.

For a single rule; the drawn pairs of worlds (test_sweep_worlds.py) compare far more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import Connection

import routes
from page import Client, Page

CANARY = "Xylophone-7Q"
NOW = datetime.now(UTC).replace(microsecond=0)
DRAWN = re.compile(
    r'name="(?:csrf_token|form_key)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="(?:csrf_token|form_key)"'
)
COOKIE = re.compile(r"session=[^;]*")


@dataclass(frozen=True)
class Seen:
    """All that comes back to a person who asks once."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    statements: int


def seen(page: Page, statements: list[str]) -> Seen:
    headers = [
        (name, COOKIE.sub("session=…", value) if name == "Set-Cookie" else value)
        for name, value in page.headers
    ]
    return Seen(page.status, tuple(sorted(headers)), DRAWN.sub("", page.html), len(statements))


class Observer:
    """One person who asks for everything that there is to ask for."""

    def __init__(self, app: Flask, connection: Connection, statements: list[str]) -> None:
        self.app, self.connection, self.statements = app, connection, statements

    def comes_in(self, name: str) -> Client:
        """Sign in; what the pages look like is checked in other sweeps."""
        return Client(self.app, checked=False).sign_in(name)

    def looks(self, client: Client, references: dict[str, str]) -> dict[str, Seen]:
        """Return what comes back for each page, with these records in the addresses."""
        rules = [r for r in routes.rules(self.app) if r.endpoint != "static"]
        return {
            path: self.once(client, "GET", path)
            for rule in rules
            if "GET" in routes.methods(rule)
            for path in [routes.address(self.app, rule, references)]
        }

    def once(self, client: Client, method: str, path: str, **options: object) -> Seen:
        """Ask once, and take back whatever that changed."""
        with client.unchanged(), self.connection.begin_nested() as savepoint:
            self.statements.clear()
            answer = seen(client.open(method, path, follow=False, **options), self.statements)
            savepoint.rollback()
        return answer


def differences(one: dict[str, Seen], two: dict[str, Seen]) -> str:
    """Return the first difference of each answer that differs, in words."""
    told = []
    for key, a in one.items():
        b = two[key]
        if a == b:
            continue
        if a.status != b.status:
            told.append(f"{key}: status {a.status} and {b.status}")
        elif a.body != b.body:
            at = next((i for i, (x, y) in enumerate(zip(a.body, b.body)) if x != y), 0)  # noqa: B905
            told.append(f"{key}: …{a.body[at - 60 : at + 90]!r} and …{b.body[at - 60 : at + 90]!r}")
        elif a.headers != b.headers:
            told.append(f"{key}: {set(a.headers) ^ set(b.headers)}")
        else:
            told.append(f"{key}: {a.statements} statements and {b.statements}")
    return "\n".join(told)
