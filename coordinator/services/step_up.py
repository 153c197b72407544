"""Confirming that it is still the same person, right before something grave is opened.

A fresh code of the second factor; the password where there is none (the demo).  Wrong tries slow
down exactly as at the sign-in page.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.errors import InvalidError
from coordinator.models.accounts import Account
from coordinator.services import passwords, wrong_sign_ins
from coordinator.services.sign_in import matching_step


def with_password(
    session: Session, actor: Actor, password: str, address: str, now: datetime
) -> None:
    """Check the actor's password.  Raises `InvalidError` beside it, `WaitError` after many."""
    account = session.get_one(Account, actor.account_id)
    wrong_sign_ins.stop_guessing(session, account.email, address, now)
    if not passwords.is_right(account.password_hash, password):
        raise InvalidError({"password": "That is not your password"})


def with_code(session: Session, actor: Actor, code: str, address: str, now: datetime) -> None:
    """Check a code that was not used before.  Raises `InvalidError` for `code`, `WaitError`."""
    account = session.get_one(Account, actor.account_id, with_for_update=True)
    wrong_sign_ins.stop_guessing(session, account.email, address, now)
    step = matching_step(account.totp_secret or "", code, now)
    if step is None or step <= (account.totp_last_step or 0):
        raise InvalidError(
            {"code": "That code is not right. Wait for the next one in your app and enter it"}
        )
    account.totp_last_step = step
