"""What is true of every page that any test opens.  Nobody has to ask for it, and nobody escapes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag

from coordinator.web.frame import HEADERS

if TYPE_CHECKING:
    from page import Page

FAMILY_NAMES = re.compile(r"\b(Kim|Leo|Mia|Nate|Lane|Moss)\b(?!-)")
TWICE_ESCAPED = re.compile(r"&amp;(amp|lt|gt|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
LABELLED = "input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea"
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "headers", "list")
RUNS_ON = {"a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "time", "sub", "sup"}
EMPTY_LINKS = {"click here", "here", "more", "read more", "link"}


def check(page: Page, *, head: bool = False) -> None:
    """Fail with every fault of this page, in words."""
    faults = list(_headers(page))
    assert page.status != 500, page
    if page.is_html and not head:
        faults += _markup(page)
    assert not faults, f"{page.status} {page.path}:\n  " + "\n  ".join(faults)


def _headers(page: Page) -> list[str]:
    faults = [
        f"header {name} is {page.headers.get(name)!r}"
        for name, value in HEADERS.items()
        if page.headers.get(name) != value
    ]
    if not page.path.startswith("/static/") and page.headers.get("Cache-Control") != "no-store":
        faults.append("may be kept in a cache")
    return faults


def _markup(page: Page) -> list[str]:
    soup = page.soup
    parser = html5lib.HTMLParser()
    parser.parse(page.html)
    faults = [f"invalid HTML at {place}: {error} {extra}" for place, error, extra in parser.errors]
    for part in (_frame, _ids, _fields, _forms, _nothing_inline, _tables, _links, _prose):
        faults += part(soup)
    errors = bool(soup.select(".govuk-error-summary"))
    if page.title.startswith("Error: ") != errors:
        faults.append(f"an error summary and the title {page.title!r} do not go together")
    if TWICE_ESCAPED.search(page.html):
        faults.append("something is escaped twice")
    return faults


def words(tag: Tag | None) -> str:
    """Return the words of an element as they are read, one space between them."""
    return re.sub(r"\s+", " ", "".join(_pieces(tag))).strip() if tag else ""


def _pieces(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            gap = "" if child.name in RUNS_ON else " "
            yield gap
            yield from _pieces(child)
            yield gap
        elif type(child) is NavigableString:
            yield child


def words_of_h1(heading: Tag) -> str:
    """Return the words of the h1 without its caption."""
    copy = BeautifulSoup(str(heading), "html.parser")
    for caption in copy.select("[class*=govuk-caption]"):
        caption.extract()
    return words(copy)


def _frame(soup: BeautifulSoup) -> list[str]:
    faults = []
    if not (soup.html and soup.html.get("lang")):
        faults.append("no language")
    headings = soup.select("h1")
    if len(headings) != 1:
        return [*faults, f"{len(headings)} h1"]
    title = words(soup.title).removeprefix("Error: ")
    if not title.startswith(words_of_h1(headings[0])):
        faults.append(f"title {title!r} does not start with the h1 {words_of_h1(headings[0])!r}")
    if FAMILY_NAMES.search(title):
        faults.append(f"the title names a person: {title!r}")
    levels = [int(h.name[1]) for h in soup.select("main h1, main h2, main h3, main h4, main h5")]
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            faults.append(f"headings skip from h{before} to h{after}")
    if len(soup.select("main")) != 1:
        faults.append("not one main")
    return faults


def _ids(soup: BeautifulSoup) -> list[str]:
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    faults = [f"id {one!r} twice" for one in {i for i in ids if ids.count(i) > 1}]
    known = set(ids)
    for attribute in POINTERS:
        for tag in soup.select(f"[{attribute}]"):
            value = tag[attribute]
            wanted = set(value if isinstance(value, list) else str(value).split())
            faults += [f"{tag.name} {attribute} leads to no {one!r}" for one in wanted - known]
    wanted = {str(link["href"])[1:] for link in soup.select("a[href^='#']")}
    return faults + [f"a link leads to no #{one}" for one in wanted - known]


def _fields(soup: BeautifulSoup) -> list[str]:
    labels = {str(label["for"]) for label in soup.select("label[for]") if words(label)}
    faults = []
    for control in soup.select(LABELLED):
        named = (
            control.get("id") in labels
            or control.get("aria-label")
            or control.get("aria-labelledby")
            or control.find_parent("label")
        )
        if not named:
            faults.append(f"no label for {control.name} {control.get('name')!r}")
        if control.get("type") in ("radio", "checkbox") and not control.get("name"):
            faults.append("a choice without a name")
    faults += [
        "a fieldset without a legend"
        for fieldset in soup.select("fieldset")
        if not words(fieldset.legend)
    ]
    radios = soup.select("input[type=radio]")
    faults += [
        f"radio {radio.get('name')!r} outside a fieldset"
        for radio in radios
        if not radio.find_parent("fieldset")
    ]
    for button in soup.select("button"):
        if not (words(button) or button.get("aria-label")):
            faults.append("a button without words")
    return faults


def _forms(soup: BeautifulSoup) -> list[str]:
    faults = []
    for form in soup.select("form"):
        method = str(form.get("method", "get")).lower()
        token = form.select("input[name=csrf_token]")
        where = form.get("action")
        if method == "post" and len(token) != 1:
            faults.append(f"form to {where!r} has {len(token)} tokens")
        if method == "get" and token:
            faults.append(f"search form to {where!r} puts a token into the address")
        keys = form.select("input[name=form_key]")
        if method == "post" and form.find_parent("main") and len(keys) != 1:
            faults.append(
                f"form to {where!r} has {len(keys)} form keys: a second press counts twice"
            )
        if not form.select("button, input[type=submit]"):
            faults.append(f"form to {where!r} has no button")
    return faults


def _nothing_inline(soup: BeautifulSoup) -> list[str]:
    faults = []
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name == "style" or (name.startswith("on")):
                faults.append(f"{tag.name} has {name}")
            if name in ("href", "src", "action", "srcset", "poster", "data", "formaction"):
                text = str(value).strip().lower()
                outside = text.startswith(("http:", "https:", "//", "javascript:", "vbscript:"))
                if outside or (text.startswith("data:") and tag.name != "img"):
                    faults.append(f"{tag.name} leads outside: {value!r}")
    faults += ["inline style" for _ in soup.select("style")]
    faults += ["inline script" for script in soup.select("script") if not script.get("src")]
    return faults


def _tables(soup: BeautifulSoup) -> list[str]:
    faults = []
    for table in soup.select("table"):
        if not words(table.caption):
            faults.append("a table without a caption")
        faults += [
            f"th {words(head)!r} without scope"
            for head in table.select("th")
            if head.get("scope") not in ("col", "row", "colgroup", "rowgroup")
        ]
    return faults


def _links(soup: BeautifulSoup) -> list[str]:
    faults = []
    for link in soup.select("a[href]"):
        text = words(link) or str(link.get("aria-label", ""))
        if not text:
            faults.append(f"a link without words to {link['href']!r}")
        if text.lower() in EMPTY_LINKS:
            faults.append(f"the link {text!r} does not say where it leads")
    return faults


def _prose(soup: BeautifulSoup) -> list[str]:
    """Our own words use typographic marks; what people typed is left alone."""
    ours = soup.select(
        "h1, legend, label, button, caption, th[scope=col], .govuk-hint, .govuk-error-message"
    )
    return [f"straight quotes in {words(tag)!r}" for tag in ours if re.search(r"['\"]", words(tag))]
