"""Verify the sealed trail of Coordinator without Coordinator: Python 3.11 and nothing else.

    verify_trail.py log EXPORT CHECKPOINTS [--key KEY]      every event, and every checkpoint kept
    verify_trail.py event PROOF CHECKPOINTS [--key KEY]     that one event is in the trail
    verify_trail.py growth PROOF CHECKPOINTS [--key KEY]    that nothing was done but to add

CHECKPOINTS is what you kept; without KEY no signature is looked at.  See docs/trail.md.
"""

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
CHECKPOINT = re.compile(r"((\S+)\n(\d+)\n(\S{44})\n(?:[^\n]+\n)*)\n— \S+ (\S+)")


def hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(edge: list[bytes]) -> bytes:
    """Return the root over full subtrees, largest first."""
    root = edge[-1] if edge else hashed()
    for left in reversed(edge[:-1]):
        root = hashed(b"\x01", left, root)
    return root


def point(data: bytes) -> tuple[int, int]:
    """Return the point of edwards25519 that 32 bytes stand for (RFC 8032, 5.1.3)."""
    odd, y = divmod(int.from_bytes(data, "little"), 2**255)
    x = pow(square := (y * y - 1) * pow(D * y * y + 1, -1, P) % P, (P + 3) // 8, P)
    x = x * pow(2, (P - 1) // 4, P) % P if (x * x - square) % P else x
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        raise ValueError("a key or a signature is no point of the curve")
    return (P - x if x & 1 != odd else x), y


def plus(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = one, two
    both = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + both, -1, P) % P
    return x, (y1 * y2 + x1 * x2) * pow(1 - both, -1, P) % P


def times(number: int, at: tuple[int, int]) -> tuple[int, int]:
    total = (0, 1)
    while number:
        total = plus(total, at) if number & 1 else total
        at, number = plus(at, at), number >> 1
    return total


def check_signature(key: str, origin: str, text: str, signed: bytes) -> None:
    """Raise unless these bytes of a signature line are this key's over this text."""
    public = base64.b64decode(key.split("+", 2)[2])
    if len(signed) != 68 or signed[:4] != hashed(f"{origin}\n".encode(), public)[:4]:
        raise ValueError("a checkpoint is signed by another key")
    shown, scalar = signed[4:36], int.from_bytes(signed[36:], "little")
    data, base = hashlib.sha512(shown + public[1:] + text.encode()), b"\x58" + b"\x66" * 31
    challenge = int.from_bytes(data.digest(), "little") % ORDER
    right = plus(point(shown), times(challenge, point(public[1:])))
    if scalar >= ORDER or times(scalar, point(base)) != right:
        raise ValueError("the signature of a checkpoint is wrong")


def checkpoints(text: str, key: str) -> dict[int, bytes]:
    """Return size → root of all signed checkpoints in a text."""
    kept: dict[int, bytes] = {}
    for signed, origin, size, root, line in CHECKPOINT.findall(text.replace("\r\n", "\n")):
        if key:
            check_signature(key, origin, signed, base64.b64decode(line))
        if kept.setdefault(int(size), base64.b64decode(root)) != base64.b64decode(root):
            raise ValueError(f"there are two checkpoints of size {size}")
    if not kept:
        raise ValueError("there is no checkpoint")
    return kept


def verify_log(lines: list[bytes], kept: dict[int, bytes]) -> str:
    edge, last, size = list[bytes](), dict[int, int](), 0
    for size, line in enumerate(lines, 1):
        event, leaf, full = json.loads(line), hashed(b"\x00", line), size - 1
        writer, number = event["writer"], event["writer_n"]
        if event["schema"] > 1 and number not in (1, last.get(writer, 0) + 1):
            raise ValueError(f"leaf {size - 1}: what writer {writer} wrote before {number} is gone")
        last[writer] = number
        while full & 1:
            leaf, full = hashed(b"\x01", edge.pop(), leaf), full >> 1
        edge.append(leaf)
        if size in kept and kept[size] != root_of(edge):
            raise ValueError(f"the log is not that of checkpoint {size}")
    if size < max(kept):
        raise ValueError(f"the log is shorter than checkpoint {max(kept)}")
    return f"{size} events, {len(kept)} checkpoints agree, root {root_of(edge).hex()}"


def climb(at: int, last: int, start: bytes, path: list[bytes]) -> tuple[bytes, bytes]:
    """Return the roots of the leaves up to `at` and of all (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    first = second = start
    for other in path:
        if at & 1 or at == last:
            first, second = hashed(b"\x01", other, first), hashed(b"\x01", other, second)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            second = hashed(b"\x01", second, other)
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("the proof is too short")
    return first, second


def verify_proof(proof: str, kept: dict[int, bytes], key: str) -> str:
    """Verify an event (c2sp.org/tlog-proof) or growth (the body of c2sp.org/tlog-witness)."""
    head, _, note = proof.partition("\n\n")
    (size, root), said = checkpoints(note, key).popitem(), head.splitlines()
    path = [base64.b64decode(line) for line in said[1 if said[0].startswith("old ") else 3 :]]
    if not said[0].startswith("old "):
        leaf, index = base64.b64decode(said[1][6:]), int(said[2][6:])
        if kept.get(size, root if key else b"") != root:
            raise ValueError(f"you kept no such checkpoint of size {size}")
        if climb(index, size - 1, hashed(b"\x00", leaf), path)[1] != root or index >= size:
            raise ValueError("the event is not in the trail")
        return f"leaf {index} of {size}: {leaf.decode()}"
    old = int(said[0].split()[1])
    whole = (old & -old).bit_length() - 1  # the height of the last full subtree of the old tree
    start, *path = path if old & (old - 1) else [kept.get(old, b""), *path]
    if climb((old - 1) >> whole, (size - 1) >> whole, start, path) != (kept.get(old), root):
        raise ValueError(f"this did not grow from a checkpoint of size {old} that you kept")
    return f"{size} leaves begin with the same {old}"


if __name__ == "__main__":
    try:
        _, what, file, kept_in, *more = sys.argv
        key = more[1] if more else ""
        kept, found = checkpoints(Path(kept_in).read_text("utf-8"), key), Path(file).read_bytes()
        if what == "log":
            print(verify_log(found.split(b"\n")[:-1], kept))
        else:
            print(verify_proof(found.decode(), kept, key))
    except (ValueError, TypeError, LookupError, OSError) as problem:
        sys.exit(f"Not verified: {problem}")
