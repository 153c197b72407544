"""The second wall: a query that forgets its scope still shows nothing of what is hidden.

Every query here is one that no page may have: it names no reader.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import exists, func, insert, literal, select, true, union_all, update
from sqlalchemy.orm import Session, aliased, joinedload, registry, relationship, selectinload

from coordinator import trail
from coordinator.access import prepared, scope, wall
from coordinator.demo import cast
from coordinator.errors import TrailBypassedError, WallBypassedError
from coordinator.models.base import Model
from coordinator.models.entries import Entry, EntryReader
from coordinator.models.families import Family, Involvement, Person
from coordinator.models.outbox import OutboxMessage
from coordinator.models.plans import Goal
from coordinator.models.sharing import Note
from coordinator.vocabulary import Level
from sharing_writer import account_id
from world import World
from writer import Writer

GOAL, NOTE = "Eat together twice a week", "She asked about sleep"


@pytest.fixture
def written(session: Session, world: World) -> Iterator[Writer]:
    """Give a writer; Amira has written a goal and a note of her own agency."""
    writer = Writer.of(session, world.moment, world.family)
    writer.goal("Amira", GOAL)
    writer.add(Note, "Amira", Level.OWN_AGENCY, text=NOTE)
    return writer


def acts(session: Session, name: str) -> Session:
    """Let this person act in the session, as they do behind the door."""
    session.info.pop("acting", None)
    actor = cast.actor(session, name)
    session.flush()
    session.expunge_all()
    trail.acting(session, actor.acting(), "test", reading=True)
    return session


def a_union(session: Session) -> list[str]:
    names = select(Person.name)
    return list(session.scalars(union_all(names, select(aliased(Person).name))))


def a_join(session: Session) -> list[str]:
    statement = select(Goal.text).select_from(Family).join(Goal, Goal.family_id == Family.id)
    return list(session.scalars(statement))


def an_outer_join(session: Session) -> list[str]:
    """Start from a table of which nothing is hidden."""
    number = select(literal(1).label("one")).subquery()
    statement = select(Person.name).select_from(number).outerjoin(Person, Person.id >= number.c.one)
    return [name for name in session.scalars(statement) if name is not None]


WAYS = {
    "select of records": lambda s: s.scalars(select(Goal)).all(),
    "select of columns": lambda s: s.scalars(select(Goal.text)).all(),
    "select of families": lambda s: s.scalars(select(Family.reference)).all(),
    "select of people": lambda s: s.scalars(select(Person.name)).all(),
    "select of workers": lambda s: s.scalars(select(Involvement.account_id)).all(),
    "select of entries": lambda s: s.scalars(select(Entry.reference)).all(),
    "count": lambda s: s.scalar(select(func.count()).select_from(Entry)),
    "count of a subquery": lambda s: s.scalar(
        select(func.count()).select_from(select(Person.id).subquery())
    ),
    "exists": lambda s: s.scalar(select(exists().where(Person.name.startswith("Kim")))),
    "in a subquery": lambda s: s.scalars(
        select(literal(1)).where(literal("Kim Lane").in_(select(Person.name)))
    ).all(),
    "a common table expression": lambda s: s.scalars(select(select(Goal.text).cte().c.text)).all(),
    "join": a_join,
    "outer join": an_outer_join,
    "alias": lambda s: s.scalars(select(aliased(Goal, flat=True).text)).all(),
    "union": a_union,
    "get": lambda s: s.get(Family, 1),
    "query": lambda s: s.query(Person.name).all(),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_query_of_an_excluded_worker_returns_a_row_of_the_family(way, session, written):
    """Threats, 4: each way that SQLAlchemy has; Ben, who is not excluded, gets rows by it."""
    written.exclude("Amira")
    assert WAYS[way](acts(session, "Ben")), way
    assert not WAYS[way](acts(session, "Amira")), way
    session.info.pop("acting")


@pytest.mark.parametrize(
    "load", [joinedload, selectinload, None], ids=["joined", "selectin", "lazy"]
)
def test_no_relationship_leads_an_excluded_worker_to_the_family(load, session, written):
    """Our models have no relationship; should one come, it is behind the wall, too."""
    assert not [r for mapper in Model.registry.mappers for r in mapper.relationships]
    mapped = registry()
    exclusions = Model.metadata.tables["exclusions"]
    case = type("Case", (), {})
    mapped.map_imperatively(
        case,
        exclusions,
        properties={
            "people": relationship(
                Person,
                primaryjoin=Person.family_id == exclusions.c.family_id,
                foreign_keys=Person.family_id,
                viewonly=True,
                uselist=True,
            )
        },
    )
    try:
        written.exclude("Amira")
        for name, seen in (("Ben", True), ("Amira", False)):
            statement = select(case) if load is None else select(case).options(load(case.people))
            found = acts(session, name).scalars(statement).unique().one()
            assert bool(found.people) is seen, name
    finally:
        session.expunge_all()
        session.info.pop("acting")
        mapped.dispose()


@pytest.mark.parametrize("way", [Goal, aliased(Goal, flat=True)], ids=["model", "alias"])
def test_what_an_entry_says_is_kept_from_the_other_agency(way, session, written):
    note = Note if way is Goal else aliased(Note, flat=True)
    readers = {"Amira": [NOTE], "Bella": [], "Ben": []}
    for name, seen in readers.items():
        assert acts(session, name).scalars(select(note.text)).all() == seen, name
        assert session.scalars(select(way.text)).all() == [GOAL]
    session.info.pop("acting")


def test_that_an_entry_is_there_may_be_told(session, written):
    """A notice says kind, date and holder; none of them stands in the entry's own table."""
    kinds = acts(session, "Ben").scalars(select(Entry.kind)).all()
    assert "note" in kinds
    session.info.pop("acting")


