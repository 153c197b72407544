"""Mail that waits to be sent: queued in the transaction of its cause, sent by the worker."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, words
from coordinator.vocabulary import MailState


class OutboxMessage(Model):
    """One message to one person.

    `kind` names the composer in access/release.py; `about` is the reference it is about;
    `message_id` is fixed here, so that a repeat after a crash is the same message.
    """

    __tablename__ = "outbox"
    audited: ClassVar[bool] = False
    __table_args__ = (Index(None, "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(12))
    details: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[MailState] = mapped_column(words(MailState))
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(200), default="")
