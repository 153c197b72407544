"""Passwords: what a new one must be, and the slow work of keeping and checking them."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coordinator.errors import InvalidError

HASHER = PasswordHasher()
# Checked when an address has no account, so that both answers take the same work (V6.3.8).
NOBODYS_HASH = HASHER.hash(secrets.token_urlsafe(16))
SHORTEST = 15
FEWEST_DIFFERENT = 6


def hashed(password: str) -> str:
    """Return the argon2id hash of a new password.  Slow on purpose: call it outside a transaction.

    Raises `InvalidError` for the field `new_password` if it is short or one key held down.  There
    is no rule about kinds of characters: such rules make passwords that people write on paper.
    """
    if len(password) < SHORTEST:
        raise InvalidError(
            {"new_password": f"Use at least {SHORTEST} characters, for example three words"}
        )
    if len(set(password.casefold())) < FEWEST_DIFFERENT:
        raise InvalidError({"new_password": "Use more different characters"})
    return HASHER.hash(_same_on_every_keyboard(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password of the hash; the same work when there is no hash to compare."""
    try:
        HASHER.verify(kept or NOBODYS_HASH, _same_on_every_keyboard(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def _same_on_every_keyboard(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
