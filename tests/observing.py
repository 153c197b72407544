"""All that comes back to one person who asks for everything there is to ask for.

Nothing is left out of a comparison: the clock stands, and what is drawn at random is drawn anew
from a seed before each request (assurance/noninterference, 4.3).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import Connection, select
from werkzeug.datastructures import MultiDict

import databases
import routes
from coordinator import clock
from coordinator.access import release
from coordinator.access.letters import Sender, WithheldError, queued
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.outbox import OutboxMessage
from filling import form_values, names, offered
from hidden_facts import NUMBER
from page import Client, Page

SENDER = Sender("Coordinator <no-reply@coordinator.example>", "http://localhost")
LEAVES = {"sign_in.sign_out"}


@contextmanager
def drawn(seed: str) -> Iterator[None]:
    """Let whatever is drawn at random, by the app or by a library, be drawn from this seed.

    Each size has a source of its own: what a library draws once, and keeps, shifts nothing else.
    """
    sources: dict[int, random.Random] = {}

    def bytes_of(size: int) -> bytes:
        source = sources.setdefault(size, random.Random(f"{seed} {size}"))  # noqa: S311  (to be guessed)
        return source.randbytes(size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", bytes_of)
        patch.setattr(random, "_urandom", bytes_of)
        yield


@dataclass(frozen=True)
class Ask:
    """One request, with the values of its form if it is one."""

    method: str
    path: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.path} {dict(self.values) or ''}"


@dataclass(frozen=True)
class Seen:
    """What came back: the answer, how many statements it took, and what the next page says."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: int
    mails: tuple[bytes, ...] = ()
    then: Seen | None = None


