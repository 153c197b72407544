"""Signing in and out, set-up links, and what slows guessing down."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import Actor, hash_of
from coordinator.errors import CoordinatorError, InvalidError
from coordinator.extensions import begin_writing
from coordinator.models.accounts import (
    Account,
    Membership,
    SetupLink,
    SignInSession,
    WrongSignIn,
)
from coordinator.settings import SETTINGS
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind

HASHER = PasswordHasher()
# Checked when an address has no account, so that both answers take the same work (V6.3.8).
NOBODYS_HASH = HASHER.hash(secrets.token_urlsafe(16))
SAME_ANSWER = "The e-mail address or the password is not right"
SHORTEST_PASSWORD = 15
STEP_SECONDS = 30


@dataclass(frozen=True)
class Known:
    """A person whose password was right; the secret is None until a second factor is enrolled."""

    account_id: int
    totp_secret: str | None


class WaitError(CoordinatorError):
    """Too many wrong tries from here: wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        """Keep how long."""
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


def check_password(
    session: Session, email: str, password: str, address: str, now: datetime
) -> Known:
    """Return who this is.  The slow hashing runs outside any transaction.

    Raises `WaitError` while this address must wait, `InvalidError` otherwise: one sentence, after
    the same work, whether or not the address has an account.
    """
    wait = _seconds_to_wait(session, email, address, now)
    row = session.execute(
        select(Account.id, Account.password_hash, Account.totp_secret).where(
            Account.email == email.strip().lower(),
            (Account.closed_at.is_(None)) | (Account.closed_at > now),
        )
    ).one_or_none()
    session.rollback()
    if wait:
        raise WaitError(wait)
    try:
        HASHER.verify((row and row.password_hash) or NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        raise InvalidError({"password": SAME_ANSWER}) from None
    if row is None or row.password_hash is None:
        raise InvalidError({"password": SAME_ANSWER})
    return Known(row.id, row.totp_secret)


def has_second_factor(session: Session, account_id: int) -> bool:
    """Whether this account has enrolled a second factor."""
    return bool(session.scalar(select(Account.totp_secret).where(Account.id == account_id)))


def check_code(session: Session, account_id: int, code: str, address: str, now: datetime) -> None:
    """Check a time-based code (RFC 6238) and remember its step: no code counts twice (V6.5.1).

    Raises `InvalidError` for the field `code`, `WaitError` after too many wrong ones.
    """
    begin_writing(session)
    trail.acting(session, Acting(account_id=account_id), "sessions.sign-in")
    account = session.get_one(Account, account_id)
    wait = _seconds_to_wait(session, account.email, address, now)
    if wait:
        raise WaitError(wait)
    step = _matching_step(account.totp_secret or "", code, now)
    if step is None or step <= (account.totp_last_step or 0):
        raise InvalidError(
            {"code": "That code is not right. Wait for the next one in your app and enter it"}
        )
    account.totp_last_step = step


def enrol(session: Session, account_id: int, secret: str, code: str, now: datetime) -> None:
    """Store a second factor once a code from it was right.  Raises `InvalidError` for `code`."""
    begin_writing(session)
    trail.acting(session, Acting(account_id=account_id), "accounts.enrol-second-factor")
    step = _matching_step(secret, code, now)
    if step is None:
        raise InvalidError(
            {"code": "That code is not right. Check the time on your phone and try the next code"}
        )
    account = session.get_one(Account, account_id)
    account.totp_secret = secret
    account.totp_last_step = step


def start_session(session: Session, account_id: int, address: str, now: datetime) -> str:
    """Start a session and return its token, which only the cookie knows."""
    if not session.in_transaction():
        begin_writing(session)
    token = secrets.token_urlsafe(32)
    account = session.get_one(Account, account_id)
    first = session.scalar(
        select(Membership.id)
        .where(
            Membership.account_id == account_id,
            Membership.starts_on <= now.date(),
            (Membership.ends_on.is_(None)) | (Membership.ends_on >= now.date()),
        )
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
    wrong = session.get(WrongSignIn, _pair_key(account.email, address))
    if wrong:
        session.delete(wrong)
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
    session.execute(
        update(SignInSession).where(SignInSession.id == actor.session_id).values(ended_at=now)
    )
    trail.write(
        session, EventKind.SIGN_IN, Subject(towards_id=actor.account_id), outcome="signed-out"
    )


def act_for(session: Session, actor: Actor, membership: str) -> None:
    """Act for the agency of another of one's own memberships from now on (E07).

    Raises `InvalidError` if it is not the actor's.
    """
    chosen = next((s for s in actor.standings if s.reference == membership), None)
    if chosen is None:
        raise InvalidError("That is not one of your roles")
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == actor.session_id)
        .values(membership_id=chosen.membership_id)
    )
    trail.write(
        session, EventKind.SIGN_IN, Subject(towards_id=actor.account_id), outcome="switched"
    )


