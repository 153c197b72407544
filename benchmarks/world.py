"""What is measured: a family as busy as the goals say, and an area's worth of trail."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from flask import Flask
from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlalchemy.orm import Session

from benchmarks.places import ROLE, Place
from config import Config
from coordinator import clock, create_app, demo
from coordinator.access.door import TOKEN
from coordinator.demo import cast as people
from coordinator.demo.lane import WORKING_TOGETHER
from coordinator.demo.teller import scene
from coordinator.extensions import db
from coordinator.models.accounts import Account, Membership
from coordinator.models.base import references
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.trail import TrailEvent
from coordinator.reads.plans import whole
from coordinator.services import actions, families, plan_sharing, sign_in
from coordinator.services.families import PersonDetails
from coordinator.services.sharing_facts import Facts
from coordinator.trail import MICROS_AN_HOUR, micros
from coordinator.vocabulary import (
    CaseRole,
    ChildrenAsked,
    EntryKind,
    Mechanism,
    Outcome,
    ParentTold,
    Purpose,
    Relation,
    Role,
)

FAMILY = "LANE-01"
MEMBERS, ACTIONS, CONTACTS = 6, 10, 20
TEAMS, STAFF_OF_A_TEAM, FAMILIES = 40, 10, 1_500


def app_of(place: Place) -> Flask:
    """Return the app on this database."""
    return create_app(Config.from_environment(place.environ))


def prepare(place: Place) -> None:
    """Make the tables, tell the demo world, and make LANE-01 as busy as the goals say."""
    app = app_of(place)
    with app.app_context():
        app.extensions["alembic"].upgrade()
        demo.load(db.session)
        _fill_family(db.session)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            _analyse(db.engine)
            with db.engine.begin() as connection:
                connection.exec_driver_sql(
                    f"DO $$ BEGIN CREATE ROLE {ROLE} LOGIN PASSWORD '{ROLE}';"
                    " EXCEPTION WHEN duplicate_object THEN NULL; END $$"
                )
            app.test_cli_runner().invoke(args=["grant", ROLE], catch_exceptions=False)
        db.engine.dispose()
    for engine in app.extensions["alembic"].engines.values():
        engine.dispose()


def _fill_family(session: Session) -> None:
    with scene(session, "Amira", FAMILY, does="families.change") as telling:
        here = (session, telling.actor, telling.moment)
        for number in range(MEMBERS - 4):
            grandparent = PersonDetails(f"Rose Lane {number}", Relation.OTHER_CARER)
            families.add_person(session, telling.moment, telling.family, grandparent)
        goals = [goal.part.reference for goal in whole(*here, telling.family).goals]
        for number in range(ACTIONS - _count(session, EntryKind.ACTION)):
            actions.ask(
                *here,
                telling.family,
                f"Ask the health visitor about the weekly weighing clinic, part {number + 1}",
                telling.worker(("Amira", "Ben")[number % 2]),
                telling.moment.today + timedelta(days=7 + number),
                goals[number % len(goals)],
            )
        openable = [reference for reference, *_ in whole(*here, telling.family).openable]
        if openable:
            facts = Facts(
                Purpose.JOINT_PLAN,
                parent_told=ParentTold.YES,
                parent_view="Kim agrees.",
                basis=WORKING_TOGETHER,
                who_needs="Ben, to plan",
            )
            plan_sharing.share(*here, telling.family, openable, facts)
        for _ in range(CONTACTS - _count(session, EntryKind.CONTACT_ATTEMPT)):
            telling.tried(telling.worker("Ben"), Outcome.NO_ANSWER, "About the clinic")
    session.commit()


def _count(session: Session, kind: EntryKind) -> int:
    family = select(Family.id).where(Family.reference == FAMILY).scalar_subquery()
    counted = select(func.count()).where(Entry.kind == kind, Entry.family_id == family)
    return session.scalar(counted) or 0


def cookies(place: Place, name: str, how_many: int) -> list[tuple[str, str]]:
    """Sign this person in so many times; return each session's cookie and its bare token."""
    app = app_of(place)
    found = []
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    with app.app_context():
        account = db.session.scalars(select(Account.id).where(Account.name == name)).one()
        for _ in range(how_many):
            token = sign_in.start_session(db.session, account, "127.0.0.1", clock.now())
            db.session.commit()
            found.append((serializer.dumps({TOKEN: token, "csrf_token": "0" * 40}), token))
        db.engine.dispose()
    return found


