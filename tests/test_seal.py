"""The sealed trail: every event gets its leaf, once, whatever writers and sealers do (E60)."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

import databases
from coordinator import chores, trail
from coordinator.access import release
from coordinator.access.letters import Sender, queued
from coordinator.audit_commands import audit_group
from coordinator.extensions import begin_writing
from coordinator.models.accounts import Membership
from coordinator.models.outbox import OutboxMessage
from coordinator.models.trail import TrailCheckpoint, TrailEvent, TrailKey, TrailSeal, TrailTree
from coordinator.seal import signature
from coordinator.seal.checkpoints import Checkpoint, find, paper, public_key_of, verifier_key
from coordinator.seal.leaves import FIRST_FIELDS, NotCanonicalError, canonical, normal, parsed
from coordinator.seal.tree import Edge
from coordinator.services import sealing
from coordinator.trail import micros
from coordinator.vocabulary import EventKind, Role
from gathering import waiting
from sealing import ROOT, SEED, STRANGER, WHO, as_owner, audit, key_of, late, sealer, writes
from world import World

EVENTS = TrailEvent.__table__
# Secret, public key, text, signature.
VECTORS = [
    line.split()
    for line in (ROOT / "tests" / "ed25519.txt").read_text().splitlines()
    if not line.startswith("#")
]


@pytest.fixture
def ours(fresh_app, tmp_path):
    return sealer(fresh_app, tmp_path)


def count(app, table):
    with Session(databases.engine_of(app)) as session:
        return session.scalar(select(func.count()).select_from(table))


def test_every_event_is_sealed_once_and_a_checkpoint_is_signed(fresh_app, ours, tmp_path):
    """E60: old events as they stand, new ones behind the writers; the next round has nothing."""
    before = count(fresh_app, TrailEvent)
    writes(fresh_app, 3)
    assert ours.round() == before + 3 == count(fresh_app, TrailSeal)
    assert ours.round() == 0
    (checkpoint,) = find((tmp_path / "kept.txt").read_text())
    assert checkpoint.size == before + 3
    with Session(ours.engine) as session:
        hashes = session.scalars(select(TrailSeal.leaf_hash).order_by(TrailSeal.leaf)).all()
        assert checkpoint.root == Edge.of(hashes).root()
    result = audit(fresh_app, "verify", "--checkpoints", tmp_path / "kept.txt")
    assert result.exit_code == 0, result.output
    on_paper = [str(checkpoint.size), "\n".join(paper(checkpoint.root)).lower()]
    assert audit(fresh_app, "verify", "--root", *on_paper).exit_code == 0
    assert audit(fresh_app, "verify", "--root", str(checkpoint.size - 1), on_paper[1]).exit_code
    assert "shorter than" in audit(fresh_app, "verify", "--root", "9999", on_paper[1]).output
    assert "1 wait" not in result.output


def test_a_stranger_finds_the_same_root_and_the_proofs(fresh_app, ours, tmp_path, monkeypatch):
    """The verifier of 150 lines: the log, one event, growth; and none of it once it is changed."""
    export, proof, growth = (tmp_path / name for name in ("log", "proof", "growth"))
    writes(fresh_app, 6)
    ours.round()
    (first,) = find((tmp_path / "kept.txt").read_text())
    writes(fresh_app, 5)
    monkeypatch.setattr("coordinator.services.checkpoints.EVERY", timedelta(0))
    ours.round()
    text = (tmp_path / "kept.txt").read_text()
    key = key_of(ours)
    kept = STRANGER["checkpoints"](text, key)
    assert kept == {c.size: c.root for c in find(text, public_key_of(key))}
    assert audit(fresh_app, "export", export).exit_code == 0
    lines = export.read_bytes().split(b"\n")[:-1]
    assert f"root {kept[max(kept)].hex()}" in STRANGER["verify_log"](lines, kept)
    with pytest.raises(ValueError, match=r"is gone|checkpoint"):
        STRANGER["verify_log"]([*lines[:2], lines[3], lines[2], *lines[4:]], kept)
    with Session(ours.engine) as session:
        seq = session.scalar(select(TrailSeal.seq).where(TrailSeal.leaf == 2))
    assert audit(fresh_app, "prove", seq, "--to", proof).exit_code == 0
    assert "leaf 2 of" in STRANGER["verify_proof"](proof.read_text(), kept, key)
    with pytest.raises(ValueError, match="not in the trail"):
        STRANGER["verify_proof"](proof.read_text().replace("index 2", "index 3"), kept, key)
    assert audit(fresh_app, "prove-growth", first.size, "--to", growth).exit_code == 0
    assert "begin with" in STRANGER["verify_proof"](
        growth.read_text(), {first.size: first.root}, ""
    )
    with pytest.raises(ValueError, match="did not grow"):
        STRANGER["verify_proof"](growth.read_text(), {first.size: b"x" * 32}, "")
    assert audit(fresh_app, "prove", 999_999).exit_code == 1


def test_a_writer_rolled_back_leaves_no_hole_and_one_taken_away_does(
    fresh_app, ours, database, fresh_database
):
    """Before its seal an event can be taken away; the writer's own numbers show it."""
    with Session(ours.engine) as session:
        begin_writing(session)
        trail.acting(session, WHO, "test")
        trail.write(session, EventKind.LOOK)
        session.rollback()
    writes(fresh_app, 3)
    assert audit(fresh_app, "verify").exit_code == 0
    with as_owner(database, fresh_database) as connection:
        newest = connection.scalar(select(func.max(TrailEvent.seq)))
        connection.execute(delete(TrailEvent).where(TrailEvent.seq == newest - 1))
    result = audit(fresh_app, "verify")
    assert result.exit_code == 1
    assert "is not there" in result.output


