"""Runs of the guide "I am worried about a child", with the time of each step (E28)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import GuideStep


class Worry(Referenced, Model):
    """One run of the guide by one person, about a family of theirs or about no family here.

    `danger` is what they answered first; `step` how far they came.  It is theirs alone, and nobody
    is measured by it.
    """

    __tablename__ = "worries"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"), index=True)
    family_id: Mapped[int | None] = mapped_column(ForeignKey("families.id"), index=True)
    danger: Mapped[bool]
    step: Mapped[GuideStep] = mapped_column(words(GuideStep))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class WorryStep(Model):
    """When a run reached a step for the first time."""

    __tablename__ = "worry_steps"
    worry_id: Mapped[int] = mapped_column(ForeignKey("worries.id"), primary_key=True)
    step: Mapped[GuideStep] = mapped_column(words(GuideStep), primary_key=True)
    at: Mapped[datetime]
