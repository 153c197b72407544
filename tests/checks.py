"""What is true of every page that any test opens.  Nobody has to ask for it, and nobody escapes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag

from coordinator.models.base import ALPHABET, REFERENCE_LENGTH
from coordinator.web.frame import HEADERS

if TYPE_CHECKING:
    from page import Page

FAMILY_NAMES = re.compile(r"\b(Kim|Leo|Mia|Nate|Lane|Moss)\b(?!-)")
TWICE_ESCAPED = re.compile(r"&amp;(amp|lt|gt|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
POINTERS = {"for", "aria-describedby", "aria-labelledby", "aria-controls", "headers", "list"}
ADDRESSES = {"href", "src", "action", "srcset", "poster", "data", "formaction"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5"]
# What a page draws at random: the tokens and keys of its forms, and references of records.
DRAWN = re.compile(r"(?<=value=\")[A-Za-z0-9_.-]{20,}(?=\")")
REFERENCE = re.compile(rf"\b[{ALPHABET}]{{{REFERENCE_LENGTH}}}\b")
TIME = re.compile(r"\b\d{1,2}(:\d\d)?[ap]m\b|\b\d\d:\d\d(:\d\d)?\b")
WORDS, ENTITY = re.compile(r">([^<]+)<"), re.compile(r"&[^\s;&]*;?")
RUNS_ON = {"a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "time", "sub", "sup"}
EMPTY_LINKS = {"click here", "here", "more", "read more", "link"}


def check(page: Page, *, head: bool = False) -> None:
    """Fail with every fault of this page, in words."""
    assert page.status != 500, page
    faults = _headers(page)
    if page.is_html and not head:
        look = _look_of(page.html)
        if look not in _walked:
            _walked[look] = _markup_of(page)
        faults += _walked[look]
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


# The faults of every page that was walked, by its look.
_walked: dict[str, list[str]] = {}


def _look_of(html: str) -> str:
    """Return a page as all pages are that differ only in what is drawn and in times of the day.

    The first reference on the page becomes R1, the next other one R2, and so on: a reference that
    stands there twice still does.
    """
    numbers: dict[str, str] = {}
    text = DRAWN.sub("", html)
    text = REFERENCE.sub(lambda m: numbers.setdefault(m[0], f"R{len(numbers) + 1}"), text)
    return TIME.sub("T", text)


class Tags:
    """The elements of a page, walked once, by name."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.all: list[Tag] = soup.find_all(True)
        self.by_name: dict[str, list[Tag]] = {}
        for tag in self.all:
            self.by_name.setdefault(tag.name, []).append(tag)

    def named(self, *names: str) -> list[Tag]:
        """Return the elements of these names."""
        return [tag for name in names for tag in self.by_name.get(name, ())]

    def one(self, name: str) -> Tag | None:
        """Return the first element of this name."""
        return next(iter(self.named(name)), None)

    def classed(self, name: str) -> list[Tag]:
        """Return the elements of this class."""
        return [tag for tag in self.all if name in (tag.get("class") or ())]


def _markup_of(page: Page) -> list[str]:
    """Return the faults of a page's HTML, on the tree that the test goes on with."""
    faults = list(_invalid(WORDS.sub(_entities, _look_of(page.html))))
    tags = Tags(page.soup)
    for part in (_frame, _ids, _fields, _forms, _nothing_inline, _tables, _links, _prose):
        faults += part(tags)
    title = words(tags.one("title"))
    if title.startswith("Error: ") != bool(tags.classed("govuk-error-summary")):
        faults.append(f"an error summary and the title {title!r} do not go together")
    if TWICE_ESCAPED.search(page.html):
        faults.append("something is escaped twice")
    return faults


def _entities(text: re.Match[str]) -> str:
    return ">" + "".join(ENTITY.findall(text[1])) + "<"


@cache
def _invalid(skeleton: str) -> tuple[str, ...]:
    """Return the faults of a page's elements, without the words between them."""
    parser = html5lib.HTMLParser()
    parser.parse(skeleton)
    return tuple(f"invalid HTML at {at}: {error} {extra}" for at, error, extra in parser.errors)


def words(tag: Tag | None) -> str:
    """Return the words of an element as they are read, one space between them."""
    return re.sub(r"\s+", " ", "".join(_pieces(tag))).strip() if tag else ""


def words_of_h1(heading: Tag) -> str:
    """Return the words of the h1 without its caption."""
    return re.sub(r"\s+", " ", "".join(_pieces(heading, without="govuk-caption"))).strip()


def _pieces(tag: Tag, without: str = "") -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            if without and without in str(child.get("class", "")):
                continue
            gap = "" if child.name in RUNS_ON else " "
            yield gap
            yield from _pieces(child, without)
            yield gap
        elif type(child) is NavigableString:
            yield child


