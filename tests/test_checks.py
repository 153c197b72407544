"""The checks that ride on every page find what they are there for: a fault each, put in by hand."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from pytest_socket import SocketConnectBlockedError

import checks
from coordinator.web.frame import HEADERS

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Plan – Coordinator</title></head>
<body><main id="main"><h1>Plan</h1><h2>Goals</h2>
<p>Tom &amp; Jerry’s <a href="/today">list of today</a> and <a href="#main">the top</a></p>
<table><caption>Goals</caption><thead><tr><th scope="col">Goal</th></tr></thead>
<tbody><tr><td>Sleep</td></tr></tbody></table>
<form method="post" action="/plan">
<input type="hidden" name="csrf_token" value="x"><input type="hidden" name="form_key" value="y">
<label for="goal">Goal</label><p id="hint">One line</p>
<input id="goal" name="goal" aria-describedby="hint">
<fieldset><legend>For whom</legend>
<input type="radio" name="who" id="who" value="child"><label for="who">The child</label>
</fieldset>
<button type="submit">Save</button></form>
</main></body></html>"""

FAULTS = {
    "invalid HTML": ("</h2>", "</h3>"),
    "no language": (' lang="en-GB"', ""),
    "2 h1": ("<h2>Goals</h2>", "<h1>Goals</h1>"),
    "does not start with the h1": ("<title>Plan", "<title>A plan"),
    "names a person": ("<title>Plan", "<title>Plan of Kim Lane"),
    "do not go together": ("<title>Plan", "<title>Error: Plan"),
    "headings skip": ("<h2>Goals</h2>", "<h3>Goals</h3>"),
    "twice": ('id="hint"', 'id="goal"'),
    "aria-describedby leads to no": ('"hint">\n<field', '"other">\n<field'),
    "a link leads to no": ("#main", "#other"),
    "no label": ('<label for="goal">Goal</label>', ""),
    "for leads to no": ('for="goal"', 'for="goals"'),
    "outside a fieldset": ("fieldset", "div"),
    "a fieldset without words": ("For whom", ""),
    "a button without words": (">Save<", "><"),
    "has 0 tokens": ('name="csrf_token"', 'name="token"'),
    "has 0 form keys": ('name="form_key"', 'name="key"'),
    "puts a token into the address": ('method="post"', 'method="get"'),
    "has no button": ('<button type="submit">Save</button>', ""),
    "has style": ("<h2>", '<h2 style="color: red">'),
    "has onclick": ("<h2>", '<h2 onclick="go()">'),
    "inline style": ("</head>", "<style>p {}</style></head>"),
    "inline script": ("</head>", "<script>go()</script></head>"),
    "leads outside": ('"/today"', '"https://elsewhere.example/"'),
    "javascript": ('"/today"', '"javascript:go()"'),
    "a table without a caption": ("<caption>Goals</caption>", ""),
    "without scope": (' scope="col"', ""),
    "a link without words": (">list of today<", "><"),
    "does not say where it leads": (">list of today<", ">click here<"),
    "escaped twice": ("&amp;", "&amp;amp;"),
    "straight quotes": ("For whom", "For Kim's whom"),
}


@dataclass
class Answer:
    """As much of a page as the checks ask for."""

    html: str
    path: str = "/plan"
    status: int = 200
    is_html: bool = True
    headers: dict[str, str] = field(
        default_factory=lambda: {**HEADERS, "Cache-Control": "no-store"}
    )

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")


def test_a_good_page_has_no_fault():
    checks.check(Answer(GOOD))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault):
    before, after = FAULTS[fault]
    assert before in GOOD
    with pytest.raises(AssertionError, match=fault):
        checks.check(Answer(GOOD.replace(before, after)))


def test_a_fault_is_found_on_a_page_that_looks_like_one_that_was_walked():
    """Only what is drawn makes no difference: an id twice is twice, whatever the reference."""
    page = GOOD.replace('id="goal"', 'id="A0000000A"').replace('for="goal"', 'for="A0000000A"')
    checks.check(Answer(page.replace('"hint"', '"B0000000B"')))
    checks.check(Answer(page.replace('"hint"', '"C0000000C"')))
    with pytest.raises(AssertionError, match="twice"):
        checks.check(Answer(page.replace('"hint"', '"A0000000A"')))


def test_a_page_that_may_be_cached_or_framed_is_found():
    answer = Answer(GOOD)
    del answer.headers["Content-Security-Policy"], answer.headers["Cache-Control"]
    with pytest.raises(AssertionError, match=r"(?s)Content-Security-Policy.*cache"):
        checks.check(answer)


def test_a_server_error_is_found():
    with pytest.raises(AssertionError):
        checks.check(Answer(GOOD, status=500))


def test_no_test_reaches_another_host():
    # Its warning is an error here, as every warning is.
    with pytest.raises((SocketConnectBlockedError, UserWarning), match="socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
