"""What a row of one of an administrator's lists said before; written once and never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, words
from coordinator.vocabulary import WordList


class FormerWords(Model):
    """What stood in one row of a list until somebody changed it; a trigger keeps it as written.

    `row` is the row's reference, which it keeps when it is renamed and which outlives it when it
    is removed; empty for a list that is one text.
    """

    __tablename__ = "former_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    list: Mapped[WordList] = mapped_column(words(WordList))
    row: Mapped[str] = mapped_column(String(12))
    said: Mapped[str] = mapped_column(Text)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    changed_at: Mapped[datetime]
