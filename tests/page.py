"""A browser for tests: it presses what is on the page, and every page it opens is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.test import TestResponse

import checks
import databases
from checks import words
from coordinator import clock
from coordinator.access.door import TOKEN
from coordinator.models.accounts import Account
from coordinator.services import sign_in
from filling import Value, fill, find_button, fits, form_values, names, shape

CSRF_SEED = "0" * 40


@dataclass
class Page:
    """What came back: a page as a person meets it, or the bare answer if it is none."""

    path: str
    response: TestResponse
    passed: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def headers(self) -> Headers:
        """The HTTP headers."""
        return self.response.headers

    @cached_property
    def html(self) -> str:
        """The body as text."""
        return self.response.get_data(as_text=True)

    @property
    def body(self) -> str:
        """The body without what differs on every page: the tokens and the keys of its forms."""
        return re.sub(r'(name="(?:csrf_token|form_key)"[^>]*value=")[^"]*', r"\1", self.html)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree."""
        return BeautifulSoup(self.html, "html.parser")

    @property
    def main(self) -> Tag:
        """What stands in the middle of the page."""
        return self.soup.main or self.soup

    @property
    def is_html(self) -> bool:
        """Whether this is a page at all."""
        return self.response.mimetype == "text/html" and self.status not in range(300, 400)

    @property
    def h1(self) -> str:
        """The words of the heading, without its caption."""
        heading = self.soup.h1
        assert heading is not None, f"{self.path} has no h1"
        return checks.words_of_h1(heading)

    @property
    def title(self) -> str:
        """The words of the title."""
        return words(self.soup.title)

    @cached_property
    def text(self) -> str:
        """All words of the page's middle, one space between them."""
        return words(self.main)

    @cached_property
    def errors(self) -> dict[str, str]:
        """The sentence beside each field; what concerns the whole form stands under ""."""
        found: dict[str, str] = {}
        for message in self.soup.select(".govuk-error-message"):
            name = str(message.get("id", "")).removesuffix("-error")
            found[name] = words(message).removeprefix("Error: ")
        for line in self.soup.select(".govuk-error-summary li"):
            if not line.find("a"):
                found.setdefault("", words(line))
        return found

    @property
    def links(self) -> dict[str, str]:
        """The address of each link, by its words."""
        return {words(link): str(link["href"]) for link in self.soup.select("a[href]")}

    @property
    def forms(self) -> list[Tag]:
        """The forms in the middle of the page."""
        return list(self.main.select("form"))

    def buttons(self) -> list[str]:
        """The words of each button in the middle of the page."""
        return [words(button) for button in self.main.select("form button")]

    def field(self, name: str) -> str:
        """Return what stands in the field of this name."""
        for form in self.forms:
            values = form_values(form)
            if name in values:
                return values[name]
        raise AssertionError(f"{self.path} has no field {name!r}")

    def __repr__(self) -> str:
        return f"<Page {self.status} {self.path} {self.text[:400]!r}>"


