"""Set-up links: used once, for a new account, a forgotten password or a lost second factor."""

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coordinator import trail
from coordinator.access.actor import hash_of
from coordinator.errors import InvalidError
from coordinator.extensions import begin_writing
from coordinator.models.accounts import Account, SetupLink, SignInSession
from coordinator.settings import SETTINGS
from coordinator.trail import Acting, Subject
from coordinator.vocabulary import EventKind, LinkReason


def make(session: Session, account_id: int, reason: LinkReason, now: datetime) -> str:
    """Return the token of a new link for this account; earlier unused ones stop working.

    A forgotten password leaves the second factor as it is, so that the link alone lets nobody in
    (V6.4.3).  A lost second factor is taken away together with the password and every session:
    whoever knows the old password must not be the one who enrols the new factor.  Raises
    `InvalidError` for a closed account.
    """
    account = session.get_one(Account, account_id)
    if account.closed_at:
        raise InvalidError("The account is closed. Open it again first")
    withdraw(session, account_id, now)
    if reason is LinkReason.LOST_SECOND_FACTOR:
        account.password_hash = account.totp_secret = account.totp_last_step = None
        end_all_sessions(session, account_id, now)
    token = secrets.token_urlsafe(32)
    session.add(
        SetupLink(
            account_id=account_id,
            token_hash=hash_of(token),
            made_at=now,
            expires_at=now + SETTINGS.setup_link_life,
        )
    )
    session.flush()
    trail.write(
        session,
        EventKind.SIGN_IN,
        Subject(record_kind="setup_links", towards_id=account_id),
        action="accounts.make-setup-link",
        outcome=reason.value,
    )
    return token


def account_of(session: Session, token: str, now: datetime) -> int | None:
    """Return the account for which this link still works, or None."""
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


def use(session: Session, token: str, password_hash: str, now: datetime) -> bool:
    """Set the password with a link, once, and end every session.

    Returns whether it worked: of two who use a link at once, the second is too late.
    """
    begin_writing(session)
    account_id = account_of(session, token, now)
    if account_id is None:
        return False
    trail.acting(session, Acting(account_id=account_id), "accounts.use-setup-link")
    withdraw(session, account_id, now)
    session.get_one(Account, account_id).password_hash = password_hash
    end_all_sessions(session, account_id, now)
    session.flush()
    return True


def end_all_sessions(session: Session, account_id: int, now: datetime) -> None:
    """End every session of an account at once (V7.4.2)."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def withdraw(session: Session, account_id: int, now: datetime) -> None:
    """Let every unused link of an account work no longer."""
    for link in session.scalars(
        select(SetupLink)
        .where(SetupLink.account_id == account_id, SetupLink.used_at.is_(None))
        .with_for_update()
    ):
        link.used_at = now
