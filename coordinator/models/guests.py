"""People outside the two agencies who work with a family or stand by a parent: they have no login.

A guest is asked to one meeting, or to parts of it, and comes in by a link of their own (P13, E40).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, words
from coordinator.vocabulary import GuestRole


class Guest(Referenced, Model):
    """A health visitor, a GP, a foster carer, an advocate: somebody whom a case knows.

    `chosen_by_parent` is for whom the parent wants there, with her words about it (S20, P15).
    """

    __tablename__ = "guests"

    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    name: Mapped[str]
    role: Mapped[GuestRole] = mapped_column(words(GuestRole))
    organisation: Mapped[str]
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    chosen_by_parent: Mapped[bool] = mapped_column(default=False)
    parents_words: Mapped[str] = mapped_column(String(400), default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
