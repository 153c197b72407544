"""Which words of a search tell something: those that stand in every sentence do not."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal

MOST_WORDS = 8
SHORTEST_WORD = 3
_SAY_NOTHING = """
    about after all and any are been behind but can cannot could did does for from get gets had has
    have her him his how into its not off our out own she some that the their them then there they
    this too until was were what when where which while who whose why will with would you your
"""
SAY_NOTHING = frozenset(_SAY_NOTHING.split())


def telling(typed: str) -> list[str]:
    """Return the words to look for, eight at most; all of them if none tells more than others."""
    words = [word.strip(".,;:!?") for word in typed.split()]
    told = [w for w in words if len(w) >= SHORTEST_WORD and w.casefold() not in SAY_NOTHING]
    return (told or [word for word in words if word])[:MOST_WORDS]


def begins_with(column: Any, word: str) -> ColumnElement[bool]:
    """Return the condition that a word of the text begins so: "rent" is not in "parents"."""
    text = literal(" ") + func.replace(func.replace(column, "\n", " "), "-", " ")
    return text.icontains(f" {word}", autoescape=True)