def count_wrong_sign_in(session: Session, email: str, address: str, now: datetime) -> None:
    """Count a wrong sign-in against this pair and this address, and write it into the trail."""
    for key in (_pair_key(email, address), _address_key(address)):
        wrong = session.get(WrongSignIn, key)
        if wrong is None:
            session.add(WrongSignIn(key=key, count=1, last_at=now))
        else:
            wrong.count = 1 if _forgiven(wrong, now) else wrong.count + 1
            wrong.last_at = now
    session.flush()
    account_id = session.scalar(select(Account.id).where(Account.email == email.strip().lower()))
    trail.write(
        session,
        EventKind.SIGN_IN,
        Subject(towards_id=account_id),
        action="sessions.sign-in",
        allowed=False,
        outcome="refused",
    )


def count_wrong_code(session: Session, account_id: int, address: str, now: datetime) -> None:
    """Count a wrong code as a wrong sign-in of its account."""
    email = session.scalar(select(Account.email).where(Account.id == account_id)) or ""
    count_wrong_sign_in(session, email, address, now)


def make_setup_link(session: Session, account: Account, now: datetime) -> str:
    """Return the token of a new set-up link for this account; earlier unused ones stop working."""
    for earlier in session.scalars(
        select(SetupLink).where(SetupLink.account_id == account.id, SetupLink.used_at.is_(None))
    ):
        earlier.used_at = now
    token = secrets.token_urlsafe(32)
    session.add(
        SetupLink(
            account_id=account.id,
            token_hash=hash_of(token),
            made_at=now,
            expires_at=now + SETTINGS.setup_link_life,
        )
    )
    session.flush()
    return token


def hash_password(password: str) -> str:
    """Return the argon2id hash of a new password.  Slow on purpose: call it outside a transaction.

    Raises `InvalidError` for the field `new_password` if it is short or easily guessed.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidError(
            {
                "new_password": f"Use at least {SHORTEST_PASSWORD} characters, for example three words"
            }
        )
    if len(set(password.lower())) < 6:
        raise InvalidError({"new_password": "Use more different characters"})
    return HASHER.hash(password)


def setup_account(session: Session, token: str, now: datetime) -> int | None:
    """Return the account for which this set-up link still works, or None."""
    return session.scalar(
        select(SetupLink.account_id)
        .join(Account, Account.id == SetupLink.account_id)
        .where(
            SetupLink.token_hash == hash_of(token),
            SetupLink.used_at.is_(None),
            SetupLink.expires_at > now,
            (Account.closed_at.is_(None)) | (Account.closed_at > now),
        )
    )


def use_setup_link(session: Session, token: str, password_hash: str, now: datetime) -> None:
    """Set a new password with a set-up link; the second factor is enrolled anew at the next sign-in.

    Every session of the account ends.  Raises `InvalidError` if the link works no longer.
    """
    begin_writing(session)
    account_id = setup_account(session, token, now)
    if account_id is None:
        raise InvalidError(
            "This link has been used or is too old. Ask your administrator for a new one"
        )
    trail.acting(session, Acting(account_id=account_id), "accounts.use-setup-link")
    link = session.scalars(select(SetupLink).where(SetupLink.token_hash == hash_of(token))).one()
    link.used_at = now
    account = session.get_one(Account, account_id)
    account.password_hash = password_hash
    account.totp_secret = None
    account.totp_last_step = None
    end_all_sessions(session, account_id, now)


def end_all_sessions(session: Session, account_id: int, now: datetime) -> None:
    """End every session of an account at once (V7.4.2)."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    digits = code.replace(" ", "")
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if secret and digits.isascii() and totp.verify(digits, for_time=step * STEP_SECONDS):
            return step
    return None


def _pair_key(email: str, address: str) -> bytes:
    return hashlib.sha256(f"{email.strip().lower()}\n{address}".encode()).digest()


def _address_key(address: str) -> bytes:
    return hashlib.sha256(f"\n{address}".encode()).digest()


def _forgiven(wrong: WrongSignIn, now: datetime) -> bool:
    return now - wrong.last_at > 4 * SETTINGS.longest_sign_in_delay


def _seconds_to_wait(session: Session, email: str, address: str, now: datetime) -> int:
    """Return how long this pair, or this address, must wait: it doubles with each wrong try.

    Only the pair of account and address is slowed, and an address that tries many accounts: the
    owner of an account signs in from elsewhere meanwhile (V6.3.1).
    """
    longest = 0
    for key, free in (
        (_pair_key(email, address), SETTINGS.wrong_sign_ins),
        (_address_key(address), SETTINGS.wrong_sign_ins * 10),
    ):
        wrong = session.get(WrongSignIn, key)
        if wrong is None or wrong.count < free or _forgiven(wrong, now):
            continue
        delay = min(
            timedelta(seconds=30 * 2 ** min(wrong.count - free, 10)),
            SETTINGS.longest_sign_in_delay,
        )
        longest = max(longest, int((wrong.last_at + delay - now).total_seconds()))
    return max(longest, 0)