def area(place: Place) -> None:
    """Add forty teams of ten workers and 1,500 families: Dana's team is one of them."""
    app = app_of(place)
    today, now = clock.today(), clock.now()
    with app.app_context(), db.engine.begin() as connection:
        agencies = [row.agency_id for row in connection.execute(select(Team.agency_id).distinct())]
        made = {"starts_on": today - timedelta(days=400)}
        first_team = _next(connection, Team)
        teams = [
            {
                "id": first_team + n,
                "reference": references.drawn(),
                "agency_id": agencies[n % 2],
                "name": f"Team {n}",
            }
            for n in range(TEAMS)
        ]
        connection.execute(insert(Team), teams)
        first = _next(connection, Account)
        staff = range(first, first + TEAMS * STAFF_OF_A_TEAM)
        connection.execute(
            insert(Account),
            [
                {
                    "id": n,
                    "reference": references.drawn(),
                    "email": f"w{n}@area.example",
                    "name": f"Worker {n}",
                    "created_at": now,
                }
                for n in staff
            ],
        )
        connection.execute(
            insert(Membership),
            [
                {
                    "reference": references.drawn(),
                    "account_id": n,
                    "team_id": teams[(n - first) % TEAMS]["id"],
                    "role": Role.SOCIAL_WORKER,
                    **made,
                }
                for n in staff
            ],
        )
        first_family = _next(connection, Family)
        connection.execute(
            insert(Family),
            [
                {
                    "id": first_family + n,
                    "reference": references.drawn(),
                    "opened_at": now,
                    "opened_by_id": first,
                    "agency_id": agencies[0],
                    "children_asked": ChildrenAsked.YES,
                    "children_why_not": "",
                    "version": 1,
                }
                for n in range(FAMILIES)
            ],
        )
        connection.execute(
            insert(Involvement),
            [
                {
                    "reference": references.drawn(),
                    "family_id": first_family + n,
                    "account_id": worker,
                    "agency_id": teams[(worker - first) % TEAMS]["agency_id"],
                    "team_id": teams[(worker - first) % TEAMS]["id"],
                    "role": CaseRole.SOCIAL_WORKER,
                    "lead": True,
                    "end_reason": "",
                    **made,
                }
                for n in range(FAMILIES)
                for worker in (first + n % len(staff), first + (n * 7 + 1) % len(staff))
            ],
        )
        _entries_of_area(connection, first_family)
        db.engine.dispose()


def _entries_of_area(connection: Connection, first_family: int) -> None:
    """Give each family a plan and one attempt of its first worker to reach the second."""
    workers: dict[int, list[Any]] = {}
    for row in connection.execute(
        select(Involvement.family_id, Involvement.account_id, Involvement.agency_id)
        .where(Involvement.family_id >= first_family)
        .order_by(Involvement.id)
    ):
        workers.setdefault(row.family_id, []).append(row)
    first = _next(connection, Entry)
    common = {"created_at": clock.now(), "version": 1, "level": "open", "notice": "everyone"}
    entries, contacts = [], []
    for n, (family_id, (tries, other)) in enumerate(workers.items()):
        by = {"family_id": family_id, "author_id": tries.account_id, "agency_id": tries.agency_id}
        for offset, kind in enumerate((EntryKind.PLAN, EntryKind.CONTACT_ATTEMPT)):
            numbers = {"id": first + 2 * n + offset, "reference": references.drawn()}
            entries.append({**numbers, "kind": kind, **by, **common})
        contacts.append(
            {
                "id": first + 2 * n + 1,
                "account_id": other.account_id,
                "contacted_agency_id": other.agency_id,
                "someone_else": "",
                "attempted_at": clock.now(),
                "mechanism": Mechanism.TELEPHONE,
                "outcome": Outcome.NO_ANSWER,
                "line": "",
            }
        )
    connection.execute(insert(Entry.__table__), entries)  # type: ignore[arg-type]
    connection.execute(insert(ContactAttempt.__table__), contacts)  # type: ignore[arg-type]