def test_a_named_reader_of_the_other_agency_passes_the_wall(session, written):
    trail.acting(session, trail.Acting(service="test"), "test")
    note = session.scalars(select(Note)).one()
    session.add(EntryReader(entry_id=note.id, account_id=account_id(session, "Ben")))
    session.flush()
    assert acts(session, "Ben").scalars(select(Note.text)).all() == [NOTE]
    session.info.pop("acting")


def test_rows_are_not_copied_by_a_select_and_not_changed_in_bulk(session, written):
    acts(session, "Ben")
    session.info["reading"] = False
    copy = insert(OutboxMessage).from_select(["kind"], select(Person.name))
    with pytest.raises(WallBypassedError):
        session.execute(copy)
    with pytest.raises(TrailBypassedError):
        session.execute(update(Person).values(name="Nobody"))
    session.info.pop("acting")


def test_where_nobody_has_signed_in_there_is_no_family(session, written):
    trail.acting(session, trail.NOBODY, "front.home", reading=True)
    for model in (Family, Person, Involvement, Entry, Goal, Note):
        assert session.scalars(select(model)).all() == []
    session.info.pop("acting")


def test_every_kind_of_entry_stands_behind_the_wall():
    """A new kind is behind it on the day it is added."""
    for mapper in Entry.__mapper__.self_and_descendants:
        statement = str(select(mapper.class_.id).options(wall.PERSON))
        assert "wall_exclusions" in statement, mapper.class_
        assert ("wall_readers" in statement) is (mapper.class_ is not Entry), mapper.class_


def test_with_the_first_wall_gone_the_pages_still_show_nothing(session, written, monkeypatch):
    """The scope lets everything pass, by a fault; what is written is still not on any page."""
    written.exclude("Bella")
    session.commit()
    monkeypatch.setattr(scope, "may_know", lambda *_: true())
    monkeypatch.setattr(scope, "readable", lambda *_: true())
    for name in ("Ben", "Bella"):
        actor = cast.actor(session, name)
        acts(session, name)
        condition = scope.readable(actor, true(), true())
        rows = prepared.rows(session, select(Note.text).where(condition), {})
        assert rows.all() == [], name
        goals = session.scalars(select(Goal.text).where(scope.not_excluded(actor, Goal.family_id)))
        assert goals.all() == ([GOAL] if name == "Ben" else []), name
    session.info.pop("acting")
