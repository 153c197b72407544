"""What a stored word is."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A stored word with a label for the screen."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Take the stored value and its label; the label defaults to the value."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label or value
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in the order of declaration, for a form field."""
        return [(word.value, word.label) for word in cls]
