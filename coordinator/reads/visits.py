"""What people see of one visit: what is agreed, each owner's part, and how often it was moved."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import Moment
from coordinator.access.visit_rules import VisitInSight
from coordinator.access.ways import has_left
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Site
from coordinator.models.visits import Visit, VisitKind, VisitMove, VisitPart
from coordinator.vocabulary import Level, MeetWhere, MovedBy, VisitState

Owner, Second, Author = aliased(Account), aliased(Account), aliased(Account)
OwnersAgency, SecondsAgency = aliased(Agency), aliased(Agency)


@dataclass(frozen=True)
class Part:
    """What one owner wrote."""

    name: str
    agency: str
    text: str
    went_well: str
    observers: str
    at: datetime


# What each owner, as account and agency, wrote.
Written = dict[tuple[int, int], list[Part]]


@dataclass(frozen=True)
class VisitOwner:
    """An owner of a visit, whom to reach on which number, and their own parts."""

    account_id: int
    agency_id: int
    name: str
    agency: str
    phone: str
    is_me: bool
    left: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Move:
    """A visit was moved, or given up if `moved_to` is None."""

    moved_from: datetime
    moved_to: datetime | None
    moved_by: MovedBy
    reason: str
    by: str


@dataclass(frozen=True)
class VisitPage:
    """One visit.  Lengths are in minutes; `local_start` is naive, in London."""

    reference: str
    kind: str
    kind_reference: str
    supervises: bool
    starts_at: datetime
    local_start: datetime
    minutes: int
    travel_before: int
    travel_after: int
    place: MeetWhere
    site: str
    site_name: str
    site_address: str
    place_text: str
    parents_choice: bool | None
    interpreter: str
    interpreter_booked: bool | None
    purpose: str
    observe_until: date | None
    parents_view: str
    level: Level
    state: VisitState
    state_reason: str
    booked_by: str
    owners: tuple[VisitOwner, ...]
    moves: tuple[Move, ...]
    begun: bool
    may_change: bool
    may_combine: bool
    may_tell: bool

    @property
    def ends_at(self) -> datetime:
        """The instant at which it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def link(self) -> str:
        """The address by which one joins a video visit, if that is all that stands there."""
        is_one = self.place_text.startswith("https://") and " " not in self.place_text
        return self.place_text if is_one else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Whose part is missing of a visit that took place; nobody waits for a leaver’s."""
        if self.state is not VisitState.DONE:
            return ()
        return tuple(owner.name for owner in self.owners if not (owner.parts or owner.left))

    @property
    def complete(self) -> bool:
        """Whether it took place and each owner has added their part."""
        return self.state is VisitState.DONE and not self.missing


def one(session: Session, actor: Actor, moment: Moment, visit: VisitInSight) -> VisitPage:
    """Return one visit in sight, with each owner's part and how often it was moved.

    Three statements.
    """
    return _page(session, actor, moment, visit, _parts(session, visit), _moves(session, visit))


def agreed(session: Session, actor: Actor, moment: Moment, visit: VisitInSight) -> VisitPage:
    """Return what is agreed about one visit in sight, without what was written since.

    One statement.
    """
    return _page(session, actor, moment, visit, {}, ())


def _page(
    session: Session,
    actor: Actor,
    moment: Moment,
    visit: VisitInSight,
    written: Written,
    moves: tuple[Move, ...],
) -> VisitPage:
    row = session.execute(_whole(moment).where(Visit.id == visit.id)).one()
    may_change = decide(actor, Permission.VISITS_CHANGE, visit).allowed
    return VisitPage(
        **{name: getattr(row, name) for name in PLAIN},
        owners=_owners(row, actor, written),
        moves=moves,
        begun=row.starts_at <= moment.now,
        may_change=may_change,
        may_combine=may_change
        and not row.supervises
        and len(visit.owners) == 1
        and visit.level is Level.OPEN,
        may_tell=decide(actor, Permission.VISITS_RECORD, visit).allowed,
    )


def _parts(session: Session, visit: VisitInSight) -> Written:
    written: Written = {}
    for part in session.execute(
        select(
            VisitPart.account_id,
            VisitPart.agency_id,
            Account.name,
            Agency.name.label("agency"),
            VisitPart.text,
            VisitPart.went_well,
            VisitPart.observers,
            VisitPart.at,
        )
        .join(Account, Account.id == VisitPart.account_id)
        .join(Agency, Agency.id == VisitPart.agency_id)
        .where(VisitPart.visit_id == visit.id)
        .order_by(VisitPart.id)
    ):
        written.setdefault((part.account_id, part.agency_id), []).append(Part(*part[2:]))
    return written


PLAIN = (
    "reference",
    "kind",
    "kind_reference",
    "supervises",
    "starts_at",
    "local_start",
    "minutes",
    "travel_before",
    "travel_after",
    "place",
    "site",
    "site_name",
    "site_address",
    "place_text",
    "parents_choice",
    "interpreter",
    "interpreter_booked",
    "purpose",
    "observe_until",
    "parents_view",
    "level",
    "state",
    "state_reason",
    "booked_by",
)


def _owners(row: Any, actor: Actor, written: Written) -> tuple[VisitOwner, ...]:
    first = (row.owner_id, row.owner_agency_id, row.owner, row.owners_agency, row.phone)
    found = [(*first, row.owner_left)]
    if row.second_id:
        second = (row.second_id, row.second_agency_id, row.second, row.seconds_agency)
        found.append((*second, row.second_phone, row.second_left))
    me = (actor.account_id, actor.agency_id)
    return tuple(
        VisitOwner(
            account,
            of,
            name,
            agency,
            phone,
            (account, of) == me,
            bool(left),
            tuple(written.get((account, of), ())),
        )
        for account, of, name, agency, phone, left in found
    )


def _moves(session: Session, visit: VisitInSight) -> tuple[Move, ...]:
    rows = session.execute(
        select(
            VisitMove.moved_from,
            VisitMove.moved_to,
            VisitMove.moved_by,
            VisitMove.reason,
            Account.name,
        )
        .join(Account, Account.id == VisitMove.by_id)
        .where(VisitMove.visit_id == visit.id)
        .order_by(VisitMove.id)
    )
    return tuple(Move(*row) for row in rows)


def _whole(moment: Moment) -> Any:
    return (
        select(
            Visit.reference,
            VisitKind.name.label("kind"),
            VisitKind.reference.label("kind_reference"),
            VisitKind.supervises,
            Visit.starts_at,
            Visit.local_start,
            Visit.minutes,
            Visit.travel_before,
            Visit.travel_after,
            Visit.place,
            Site.reference.label("site"),
            Site.name.label("site_name"),
            Site.address.label("site_address"),
            Visit.place_text,
            Visit.parents_choice,
            Visit.interpreter,
            Visit.interpreter_booked,
            Visit.purpose,
            Visit.observe_until,
            Visit.parents_view,
            Visit.level,
            Visit.state,
            Visit.state_reason,
            Visit.owner_id,
            Visit.owner_agency_id,
            Visit.second_id,
            Visit.second_agency_id,
            Author.name.label("booked_by"),
            Owner.name.label("owner"),
            Owner.phone,
            OwnersAgency.name.label("owners_agency"),
            has_left(Visit.owner_id, Visit.owner_agency_id, moment).label("owner_left"),
            has_left(Visit.second_id, Visit.second_agency_id, moment).label("second_left"),
            Second.name.label("second"),
            Second.phone.label("second_phone"),
            SecondsAgency.name.label("seconds_agency"),
        )
        .join(VisitKind, VisitKind.id == Visit.kind_id)
        .join(Author, Author.id == Visit.author_id)
        .join(Owner, Owner.id == Visit.owner_id)
        .join(OwnersAgency, OwnersAgency.id == Visit.owner_agency_id)
        .outerjoin(Second, Second.id == Visit.second_id)
        .outerjoin(SecondsAgency, SecondsAgency.id == Visit.second_agency_id)
        .outerjoin(Site, Site.id == Visit.site_id)
    )
