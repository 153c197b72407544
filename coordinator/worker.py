"""The mail worker: takes what is due from the outbox and hands it to a mail server or a folder.

Each message is taken in one short transaction, composed under its recipient's rights of this
moment, sent outside any transaction, and marked in another.  Killed in between, the worker sends
it again with the same Message-ID, and a calendar shows one meeting (assurance/faults, F10).
"""

import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config import Config
from coordinator import chores, clock, trail
from coordinator.access import in_force, release
from coordinator.access.letters import Letter, Queued, Sender, WithheldError, queued
from coordinator.extensions import begin_writing
from coordinator.sealer import Sealer
from coordinator.services import answers_by_mail, outbox, reply_folder
from coordinator.trail import Subject
from coordinator.vocabulary import MailState

POLL_SECONDS = 1
CHORE_SECONDS = 60
TIMEOUT_SECONDS = 10
LOOPBACK = "localhost"

log = structlog.get_logger()

Carrier = Callable[[Letter], None]


class NotNowError(Exception):
    """The mail server could not take the message now; it may later."""


class NeverError(Exception):
    """The mail server will not take this message."""


@dataclass(frozen=True)
class Worker:
    """A worker of one installation: its database, what carries its mail, who sends it.

    `replies` is the maildir in which answers from calendars arrive, empty where none do; `sealer`
    seals the trail.
    """

    engine: Engine
    carry: Carrier
    sender: Sender
    replies: str = ""
    sealer: Sealer | None = None

    @classmethod
    def of(cls, engine: Engine, config: Config) -> "Worker":
        """Return the worker that this configuration describes."""
        sender = Sender(config.mail_from, config.base_url, config.secret_key, config.replies_to)
        carry, sealer = carrier(config.mail_url), Sealer.of(engine, config)
        return cls(engine, carry, sender, config.replies_folder, sealer)

    def run(self, stop: Event) -> None:
        """Send what is due, every second, until `stop` is set; a message begun is finished.

        The trail is sealed, answers that came by mail are taken, and once a minute the chores are
        done, too.
        """
        next_round = monotonic()
        while not stop.is_set():
            try:
                self.send_due(stop)
            except SQLAlchemyError as problem:
                # The kind alone: its text may hold what somebody wrote.
                log.warning("worker cannot reach the records", error=type(problem).__name__)
            if self.sealer:
                self.sealer.round(stop)
            self.take_answers(stop)
            if monotonic() >= next_round:
                for chore in chores.ALL:
                    chores.do(self.engine, chore, stop)
                next_round = monotonic() + CHORE_SECONDS
            stop.wait(POLL_SECONDS)

    def send_due(self, stop: Event | None = None) -> int:
        """Try every message that is due now; return how many were handed over."""
        sent = 0
        while not (stop and stop.is_set()) and (message := self._take()):
            sent += self._send(message)
        return sent

    def take_answers(self, stop: Event | None = None) -> int:
        """Take the answers in the maildir; return how many.  Met twice, one changes nothing."""
        taken = 0
        for path in reply_folder.unread(self.replies):
            if stop and stop.is_set():
                break
            try:
                with Session(self.engine) as session:
                    begin_writing(session)
                    why = answers_by_mail.take(
                        session, chores.moment(), reply_folder.words_of(path)
                    )
                    session.commit()
                reply_folder.put_away(path, keep=bool(why))
                taken += not why
            except (OSError, SQLAlchemyError) as problem:
                log.warning("an answer could not be taken", error=type(problem).__name__)
                break
        return taken

    def _take(self) -> Queued | None:
        with Session(self.engine, expire_on_commit=False) as session:
            in_force.ask(session)
            if not outbox.is_any_due(session, clock.now()):
                return None
            session.rollback()
            begin_writing(session)
            message = outbox.claim(session, clock.now())
            session.commit()
            return queued(message) if message else None

    def _send(self, message: Queued) -> bool:
        try:
            with Session(self.engine) as session:
                trail.acting(session, chores.ACTING, "mail.compose", reading=True)
                letter = release.compose(session, chores.moment(), message, self.sender)
        except WithheldError as withheld:
            self._close(message, MailState.WITHHELD, withheld.subject, withheld.why)
            return False
        except (ValueError, TypeError, LookupError) as problem:
            log.warning("a message could not be composed", error=type(problem).__name__)
            about = Subject(record_ref=message.about, towards_id=message.account_id)
            self._postpone(message, about, "could not be composed")
            return False
        try:
            self.carry(letter)
        except NotNowError as problem:
            self._postpone(message, letter.subject, str(problem))
            return False
        except NeverError as problem:
            self._close(message, MailState.FAILED, letter.subject, str(problem))
            return False
        self._close(message, MailState.SENT, letter.subject)
        return True

    def _close(
        self, message: Queued, state: MailState, subject: Subject, problem: str = ""
    ) -> None:
        with self._writing() as session:
            outbox.close(session, message.message_id, clock.now(), state, subject, problem)
            if state is MailState.SENT:
                outbox.try_unanswered_now(session, clock.now())
            session.commit()

    def _postpone(self, message: Queued, subject: Subject, problem: str) -> None:
        with self._writing() as session:
            outbox.postpone(session, message.message_id, clock.now(), subject, problem)
            session.commit()

    def _writing(self) -> Session:
        session = Session(self.engine)
        trail.acting(session, chores.ACTING, "mail.send")
        begin_writing(session)
        return session


