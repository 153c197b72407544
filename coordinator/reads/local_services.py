"""Local services as the directory shows them, and as the sheet for others prints them."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.local_service_rules import LocalServiceInSight
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.areas import Area
from coordinator.models.directory import Agency, Post, Team
from coordinator.models.directory_rules import DirectoryRule
from coordinator.models.local_services import LocalService, LocalServiceVersion
from coordinator.reads.directory_rules import in_force
from coordinator.reads.search_words import begins_with
from coordinator.settings import SETTINGS
from coordinator.vocabulary import OnPregnancy, Topic, topics_named

VERSION = LocalServiceVersion
EVERYWHERE = "All areas"
# What the sheet for GPs and others is about (P09).
ON_THE_SHEET = (Topic.PREGNANCY_AND_BIRTH, Topic.INFANT_MENTAL_HEALTH)
SAID = {
    "name": "Name",
    "what": "What they do",
    "for_whom": "For whom",
    "kinds": "About",
    "area": "Area",
    "how_to_get_in": "How to get in",
    "phone": "Phone",
    "hours": "Hours",
    "pregnancy": "In pregnancy",
    "at_birth": "Around birth",
    "wait": "Waiting time",
}


@dataclass(frozen=True)
class ServiceCard:
    """A service as it is described now.  `check`: nobody has confirmed it for too long."""

    id: int
    reference: str
    name: str
    what: str
    for_whom: str
    topics: tuple[Topic, ...]
    area: str
    area_reference: str
    how_to_get_in: str
    phone: str
    hours: str
    on_pregnancy: OnPregnancy
    at_birth: str
    waiting: str
    waiting_said_on: date | None
    looked_after_by: str
    post: str
    confirmed_on: date
    check: bool


@dataclass(frozen=True)
class ServiceChange:
    """What one version changed: (what, before, after); nothing for the first."""

    at: datetime
    by: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ServicePage:
    """A service, how it was before (the newest first), and what the reader may do."""

    card: ServiceCard
    history: tuple[ServiceChange, ...]
    version: int
    may_change: bool
    is_closed: bool


def found(
    session: Session, moment: Moment, words: list[str], topic: Topic | None
) -> tuple[ServiceCard, ...]:
    """Return the services of a topic that hold some of the words, the best match first.

    One statement.
    """
    held = sum((case((_holds(word), 1), else_=0) for word in words), start=literal(0))
    where = [held > 0] if words else []
    if topic:
        where.append(_is_about(topic))
    return _cards(session, moment, *where, best=held.desc() if words else None)


def on_the_sheet(session: Session, moment: Moment) -> tuple[ServiceCard, ...]:
    """Return the perinatal and parent-infant services (P09).  One statement."""
    about = [_is_about(topic) for topic in ON_THE_SHEET]
    return _cards(session, moment, or_(*about, VERSION.on_pregnancy == OnPregnancy.SPECIALIST))


def one(
    session: Session, actor: Actor, moment: Moment, service: LocalServiceInSight
) -> ServicePage:
    """Return one service with how it was before.  Two statements."""
    row = session.execute(_statement(moment).where(LocalService.id == service.id)).one()
    versions = session.execute(
        select(*_said(), VERSION.at, Account.name.label("by"))
        .join(Account, Account.id == VERSION.by_id)
        .outerjoin(Area, Area.id == VERSION.area_id)
        .where(VERSION.service_id == service.id)
        .order_by(VERSION.id)
    ).all()
    told = [_in_words(version) for version in versions]
    history = [
        ServiceChange(
            version.at,
            version.by,
            tuple(
                (SAID[name], before[name], now[name]) for name in SAID if before[name] != now[name]
            ),
        )
        for version, before, now in zip(versions, [told[0], *told], told, strict=False)
    ]
    return ServicePage(
        _card(row, moment),
        tuple(reversed(history)),
        len(versions),
        decide(actor, Permission.SERVICES_CHANGE, service).allowed,
        row.closed_at is not None,
    )


def choices(session: Session) -> list[tuple[str, str]]:
    """Return the services as (reference, name), by name.  One statement."""
    rows = session.execute(
        select(LocalService.reference, VERSION.name)
        .select_from(LocalService)
        .join(VERSION, newest())
        .where(LocalService.closed_at.is_(None))
        .order_by(func.lower(VERSION.name))
    )
    return [(row.reference, row.name) for row in rows]


def posts(session: Session) -> list[tuple[str, str]]:
    """Return the posts that can look after a service, as (reference, words).  One statement."""
    rows = session.execute(
        select(Post.reference, Post.kind, Agency.name.label("agency"), Team.name.label("team"))
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .order_by(Agency.name, Team.name, Post.id)
    )
    return [(row.reference, f"{row.kind.label}, {row.team or row.agency}") for row in rows]


def newest() -> Any:
    """Return the condition that a version is the newest of its service."""
    others = aliased(VERSION)
    last = select(func.max(others.id)).where(others.service_id == LocalService.id)
    return VERSION.id == last.scalar_subquery()


def _holds(word: str) -> ColumnElement[bool]:
    columns = (VERSION.name, VERSION.what, VERSION.for_whom, Area.name, VERSION.how_to_get_in)
    return or_(
        *[begins_with(column, word) for column in columns],
        *[_is_about(topic) for topic in topics_named(word)],
    )


def _is_about(topic: Topic) -> ColumnElement[bool]:
    return VERSION.topics.contains(f" {topic.value} ", autoescape=True)


def _said() -> list[Any]:
    names = {field.name for field in fields(ServiceCard)}
    return [
        *(column for column in VERSION.__table__.columns if column.name in names - {"id"}),
        func.coalesce(Area.name, EVERYWHERE).label("area"),
        func.coalesce(Area.reference, "").label("area_reference"),
    ]


def _statement(moment: Moment) -> Any:
    return (
        select(
            LocalService.id,
            LocalService.reference,
            *_said(),
            LocalService.confirmed_on,
            LocalService.closed_at,
            Post.reference.label("post"),
            Post.kind,
            func.coalesce(Team.name, Agency.name).label("whose"),
            in_force(DirectoryRule.confirmed_every_days, moment.today).label("every"),
        )
        .select_from(LocalService)
        .join(VERSION, newest())
        .outerjoin(Area, Area.id == VERSION.area_id)
        .outerjoin(Post, Post.id == LocalService.post_id)
        .outerjoin(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
    )


def _cards(
    session: Session, moment: Moment, *where: ColumnElement[bool], best: Any = None
) -> tuple[ServiceCard, ...]:
    order = [func.lower(VERSION.name), LocalService.id]
    rows = session.execute(
        _statement(moment)
        .where(LocalService.closed_at.is_(None), *where)
        .order_by(*([best] if best is not None else []), *order)
        .limit(SETTINGS.page_size)
    )
    return tuple(_card(row, moment) for row in rows)


def _card(row: Any, moment: Moment) -> ServiceCard:
    told = row._asdict()
    said = {column.name: told[column.name] for column in _said()}
    return ServiceCard(
        id=row.id,
        reference=row.reference,
        **said | {"topics": _topics(row.topics)},
        looked_after_by=f"{row.kind.label}, {row.whose}" if row.kind else "",
        post=row.post or "",
        confirmed_on=row.confirmed_on,
        check=moment.today > row.confirmed_on + timedelta(days=row.every),
    )


def _topics(stored: str) -> tuple[Topic, ...]:
    return tuple(Topic(value) for value in stored.split())


def _in_words(row: Any) -> dict[str, str]:
    """Return what a version says, as words that can be compared."""
    kinds = ", ".join(topic.label for topic in _topics(row.topics))
    wait = row.waiting and f"{row.waiting} (said on {row.waiting_said_on:%-d %B %Y})"
    more = {"kinds": kinds, "pregnancy": row.on_pregnancy.label, "wait": wait}
    return more | {name: getattr(row, name) for name in SAID if name not in more}
