"""Plain text with headings and lists, as people write it; nothing in it is ever taken for HTML.

A line that begins with `# ` is a heading, one with `- ` stands in a list; a blank line parts
paragraphs.
"""

import re
from dataclasses import dataclass

HEADING, ITEM = "# ", "- "


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list; `anchor` is where a link leads to a heading."""

    heading: str = ""
    anchor: str = ""
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def blocks(text: str) -> tuple[Block, ...]:
    """Return the parts of a text in order."""
    found: list[Block] = []
    lines: list[str] = []
    items: list[str] = []

    def end() -> None:
        if lines or items:
            found.append(Block(lines=tuple(lines), items=tuple(items)))
            lines.clear()
            items.clear()

    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith(HEADING):
            end()
            heading = line.removeprefix(HEADING).strip()
            found.append(Block(heading=heading, anchor=anchor(heading)))
        elif line.startswith(ITEM):
            if lines:
                end()
            items.append(line.removeprefix(ITEM).strip())
        elif line:
            if items:
                end()
            lines.append(line)
        else:
            end()
    end()
    return tuple(found)


def headings(text: str) -> tuple[str, ...]:
    """Return the headings of a text."""
    return tuple(block.heading for block in blocks(text) if block.heading)


def anchor(heading: str) -> str:
    """Return the anchor of a heading: `Core group` is at `core-group`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.casefold()).strip("-")
