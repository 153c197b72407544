"""A Merkle tree that only grows (RFC 9162, 2.1), of which only the edge is kept.

The edge holds the roots of the full subtrees, largest first: one for each 1 in the binary number
of leaves.  To append costs a few hashes, however many leaves there are.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

Range = tuple[int, int]


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Edge:
    """The edge of a tree of `size` leaves."""

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> "Edge":
        """Return the edge of the tree of these leaf hashes."""
        edge = cls()
        for leaf in leaves:
            edge.append(leaf)
        return edge

    @classmethod
    def from_bytes(cls, size: int, kept: bytes) -> "Edge":
        """Return an edge as it was kept.  Raises `ValueError` if it is not one of this size."""
        if len(kept) != 32 * size.bit_count():
            raise ValueError("the kept edge is not one of this size")
        return cls(size, [kept[at : at + 32] for at in range(0, len(kept), 32)])

    def to_bytes(self) -> bytes:
        """Return the roots, one after the other, largest subtree first."""
        return b"".join(self.roots)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        size = self.size
        while size & 1:
            leaf = node(self.roots.pop(), leaf)
            size >>= 1
        self.roots.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        if not self.roots:
            return hashlib.sha256(b"").digest()
        *larger, root = self.roots
        for left in reversed(larger):
            root = node(left, root)
        return root


def path(index: int, size: int) -> list[Range]:
    """Return the leaves under each hash of an inclusion proof (2.1.3.1), first to last but one.

    Raises `ValueError` if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError("there is no such leaf")
    start, end, ranges = 0, size, list[Range]()
    while end - start > 1:
        middle = start + _half(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def growth(old: int, size: int) -> list[Range]:
    """Return the leaves under each hash of a consistency proof (2.1.4.1).

    Raises `ValueError` if a tree cannot have grown from `old` to `size` leaves.
    """
    if not 0 < old <= size:
        raise ValueError("no tree grew so")
    start, end, whole, ranges = 0, size, True, list[Range]()
    while old != end:
        middle = start + _half(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    return [*([] if whole else [(start, end)]), *ranges[::-1]]


def _half(size: int) -> int:
    """Return the largest power of two that is smaller than this."""
    return 1 << (size - 1).bit_length() - 1
