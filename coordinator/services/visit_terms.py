"""What is agreed about a visit: when, where, who, and what a close observation needs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.errors import InvalidError, all_said
from coordinator.models.directory import Site
from coordinator.models.visits import Visit, VisitKind
from coordinator.reads import visit_choices
from coordinator.services import to_come
from coordinator.vocabulary import Level, MeetWhere, MovedBy

# The longest watch that one booking can stand for (S08); another one says anew what it is for.
LONGEST_WATCH = timedelta(days=92)


@dataclass(frozen=True)
class Booking:
    """What is agreed about a visit.

    `kind` is a reference; `day` and `start` are local time in London; `minutes` and the ways there
    and back are lengths in minutes.  `owner` and `second` are values that reads.visit_choices
    offers.  `moved_by` and `why_moved` say who wanted another time.  `why_more`: why it is needed
    in a week with many contacts.  `all_the_same`: it is confirmed against a need or a wish.
    """

    kind: str
    day: date
    start: time
    minutes: int
    place: MeetWhere
    owner: str
    second: str = ""
    site: str = ""
    place_text: str = ""
    travel_before: int = 0
    travel_after: int = 0
    purpose: str = ""
    parents_choice: bool | None = None
    observe_until: date | None = None
    parents_view: str = ""
    level: Level = Level.OPEN
    interpreter_booked: bool | None = None
    all_the_same: bool = False
    moved_by: MovedBy | None = None
    why_moved: str = ""
    why_more: str = ""


def settle(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    visit: Visit,
    wanted: Booking,
) -> None:
    """Set all that is agreed, but for the wishes of the family.  Raises `InvalidError`."""
    kind = session.scalars(select(VisitKind).where(VisitKind.reference == wanted.kind)).first()
    if kind is None or (kind.retired and kind.id != visit.kind_id):
        raise InvalidError({"kind": "Choose what kind of visit it is"})
    visit.kind_id = kind.id
    all_said(
        lambda: _own(session, actor, moment, family, visit, kind, wanted),
        lambda: _time(moment, visit, wanted),
        lambda: _place(session, visit, wanted),
        lambda: _watch(moment, visit, kind, wanted),
    )
    visit.purpose, visit.parents_choice = wanted.purpose, wanted.parents_choice


def _own(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    visit: Visit,
    kind: VisitKind,
    wanted: Booking,
) -> None:
    """Set the owners: whoever may not know of the family is not offered, and nothing says so."""
    offered = {one.value: one for one in visit_choices.owners(session, actor, moment, family)}
    first, second = offered.get(wanted.owner), offered.get(wanted.second)
    if first is None:
        raise InvalidError({"owner": "Choose somebody from the list"})
    if wanted.second and second is None:
        raise InvalidError({"second": "Choose somebody from the list"})
    if second and second.agency_id == first.agency_id:
        raise InvalidError({"second": "Choose somebody of the other agency"})
    if kind.joint and second is None:
        raise InvalidError({"second": f"A {_lower(kind.name)} has an owner of each agency"})
    if visit.level is not Level.OPEN and (second or first.agency_id != visit.agency_id):
        raise InvalidError({"level": "Both agencies read it: both owners must be able to"})
    visit.owner_id, visit.owner_agency_id = first.account_id, first.agency_id
    visit.second_id = second.account_id if second else None
    visit.second_agency_id = second.agency_id if second else None


def _time(moment: Moment, visit: Visit, wanted: Booking) -> None:
    wall = datetime.combine(wanted.day, wanted.start)
    if wall != visit.local_start:
        visit.starts_at = to_come.instant(moment, wall, "visit")
        visit.local_start = wall
    visit.minutes = wanted.minutes
    visit.travel_before, visit.travel_after = wanted.travel_before, wanted.travel_after


def _place(session: Session, visit: Visit, wanted: Booking) -> None:
    site_id = None
    if wanted.place is MeetWhere.SITE:
        site_id = session.scalar(select(Site.id).where(Site.reference == wanted.site))
        if site_id is None:
            raise InvalidError({"site": "Choose the site"})
    if wanted.place in (MeetWhere.NEUTRAL, MeetWhere.VIDEO) and not wanted.place_text:
        raise InvalidError({"place_text": "Say where it is, or how to join"})
    visit.place, visit.site_id, visit.place_text = wanted.place, site_id, wanted.place_text


def _watch(moment: Moment, visit: Visit, kind: VisitKind, wanted: Booking) -> None:
    """Refuse to watch somebody without a purpose (S12), an end and their own view of it (S08)."""
    visit.observe_until, visit.parents_view = None, ""
    if kind.supervises and not wanted.purpose:
        raise InvalidError({"purpose": "Say what the time together is for"})
    if not kind.observes:
        return
    until = wanted.observe_until
    problems = {}
    if not wanted.purpose:
        problems["purpose"] = "Say what the observation is for"
    if until is None:
        problems["observe_until"] = "Enter the day on which it ends"
    elif not moment.today <= until <= moment.today + LONGEST_WATCH:
        problems["observe_until"] = "It ends within three months: it can be booked anew"
    if not wanted.parents_view:
        problems["parents_view"] = "Write down what the parent says of it"
    if problems:
        raise InvalidError(problems)
    visit.observe_until, visit.parents_view = until, wanted.parents_view


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