def carrier(mail_url: str) -> Carrier:
    """Return what carries mail to `smtp://user:password@host:port` or into `folder:PATH`.

    Raises `ValueError` for any other address.
    """
    parts = urlsplit(mail_url)
    if parts.scheme == "folder":
        return _into(Path(parts.path))
    if parts.scheme != "smtp" or not parts.hostname:
        msg = "MAIL_URL must be smtp://user:password@host:port or folder:PATH"
        raise ValueError(msg)
    return _by_smtp(
        parts.hostname,
        parts.port or smtplib.SMTP_PORT,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def _into(folder: Path) -> Carrier:
    """Keep each mail as a file named by its Message-ID, whole or not at all; again, over it."""

    def carry(letter: Letter) -> None:
        name = str(letter.message["Message-ID"]).strip("<>").partition("@")[0]
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = folder / f".{name}.{os.getpid()}"
            half.write_bytes(letter.message.as_bytes())
            half.replace(folder / f"{name}.eml")
        except OSError as problem:
            raise NotNowError(_short(problem.strerror or "the folder cannot be written")) from None

    return carry


def _by_smtp(host: str, port: int, user: str, password: str) -> Carrier:
    """Hand each mail to a server, encrypted unless the server is on this computer."""

    def carry(letter: Letter) -> None:
        try:
            with smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS) as server:
                if not is_loopback(host):
                    server.starttls(context=ssl.create_default_context())
                if user:
                    server.login(user, password)
                server.send_message(letter.message, to_addrs=[letter.recipient])
        except (OSError, smtplib.SMTPException) as problem:
            raise _verdict(problem) from None

    return carry


def is_loopback(host: str) -> bool:
    """Say whether a server is on this computer: the one case without encryption."""
    try:
        return host == LOOPBACK or ip_address(host).is_loopback
    except ValueError:
        return False


def _verdict(problem: Exception) -> Exception:
    """Return whether a refusal is for now or for good.

    Only an answer of 5xx to the message itself is for good; a server that is out of order, asks
    for another password or offers no encryption is set right some day.
    """
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()))
        answer = f"{code} {_words(text)}"
        return (NeverError if code >= 500 else NotNowError)(_short(answer))
    if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        answer = f"{problem.smtp_code} {_words(problem.smtp_error)}"
        return (NeverError if problem.smtp_code >= 500 else NotNowError)(_short(answer))
    log.warning("the mail server could not be used", error=type(problem).__name__)
    return NotNowError(outbox.UNANSWERED)


def _words(answer: bytes | str) -> str:
    return answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer


def _short(text: str) -> str:
    return " ".join(text.split())[:200]
