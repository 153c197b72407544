"""Which events of the trail a reader may know of: their own staff's and their families', no more.

The conditions say it in SQL, so that what is out of reach is in no row, no count and no file
(spec/sharing.md, row Audit).  They are written so that no planner takes them for a way to the rows:
`reads/audit.py` chooses the index, and these only leave rows out.
"""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor, current
from coordinator.access.scope import not_excluded, overseen_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.clock import day_bounds
from coordinator.models.accounts import Membership
from coordinator.models.contact_attempts import ContactAttempt
from coordinator.models.directory import Team
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation
from coordinator.models.sharing import Sharing
from coordinator.models.trail import TrailEvent
from coordinator.trail import micros

CONTACTS = cast("Table", ContactAttempt.__table__).c
SHARINGS = cast("Table", Sharing.__table__).c
REQUESTS = cast("Table", InformationRequest.__table__).c
FOR_EVER = 2**62


@dataclass(frozen=True)
class Stay:
    """A time in the reader's staff that is over, in microseconds since 1970 UTC."""

    account_id: int
    start: int
    end: int


@dataclass(frozen=True)
class Reader:
    """Who reads the audit, and who their own staff are and were."""

    actor: Actor
    moment: Moment
    staff: tuple[int, ...]
    stays: tuple[Stay, ...]

    @property
    def all_staff(self) -> tuple[int, ...]:
        """Everybody who is or was of the reader's staff."""
        return (*self.staff, *dict.fromkeys(stay.account_id for stay in self.stays))


def reader(session: Session, actor: Actor, moment: Moment) -> Reader:
    """Return the reader with their staff: the managed teams', or a safeguarding lead's agency's.

    One statement.
    """
    teams: ColumnElement[bool] = Membership.team_id.in_(actor.managed_team_ids)
    if actor.is_safeguarding_lead:
        teams = or_(teams, Team.agency_id == actor.agency_id)
    rows = session.execute(
        select(
            Membership.account_id,
            Membership.starts_on,
            Membership.ends_on,
            current(Membership, moment.today).label("now"),
        )
        .join(Team, Team.id == Membership.team_id)
        .where(teams)
        .order_by(Membership.account_id)
    ).all()
    staff = dict.fromkeys(row.account_id for row in rows if row.now)
    stays = tuple(
        Stay(
            row.account_id,
            micros(day_bounds(row.starts_on)[0]),
            micros(day_bounds(row.ends_on)[1]) if row.ends_on else FOR_EVER,
        )
        for row in rows
        if row.account_id not in staff
    )
    return Reader(actor, moment, tuple(staff), stays)


def knowable(reader: Reader) -> ColumnElement[bool]:
    """Return the condition on `TrailEvent` that the reader may know of the event.

    An alert about looks, and what a privacy officer does with it, is for privacy officers alone:
    it would warn whom it is about, and say who is related to whom.  That somebody is worried about
    a child, and how far they came in the guide, is theirs alone until they refer or ask.
    """
    return and_(
        func.coalesce(TrailEvent.record_kind, "") != "look_alerts",
        or_(
            _is_staff(reader, TrailEvent.actor_id) & _for_own_agency(reader),
            _is_staff(reader, TrailEvent.towards_id) & _as_own_staff(reader),
            own_family(reader, func.coalesce(TrailEvent.family_id, 0)),
            _refused_own_family(reader),
        ),
        not_excluded(reader.actor, func.coalesce(TrailEvent.family_id, 0)),
        _is_for_a_list(),
        or_(TrailEvent.entry_id.is_(None), _about_readable(reader)),
    )


def own_family(reader: Reader, family_id: Any) -> ColumnElement[bool]:
    """Return the condition that every act on this family is the reader's to know.

    A manager's team works with it now, or a safeguarding lead said why they look.
    """
    actor, moment = reader.actor, reader.moment
    managed: ColumnElement[bool] = family_id.in_(overseen_families(actor, moment))
    if not actor.is_safeguarding_lead:
        return managed
    led = select(Involvement.family_id).where(
        Involvement.agency_id == actor.agency_id,
        current(Involvement, moment.today),
        gave_reason(actor, moment, Involvement.family_id),
        not_excluded(actor, Involvement.family_id),
    )
    return or_(managed, family_id.in_(led))