def _frame(tags: Tags) -> list[str]:
    faults = []
    html, headings, main = tags.one("html"), tags.named("h1"), tags.named("main")
    if html is None or not html.get("lang"):
        faults.append("no language")
    if len(headings) != 1 or len(main) != 1:
        return [*faults, f"{len(headings)} h1 and {len(main)} main"]
    title = words(tags.one("title")).removeprefix("Error: ")
    if not title.startswith(words_of_h1(headings[0])):
        faults.append(f"title {title!r} does not start with the h1 {words_of_h1(headings[0])!r}")
    if FAMILY_NAMES.search(title):
        faults.append(f"the title names a person: {title!r}")
    levels = [int(tag.name[1]) for tag in main[0].find_all(HEADINGS)]
    faults += [
        f"headings skip from h{before} to h{after}"
        for before, after in itertools.pairwise(levels)
        if after > before + 1
    ]
    return faults


def _ids(tags: Tags) -> list[str]:
    ids = [str(tag["id"]) for tag in tags.all if tag.get("id")]
    known = set(ids)
    faults = [f"id {one!r} twice" for one in known if ids.count(one) > 1]
    for tag in tags.all:
        for name in POINTERS & tag.attrs.keys():
            value = tag[name]
            wanted = set(value if isinstance(value, list) else str(value).split())
            faults += [f"{tag.name} {name} leads to no {one!r}" for one in wanted - known]
    inner = {str(a["href"])[1:] for a in tags.named("a") if str(a.get("href")).startswith("#")}
    return faults + [f"a link leads to no #{one}" for one in inner - known]


def _fields(tags: Tags) -> list[str]:
    labels = {str(label.get("for")) for label in tags.named("label") if words(label)}
    faults = []
    for control in tags.named("input", "select", "textarea"):
        kind = control.get("type")
        if kind in ("hidden", "submit", "button"):
            continue
        named = control.get("id") in labels or control.get("aria-label")
        if not (named or control.get("aria-labelledby") or control.find_parent("label")):
            faults.append(f"no label for {control.name} {control.get('name')!r}")
        if kind in ("radio", "checkbox") and not control.get("name"):
            faults.append("a choice without a name")
        if kind == "radio" and not control.find_parent("fieldset"):
            faults.append(f"radio {control.get('name')!r} outside a fieldset")
    mute = [f for f in tags.named("fieldset") if not words(f.legend)]
    mute += [b for b in tags.named("button") if not (words(b) or b.get("aria-label"))]
    return faults + [f"a {one.name} without words" for one in mute]


def _forms(tags: Tags) -> list[str]:
    faults = []
    for form in tags.named("form"):
        method, where = str(form.get("method", "get")).lower(), form.get("action")
        hidden = [str(one.get("name")) for one in form.find_all("input", type="hidden")]
        tokens, keys = hidden.count("csrf_token"), hidden.count("form_key")
        if method == "post" and tokens != 1:
            faults.append(f"form to {where!r} has {tokens} tokens")
        if method == "get" and tokens:
            faults.append(f"search form to {where!r} puts a token into the address")
        if method == "post" and form.find_parent("main") and keys != 1:
            faults.append(f"form to {where!r} has {keys} form keys: a second press counts twice")
        if not form.find("button"):
            faults.append(f"form to {where!r} has no button")
    return faults


def _nothing_inline(tags: Tags) -> list[str]:
    faults = []
    for tag in tags.all:
        for name, value in tag.attrs.items():
            if name == "style" or name.startswith("on"):
                faults.append(f"{tag.name} has {name}")
            if name in ADDRESSES:
                text = str(value).strip().lower()
                outside = text.startswith(("http:", "https:", "//", "javascript:", "vbscript:"))
                if outside or (text.startswith("data:") and tag.name != "img"):
                    faults.append(f"{tag.name} leads outside: {value!r}")
    faults += ["inline style" for _ in tags.named("style")]
    faults += ["inline script" for script in tags.named("script") if not script.get("src")]
    return faults


def _tables(tags: Tags) -> list[str]:
    faults = ["a table without a caption" for t in tags.named("table") if not words(t.caption)]
    faults += [
        f"th {words(head)!r} without scope"
        for head in tags.named("th")
        if head.get("scope") not in ("col", "row", "colgroup", "rowgroup")
    ]
    return faults


def _links(tags: Tags) -> list[str]:
    faults = []
    for link in tags.named("a"):
        text = words(link) or str(link.get("aria-label", ""))
        if not text:
            faults.append(f"a link without words to {link.get('href')!r}")
        if text.lower() in EMPTY_LINKS:
            faults.append(f"the link {text!r} does not say where it leads")
    return faults


def _prose(tags: Tags) -> list[str]:
    """Our own words use typographic marks; what people typed is left alone."""
    ours = tags.named("h1", "legend", "label", "button", "caption")
    ours += tags.classed("govuk-hint") + tags.classed("govuk-error-message")
    return [f"straight quotes in {words(t)!r}" for t in ours if re.search(r"['\"]", words(t))]
