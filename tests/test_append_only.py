"""What was written stays: the database itself refuses, whoever asks it with SQL (E60, trail)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

import databases
import records
from coordinator import create_app
from coordinator.models import Model
from coordinator.models.directory import FormerName
from coordinator.models.lawful_bases import FormerReason
from coordinator.models.plans import GoalAgreement, PlanSignature, PlanVersion, PlanVersionEntry
from coordinator.models.settings import SettingChange
from coordinator.models.sharing import Sharing, SharingBasis
from coordinator.models.trail import TrailCheckpoint, TrailSeal
from coordinator.vocabulary import Agreement, Decision, Level, ParentTold, Purpose
from databases import Database
from world import World

APPEND_ONLY = (
    "trail_events",
    "trail_seals",
    "trail_checkpoints",
    "entry_versions",
    "contact_attempts",
    "goal_agreements",
    "plan_versions",
    "plan_version_entries",
    "plan_signatures",
    "sharings",
    "sharing_bases",
    "clock_rules",
    "directory_rules",
    "former_names",
    "former_reasons",
    "guide_words",
    "referral_forms",
    "referral_questions",
    "referral_routes",
    "setting_changes",
    "local_service_versions",
    "question_answers",
    "pair_reviews",
    "vacancies_heard",
    "difficulty_notes",
    "joint_meetings",
    "joint_meeting_people",
    "joint_meeting_topics",
)
# Of an entry three columns may change, and of a key's row nothing: it may only be destroyed.
NEVER_REPLACED = (*APPEND_ONLY, "entries", "trail_keys")


@pytest.fixture(scope="module")
def full_app(database: Database) -> Iterator[Flask]:
    """Give an app with a row in every table that keeps what was written; no test changes it.

    It signs in as the owner, whom nothing else would stop.
    """
    url = database.copy()
    app = create_app(databases.config(database.owned(url)))
    world = World(app)
    with world.session() as session:
        records.build(session, world.moment, world.family)
        writer = records.Writer.of(session, world.moment, world.family)
        plan, goal = writer.plan("Amira"), writer.goal("Amira", "Sleep")
        by = {"agency_id": goal.agency_id, "account_id": goal.author_id}
        version = PlanVersion(
            plan_id=plan.id, number=1, content_hash=b"h" * 32, locked_at=world.moment.now
        )
        session.add_all(
            [
                GoalAgreement(
                    goal_id=goal.id,
                    goal_version=1,
                    agreement=Agreement.AGREED,
                    at=world.moment.now,
                    **by,
                ),
                PlanSignature(
                    plan_id=plan.id, content_hash=b"h" * 32, signed_at=world.moment.now, **by
                ),
                FormerReason(
                    basis_id=1,
                    name="Old",
                    sentence="Said before",
                    source="",
                    changed_by_id=goal.author_id,
                    changed_at=world.moment.now,
                ),
                FormerName(team_id=1, name="Old", until=world.moment.today),
                SettingChange(
                    number=1,
                    name="due_soon_days",
                    value=5,
                    reason="Sooner",
                    set_by_id=goal.author_id,
                    set_at=world.moment.now,
                ),
                TrailSeal(leaf=0, seq=1, leaf_hash=b"h" * 32),
                TrailCheckpoint(size=1, at=1, note="signed"),
                version,
            ]
        )
        session.flush()
        session.add(PlanVersionEntry(plan_version_id=version.id, entry_id=goal.id, entry_version=1))
        sharing = writer.add(
            Sharing,
            "Amira",
            shared_entry_id=goal.id,
            from_level=Level.OWN_AGENCY,
            to_level=Level.OPEN,
            purpose=Purpose.JOINT_PLAN,
            what="The goal",
            parent_told=ParentTold.YES,
        )
        session.add(SharingBasis(sharing_id=sharing.id, decision=Decision.OPENED))
    yield app
    databases.dispose(app)
    database.drop(url)


def refuses(app: Flask, statement: object) -> bool:
    """Whether the database refuses this with the words of our triggers; nothing is kept."""
    with databases.engine_of(app).connect() as connection:
        try:
            if isinstance(statement, str):
                connection.exec_driver_sql(statement)
            else:
                connection.execute(statement)  # type: ignore[call-overload]
            refused = False
        except DBAPIError as refusal:
            words = str(refusal.orig)
            assert any(w in words for w in ("append-only", "never", "only", "changed")), words
            refused = True
        connection.rollback()
        return refused


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_no_row_is_changed_deleted_or_replaced(full_app, name):
    """E60: nobody can edit or delete the trail, by page or by SQL."""
    table = Model.metadata.tables[name]
    column = list(table.columns)[-1]
    with databases.engine_of(full_app).connect() as connection:
        row = connection.execute(select(table)).mappings().first()
    assert row is not None, f"no {name} to try it on"
    assert refuses(full_app, update(table).values({column.name: row[column.name]}))
    assert refuses(full_app, delete(table))


@pytest.mark.parametrize("name", NEVER_REPLACED)
def test_no_row_is_replaced(full_app, name):
    """SQLite's REPLACE deletes without a word; PostgreSQL's way is an update on conflict."""
    table = Model.metadata.tables[name]
    with databases.engine_of(full_app).connect() as connection:
        row = dict(connection.execute(select(table)).mappings().first() or {})
        same = connection.execute(select(table).limit(1)).mappings().one()
        dialect = connection.dialect.name
    assert row == dict(same)
    if dialect == "sqlite":
        assert refuses(full_app, insert(table).prefix_with("OR REPLACE").values(row))
    else:
        from sqlalchemy.dialects.postgresql import insert as upsert  # noqa: PLC0415

        keys = list(table.primary_key.columns.keys())
        other = next(c for c in reversed(table.columns.keys()) if c not in keys)
        changed = {other: row[other]} if name != "entries" else {"author_id": 2}
        statement = (
            upsert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changed)
        )
        assert refuses(full_app, statement)


@pytest.mark.parametrize("name", NEVER_REPLACED)
def test_no_table_is_emptied(full_app, name):
    if databases.engine_of(full_app).dialect.name == "sqlite":
        if name != "trail_keys":
            assert refuses(full_app, f"DELETE FROM {name}")  # noqa: S608
    else:
        assert refuses(full_app, f"TRUNCATE {name} CASCADE")


@pytest.mark.parametrize("column", ["reference", "family_id", "kind", "author_id", "agency_id"])
def test_of_an_entry_only_its_level_notice_and_version_change(full_app, column):
    values = {"reference": "OTHER", "family_id": 99, "kind": "note", "author_id": 2, "agency_id": 2}
    entries = Model.metadata.tables["entries"]
    change = update(entries).where(entries.c.kind == "goal").values({column: values[column]})
    assert refuses(full_app, change)
    assert not refuses(full_app, update(entries).values(level="named", notice="nobody"))


def test_an_entry_is_never_deleted(full_app):
    assert refuses(full_app, delete(Model.metadata.tables["entries"]))


def test_a_key_may_be_destroyed_but_not_changed(full_app):
    """Content is forgotten by destroying its key; the trail still stands."""
    keys = Model.metadata.tables["trail_keys"]
    assert refuses(full_app, update(keys).values(key=b"other"))
    assert not refuses(full_app, delete(keys))
