"""Ed25519 (RFC 8032, 5.1) in the standard library, for one signature a minute.

Python's numbers take longer for some secrets than for others.  Here only the worker signs, when
the clock or an urgent act says so, texts of its own, and nobody else sees how long it took
(docs/decisions/0037 says why this and not a library).
"""

import hashlib
from typing import NamedTuple

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Point(NamedTuple):
    """A point of the curve in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z."""

    x: int
    y: int
    z: int
    t: int


NEUTRAL = Point(0, 1, 1, 0)


def public_key(seed: bytes) -> bytes:
    """Return the public key, 32 bytes, of a secret of 32 bytes."""
    return _encoded(_times(_secret(seed)[0], BASE))


def sign(seed: bytes, text: bytes) -> bytes:
    """Return the signature of a text, 64 bytes."""
    secret, prefix = _secret(seed)
    nonce = _number(prefix + text)
    shown = _encoded(_times(nonce, BASE))
    challenge = _number(shown + public_key(seed) + text)
    return shown + ((nonce + challenge * secret) % ORDER).to_bytes(32, "little")


def verifies(public: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether this is the signature of a text by the holder of a public key."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, shown = _decoded(public), _decoded(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or shown is None or scalar >= ORDER:
        return False
    challenge = _number(signature[:32] + public + text)
    return _encoded(_times(scalar, BASE)) == _encoded(_plus(shown, _times(challenge, key)))


def _secret(seed: bytes) -> tuple[int, bytes]:
    spread = hashlib.sha512(seed).digest()
    number = int.from_bytes(spread[:32], "little")
    return number & ((1 << 254) - 8) | 1 << 254, spread[32:]


def _number(data: bytes) -> int:
    return int.from_bytes(hashlib.sha512(data).digest(), "little") % ORDER


def _plus(one: Point, other: Point) -> Point:
    a = (one.y - one.x) * (other.y - other.x) % P
    b = (one.y + one.x) * (other.y + other.x) % P
    c = 2 * one.t * other.t * D % P
    d = 2 * one.z * other.z % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number: int, point: Point) -> Point:
    """Return a multiple of a point, with the same steps whatever the number is."""
    low, high = NEUTRAL, point
    for bit in range(255, -1, -1):
        if number >> bit & 1:
            low, high = _plus(low, high), _plus(high, high)
        else:
            low, high = _plus(low, low), _plus(low, high)
    return low


def _encoded(point: Point) -> bytes:
    inverse = pow(point.z, -1, P)
    x, y = point.x * inverse % P, point.y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decoded(data: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, or None if there is none."""
    both = int.from_bytes(data, "little")
    y, odd = both & ((1 << 255) - 1), both >> 255
    x = _x_of(y, odd) if y < P else None
    return None if x is None else Point(x, y, 1, x * y % P)


def _x_of(y: int, odd: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    return P - x if x & 1 != odd else x


def _base() -> Point:
    point = _decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    if point is None:  # pragma: no cover  (a constant of the curve)
        raise AssertionError("the base point is no point")
    return point


BASE = _base()