def test_what_commits_late_gets_the_next_leaf(fresh_app, ours):
    """A takes a number, B the next; B is sealed before A commits.  SQLite has one writer."""
    if ours.engine.dialect.name == "sqlite":
        pytest.skip("one writer")
    late(fresh_app, ours, trials=3)
    assert audit(fresh_app, "verify").exit_code == 0


def test_what_was_late_beyond_every_wait_is_found_by_the_patrol(fresh_app, ours):
    """Nothing stays without a seal for ever."""
    writes(fresh_app, 3)
    with Session(ours.engine) as session:
        old = dict(session.execute(select(EVENTS).order_by(EVENTS.c.seq)).mappings().first())
        old |= {"db_at": 1, "schema": 1}
        newest = session.scalar(select(func.max(EVENTS.c.seq)))
        for ahead in (10, 5):
            session.execute(insert(EVENTS), old | {"seq": newest + ahead})
            session.commit()
            begin_writing(session)
            sealed, more = sealing.seal(session, chores.moment())
            session.commit()
            assert sealed == newest + 1 if ahead == 10 else sealed == 1
            assert not more
            assert session.get_one(TrailTree, 1).reached == newest + 10


def test_two_sealers_at_once_seal_each_event_once(fresh_app, ours, tmp_path):
    """One by advisory lock on PostgreSQL, by the write lock on SQLite."""
    ours.round()
    writes(fresh_app, 20, transactions=20)
    threads = [threading.Thread(target=ours.round) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ours.round()
    assert count(fresh_app, TrailSeal) == count(fresh_app, TrailEvent)
    assert audit(fresh_app, "verify", "--checkpoints", ours.file).exit_code == 0


def test_forgetting_a_key_leaves_the_tree_as_it_was(fresh_app, ours, social_worker):
    """What was said is forgotten with the key of its commitment; that it was said is not."""
    ours.round()
    with Session(ours.engine) as session:
        assert session.execute(delete(TrailKey)).rowcount
        session.commit()
    assert audit(fresh_app, "verify").exit_code == 0


def test_a_checkpoint_is_made_once_a_minute_and_at_once_after_an_urgent_act(fresh_app, ours):
    """An export, a right given or taken, an emergency, an administrator's sign-in: at once."""
    ours.round()
    writes(fresh_app, 1)
    ours.round()
    assert count(fresh_app, TrailCheckpoint) == 1
    audit(fresh_app, "who-looked", "LANE-01")
    ours.round()
    assert count(fresh_app, TrailCheckpoint) == 2


def test_the_first_checkpoint_of_a_day_goes_to_every_privacy_officer(fresh_app, ours):
    """Two agencies hold the same root; the mail holds it and nothing else."""
    writes(fresh_app, 1)
    ours.round()
    kept = World(fresh_app)
    mails = waiting(kept)
    assert len(mails) == kept.count(Membership, Membership.role == Role.PRIVACY_OFFICER) >= 2
    with Session(ours.engine) as session:
        trail.acting(session, WHO, "mail.compose", reading=True)
        moment, sender = chores.moment(), Sender("C <c@c.example>", "https://c.example")
        for record in session.scalars(select(OutboxMessage)):
            letter = release.compose(session, moment, queued(record), sender)
            text = letter.message.get_content()
            (found,) = find(text, signature.public_key(ours.key))
            assert "\n".join(paper(found.root)) in text
    writes(fresh_app, 1)
    ours.round()
    assert len(waiting(kept)) == len(mails)


def test_a_copy_is_verified_without_the_web_app_and_is_not_touched(fresh_app, ours, tmp_path):
    """`python -m coordinator.audit_commands verify --db URL`: no settings, read only."""
    ours.round()
    url = ours.engine.url.render_as_string(hide_password=False)
    if ours.engine.dialect.name == "sqlite":
        copy = tmp_path / "copy.sqlite3"
        with closing(sqlite3.connect(ours.engine.url.database)) as connection:
            connection.execute(f"VACUUM INTO '{copy}'")
        copy.chmod(0o400)
        before = copy.read_bytes()
        url = f"sqlite:///{copy}"
    words = ["verify", "--db", url, "--checkpoints", ours.file, "--key", key_of(ours)]
    result = CliRunner().invoke(audit_group, words)
    assert result.exit_code == 0, result.output
    if ours.engine.dialect.name == "sqlite":
        assert copy.read_bytes() == before
    other = verifier_key(
        "c.example/trail", signature.public_key(b"another key, of 32 bytes, for it")
    )
    result = CliRunner().invoke(audit_group, [*words[:-1], other])
    assert (result.exit_code, "not signed by this key" in result.output) == (1, True)


def test_events_are_written_one_way_only():
    """Old versions of an event keep their bytes; what no writer wrote is refused."""
    row = dict.fromkeys(FIRST_FIELDS) | {
        "schema": 1,
        "seq": 7,
        "allowed": True,
        "event_id": b"\x00\xff",
        "kind": "look",
        "reason": "“a” \n é",
    }
    said = '{"allowed":1,"event_id":"00ff","kind":"look","reason":"“a” \\n é","schema":1,"seq":7}'
    assert canonical(row) == said.encode()
    assert parsed(said.encode()) == row
    for wrong in ({"schema": 9}, {"seq": "7"}, {"allowed": 1}, {"event_id": "00ff"}):
        with pytest.raises(NotCanonicalError):
            canonical(row | wrong)
    assert normal({"reason": "e\u0301"}) == {"reason": "é"}


def test_a_signature_is_that_of_the_standard():
    """RFC 8032, 7.1, tests 1 and 2."""
    for seed, public, *text, signed in VECTORS:
        assert signature.public_key(bytes.fromhex(seed)).hex() == public
        assert signature.sign(bytes.fromhex(seed), bytes.fromhex("".join(text))).hex() == signed
        assert signature.verifies(*map(bytes.fromhex, (public, "".join(text), signed)))
        for place in (0, 40):
            wrong = bytearray.fromhex(signed)
            wrong[place] ^= 1
            told = bytes.fromhex(public), bytes.fromhex("".join(text)), bytes(wrong)
            assert not signature.verifies(*told)


def test_a_manager_and_a_privacy_officer_keep_the_newest_root(dana, petra, amira, world):
    """E60: each agency fetches and keeps them; a practitioner has no need to."""
    assert "no checkpoint yet" in dana.get("/audit/checkpoints").text
    with world.session() as session:
        note = Checkpoint("c.example/trail", 5, b"\xab" * 32, world.moment.now).signed(SEED)
        session.add(TrailCheckpoint(size=5, at=micros(world.moment.now), note=note))
    for keeper in (dana, petra):
        page = keeper.get("/audit/checkpoints")
        assert "ABAB ABAB ABAB ABAB" in page.text
        assert keeper.get("/audit/checkpoints.txt").text.split() == note.split()
    assert amira.get("/audit/checkpoints").status == 403
    assert "/audit/checkpoints" in petra.get("/sign-ins").html
