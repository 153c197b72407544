"""A web process rehearses at its start, so that its first visitor waits no longer than the next."""

from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

import databases
from coordinator import rehearse
from coordinator.access import prepared
from coordinator.extensions import db
from page import Client


def test_the_first_visitor_of_a_plan_finds_what_it_reads_compiled(fresh_app):
    amira = Client(fresh_app).sign_in("Amira")
    rehearse(fresh_app)
    compiled = []

    @event.listens_for(databases.engine_of(fresh_app), "after_cursor_execute")
    def listen(_connection, _cursor, statement, _values, context, _many):
        if context.compiled is not None and context.cache_hit is CacheStats.CACHE_MISS:
            compiled.append(statement)

    assert amira.get("/families/LANE-01/plan").status == 200
    assert [words for words in compiled if words.startswith("SELECT")] == []


def test_a_rehearsal_goes_through_to_its_end(fresh_app):
    """Every statement takes what is filled in for nobody, on each of the databases."""
    with fresh_app.app_context():
        prepared.rehearse(db.session)
        db.session.rollback()
