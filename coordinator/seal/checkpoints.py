"""Signed checkpoints in the C2SP form: origin, size, root, an extension line with the time.

c2sp.org/tlog-checkpoint says what the lines mean, c2sp.org/signed-note how they are signed.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from coordinator.seal import signature

ALGORITHM = b"\x01"  # Ed25519, of signed notes
TIME = "time "
BLOCK = re.compile(r"(?P<text>(?:[^\n]+\n)+)\n(?P<signature>— \S+ \S+)(?:\n|$)")


class BadCheckpointError(ValueError):
    """What should be a checkpoint is none, or is not signed by this key."""


@dataclass(frozen=True)
class Checkpoint:
    """The tree at one moment: of which log, how many leaves, their root, when (UTC)."""

    origin: str
    size: int
    root: bytes
    at: datetime

    @property
    def text(self) -> str:
        """What is signed."""
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{TIME}{at}\n"

    def signed(self, seed: bytes) -> str:
        """Return the checkpoint with its signature, as it is handed on."""
        public = signature.public_key(seed)
        signed = signature.sign(seed, self.text.encode())
        return f"{self.text}\n— {self.origin} {_base64(key_id(self.origin, public) + signed)}\n"


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + ALGORITHM + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """Return a public key in the form in which it is handed on."""
    return f"{name}+{key_id(name, public).hex()}+{_base64(ALGORITHM + public)}"


def public_key_of(key: str) -> bytes:
    """Return the public key of a verifier key.  Raises `BadCheckpointError` if it is none."""
    name, _, rest = key.strip().partition("+")
    number, _, data = rest.partition("+")
    public = _bytes(data)[1:]
    if _bytes(data)[:1] != ALGORITHM or key_id(name, public).hex() != number:
        raise BadCheckpointError("this is no verifier key")
    return public


def read(note: str, public: bytes | None = None) -> Checkpoint:
    """Return one signed checkpoint; its signature is looked at only where a key is given.

    Raises `BadCheckpointError`.
    """
    found = BLOCK.fullmatch(note)
    if not found:
        raise BadCheckpointError("this is no signed checkpoint")
    origin, size, root, *more = found["text"].splitlines()[:4] + [""] * 3
    if not (size.isdecimal() and size.isascii() and more[0].startswith(TIME)):
        raise BadCheckpointError("this is no checkpoint of this tool")
    if public is not None:
        signed = _bytes(found["signature"].rpartition(" ")[2])
        known = signed[:4] == key_id(origin, public)
        if not known or not signature.verifies(public, found["text"].encode(), signed[4:]):
            raise BadCheckpointError(f"checkpoint {size} is not signed by this key")
    return Checkpoint(origin, int(size), _bytes(root, 32), _time(more[0].removeprefix(TIME)))


def find(text: str, public: bytes | None = None) -> list[Checkpoint]:
    """Return all signed checkpoints in a text, such as a file that they were appended to.

    What stands around them, as in a mail, is passed over.  Raises `BadCheckpointError` if a
    signature is not of this key.
    """
    lines = text.replace("\r\n", "\n")
    return [read(found[0].rstrip("\n") + "\n", public) for found in BLOCK.finditer(lines)]


def paper(root: bytes) -> list[str]:
    """Return a root as it can be written down by hand: four lines of four groups of four."""
    groups = root.hex(" ", 2).upper().split()
    return [" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]


def from_paper(text: str) -> bytes:
    """Return the root that was written down.  Raises `BadCheckpointError` if it is none."""
    try:
        root = bytes.fromhex(text)
    except ValueError:
        root = b""
    if len(root) != 32:
        raise BadCheckpointError("a root on paper has sixteen groups of four")
    return root


def _time(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        raise BadCheckpointError("the time of a checkpoint cannot be read") from None


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str, length: int | None = None) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadCheckpointError("a checkpoint is not in base64") from None
    if length and len(data) != length:
        raise BadCheckpointError("a root has 32 bytes")
    return data
