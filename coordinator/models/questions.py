"""Questions to colleagues, without family details, and the answers that stay (E26)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import AgencyKind, Role, Topic


class Question(Referenced, Model):
    """A general question: whoever is signed in finds it.  It belongs to no family.

    `asked_as` is what the asker was; pages show that and never who.  `checked_on` is the day on
    which somebody last said that the newest answer is still right.
    """

    __tablename__ = "questions"

    topic: Mapped[Topic] = mapped_column(words(Topic))
    text: Mapped[str] = mapped_column(Text)
    asked_of: Mapped[AgencyKind] = mapped_column(words(AgencyKind))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    asked_as: Mapped[Role] = mapped_column(words(Role))
    asked_at: Mapped[datetime]
    checked_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]


class QuestionAnswer(Model):
    """One version of an answer, kept as it was written; the newest counts.

    `why` says what changed since the one before.
    """

    __tablename__ = "question_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role))
    at: Mapped[datetime]
