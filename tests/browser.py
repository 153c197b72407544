"""A real browser on a real server: what a person does, with a mouse, a keyboard, or no script.

A journey is written once, in words that a person would use, and walked with each pair of hands
(tests/hands.py).  Every page on the way is checked: one h1, no error in the console, no request to
any other host.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from werkzeug.serving import make_server

from coordinator.demo import cast

# What Chromium writes for an answer that is a refusal on purpose, such as a form shown again.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield Debian's Chromium.  Skips where there is none, unless it is required."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("COORDINATOR_BROWSER") == "required":
            pytest.fail("COORDINATOR_BROWSER=required, and there is no chromium")
        pytest.skip("there is no chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an app on loopback, with threads; yield its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Person:
    """One person at one browser, with a mouse and scripts."""

    scripts = True

    def __init__(self, browser: Browser, address: str, name: str, email: str) -> None:
        self.address, self.name, self.email = address, name, email
        self.context: BrowserContext = browser.new_context(
            base_url=address, java_script_enabled=self.scripts, accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type == "error" and not REFUSED.match(message.text):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and not request.url.startswith(self.address):
            self.faults.append(f"asks another host: {request.url}")

    # What a person does.

    def signs_in(self) -> Person:
        """Sign in through the form."""
        self.goes("/sign-in")
        self._type(self.page.locator("#email"), self.email)
        self._type(self.page.locator("#password"), cast.PASSWORD)
        self.presses("Sign in")
        self.sees(self.name)
        return self

    def goes(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)
        self.looks()

    def presses(self, words: str, within: str | None = None) -> None:
        """Press the button or follow the link with these words."""
        with self.page.expect_navigation(wait_until="load"):
            self._press(self._one(words, within))
        self.looks()

    def types(self, label: str, text: str, within: str | None = None) -> None:
        """Type into the field with this label, over what stands there."""
        self._type(self._field(label, within), text)

    def chooses(self, words: str, within: str | None = None) -> None:
        """Choose the answer, or tick the box, with these words."""
        self._tick(self._area(within).get_by_label(words, exact=True).first)

    def picks(self, label: str, words: str) -> None:
        """Pick from the list with this label."""
        self._pick(self.page.get_by_label(label, exact=True), words)

    def types_date(self, legend: str, when: Any) -> None:
        """Type a date into the three fields under this legend."""
        for part, number in (("Day", when.day), ("Month", when.month), ("Year", when.year)):
            self.types(part, str(number), within=legend)

    def downloads(self, words: str) -> str:
        """Press what leads to a file; return the file's text."""
        with self.page.expect_download() as coming:
            self._press(self._one(words, None))
        return coming.value.path().read_text(encoding="utf-8-sig")

    def opens(self, summary: str) -> None:
        """Open the part of a page that is folded away under these words."""
        self._press(self.page.locator("summary", has_text=summary).first)

    # What a person sees.

    def sees(self, text: str) -> None:
        """Expect these words on the page."""
        expect(self.page.locator("body")).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        """Expect these words nowhere, not even in the source."""
        assert text not in self.page.content(), f"{self.page.url} holds {text!r}"

    def heading(self) -> str:
        """Return the words of the h1."""
        return self.page.locator("h1").inner_text()

    # What is checked.

    def looks(self) -> None:
        """Check the page that has come."""
        assert self.page.locator("h1").count() == 1, self.page.url
        self.no_faults()

    def no_faults(self) -> None:
        """Fail with everything that went wrong so far."""
        assert not self.faults, f"{self.page.url}: {self.faults}"

    # How it is done.

    def _area(self, within: str | None) -> Locator | Page:
        if within is None:
            return self.page
        legend = self.page.get_by_role("group", name=within, exact=False)
        return (
            legend.first
            if legend.count()
            else self.page.locator(
                "li, tr, section, .govuk-summary-card, .co-row", has_text=within
            ).last
        )

    def _one(self, words: str, within: str | None) -> Locator:
        area = self._area(within)
        for role in ("button", "link"):
            for exact in (True, False):
                found = area.get_by_role(role, name=words, exact=exact)
                if found.count():
                    return found.first
        raise AssertionError(f"{self.page.url} has no {words!r}: {self.page.inner_text('main')}")

    def _field(self, label: str, within: str | None) -> Locator:
        found = self._area(within).get_by_label(label, exact=True)
        if not found.count():
            found = self._area(within).get_by_label(label)
        assert found.count(), f"{self.page.url} has no field {label!r}"
        return found.first

    def _press(self, what: Locator) -> None:
        what.click()

    def _type(self, where: Locator, text: str) -> None:
        where.fill(text)

    def _tick(self, what: Locator) -> None:
        what.check(force=True)

    def _pick(self, where: Locator, words: str) -> None:
        where.select_option(label=words)
