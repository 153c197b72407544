"""One visit to a running Coordinator, as a browser would make it: sign in and open a plan."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

PLAN = "/families/LANE-01/plan"
SECONDS = 20
NO_PROXY = urllib.request.ProxyHandler({})  # the server is on this computer


class Form(HTMLParser):
    """The address and the filled-in fields of the form that asks for an e-mail address."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._found = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin anew at each form until the one with the e-mail field has been met."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and not self._found:
            self.action, self.fields = given.get("action", ""), {}
        elif tag == "input" and given.get("name"):
            self.fields[given["name"]] = given.get("value", "")
            self._found = self._found or given["name"] == "email"


def visit(base: str, email: str, password: str) -> None:
    """Sign in at the address `base` and open the demo's plan.  Raises ValueError in a sentence."""
    browser = urllib.request.build_opener(
        NO_PROXY,
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
    )

    def get(url: str, data: bytes | None = None) -> tuple[str, str]:
        try:
            with browser.open(url, data, timeout=SECONDS) as answer:
                return answer.geturl(), answer.read().decode()
        except urllib.error.HTTPError as problem:
            path = urllib.parse.urlsplit(url).path
            raise ValueError(f"The page {path} answered {problem.code}.") from None

    address, page = get(f"{base}/sign-in")
    form = Form(page)
    if not {"email", "password"} <= form.fields.keys():
        raise ValueError("The page /sign-in has no form with the fields email and password.")
    filled = {**form.fields, "email": email, "password": password}
    get(
        urllib.parse.urljoin(address, form.action),
        urllib.parse.urlencode(filled).encode(),
    )
    address, page = get(base + PLAN)
    if urllib.parse.urlsplit(address).path != PLAN:
        raise ValueError("Signing in did not work.")
    if not re.search(r"<h1\b[^>]*>\s*[^<\s]", page):
        raise ValueError(f"The page {PLAN} has no heading.")
