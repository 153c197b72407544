"""Mail that waits to be sent: queued in the transaction of its cause, sent by the worker."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, one_of, words
from coordinator.vocabulary import MailState


class OutboxMessage(Referenced, Model):
    """One message to one person, or to the duty inbox of a team.

    `kind` names the composer in access/release.py; `about` is the reference it is about;
    `message_id` is fixed here, so that a repeat after a crash is the same message.  `sender_id` is
    whose act caused it and who is told if it does not arrive, until they say that they reached the
    person in another way (`settled_at`).
    """

    __tablename__ = "outbox"
    audited: ClassVar[bool] = False
    __table_args__ = (
        Index(None, "state", "next_try_at"),
        CheckConstraint(one_of("account_id", "guest_id", "team_id"), name="one_recipient"),
    )

    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guests.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(12))
    details: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[MailState] = mapped_column(words(MailState))
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(200), default="")
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    settled_at: Mapped[datetime | None]
