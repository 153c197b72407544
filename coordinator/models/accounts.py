"""Accounts, their dated memberships, sessions, set-up links and what slows down guessing."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coordinator.models.base import Model, Referenced, TrailFacts, words
from coordinator.vocabulary import EventKind, Role


class Account(Referenced, Model):
    """A person who may sign in.  Closing an account sets `closed_at`; nothing is deleted.

    `zone` is the IANA name of the time zone in which they want to read times, beside London's.
    """

    __tablename__ = "accounts"
    secret: ClassVar[frozenset[str]] = frozenset({"password_hash", "totp_secret"})

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str]
    profession: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_last_step: Mapped[int | None]
    zone: Mapped[str] = mapped_column(
        String(40), default="Europe/London", server_default="Europe/London"
    )
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A change to an account is directed at its person."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.id)


class Membership(Referenced, Model):
    """One role in one team, to `ends_on` as the last day; a seconded worker has two (E07)."""

    __tablename__ = "memberships"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    def trail_facts(self, changed: frozenset[str], *, new: bool) -> TrailFacts:  # noqa: ARG002
        """A change to a membership is directed at its person."""
        return TrailFacts(EventKind.CHANGE, towards_id=self.account_id)


class SignInSession(Model):
    """A server-side session; the cookie holds a random token of which only the hash is stored."""

    __tablename__ = "sign_in_sessions"
    audited: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"), index=True)
    started_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SetupLink(Model):
    """A link, used once, with which a person sets a password and enrols a second factor."""

    __tablename__ = "setup_links"
    secret: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WrongSignIn(Model):
    """How often a pair of account and address, or an address, was wrong lately; keys are hashed."""

    __tablename__ = "wrong_sign_ins"
    audited: ClassVar[bool] = False

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]


class Submission(Model):
    """A form that had its effect; the same key again gets the first result (threats, F11)."""

    __tablename__ = "submissions"
    audited: ClassVar[bool] = False
    __table_args__ = (UniqueConstraint("account_id", "form_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime]


class Draft(Model):
    """What was typed into a form that was posted after the session ended; short-lived."""

    __tablename__ = "drafts"
    audited: ClassVar[bool] = False
    __table_args__ = (Index(None, "account_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    path: Mapped[str] = mapped_column(String(400))
    form: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]
