"""The migrations lead to the tables of the models, on both databases, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import inspect

import databases
from coordinator import create_app
from databases import Database


@pytest.fixture
def empty_app(database: Database, request: pytest.FixtureRequest) -> Iterator[Flask]:
    server = database.template if database.dialect == "postgresql" else None
    url = databases.empty(database.dialect, database.folder, server)
    app = create_app(databases.config(url))
    with app.app_context():
        yield app
    databases.dispose(app)
    database.drop(url)


def test_the_migrations_have_one_head(empty_app):
    assert len(empty_app.extensions["alembic"].heads()) == 1


def test_the_migrations_and_the_models_are_equal(empty_app):
    alembic = empty_app.extensions["alembic"]
    alembic.upgrade()
    assert alembic.compare_metadata() == []


def test_the_migrations_run_up_and_down_and_up_again(empty_app):
    alembic = empty_app.extensions["alembic"]
    engine = databases.engine_of(empty_app)
    alembic.upgrade()
    there = set(inspect(engine).get_table_names())
    alembic.downgrade("base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    alembic.upgrade()
    assert set(inspect(engine).get_table_names()) == there
    assert alembic.compare_metadata() == []


def test_going_down_leaves_no_function_behind(empty_app):
    alembic = empty_app.extensions["alembic"]
    alembic.upgrade()
    alembic.downgrade("base")
    engine = databases.engine_of(empty_app)
    if engine.dialect.name == "sqlite":
        question = (
            "SELECT name FROM sqlite_master"
            " WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%'"
        )
    else:
        question = (
            "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE nspname = 'public'"
        )
    with engine.connect() as connection:
        assert connection.exec_driver_sql(question).all() == []
