"""The third wall: PostgreSQL hides by itself what whoever acts may not know.

Nothing here goes through the ORM or a scope: raw SQL, sent as the role that the app signs in as.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

import databases
import records
from coordinator import create_app, trail
from coordinator.access import actor as actors
from coordinator.access import door
from coordinator.demo import cast
from coordinator.models.base import Model
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Oversight
from coordinator.models.sharing import Note
from coordinator.vocabulary import Level
from page import Client
from sharing_writer import account_id
from world import World
from writer import Writer

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)

# What names a family or an entry, and why it has no rule.
WITHOUT_A_RULE = {
    "exclusions": "the rules ask it; its pages are the privacy officer's, by their own scope",
    "entry_readers": "the rules ask it; it holds numbers alone",
    "plan_version_entries": "numbers alone: what was signed is read through the entries",
    "trail_events": "everybody appends, refusals too; it says no words, and has readers of its own",
}
# Kinds whose rule does not ask who reads by name; migrations 0004 and 0011 say why.
OWN_RULE = {"advice", "needs"}
KINDS = {mapper.local_table.name for mapper in Entry.__mapper__.self_and_descendants}
RULES = "SELECT tablename, qual, with_check, cmd, permissive FROM pg_policies ORDER BY 1"
BOUND = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"


def of_a_family() -> set[str]:
    """Return the tables that belong to a family, or to an entry of one, by their columns."""
    return {
        table.name
        for table in Model.metadata.sorted_tables
        if "family_id" in table.c
        or table.name in {"families", *KINDS}
        or any(key.column.table.name in KINDS for key in table.foreign_keys)
    }


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    """Return what a bare statement finds."""
    return [tuple(row) for row in connection.exec_driver_sql(statement)]


def numbers(connection: Connection) -> dict[str, int]:
    """Return how many rows each table with a rule shows."""
    ruled = sorted(of_a_family() - WITHOUT_A_RULE.keys())
    return {table: len(rows(connection, f"SELECT FROM {table}")) for table in ruled}


def as_person(connection: Connection, world: World, name: str, team: str | None = None) -> None:
    """Let this person act in the transaction, as the door lets them."""
    with world.session() as session:
        actor = cast.actor(session, name, team)
    databases.tell(connection, str(actor.account_id), str(actor.agency_id), "")


@pytest.fixture
def written(connection: Connection, world: World) -> Iterator[Connection]:
    """Give the connection; of each noun there is one in the family, and Bella is kept from it."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        records.build(session, world.moment, world.family)
        writer.of_each_kind("Amira", "Words", Level.OPEN)
        trail.acting(session, trail.Acting(service="test"), "test")
        elif_ = cast.actor(session, "Elif")
        session.add(
            Oversight(
                family_id=writer.family_id,
                account_id=elif_.account_id,
                agency_id=elif_.agency_id,
                reason="A referral",
                opened_at=world.moment.now,
                until=world.moment.now,
            )
        )
        writer.exclude("Bella")
    return connection


def test_every_table_of_a_family_has_its_rule(connection):
    """A new kind of entry without one fails here, on the day it is added."""
    ruled = rows(connection, RULES)
    assert {rule[0] for rule in ruled} == of_a_family() - WITHOUT_A_RULE.keys()
    assert len({rule[0] for rule in ruled}) == len(ruled), "a second rule would open what one shuts"
    assert {rule[2:] for rule in ruled} == {(None, "ALL", "PERMISSIVE")}
    assert {table for (table,) in rows(connection, BOUND)} == {rule[0] for rule in ruled}
    for table, rule, *_ in ruled:
        of_entry = table in KINDS - {"entries"}
        asks = "reads_by_name" in str(rule)
        assert asks >= (of_entry and table not in OWN_RULE), f"{table} does not ask who may read it"
        # The function asks `advice`: asked by its rule, it would never end.
        assert not (asks and table in OWN_RULE)