class Observer:
    """One person who asks, again and again, in a world that each request leaves as it was."""

    def __init__(
        self, app: Flask, connection: Connection, statements: list[str], client: Client, seed: str
    ) -> None:
        self.app, self.connection, self.statements = app, connection, statements
        self.client, self.seed = client, seed

    def once(self, ask: Ask) -> tuple[Seen, Page]:
        """Ask once, follow where it leads, and take back whatever that changed."""
        with (
            self.client.unchanged(),
            self.connection.begin_nested() as savepoint,
            drawn(f"{self.seed} {ask}"),
        ):
            page, seen = self.asked(ask)
            mails, then = self.mails() if ask.method == "POST" else (), None
            where = seen.status in (302, 303) and dict(seen.headers)["Location"]
            if ask.method == "POST" and where:
                _, then = self.asked(Ask("GET", urljoin(ask.path, where)))
            savepoint.rollback()
        return Seen(seen.status, seen.headers, seen.body, seen.statements, mails, then), page

    def asked(self, ask: Ask) -> tuple[Page, Seen]:
        """Ask, and leave whatever that changed."""
        self.statements.clear()
        options = {"data": MultiDict(ask.values)} if ask.method == "POST" else {}
        page = self.client.open(ask.method, ask.path, follow=False, **options)
        headers = tuple(sorted(page.headers))
        return page, Seen(page.status, headers, page.response.get_data(), len(self.statements))

    def mails(self) -> tuple[bytes, ...]:
        """Return every mail that waits for this person, as it would leave now."""
        moment = Moment(clock.now(), clock.today())
        letters = []
        with databases.session_of(self.app) as session:
            waiting = session.scalars(
                select(OutboxMessage)
                .join(Account, Account.id == OutboxMessage.account_id)
                .where(Account.name == self.client.name)
                .order_by(OutboxMessage.id)
            )
            for message in waiting.all():
                try:
                    letter = release.compose(session, moment, queued(message), SENDER)
                except WithheldError:
                    continue
                letters.append(letter.recipient.encode() + b"\n" + letter.message.as_bytes())
        return tuple(letters)

    def repeats(self, asks: list[Ask]) -> dict[str, Seen]:
        """Return what comes back for each of these requests, in this order."""
        return {str(ask): self.once(ask)[0] for ask in asks}

    def script(
        self,
        references: Mapping[str, str],
        hidden: list[dict[str, str]],
        said: str,
        *,
        exact: bool,
        forms: bool = True,
        share: float = 1,
    ) -> tuple[list[Ask], dict[str, Seen]]:
        """Return everything that there is to ask for, and what came back.

        First every page, with the references of what this person may know of; then each page and
        each form of something `hidden`, and of a reference of the right or of a wrong shape that
        nothing has; then each form that stood on a page, with what others `said`.  Of all these,
        a `share` is drawn.
        """
        answers: dict[str, Seen] = {}
        asks: list[Ask] = []
        more: list[Ask] = []
        met: set[object] = set()

        def ask(one: Ask) -> Page | None:
            if str(one) in answers:
                return None
            asks.append(one)
            answers[str(one)], page = self.once(one)
            return page

        draw = random.Random(self.seed)  # noqa: S311  (to be drawn again)
        for path in self._addresses(references, hidden, draw, forms=forms):
            page = ask(path) if draw.random() < share else None
            if page is None or not page.is_html or page.status != 200:
                continue
            more += self._of_page(page, met, said, exact=exact, forms=forms)
        for one in more:
            ask(one)
        return asks, answers

    def _addresses(
        self,
        references: Mapping[str, str],
        hidden: list[dict[str, str]],
        draw: random.Random,
        *,
        forms: bool,
    ) -> Iterator[Ask]:
        """Yield the address of every page, and those of what is hidden or is nothing."""
        token = (("csrf_token", self.client.csrf_token()),)
        for rule in routes.rules(self.app):
            if rule.endpoint == "static":
                continue
            methods = sorted(routes.methods(rule))
            if "GET" in methods:
                yield Ask("GET", routes.address(self.app, rule, references))
            key = routes.key_of(rule)
            if key is None:
                continue
            there = [one[key] for one in hidden if key in one] or [routes.MADE_UP]
            shape = references.get(key, routes.MADE_UP)
            wrong = draw.choice(
                [routes.MADE_UP, shape.lower(), shape[:-1], draw.choice(there)[:-1]]
            )
            for method in methods if forms else methods[:1]:
                path = routes.address(self.app, rule, {key: draw.choice(there)})
                yield Ask(method, path, token if method == "POST" else ())
            if forms:
                yield Ask(methods[0], routes.address(self.app, rule, {key: wrong}))

    def _of_page(
        self, page: Page, met: set[object], said: str, *, exact: bool, forms: bool
    ) -> Iterator[Ask]:
        """Yield what a page leads to: its other parts, and its forms with these words."""
        for href in page.links.values():
            link = urlsplit(urljoin(page.path, href))
            key = (link.path, frozenset(parse_qs(link.query)))
            if link.query and not link.netloc and key not in met:
                met.add(key)
                yield Ask("GET", f"{link.path}?{link.query}")
        for form in page.soup.select("form") if forms else ():
            target = urljoin(page.path, str(form.get("action") or page.path))
            key = (target, frozenset(names(form)))
            # Whoever acts for another agency is another observer, who may know other things.
            if key in met or urlsplit(target).path == "/acting-for":
                continue
            met.add(key)
            if str(form.get("method", "get")).lower() == "get":
                yield from self._searches(form, target, said)
            else:
                yield Ask("POST", target, tuple(self._typed(form, said, exact).items(multi=True)))

    def _searches(self, form: Tag, target: str, said: str) -> Iterator[Ask]:
        """Yield searches with the first letters of what others said, and all of it."""
        free = [name for name in names(form) if offered(form, name) is None]
        for words in (said[0].lower(), said[:3], said[:3].lower(), said):
            sent = form_values(form)
            for name in free:
                if name.rpartition("-")[2] not in ("day", "month", "year"):
                    sent[name] = words
            query = "&".join(f"{name}={value}" for name, value in sent.items(multi=True))
            yield Ask("GET", f"{urlsplit(target).path}?{query}")

    def _typed(self, form: Tag, said: str, exact: bool) -> MultiDict[str, str]:
        """Return what somebody would send who guesses at what is hidden."""
        sent = form_values(form)
        soon = clock.today()
        parts = {"day": soon.day, "month": soon.month, "year": soon.year + 1}
        born = {"born_on-day": "1", "born_on-month": "2", "born_on-year": "1990"}
        finding = {"nhs_number": NUMBER if exact else "", "name": said if exact else said[:3]}
        for name in names(form) - {"csrf_token", "form_key", "version"}:
            choices = [choice for choice in offered(form, name) or [] if choice]
            if name in born:
                sent[name] = born[name]
            elif name in finding:
                sent[name] = finding[name]
            elif choices and not sent.get(name):
                sent[name] = choices[0]
            elif name.rpartition("-")[2] in parts:
                sent.setdefault(name, str(parts[name.rpartition("-")[2]]))
            elif not sent.get(name) and offered(form, name) is None:
                sent[name] = "11:30am" if "time" in name else said
        return sent


def differences(one: dict[str, Seen], two: dict[str, Seen]) -> dict[str, str]:
    """Return for each request that was answered differently what differs first."""
    return {ask: _difference(seen, two[ask]) for ask, seen in one.items() if seen != two[ask]}


def _difference(a: Seen, b: Seen) -> str:
    if a.status != b.status:
        return f"status {a.status} and {b.status}"
    if a.body != b.body:
        size = min(len(a.body), len(b.body))
        at = next((i for i in range(size) if a.body[i] != b.body[i]), size)
        return f"…{a.body[at - 60 : at + 90]!r} and …{b.body[at - 60 : at + 90]!r}"
    if a.headers != b.headers:
        return f"{sorted(set(a.headers) ^ set(b.headers))}"
    if a.mails != b.mails:
        return f"mails {a.mails} and {b.mails}"
    if a.then and b.then and a.then != b.then:
        return "then " + _difference(a.then, b.then)
    return f"{a.statements} statements and {b.statements}"
