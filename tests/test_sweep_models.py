"""True of every table, whoever adds it."""

from datetime import datetime

import pytest
from sqlalchemy import CheckConstraint, DateTime, Table, UniqueConstraint

from coordinator.models import Model
from coordinator.models.base import UTCDateTime
from coordinator.models.entries import Entry
from coordinator.models.safe_contacts import SafeContact
from coordinator.vocabulary import EntryKind

TABLES = Model.metadata.sorted_tables
# What the trail does not follow, and why nobody needs to be told of a change to it.
NOT_AUDITED = {
    "trail_events": "is the trail",
    "trail_keys": "is the trail",
    "trail_seals": "is the trail",
    "trail_tree": "is the trail",
    "trail_checkpoints": "is the trail",
    "entry_versions": "is written with the trail, from the same flush",
    "sign_in_sessions": "signing in and out are events of their own",
    "wrong_sign_ins": "a wrong sign-in is an event of its own",
    "submissions": "the act itself is in the trail",
    "drafts": "what was typed and not sent",
    "outbox": "mail is an event of its own",
    "calendar_fetches": "what was told is an event of its own",
    "alert_scans": "how far the trail was read",
    "taken_times": "follows from what is agreed, which is in the trail",
    "check_counts": "answers are counted and nobody’s: an event would say whose each was",
}
LOCAL = {"meetings.local_start", "support_sessions.moved_to", "visits.local_start"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_foreign_key_leads_an_index(table: Table):
    """A page that asks for the rows of a record never reads the whole table."""
    led = {next(iter(index.columns)).name for index in table.indexes}
    led |= {
        next(iter(key.columns)).name
        for key in table.constraints
        if isinstance(key, UniqueConstraint) and len(key.columns)
    }
    led.add(next(iter(table.primary_key.columns)).name)
    assert {key.parent.name for key in table.foreign_keys} - led == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_constraint_has_a_name_of_its_own(table: Table):
    """PostgreSQL refuses two checks of one name, SQLite does not; a migration needs names."""
    names = [str(c.name) for c in table.constraints] + [str(i.name) for i in table.indexes]
    assert "None" not in names
    assert len(names) == len(set(names)), sorted(names)
    assert all(len(name) <= 63 for name in names), "PostgreSQL cuts longer names"


def test_what_the_trail_does_not_follow_is_declared_here():
    unaudited = {m.class_.__tablename__ for m in Model.registry.mappers if not m.class_.audited}
    assert unaudited == set(NOT_AUDITED)


def test_every_kind_of_entry_has_its_table_and_keeps_its_words():
    kinds = {m.polymorphic_identity: m.class_ for m in Entry.__mapper__.self_and_descendants}
    del kinds[None]
    assert set(kinds) == set(EntryKind)
    for model in kinds.values():
        columns = set(model.__table__.columns.keys())
        assert set(model.content) <= columns, model
        if model is not SafeContact:  # its words stand in its own table alone
            assert model.content, f"{model} says nothing that a version could keep"


def test_whatever_belongs_to_a_family_leads_to_it():
    """Each audited table holds a family, is a part of an entry, or holds no fact about a family."""
    without = {
        "absences",
        "accounts",
        "departures",
        "desks",
        "desk_slots",
        "directory_rules",
        "memberships",
        "setup_links",
        "agencies",
        "teams",
        "sites",
        "posts",
        "post_confirmations",
        "post_holdings",
        "meeting_kinds",
        "lawful_bases",
        "ground_rules",
        "clock_rules",
        "calendar_feeds",
        "guest_domains",
        "visit_kinds",
        "guide_words",
        "local_services",
        "local_service_versions",
        "link_pairs",
        "pair_reviews",
        "vacancies_heard",
        "difficulties",
        "joint_concerns",
        "difficulty_notes",
        "joint_meetings",
        "joint_meeting_people",
        "joint_meeting_topics",
        "questions",
        "question_answers",
        "referral_forms",
        "referral_questions",
        "referral_routes",
        "areas",
        "audit_views",
        "former_names",
        "former_words",
        "former_reasons",
        "setting_changes",
        "worry_steps",
        "documents",
        "protocol_steps",
        "document_versions",
        "document_owners",
        "document_readings",
        "families",
    }
    lost = set()
    for mapper in Model.registry.mappers:
        model = mapper.class_
        leads = {"family_id", model.part_of} & {column.key for column in mapper.columns}
        if model.audited and model.__tablename__ not in without and not leads:
            lost.add(model.__tablename__)
    assert lost == set()


def test_no_unique_key_tells_that_a_hidden_person_exists():
    """A key over what people say of a family would answer whether somebody is known."""
    # Drawn at random, or fixed by what is already in sight.
    drawn = {("reference",), ("uid",), ("event_id",)}
    told = {}
    for table in TABLES:
        if "family_id" not in table.columns and table.name not in ("families", "people"):
            continue
        keys = [
            tuple(c.columns.keys()) for c in table.constraints if isinstance(c, UniqueConstraint)
        ]
        keys += [tuple(i.columns.keys()) for i in table.indexes if i.unique]
        told[table.name] = [key for key in keys if key not in drawn]
    assert {name: keys for name, keys in told.items() if keys} == {}


def test_every_instant_is_aware_on_both_databases():
    plain = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if isinstance(column.type, DateTime) and not isinstance(column.type, UTCDateTime)
    }
    assert plain == LOCAL


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        UTCDateTime().process_bind_param(datetime(2026, 1, 1), None)  # noqa: DTZ001


def test_every_check_lists_the_words_of_the_vocabulary():
    for table in TABLES:
        checked = {
            str(c.sqltext).partition(" ")[0]
            for c in table.constraints
            if isinstance(c, CheckConstraint)
        }
        for column in table.columns:
            if hasattr(column.type, "enum_class") and column.type.enum_class:
                assert column.name in {name.split(".")[-1] for name in checked}, column