def test_the_list_of_tables_without_a_rule_is_short(connection):
    assert WITHOUT_A_RULE.keys() <= of_a_family()


def test_nobody_is_shown_nothing(written):
    """Threats, 4: who forgets to say who acts finds no row, and is not told why."""
    databases.tell(written, "", "", "test")
    there = numbers(written)
    unwritten = {
        "guest_disclosures",
        "guest_names",
        "guest_passes",
        "handovers",
        "invitation_parts",
        "not_asked",
        "part_attendances",
        "passed_on",
        "plan_signatures",
        "plan_versions",
    }
    assert {table for table, number in there.items() if not number} == unwritten
    databases.forget(written)
    assert set(numbers(written).values()) == {0}


def test_for_an_excluded_worker_the_family_is_not_there(written, world):
    """Involved, invited and named a reader of every entry: an exclusion beats all of it."""
    as_person(written, world, "Bella")
    assert set(numbers(written).values()) == {0}
    as_person(written, world, "Amira")
    seen = numbers(written)
    assert min(seen[table] for table in KINDS) > 0, seen


def test_an_excluded_worker_writes_nothing_into_the_family(written, world):
    as_person(written, world, "Bella")
    with pytest.raises(DBAPIError, match="row-level security"), written.begin_nested():
        rows(
            written,
            "INSERT INTO people (reference, family_id, name, match_name, relation, own_words,"
            " phone, version) VALUES ('X', 1, 'X', 'x', 'child', '', '', 1) RETURNING id",
        )
    assert written.exec_driver_sql("UPDATE people SET phone = '1'").rowcount == 0
    assert written.exec_driver_sql("DELETE FROM involvements").rowcount == 0


def words_of(connection: Connection, reference: str) -> list[object]:
    """Return a note's words, where it keeps them and where its versions do."""
    found = "SELECT {} FROM {} JOIN entries USING (id) WHERE reference = '{}'"
    note = rows(connection, found.format("text", "notes", reference))
    kept = "(SELECT entry_id AS id, words FROM entry_versions) AS kept"
    return [*note, *rows(connection, found.format("words", kept, reference))]


def test_what_an_entry_says_is_kept_from_those_who_may_not_read_it(written, world):
    """By level: who reads it, and for which agency they must act."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        notes = {level: writer.add(Note, "Amira", level, text="Held back") for level in Level}
        trail.acting(session, trail.Acting(service="test"), "test")
        reader = account_id(session, "Ben")
        session.add(EntryReader(entry_id=notes[Level.NAMED].id, account_id=reader))
        session.flush()
        writer.danger("Colm", notes[Level.NAMED])
        records.question(writer, "Amira", notes[Level.PARENTS_OWN], "Cerys")
        named = {level: note.reference for level, note in notes.items()}
    own = {Level.OPEN, Level.OWN_AGENCY, Level.NAMED}
    readers = {
        "Amira": set(Level),
        "Ben": {Level.OPEN, Level.NAMED},
        "Colm": {Level.OPEN, Level.NAMED},
        "Esi": {Level.OPEN},
        "Dana": own,
        "Elif": own | {Level.SAFE_CONTACT},
        "Cerys": own | {Level.PARENTS_OWN},
        "Bella": set(),
    }
    for name, levels in readers.items():
        as_person(written, world, name)
        seen = {level for level in Level if len(words_of(written, named[level])) == 2}
        assert seen == levels, name
        assert not any(words_of(written, named[level]) for level in set(Level) - levels), name


def test_what_a_seconded_worker_reads_follows_the_agency_acted_for(written, world):
    """E07: one person, two agencies."""
    with world.session() as session:
        writer = Writer.of(session, world.moment, world.family)
        note = writer.add(Note, "Amira", Level.OWN_AGENCY, text="Ours").reference
    for team, seen in (("Northside CMHT", 2), ("Eastway Family Support", 0)):
        as_person(written, world, "Gus", team)
        assert len(words_of(written, note)) == seen, team


def test_the_door_tells_for_whom_somebody_acts(gus, world, connection):
    """In the statement that finds out who they are, by the choice that it makes."""
    ask = "SELECT current_setting('coordinator.account'), current_setting('coordinator.agency')"
    agencies = set()
    for agency in (None, "Eastway", "Northside"):
        if agency:
            gus.act_for(agency)
        with world.session() as session:
            actor = actors.load(
                session, gus._kept()[door.TOKEN], world.moment.now, world.moment.today
            )
            assert actor is not None
            said = session.connection().exec_driver_sql(ask).one()
            assert tuple(said) == (str(actor.account_id), str(actor.agency_id))
            assert session.info["told"][:2] == tuple(said)
            agencies.add(actor.agency_id)
    assert len(agencies) == 2


def test_a_page_takes_no_statement_to_tell_who_acts(amira, statements):
    amira.get("/families/LANE-01")
    statements.clear()
    amira.get("/families/LANE-01")
    telling = [said for said in statements if "set_config" in said]
    assert telling == [said for said in statements if "sign_in_sessions.token_hash" in said][:1]
    assert len(telling) == 1


def test_what_was_told_ends_with_its_transaction(fresh_app):
    """The next visitor gets the same connection, and nothing of the last one's."""
    world = World(fresh_app)
    engine = databases.engine_of(fresh_app)
    with world.does("Amira") as (session, _):
        process = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
        assert numbers(session.connection())["people"] > 0
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT pg_backend_pid()").scalar() == process
        assert set(numbers(connection).values()) == {0}
    Client(fresh_app).sign_in("Amira").get("/families/LANE-01")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT pg_backend_pid()").scalar() == process
        assert set(numbers(connection).values()) == {0}


