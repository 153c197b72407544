"""What slows guessing down: a growing wait for an account from one address, and for an address.

Only the pair of account and address waits, and an address that tries many accounts: the owner of
an account signs in from elsewhere meanwhile (ASVS v5.0.0-6.3.1).  Addresses and e-mails are kept
as hashes.
"""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.errors import CoordinatorError
from coordinator.models.accounts import Account, WrongSignIn
from coordinator.settings import SETTINGS
from coordinator.trail import Subject
from coordinator.vocabulary import EventKind

FIRST_WAIT = timedelta(seconds=30)
# Many people sit behind the one address of an office.
ADDRESS_TIMES = 10


class WaitError(CoordinatorError):
    """Too many wrong tries from here: wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        """Keep how long."""
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


def stop_guessing(session: Session, email: str, address: str, now: datetime) -> None:
    """Raise `WaitError` while this pair, or this address, must wait: longer after each wrong try.

    Two statements, whether or not the e-mail has an account.
    """
    longest = timedelta()
    for key, free in (
        (_pair_key(email, address), SETTINGS.wrong_sign_ins),
        (_address_key(address), SETTINGS.wrong_sign_ins * ADDRESS_TIMES),
    ):
        wrong = session.get(WrongSignIn, key)
        if wrong is None or wrong.count < free or _forgiven(wrong, now):
            continue
        wait = min(FIRST_WAIT * 2 ** min(wrong.count - free, 10), SETTINGS.longest_sign_in_delay)
        longest = max(longest, wrong.last_at + wait - now)
    if longest > timedelta():
        raise WaitError(-int(-longest.total_seconds() // 1))


def count(session: Session, email: str, address: str, now: datetime) -> None:
    """Count a wrong sign-in against this pair and this address, and write it into the trail."""
    for key in (_pair_key(email, address), _address_key(address)):
        wrong = session.get(WrongSignIn, key, with_for_update=True) or _first(session, key, now)
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


def count_code(session: Session, account_id: int, address: str, now: datetime) -> None:
    """Count a wrong code as a wrong sign-in of its account."""
    email = session.scalar(select(Account.email).where(Account.id == account_id)) or ""
    count(session, email, address, now)


def forget(session: Session, email: str, address: str) -> None:
    """Forget the wrong tries of this pair: its person has signed in."""
    wrong = session.get(WrongSignIn, _pair_key(email, address))
    if wrong:
        session.delete(wrong)


def _first(session: Session, key: bytes, now: datetime) -> WrongSignIn:
    """Return the row of a key that had none; two at once make one."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(WrongSignIn(key=key, count=0, last_at=now))
    return session.get_one(WrongSignIn, key, with_for_update=True)


def _pair_key(email: str, address: str) -> bytes:
    return hashlib.sha256(f"{email.strip().lower()}\n{address}".encode()).digest()


def _address_key(address: str) -> bytes:
    return hashlib.sha256(f"\n{address}".encode()).digest()


def _forgiven(wrong: WrongSignIn, now: datetime) -> bool:
    return now - wrong.last_at > 4 * SETTINGS.longest_sign_in_delay