class Client:
    """One person's browser.  Every page that it opens is checked (tests/checks.py).

    Only a sweep that opens pages which another sweep has checked may leave that out.
    """

    def __init__(self, app: Flask, *, checked: bool = True) -> None:
        self.app, self.checked = app, checked
        self.browser = app.test_client()
        self.name = ""

    def sign_in(self, name: str, team: str | None = None) -> Client:
        """Sign in by name, with a session made by the service and not by the form."""
        self.name = name
        with databases.session_of(self.app) as session:
            account_id = session.scalars(select(Account.id).where(Account.name == name)).one()
            token = sign_in.start_session(session, account_id, "127.0.0.1", clock.now())
        with self.browser.session_transaction() as cookie:
            cookie[TOKEN] = token
            cookie["csrf_token"] = CSRF_SEED
        if team:
            self.act_for(team)
        return self

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Give the browser its cookies back afterwards, whatever happened."""
        before = self.browser.get_cookie("session")
        yield
        if before is None:
            self.browser.delete_cookie("session")
        else:
            self.browser.set_cookie("session", before.value)

    def act_for(self, agency: str) -> Page:
        """Press the button that switches to acting for another agency."""
        page = self.get("/today")
        for form in page.soup.select("form[action='/acting-for']"):
            if agency in words(form):
                return self.post("/acting-for", form_values(form))
        raise AssertionError(f"{self.name} cannot act for {agency}")

    def csrf_token(self) -> str:
        """Return a token that this browser's forms may carry."""
        seed = self._kept().get("csrf_token")
        if seed is None:
            with self.browser.session_transaction() as cookie:
                seed = cookie.setdefault("csrf_token", CSRF_SEED)
        secret = self.app.secret_key
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(seed))  # type: ignore[arg-type]

    def _kept(self) -> dict[str, Any]:
        """Return what the app keeps in this browser's cookie."""
        cookie = self.browser.get_cookie("session")
        reader = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert reader is not None
        return dict(reader.loads(cookie.value)) if cookie else {}

    def get(self, path: str, *, follow: bool = True, **options: Any) -> Page:
        """Open an address."""
        return self.open("GET", path, follow=follow, **options)

    def head(self, path: str) -> Page:
        """Ask for the headers of an address."""
        return self.open("HEAD", path, follow=False)

    def post(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        csrf: bool = True,
        follow: bool = True,
        **options: Any,
    ) -> Page:
        """Post these values as they are; a good token is added unless one is there."""
        values: Any = MultiDict(data or {})
        if csrf:
            values.setdefault("csrf_token", self.csrf_token())
        return self.open("POST", path, follow=follow, data=values, **options)

    def open(self, method: str, path: str, *, follow: bool = True, **options: Any) -> Page:
        """Send a request, follow where it leads, and check the page."""
        passed: list[str] = []
        response = self.browser.open(path, method=method, **options)
        while follow and response.status_code in (301, 302, 303, 307, 308):
            passed.append(path)
            path = urljoin(path, response.headers["Location"])
            assert len(passed) < 6, f"redirects in a circle: {passed}"
            response = self.browser.get(path)
        page = Page(path, response, passed)
        if self.checked:
            checks.check(page, head=method == "HEAD")
        return page

    def click(self, page: Page, link: str) -> Page:
        """Follow the link with these words."""
        matches = {href for text, href in page.links.items() if text == link}
        assert matches, f"{page.path} has no link {link!r}, only {sorted(page.links)}"
        return self.get(urljoin(page.path, matches.pop()))

    def submit(
        self,
        page: Page,
        values: Mapping[str, Value] | None = None,
        *,
        button: str | None = None,
        to: str | None = None,
        tampered: Mapping[str, Any] | None = None,
        follow: bool = True,
    ) -> Page:
        """Fill in a form as it stands on the page, press its button and follow where it leads.

        The form is the one that has these fields, this button and (`to`) this end of its address.
        A date fills its three inputs.  A choice that is not offered is an error; `tampered` sends
        anything.  Fails if no form, or more than one, is like that.
        """
        values = dict(values or {})
        fitting = [form for form in page.forms if fits(form, values, button, to)]
        assert fitting, _what_there_is(page, values, button, to)
        form = fitting[0]
        assert len({shape(f) for f in fitting}) == 1, (
            f"{len(fitting)} forms fit on {page.path}; name the button or the end of the address"
        )
        sent = form_values(form)
        for name, value in values.items():
            fill(form, sent, name, value)
        if button and (pressed := find_button(form, button)) and pressed.get("name"):
            sent.add(str(pressed["name"]), str(pressed.get("value", "")))
        for name, value in (tampered or {}).items():
            sent.setlist(name, value if isinstance(value, list) else [value])
        return self.send(page, form, sent, follow=follow)

    def press(self, page: Page, form: Tag) -> Page:
        """Send a form as it stands, with its first button, and stop at what comes back."""
        sent = form_values(form)
        button = form.select_one("button[name]")
        if button:
            sent.add(str(button["name"]), str(button.get("value", "")))
        return self.send(page, form, sent, follow=False)

    def send(
        self, page: Page, form: Tag, sent: MultiDict[str, str], *, follow: bool = True
    ) -> Page:
        """Send these values to where a form leads."""
        target = urljoin(page.path, str(form.get("action") or page.path))
        if str(form.get("method", "get")).lower() == "get":
            query = list(sent.items(multi=True))
            path = urlsplit(target).path
            return self.open("GET", path, follow=follow, query_string=query)
        return self.open("POST", target, follow=follow, data=sent)


def _what_there_is(page: Page, values: object, button: object, to: object) -> str:
    there = [
        (f.get("action"), sorted(names(f)), [words(b) for b in f.select("button")])
        for f in page.forms
    ]
    return (
        f"{page.status} {page.path} has no form with {values!r}, {button!r}, {to!r}; it has {there}"
    )