def test_after_a_commit_and_after_a_rollback_the_same_person_is_told_again(fresh_app):
    world = World(fresh_app)
    with world.does("Amira") as (session, _):
        for end in (session.commit, session.rollback):
            assert numbers(session.connection())["people"] > 0
            end()
        trail.acting(session, trail.NOBODY, "test")
        assert numbers(session.connection())["people"] == 0
        trail.acting(session, trail.Acting(service="test"), "test")
        assert numbers(session.connection())["people"] > 0


LIFTING = (
    "DROP POLICY known ON people",
    "ALTER POLICY known ON people USING (true)",
    "CREATE POLICY more ON people USING (true)",
    "ALTER TABLE people DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE people OWNER TO coordinator_app",
    "ALTER ROLE coordinator_app BYPASSRLS",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "TRUNCATE people CASCADE",
    "DROP TRIGGER entries_fixed ON entries",
    "UPDATE alembic_version SET version_num = '0001'",
    "COPY people TO PROGRAM 'cat'",
)


def test_the_role_of_the_app_cannot_lift_a_rule(connection):
    is_bound = "SELECT NOT rolsuper AND NOT rolbypassrls FROM pg_roles WHERE rolname = current_user"
    assert rows(connection, is_bound) == [(True,)]
    assert rows(connection, "SELECT current_user") == [(databases.ROLE,)]
    for statement in LIFTING:
        with pytest.raises(DBAPIError, match=r"denied|must be"), connection.begin_nested():
            rows(connection, statement)
    rows(connection, "SELECT set_config('row_security', 'off', true)")
    with pytest.raises(DBAPIError, match="row-level security"), connection.begin_nested():
        rows(connection, "SELECT FROM people")


def test_a_role_that_could_bypass_the_rules_is_granted_nothing(database, fresh_database):
    app = create_app(databases.config(database.owned(fresh_database)))
    run = app.test_cli_runner()
    owner = make_url(database.template).username or "postgres"
    for role, said in ((owner, "could lift"), ("no-such-role", "no such role")):
        refused = run.invoke(args=["grant", role])
        assert (refused.exit_code, said in refused.output) == (1, True), refused.output
    assert run.invoke(args=["grant", databases.ROLE]).exit_code == 0
    databases.dispose(app)
