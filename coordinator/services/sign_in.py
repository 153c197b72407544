"""Signing in and out: a password, a second factor, a session, and whom one acts for."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import in_force
from coordinator.access.actor import Actor, current, hash_of
from coordinator.errors import InvalidError
from coordinator.extensions import begin_writing
from coordinator.models.accounts import Account, Membership, SignInSession
from coordinator.services import passwords, wrong_sign_ins
from coordinator.settings import SETTINGS
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind

SAME_ANSWER = "The email address or the password is not right"
STEP_SECONDS = 30


@dataclass(frozen=True)
class Known:
    """A person whose password was right.

    `mark` stands for that password: once it is changed, what was half-way in stays outside.
    """

    account_id: int
    mark: str
    has_second_factor: bool


def check_password(
    session: Session, email: str, password: str, address: str, now: datetime
) -> Known:
    """Return who this is.  The slow hashing runs outside any transaction.

    Raises `WaitError` while this address must wait, `InvalidError` otherwise: one sentence, after
    the same work, whether or not the address has an account.
    """
    try:
        # Nobody is known yet whose session would tell whether the settings changed.
        in_force.ask(session)
        wrong_sign_ins.stop_guessing(session, email, address, now)
        row = session.execute(
            _known().where(Account.email == email.strip().lower(), _open(now))
        ).one_or_none()
    finally:
        session.rollback()
    if not passwords.is_right(row.password_hash if row else None, password) or row is None:
        raise InvalidError({"password": SAME_ANSWER})
    return _seen(row)


def half_way(session: Session, account_id: int, mark: str, now: datetime) -> Known | None:
    """Return who gave the right password a while ago, or None if that is no longer enough."""
    row = session.execute(_known().where(Account.id == account_id, _open(now))).one_or_none()
    known = _seen(row) if row and row.password_hash else None
    return known if known and secrets.compare_digest(known.mark, mark) else None


def check_code(session: Session, account_id: int, code: str, address: str, now: datetime) -> None:
    """Check a time-based code (RFC 6238) and remember its step: no code counts twice (V6.5.1).

    Raises `InvalidError` for the field `code`, `WaitError` after too many wrong ones.
    """
    begin_writing(session)
    trail.acting(session, Acting(account_id=account_id), "sessions.sign-in")
    in_force.ask(session)
    account = _locked(session, account_id)
    wrong_sign_ins.stop_guessing(session, account.email, address, now)
    step = matching_step(account.totp_secret or "", code, now)
    if step is None or step <= (account.totp_last_step or 0):
        raise InvalidError(
            {"code": "That code is not right. Wait for the next one in your app and enter it"}
        )
    account.totp_last_step = step


def new_secret() -> str:
    """Return a fresh secret for a second factor, in base 32."""
    return pyotp.random_base32()


def secret_address(secret: str) -> str:
    """Return the address that an authenticator app reads from a picture; it names no person."""
    return pyotp.TOTP(secret).provisioning_uri(name="Coordinator", issuer_name="Coordinator")


def enrol(session: Session, account_id: int, secret: str, code: str, now: datetime) -> None:
    """Store a second factor once a code from it was right.  Raises `InvalidError` for `code`."""
    begin_writing(session)
    trail.acting(session, Acting(account_id=account_id), "accounts.enrol-second-factor")
    account = _locked(session, account_id)
    if account.totp_secret:
        raise InvalidError({"code": "A second factor is there already. Sign in with its code"})
    step = matching_step(secret, code, now)
    if step is None:
        raise InvalidError(
            {"code": "That code is not right. Check the time on your phone and try the next code"}
        )
    account.totp_secret = secret
    account.totp_last_step = step


def start_session(
    session: Session, account_id: int, address: str, now: datetime, earlier: str | None = None
) -> str:
    """Start a session and return its token, which only the cookie knows.

    `earlier` is the token that the browser had until now: its session ends (V7.2.4).
    """
    if not session.in_transaction():
        begin_writing(session)
    token = secrets.token_urlsafe(32)
    account = session.get_one(Account, account_id)
    first = session.scalar(
        select(Membership.id)
        .where(Membership.account_id == account_id, current(Membership, clock.local(now).date()))
        .order_by(Membership.id)
        .limit(1)
    )
    session.add(
        SignInSession(
            token_hash=hash_of(token),
            account_id=account_id,
            membership_id=first,
            started_at=now,
            last_used_at=now,
        )
    )
    if earlier:
        _end(session, SignInSession.token_hash == hash_of(earlier), now)
    wrong_sign_ins.forget(session, account.email, address)
    session.flush()
    trail.write(
        session,
        EventKind.SIGN_IN,
        Subject(towards_id=account_id),
        action="sessions.sign-in",
        outcome="signed-in",
        who=Acting(account_id=account_id, session_hash=hash_of(token)[:8]),
    )
    return token


def end_session(session: Session, actor: Actor, now: datetime) -> None:
    """End the session that this actor uses."""
    _end(session, SignInSession.id == actor.session_id, now)
    trail.write(
        session, EventKind.SIGN_IN, Subject(towards_id=actor.account_id), outcome="signed-out"
    )


def time_left(session: Session, actor: Actor, now: datetime) -> timedelta:
    """Return how long the session that this actor uses lasts if nothing more happens in it."""
    row = session.execute(
        select(SignInSession.started_at, SignInSession.last_used_at).where(
            SignInSession.id == actor.session_id
        )
    ).one()
    ends: datetime = min(
        row.last_used_at + SETTINGS.idle_limit, row.started_at + SETTINGS.session_limit
    )
    return max(ends - now, timedelta())


def act_for(session: Session, actor: Actor, membership: str) -> None:
    """Act for the agency of another of one's own memberships from now on (E07).

    Raises `InvalidError` if it is not the actor's.
    """
    chosen = next((s for s in actor.standings if s.reference == membership), None)
    if chosen is None:
        raise InvalidError("That is not one of your roles.")
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == actor.session_id)
        .values(membership_id=chosen.membership_id)
    )
    trail.write(
        session, EventKind.SIGN_IN, Subject(towards_id=actor.account_id), outcome="switched"
    )


def _known() -> Any:
    return select(Account.id, Account.password_hash, Account.totp_secret)


def _open(now: datetime) -> ColumnElement[bool]:
    return (Account.closed_at.is_(None)) | (Account.closed_at > now)


def _seen(row: Any) -> Known:
    mark = hashlib.sha256(row.password_hash.encode()).hexdigest()[:16]
    return Known(row.id, mark, bool(row.totp_secret))


def _locked(session: Session, account_id: int) -> Account:
    """Return the account, kept from everybody else: two requests cannot use one code."""
    return session.get_one(Account, account_id, with_for_update=True, populate_existing=True)


def _end(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(
        update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=now)
    )


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the 30-second step of this code, now or one to either side, or None."""
    digits = "".join(code.split())
    present = int(now.timestamp()) // STEP_SECONDS
    if not secret or not digits.isascii():
        return None
    codes = pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if secrets.compare_digest(codes.at(step * STEP_SECONDS), digits):
            return step
    return None
