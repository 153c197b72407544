"""What the address of a list asks for: words to look for, and which page."""

from flask import request

from coordinator.forms.texts import shown

LONGEST = 100
LAST_PAGE = 10_000


def asked(name: str) -> str:
    """Return the words that the address asks for: one line, never more than a person types."""
    return " ".join(shown(request.args.get(name, "")).split())[:LONGEST]


def page_number() -> int:
    """Return which page the address asks for; whatever is not a page is the first."""
    typed = request.args.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), LAST_PAGE)
