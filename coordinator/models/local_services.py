"""Local services for parents and children: who looks after each entry, and its versions (P07)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import OnPregnancy


class LocalService(Referenced, Model):
    """A service in the directory.  `post_id`: whose holder looks after it, beside administrators.

    `confirmed_on` is the day on which somebody last said that it is right.
    """

    __tablename__ = "local_services"

    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    confirmed_on: Mapped[date]
    closed_at: Mapped[datetime | None]


class LocalServiceVersion(Model):
    """What the directory says of a service from then on, kept as it was written; the newest counts.

    `topics` are the values of `Topic`, each between spaces.  `waiting` is what was said of the
    waiting time, on the day `waiting_said_on`.  Without an area it is
    there for all of them.
    """

    __tablename__ = "local_service_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("local_services.id"), index=True)
    name: Mapped[str]
    what: Mapped[str] = mapped_column(Text)
    for_whom: Mapped[str] = mapped_column(String(400))
    topics: Mapped[str] = mapped_column(String(400))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    how_to_get_in: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(String(40), default="")
    hours: Mapped[str] = mapped_column(default="")
    on_pregnancy: Mapped[OnPregnancy] = mapped_column(words(OnPregnancy))
    at_birth: Mapped[str] = mapped_column(String(400), default="")
    waiting: Mapped[str] = mapped_column(default="")
    waiting_said_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime]


class Transition(Model):
    """That a task was opened because a support would end: once for a support and an expected child.

    `action_id` is empty where nobody was on the case to be asked.
    """

    __tablename__ = "transitions"
    __table_args__ = (UniqueConstraint("support_id", "child_id"),)
    part_of: ClassVar[str | None] = "support_id"

    id: Mapped[int] = mapped_column(primary_key=True)
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    at: Mapped[datetime]
