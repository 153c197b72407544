"""What a journey may ask for: people at browsers, on a demo of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

import browser
import databases
from browser import Person
from coordinator import create_app
from coordinator.models.accounts import Account
from hands import HANDS


@pytest.fixture
def demo(fresh_database: str, tmp_path) -> Iterator[Flask]:
    """Give a demo on a database of its own."""
    settings = databases.config(fresh_database, demo=True, mail_url=f"folder:{tmp_path}")
    app = create_app(settings)
    app.config["TESTING"] = False
    yield app
    databases.dispose(app)


@pytest.fixture
def served(demo: Flask) -> Iterator[str]:
    """Give the address at which the demo is served."""
    with browser.served(demo) as address:
        yield address


@pytest.fixture
def emails(demo: Flask) -> dict[str, str]:
    """Give everybody's e-mail address by name."""
    with databases.session_of(demo) as session:
        rows = session.execute(select(Account.name, Account.email))
        return {row.name: row.email for row in rows}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser; each person has a window of their own in it."""
    with browser.chromium() as started:
        yield started


@pytest.fixture
def person(
    chromium: Browser, served: str, emails: dict[str, str], hands: str
) -> Iterator[Callable[[str], Person]]:
    """Give a way to sit somebody down at a browser of their own and sign them in."""
    sat_down: list[Person] = []

    def sits_down(name: str) -> Person:
        one = HANDS[hands](chromium, served, name, emails[name])
        sat_down.append(one)
        return one.signs_in()

    yield sits_down
    for one in sat_down:
        one.no_faults()
        one.context.close()
