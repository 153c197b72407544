"""Numbers by which a writer's own events are counted, so that one that was taken away is missed."""

import os
import secrets
import threading
from collections import defaultdict


class Writer(threading.local):
    """The series of the thread that writes: its number, and how many events it has written.

    A thread writes one transaction after the other, so that a series has no holes; where one is
    rolled back, `begin_anew` ends the series before it would get one.
    """

    def __init__(self) -> None:
        """Begin with no series."""
        self.pid = self.number = self.written = 0

    def next(self) -> tuple[int, int]:
        """Return the number of the series, and the place of the next event in it."""
        if self.pid != os.getpid():
            self.pid, self.number, self.written = os.getpid(), secrets.randbits(31), 0
        self.written += 1
        return self.number, self.written

    def begin_anew(self) -> None:
        """Leave what was written since the last commit out of any series that goes on."""
        self.pid = 0


class Series:
    """What a verifier has seen of each writer's numbers; events come in the order of the tree."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.last: dict[int, int] = defaultdict(int)

    def hole_before(self, writer: int, number: int) -> int | None:
        """Return the number that should have come, or None if this one does.

        A series may begin again: two threads may have drawn the same number, years apart.
        """
        expected = self.last[writer] + 1
        self.last[writer] = number
        return None if number in (1, expected) else expected
