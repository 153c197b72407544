"""Requests to link workers: the queue, what one asked, what a family's workers asked (E03, E04)."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor, current
from coordinator.access.find_links import received
from coordinator.access.link_sights import LinkRequestInSight
from coordinator.access.scope import (
    my_families,
    not_excluded,
    overseen_families,
    readable_in,
)
from coordinator.access.sights import FamilyInSight, Moment, Way
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.link_requests import LinkAttempt, LinkRequest
from coordinator.reads.contact_attempts import CONTACTS, not_corrected
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Level, LinkHelp, LinkOutcome, Mechanism, Outcome

_Author, _Asked, _About, _Closer = (aliased(Account) for _ in range(4))
_AuthorsAgency, _AboutAgency = aliased(Agency), aliased(Agency)


@dataclass(frozen=True)
class LinkRow:
    """One request.  `by_on` is a day in London; `late` that it is over and nobody has answered.

    `asked` is who answered for the post when it was asked.
    """

    reference: str
    family: str
    help: LinkHelp
    what: str
    by_on: date
    author: str
    agency: str
    author_phone: str
    asked: str
    team: str
    about: str
    about_agency: str
    about_phone: str
    asked_at: datetime
    outcome: LinkOutcome | None
    said: str
    closed_by: str
    closed_at: datetime | None
    call_at: datetime | None
    late: bool
    received: bool

    @property
    def took(self) -> timedelta | None:
        """How long it was from asking to what came of it, to the minute."""
        asked = self.asked_at.replace(second=0, microsecond=0)
        return self.closed_at - asked if self.closed_at else None

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        if self.outcome is None:
            return "orange" if self.late else "yellow"
        return "green" if self.outcome is LinkOutcome.PUT_IN_TOUCH else "blue"


COLUMNS = tuple(one.name for one in fields(LinkRow) if one.name != "late")


@dataclass(frozen=True)
class Tried:
    """An attempt that a request names: who tried, how, with what outcome; not what was said."""

    attempted_at: datetime
    by: str
    mechanism: Mechanism
    outcome: Outcome


@dataclass(frozen=True)
class LinkPage:
    """One request, the attempts that it names, and whom to log a call with, if anybody.

    `log_with` is the reference of an involvement: of the other of the two who are put in touch.
    """

    row: LinkRow
    tried: tuple[Tried, ...]
    log_with: str


@dataclass(frozen=True)
class Queue:
    """What waits for whoever answers for a post, the oldest first; what was lately closed; mine."""

    waiting: tuple[LinkRow, ...]
    closed: tuple[LinkRow, ...]
    mine: tuple[LinkRow, ...]


def one(session: Session, actor: Actor, moment: Moment, request: LinkRequestInSight) -> LinkPage:
    """Return one request in sight.  Three statements."""
    row = session.execute(rows().where(LinkRequest.id == request.id)).one()
    tryer = aliased(Account)
    tried = session.execute(
        select(CONTACTS.c.attempted_at, tryer.name, CONTACTS.c.mechanism, CONTACTS.c.outcome)
        .select_from(LinkAttempt)
        .join(Entry, Entry.id == LinkAttempt.attempt_id)
        .join(CONTACTS, CONTACTS.c.id == Entry.id)
        .join(tryer, tryer.id == Entry.author_id)
        .where(LinkAttempt.request_id == request.id, Entry.level == Level.OPEN, not_corrected())
        .order_by(CONTACTS.c.attempted_at)
    )
    found = tuple(Tried(*attempt) for attempt in tried)
    return LinkPage(row_of(row, moment), found, _log_with(session, actor, moment, request))


def _log_with(session: Session, actor: Actor, moment: Moment, request: LinkRequestInSight) -> str:
    """Return with whom one of the two who are put in touch logs their call."""
    other = {request.author_id: request.about_id, request.about_id: request.author_id}
    whom = other.get(actor.account_id)
    if whom is None or request.family.way is not Way.ON_THE_CASE or not request.closed:
        return ""
    found = session.scalar(
        select(Involvement.reference)
        .where(
            Involvement.family_id == request.family.id,
            Involvement.account_id == whom,
            current(Involvement, moment.today),
        )
        .limit(1)
    )
    return found or ""


def queue(session: Session, actor: Actor, moment: Moment) -> Queue:
    """Return what waits for the actor, what they closed lately, and what they asked themselves.

    One statement.
    """
    mine = and_(
        LinkRequest.author_id == actor.account_id,
        LinkRequest.agency_id == actor.agency_id,
        or_(
            LinkRequest.family_id.in_(my_families(actor, moment)),
            LinkRequest.family_id.in_(overseen_families(actor, moment)),
        ),
    )
    lately = moment.now - timedelta(days=SETTINGS.figures_days)
    found = [
        row_of(row, moment)
        for row in session.execute(
            rows(received(actor, moment).label("received"))
            .where(
                or_(mine, received(actor, moment)),
                or_(LinkRequest.closed_at.is_(None), LinkRequest.closed_at > lately),
                not_excluded(actor, LinkRequest.family_id),
            )
            .order_by(LinkRequest.created_at, LinkRequest.id)
            .limit(SETTINGS.page_size * 4)
        )
    ]
    theirs = [row for row in found if row.received]
    return Queue(
        waiting=tuple(row for row in theirs if row.outcome is None),
        closed=tuple(row for row in reversed(theirs) if row.outcome is not None),
        mine=tuple(row for row in reversed(found) if not row.received),
    )


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[LinkRow, ...]:
    """Return the requests about a family that the actor may read, the newest first."""
    found = session.execute(
        rows()
        .where(LinkRequest.family_id == family.id, readable_in(actor, family))
        .order_by(LinkRequest.id.desc())
    )
    return tuple(row_of(row, moment) for row in found)


def rows(*more: Any) -> Any:
    """Return the select of requests from whose rows `row_of` reads; `more` has `received`."""
    return (
        select(
            LinkRequest.reference,
            Family.reference.label("family"),
            LinkRequest.help,
            LinkRequest.what,
            LinkRequest.by_on,
            _Author.name.label("author"),
            _AuthorsAgency.name.label("agency"),
            _Author.phone.label("author_phone"),
            _Asked.name.label("asked"),
            Team.name.label("team"),
            _About.name.label("about"),
            _AboutAgency.name.label("about_agency"),
            _About.phone.label("about_phone"),
            LinkRequest.created_at.label("asked_at"),
            LinkRequest.outcome,
            LinkRequest.answer.label("said"),
            _Closer.name.label("closed_by"),
            LinkRequest.closed_at,
            LinkRequest.call_at,
            *(more or (false().label("received"),)),
        )
        .select_from(LinkRequest)
        .join(Family, Family.id == LinkRequest.family_id)
        .join(_Author, _Author.id == LinkRequest.author_id)
        .join(_AuthorsAgency, _AuthorsAgency.id == LinkRequest.agency_id)
        .join(Post, Post.id == LinkRequest.post_id)
        .join(Team, Team.id == Post.team_id)
        .join(_Asked, _Asked.id == LinkRequest.asked_id)
        .outerjoin(_About, _About.id == LinkRequest.about_id)
        .outerjoin(_AboutAgency, _AboutAgency.id == LinkRequest.about_agency_id)
        .outerjoin(_Closer, _Closer.id == LinkRequest.closed_by_id)
    )


def row_of(row: Any, moment: Moment) -> LinkRow:
    """Return a request from a row of `rows`."""
    facts = {name: getattr(row, name) for name in COLUMNS}
    names = ("about", "about_agency", "about_phone", "closed_by")
    facts |= {name: facts[name] or "" for name in names}
    facts["received"] = bool(row.received)
    return LinkRow(**facts, late=row.outcome is None and row.by_on < moment.today)
