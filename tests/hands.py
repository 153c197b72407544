"""The hands with which a journey is walked: a mouse, a keyboard alone, or no script.

With the mouse, every page is measured: no violation for axe (WCAG 2.2 A and AA), and nothing wider
than a phone of 320 pixels.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from browser import Person
from checks import REFERENCE

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
MOST_TABS = 200
# The kinds of elements of a page, those that reach out of a phone, and those met on each page.
KINDS = """[...new Set(Array.from(document.querySelectorAll("body *"),
  e => e.localName + " " + e.getAttribute("class") + " " + e.getAttribute("type")))]"""
OUTSIDE = """Array.from(document.querySelectorAll("body *"))
  .filter(e => e.getBoundingClientRect().right > 320).map(e => e.outerHTML.slice(0, 200))"""
MET: dict[str, frozenset[str]] = {}
FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = document.activeElement.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const covered = middle && !document.activeElement.contains(middle)
    && !middle.contains(document.activeElement)
    && getComputedStyle(middle).position === "fixed";
  return { seen: ring || style.boxShadow !== "none", covered };
}"""


class WithScripts(Person):
    """A person with a mouse, whose every page is measured."""

    def looks(self) -> None:
        """Check the page that has come with axe, and on the smallest phone.

        A page that any of them has met before is checked again when it shows something new.
        """
        super().looks()
        page = REFERENCE.sub("R", urlsplit(self.page.url).path) + self.page.title()
        kinds = frozenset(self.page.evaluate(KINDS))
        if kinds <= MET.get(page, frozenset()):
            return
        MET[page] = MET.get(page, frozenset()) | kinds
        found = Axe().run(self.page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        told = [
            (v["id"], [node["html"][:200] for node in v["nodes"]])
            for v in found.response["violations"]
        ]
        assert not told, f"{self.page.url}: {told}"
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": 320, "height": 640})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        outside = self.page.evaluate(OUTSIDE) if wide > 320 else ""
        self.page.set_viewport_size(size or {"width": 1280, "height": 720})
        assert wide <= 320, f"{self.page.url} is {wide} pixels wide on a phone of 320: {outside}"


class WithoutScripts(Person):
    """A person whose browser runs no scripts."""

    scripts = False


class WithKeys(Person):
    """A person who has no mouse: everything is reached with Tab and its focus is seen."""

    def _reach(self, what: Locator) -> None:
        target = what.element_handle()
        assert target is not None
        for _ in range(MOST_TABS):
            here = self.page.evaluate("element => element === document.activeElement", target)
            if here:
                state = self.page.evaluate(FOCUSED)
                hidden = what.evaluate("e => e.matches('input[type=radio], input[type=checkbox]')")
                assert state["seen"] or hidden, (
                    f"{self.page.url}: the focus cannot be seen on {what}"
                )
                assert not state["covered"], f"{self.page.url}: something covers {what}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url}: Tab never comes to {what}")

    def _press(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def _type(self, where: Locator, text: str) -> None:
        self._reach(where)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def _tick(self, what: Locator) -> None:
        if what.get_attribute("type") == "checkbox":
            self._reach(what)
            self.page.keyboard.press("Space")
            return
        group = self.page.locator(f"input[name='{what.get_attribute('name')}']")
        number = next(
            i
            for i in range(group.count())
            if group.nth(i).get_attribute("value") == what.get_attribute("value")
        )
        start = next((i for i in range(group.count()) if group.nth(i).is_checked()), 0)
        self._reach(group.nth(start))
        self.page.keyboard.press("Space")
        for _ in range(abs(number - start)):
            self.page.keyboard.press("ArrowDown" if number > start else "ArrowUp")
        expect(what).to_be_checked()

    def _pick(self, where: Locator, words: str) -> None:
        self._reach(where)
        self.page.keyboard.type(words[:12])
        expect(where.locator("option:checked")).to_have_text(words)


HANDS = {"mouse": WithScripts, "keyboard": WithKeys, "no script": WithoutScripts}
