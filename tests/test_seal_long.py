"""The sealer under faults, and the canonical bytes by the hundred thousand."""

from __future__ import annotations

import os
import random
import signal

import pytest
from sqlalchemy import event

from coordinator.seal.leaves import FIRST_FIELDS, canonical, parsed
from sealing import audit, late, sealer, writes

pytestmark = pytest.mark.long

DRAW = random.Random(7)  # noqa: S311  (the same events in every run)
LETTERS = 'az09 "\\/\n\x00\x7fé“ſ\u0301\u2028\uffff\U0001f600'
KINDS = {
    str: lambda: "".join(DRAW.choices(LETTERS, k=DRAW.randrange(8))),
    int: lambda: DRAW.randrange(-(2**63), 2**63),
    bool: lambda: DRAW.random() < 0.5,
    bytes: lambda: DRAW.randbytes(DRAW.randrange(17)),
}


def test_an_event_and_its_bytes_say_the_same():
    """encode(decode(x)) = x for 100,000 events, and no line break in any."""
    for _ in range(100_000):
        row = {
            name: KINDS[kind]() if DRAW.random() < 0.7 else None
            for name, kind in FIRST_FIELDS.items()
        }
        row["schema"] = DRAW.choice((1, 2))
        leaf = canonical(row)
        assert parsed(leaf) == row
        assert b"\n" not in leaf


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_hundred_commits_out_of_order_are_all_sealed(fresh_app, tmp_path):
    """A takes a number, B the next; B is sealed, A commits later or never."""
    ours = sealer(fresh_app, tmp_path)
    late(fresh_app, ours, trials=100)
    result = audit(fresh_app, "verify", "--checkpoints", ours.file)
    assert result.exit_code == 0, result.output


def test_a_sealer_killed_two_hundred_times_doubles_and_loses_nothing(fresh_app, tmp_path):
    """Killed before each of its statements in turn, the commit among them."""
    ours = sealer(fresh_app, tmp_path)
    killed = 0
    for n in range(200):
        writes(fresh_app, 2)
        ours.engine.dispose()
        child = os.fork()
        if child == 0:
            dies_at(ours, 1 + n % 14)
            os._exit(0)
        _, how = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(how)
    assert killed >= 150
    ours.round()
    result = audit(fresh_app, "verify", "--checkpoints", ours.file)
    assert result.exit_code == 0, result.output
    assert " 0 wait" in result.output


def dies_at(ours, number):
    """Run one round in this process, which kills itself before this statement."""
    seen = iter(range(1, 10_000))

    def count(*_args: object) -> None:
        if next(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(ours.engine, "before_cursor_execute", count)
    event.listen(ours.engine, "commit", count)
    ours.round()
