"""Meetings that come again: each is a meeting of its own, and knows of which series it is."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model


class SeriesMeeting(Model):
    """That a meeting is one of a series: of those that name the same first one (0025).

    People are asked to it from `asks_at` on, when the one before it is over; `asked_at` is when
    they were, or when they were told of it before that because it was moved or cancelled.
    """

    __tablename__ = "series_meetings"
    part_of: ClassVar[str | None] = "meeting_id"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    every_weeks: Mapped[int]
    asks_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
