"""After how long a post or an answer is to be confirmed, and who is asked: versions, kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model


class DirectoryRule(Model):
    """One version of the periods, in force from a day on; a trigger keeps it as it was written.

    All are calendar days.  The holder is asked `asked_before_days` before the confirmation is due;
    the deputy and the manager so many days after it was.  A kept answer
    is looked at again after `answers_every_days`.  The first version was set by nobody.
    """

    __tablename__ = "directory_rules"
    __table_args__ = (
        CheckConstraint(
            "asked_before_days < confirmed_every_days AND deputy_after_days <= manager_after_days",
            name="in_order",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    confirmed_every_days: Mapped[int]
    asked_before_days: Mapped[int]
    deputy_after_days: Mapped[int]
    manager_after_days: Mapped[int]
    answers_every_days: Mapped[int] = mapped_column(server_default="180")
    from_date: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    set_at: Mapped[datetime | None]
