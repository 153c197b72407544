"""The migrations lead to the tables of the models, on both databases, and back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

import databases
from coordinator import create_app
from coordinator.demo import cast, lane
from coordinator.extensions import db
from coordinator.models.families import Person
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


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_an_owner_who_is_no_superuser_migrates_and_is_bound_too(database, empty_app):
    """Row-level security is forced; what a migration does to the rows, it does as a service."""
    name = f"owner_{uuid.uuid4().hex[:12]}"
    url = databases.engine_of(empty_app).url
    with databases.server_connection(database.template) as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
        connection.exec_driver_sql(f"ALTER DATABASE {url.database} OWNER TO {name}")
    app = create_app(
        databases.config(url.set(username=name, password=name).render_as_string(False))
    )
    with app.app_context():
        alembic = app.extensions["alembic"]
        for go in (alembic.upgrade, lambda: alembic.downgrade("base"), alembic.upgrade):
            go()
        cast.load(db.session)
        lane.open_case(db.session)
        db.session.commit()
        found = {}
        for engine in (db.engine, alembic.engines["default"]):
            with engine.connect() as connection:
                found[engine] = connection.execute(
                    select(func.count()).select_from(Person)
                ).scalar()
        assert [bool(rows) for rows in found.values()] == [False, True]
    databases.dispose(app)
    database.drop(url.render_as_string(False))
    with databases.server_connection(database.template) as connection:
        connection.exec_driver_sql(f"DROP ROLE {name}")


def test_the_texts_of_areas_become_one_area_each(empty_app):
    """Issue 5, 11: "Eastway" and "eastway " are one; a team without a text has no area."""
    alembic = empty_app.extensions["alembic"]
    texts = {"One": "Eastway", "Two": "eastway ", "Three": "Harbour", "Four": ""}
    alembic.upgrade(alembic.script_directory.get_revision("0039").down_revision)
    with databases.engine_of(empty_app).begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO agencies (id, reference, name, kind, ods_code)"
            " VALUES (1, 'A', 'Agency', 'cmht', '')"
        )
        for number, (name, area) in enumerate(texts.items(), 1):
            connection.exec_driver_sql(
                "INSERT INTO teams"  # noqa: S608
                " (id, reference, agency_id, name, phone, email, area, ods_code)"
                f" VALUES ({number}, 'T{number}', 1, '{name}', '', '', '{area}', '')"
            )
    alembic.upgrade()
    question = "SELECT t.name, a.id, a.name FROM teams t LEFT JOIN areas a ON a.id = t.area_id"
    with databases.engine_of(empty_app).begin() as connection:
        found = {row[0]: row[1:] for row in connection.exec_driver_sql(question)}
    assert found["One"] == found["Two"] == (1, "Eastway")
    assert found["Three"] == (2, "Harbour")
    assert found["Four"] == (None, None)