def _next(connection: Connection, model: Any) -> int:
    return (connection.scalar(select(func.max(model.id))) or 0) + 1


ACTS = {
    "look": ("plans.read", 0),
    "contact": ("contacts.log", 8),
    "change": ("plans.write", 4),
    "invitation": ("meetings.arrange", 6),
    "reply": ("meetings.reply", 2),
    "refusal": ("plans.read", 0),
    "sign-in": ("sessions.sign-in", 0),
}
TOWARDS = ("contact", "invitation", "reply")
TRIES = cast("Table", ContactAttempt.__table__).c
OUTCOMES = {"contact": ("no-answer", "reached", "left-message"), "reply": ("accepted",)}


def fill_trail(place: Place, how_many: int) -> None:
    """Write a year of visits: a worker signs in, looks at a family of theirs, acts on it."""
    app = app_of(place)
    with app.app_context():
        with db.engine.begin() as connection:
            rows = _visits(connection, how_many)
            table = TrailEvent.__table__
            while batch := [row for row, _ in zip(rows, range(10_000), strict=False)]:
                connection.execute(insert(table), batch)  # type: ignore[arg-type]
        if db.engine.dialect.name == "postgresql":
            _analyse(db.engine)
        db.engine.dispose()


def _analyse(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _visits(connection: Connection, how_many: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(1)  # noqa: S311  (the same visits in every run)
    cases = connection.execute(
        select(Involvement.account_id, Involvement.agency_id, Involvement.family_id)
    ).all()
    tried = {
        row.family_id: row
        for row in connection.execute(
            select(Entry.family_id, Entry.id, Entry.author_id, TRIES.account_id)
            .join(TRIES.id.table, TRIES.id == Entry.id)
            .where(TRIES.account_id.is_not(None))
        )
    }
    at = micros(clock.now()) - 365 * 24 * MICROS_AN_HOUR
    step = 2 * 365 * 24 * MICROS_AN_HOUR // how_many
    written = 0
    while written < how_many:
        case, session = draw.choice(cases), secrets.token_bytes(8)
        for kind in _acts_of_a_visit(draw):
            written += 1
            at += draw.randrange(1, max(step, 2))
            action, fields = ACTS[kind]
            about = kind not in ("sign-in", "refusal")
            contact = tried.get(case.family_id) if kind in TOWARDS else None
            said = {f"field{n}": [None, secrets.token_urlsafe(12)] for n in range(fields)}
            yield {
                "event_id": secrets.token_bytes(16),
                "schema": 1,
                "at": at,
                "db_at": at + 300,
                "hour": at // MICROS_AN_HOUR,
                "actor_id": case.account_id,
                "agency_id": case.agency_id,
                "kind": kind,
                "action": action,
                "allowed": kind != "refusal",
                "outcome": draw.choice(OUTCOMES[kind]) if kind in OUTCOMES else None,
                "family_id": case.family_id if about else None,
                "record_kind": "families" if about else None,
                "record_ref": None if kind == "sign-in" else "0ABCDEFGH",
                "entry_id": contact.id if contact and kind == "contact" else None,
                "towards_id": contact.account_id if contact else None,
                "fields": json.dumps(said, separators=(",", ":")) if said else None,
                "session_hash": session,
                "request_id": secrets.token_bytes(8),
                "writer": 1 + case.account_id % 2,
                "writer_n": written,
            }
            if written == how_many:
                return


def _acts_of_a_visit(draw: random.Random) -> list[str]:
    looks = ["look"] * draw.randrange(2, 6)
    chances = {"sign-in": 0.3, "contact": 0.35, "change": 0.3, "invitation": 0.1, "reply": 0.1}
    return (
        looks
        + [kind for kind, chance in chances.items() if draw.random() < chance]
        + (["refusal"] if draw.random() < 0.04 else [])
    )


def references_of(place: Place) -> dict[str, str]:
    """Return what the audit's addresses need: references of a person and of an agency."""
    app = app_of(place)
    with app.app_context():
        amira = people.actor(db.session, "Amira")
        agency = select(Agency.reference).where(Agency.id == amira.agency_id)
        found = {"person": amira.reference, "agency": db.session.scalars(agency).one()}
        db.session.rollback()
        db.engine.dispose()
    return found
