"""Talking with each other: calls that wait to be returned, and agencies that have not talked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    bindparam,
    exists,
    false,
    func,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.accounts import Account
from coordinator.models.base import UTCDateTime
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.reads.contact_attempts import CONTACTS, conversation, not_corrected
from coordinator.settings import SETTINGS
from coordinator.vocabulary import EntryKind, Outcome

_Partner = aliased(Involvement)


@dataclass(frozen=True)
class CallToReturn:
    """A colleague on the case left a message, and nobody has reached the other since.

    `whom` is what the form to log a contact says for this colleague.
    """

    family: str
    whom: str
    name: str
    agency: str
    phone: str
    left_at: datetime
    line: str


def _messages(actor: Actor, moment: Moment) -> Any:
    return (
        select(
            Family.reference.label("family"),
            _Partner.reference.label("whom"),
            Account.name,
            Agency.name.label("agency"),
            Account.phone,
            CONTACTS.c.attempted_at.label("left_at"),
            CONTACTS.c.line,
            type_coerce(null(), Date()).label("they_since"),
            type_coerce(null(), Date()).label("we_since"),
            type_coerce(null(), UTCDateTime()).label("talked"),
            Entry.id.label("number"),
        )
        .select_from(CONTACTS)
        .join(Entry, Entry.id == CONTACTS.c.id)
        .join(Family, Family.id == Entry.family_id)
        .join(
            _Partner,
            and_(
                _Partner.family_id == Entry.family_id,
                _Partner.account_id == Entry.author_id,
                _Partner.agency_id == Entry.agency_id,
                current(_Partner, moment.today),
            ),
        )
        .join(Account, Account.id == Entry.author_id)
        .join(Agency, Agency.id == Entry.agency_id)
        .where(
            CONTACTS.c.account_id == actor.account_id,
            CONTACTS.c.contacted_agency_id == actor.agency_id,
            CONTACTS.c.outcome == Outcome.LEFT_MESSAGE,
            CONTACTS.c.attempted_at > bindparam("left_after"),
            Entry.author_id != actor.account_id,
            Entry.family_id.in_(my_families(actor, moment)),
            readable(
                actor,
                reads_own_agency(actor, moment, Entry.family_id),
                gave_reason(actor, moment, Entry.family_id),
            ),
            not_corrected(),
            ~_reached_since(actor),
        )
    )


def _reached_since(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor and an entry's author reached each other after it."""
    reached, correction, said = CONTACTS.alias(), CONTACTS.alias(), aliased(Entry)
    return exists().where(
        said.family_id == Entry.family_id,
        said.kind == EntryKind.CONTACT_ATTEMPT,
        said.id == reached.c.id,
        reached.c.outcome == Outcome.REACHED,
        reached.c.attempted_at >= CONTACTS.c.attempted_at,
        or_(
            and_(said.author_id == Entry.author_id, reached.c.account_id == actor.account_id),
            and_(said.author_id == actor.account_id, reached.c.account_id == Entry.author_id),
        ),
        ~exists().where(correction.c.corrects_id == reached.c.id),
    )


@dataclass(frozen=True)
class TimeToTalk:
    """A family about which the agencies have not talked for longer than agreed (E20).

    `since` is the last conversation or, if there was none (`ever` is false), the first day on
    which both agencies were on the case; `days` counts from there.
    """

    family: str
    whom: str
    name: str
    agency: str
    phone: str
    since: datetime
    days: int
    ever: bool


def _silences(actor: Actor, moment: Moment) -> Any:
    talked = (
        select(func.max(CONTACTS.c.attempted_at))
        .select_from(Entry)
        .join(CONTACTS, CONTACTS.c.id == Entry.id)
        .where(
            Entry.family_id == Family.id,
            Entry.kind == EntryKind.CONTACT_ATTEMPT,
            conversation(),
            readable(actor, true(), false()),
        )
        .correlate(Family)
        .scalar_subquery()
    )
    we_since = (
        select(func.min(Involvement.starts_on))
        .where(
            Involvement.family_id == Family.id,
            Involvement.agency_id == actor.agency_id,
            current(Involvement, moment.today),
        )
        .correlate(Family)
        .scalar_subquery()
    )
    return (
        select(
            Family.reference,
            _Partner.reference,
            Account.name,
            Agency.name,
            Account.phone,
            null(),
            null(),
            _Partner.starts_on,
            we_since,
            talked,
            _Partner.id,
        )
        .join(
            _Partner,
            and_(
                _Partner.family_id == Family.id,
                _Partner.agency_id != actor.agency_id,
                _Partner.lead.is_(True),
                current(_Partner, moment.today),
            ),
        )
        .join(Account, Account.id == _Partner.account_id)
        .join(Agency, Agency.id == _Partner.agency_id)
        .where(
            Family.id.in_(my_families(actor, moment)), reads_own_agency(actor, moment, Family.id)
        )
    )


DUE = Prepared(lambda actor, moment: union_all(_messages(actor, moment), _silences(actor, moment)))


@dataclass(frozen=True)
class Due:
    """The conversations that wait for one person."""

    calls: tuple[CallToReturn, ...]
    talks: tuple[TimeToTalk, ...]


def due(session: Session, actor: Actor, moment: Moment) -> Due:
    """Return the calls that the actor is to return, and the families about which to talk again.

    Of each colleague and family the latest message; after two rounds of the agreed rhythm a message
    no longer waits.  A chair or a minute taker, who reads no more than what is open, is not asked
    to talk.  The other agency's lead worker stands for it.  One statement.
    """
    left_after = moment.now - timedelta(days=2 * SETTINGS.days_between_conversations)
    rows = sorted(
        DUE.run(session, actor, moment, left_after=left_after), key=lambda row: row.number
    )
    messages = sorted((row for row in rows if row.left_at), key=lambda row: row.left_at)
    latest = {
        (row.family, row.whom): CallToReturn(
            row.family, row.whom, row.name, row.agency, row.phone, row.left_at, row.line
        )
        for row in messages
    }
    silences = [row for row in rows if row.left_at is None]
    return Due(tuple(latest.values()), _overdue(silences, moment))


def _overdue(rows: list[Any], moment: Moment) -> tuple[TimeToTalk, ...]:
    found: dict[str, TimeToTalk] = {}
    for row in rows:
        together = clock.day_bounds(max(row.they_since, row.we_since))[0]
        since = row.talked or together
        days = (moment.today - clock.local(since).date()).days
        if days > SETTINGS.days_between_conversations:
            found.setdefault(
                row.family,
                TimeToTalk(
                    row.family,
                    row.whom,
                    row.name,
                    row.agency,
                    row.phone,
                    since,
                    days,
                    ever=row.talked is not None,
                ),
            )
    return tuple(found.values())