def readable_here(reader: Reader) -> ColumnElement[bool]:
    """Return the one sharing rule for `Entry`, in whatever family it is, by today's rights."""
    actor, moment = reader.actor, reader.moment
    return readable(
        actor,
        reads_own_agency(actor, moment, Entry.family_id),
        gave_reason(actor, moment, Entry.family_id),
    )


def _is_for_a_list() -> ColumnElement[bool]:
    """What is its author's alone is in no list, no booked slot either, and no concern.

    A slot says nothing by itself; a talk about a family, whose slot it is, has a line of its own.
    A concern about working together is known to who raised it and to who answers (E22).
    """
    theirs = ("worry", "worries", "worry_steps", "desk_slot", "desk_slots")
    concerns = ("joint_concern", "joint_concerns")
    alone = func.coalesce(TrailEvent.record_kind, "").in_((*theirs, *concerns))
    acts = (TrailEvent.action.startswith(noun) for noun in ("worries.", "working-together."))
    return ~or_(alone, *acts)


def _is_staff(reader: Reader, account_id: Any) -> ColumnElement[bool]:
    account_id = func.coalesce(account_id, 0)
    then = (
        and_(
            account_id == stay.account_id,
            TrailEvent.at >= stay.start,
            TrailEvent.at < stay.end,
        )
        for stay in reader.stays
    )
    return or_(account_id.in_(reader.staff) if reader.staff else false(), *then)


def _for_own_agency(reader: Reader) -> ColumnElement[bool]:
    """What a seconded worker does for the other agency is not this reader's (E07)."""
    return func.coalesce(TrailEvent.agency_id, reader.actor.agency_id) == reader.actor.agency_id


def _as_own_staff(reader: Reader) -> ColumnElement[bool]:
    """A seconded worker who is reached, invited or asked for the other agency is not, either."""
    contacted = (
        select(CONTACTS.contacted_agency_id)
        .where(CONTACTS.id == TrailEvent.entry_id)
        .scalar_subquery()
    )
    mine = reader.actor.agency_id
    invited = (
        select(Invitation.agency_id)
        .where(
            Invitation.meeting_id == TrailEvent.entry_id,
            Invitation.account_id == TrailEvent.towards_id,
        )
        .order_by((Invitation.agency_id == mine).desc(), Invitation.id)
        .limit(1)
        .scalar_subquery()
    )
    asked = (
        select(REQUESTS.asked_agency_id).where(REQUESTS.id == TrailEvent.entry_id).scalar_subquery()
    )
    return func.coalesce(contacted, invited, asked, mine) == mine


def _refused_own_family(reader: Reader) -> ColumnElement[bool]:
    """A refusal knows only what was typed; whose it is is found now, by who may know it."""
    refused = and_(TrailEvent.allowed.is_(False), func.coalesce(TrailEvent.family_id, 0) == 0)
    of_family = exists().where(
        Family.reference == TrailEvent.record_ref, own_family(reader, Family.id)
    )
    of_entry = exists().where(
        Entry.reference == TrailEvent.record_ref,
        own_family(reader, Entry.family_id),
        readable_here(reader),
    )
    return and_(refused, or_(of_family, of_entry))


def _about_readable(reader: Reader) -> ColumnElement[bool]:
    """The entry is one that the reader may read; of an act of sharing, the shared entry too."""
    itself = exists().where(Entry.id == TrailEvent.entry_id, readable_here(reader))
    shared_unreadable = exists().where(
        SHARINGS.id == TrailEvent.entry_id,
        Entry.id == SHARINGS.shared_entry_id,
        ~readable_here(reader),
    )
    return and_(itself, ~shared_unreadable)
