"""What waits for one person in their cases by a day: clocks, visits, and weeks that are too full.

One statement for all three: Today gathers from so many nouns that each has to share.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from coordinator import clock
from coordinator.access.actor import Actor, current
from coordinator.access.prepared import Prepared
from coordinator.access.rules import WORKING_ROLES
from coordinator.access.scope import my_families, readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.accounts import Account
from coordinator.models.clock_rules import ClockRule
from coordinator.models.deadlines import Deadline
from coordinator.models.directory import Agency
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.visits import FullWeek, Visit, VisitKind, VisitPart, WeekAnswer
from coordinator.reads.today_rows import TodayRow
from coordinator.settings import SETTINGS
from coordinator.vocabulary import DeadlineState, EntryKind, VisitState, WeekWord

DEADLINES = cast("Table", Deadline.__table__)
VISITS = cast("Table", Visit.__table__)
WEEKS = cast("Table", FullWeek.__table__)
Other, OthersAgency, Mine = aliased(Account), aliased(Agency), aliased(Agency)
A_WEEK, ASKED_FOR = timedelta(days=7), timedelta(days=28)


def _due(actor: Actor) -> ColumnElement[bool]:
    runs = DEADLINES.c.state == DeadlineState.RUNNING
    missed = and_(DEADLINES.c.met_on > DEADLINES.c.due_on, DEADLINES.c.missed_reason == "")
    mine = select(Mine.kind).where(Mine.id == actor.agency_id).scalar_subquery()
    soon = DEADLINES.c.due_at <= bindparam("soon")
    return and_(ClockRule.whose == mine, or_(runs, missed), soon)


def _visit(actor: Actor) -> ColumnElement[bool]:
    me, here = actor.account_id, actor.agency_id
    mine = or_(
        and_(VISITS.c.owner_id == me, VISITS.c.owner_agency_id == here),
        and_(VISITS.c.second_id == me, VISITS.c.second_agency_id == here),
    )
    has_my_part = exists().where(
        VisitPart.visit_id == VISITS.c.id,
        VisitPart.account_id == me,
        VisitPart.agency_id == here,
    )
    planned = VISITS.c.state == VisitState.PLANNED
    return and_(
        mine,
        or_(
            and_(planned, VISITS.c.starts_at <= bindparam("soon")),
            and_(VISITS.c.state == VisitState.DONE, ~has_my_part),
        ),
    )


def _week(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    """Return the weeks about which the reader's agency is asked: before, and afterwards."""
    works = exists().where(
        Involvement.family_id == Entry.family_id,
        Involvement.account_id == actor.account_id,
        Involvement.agency_id == actor.agency_id,
        Involvement.role.in_(WORKING_ROLES),
        current(Involvement, moment.today),
    )
    is_over = WEEKS.c.monday <= bindparam("week_ago")
    return and_(
        works,
        WEEKS.c.ended_at.is_(None),
        or_(
            and_(~is_over, ~_said(actor, WeekWord.COMBINE, WeekWord.NEEDED)),
            and_(is_over, WEEKS.c.monday > bindparam("weeks_ago"), ~_said(actor, WeekWord.EFFECT)),
        ),
    )


def _said(actor: Actor, *words: WeekWord) -> ColumnElement[bool]:
    answer = aliased(WeekAnswer)
    return exists().where(
        answer.week_id == WEEKS.c.id,
        answer.agency_id == actor.agency_id,
        answer.word.in_(words),
    )


def _ahead(actor: Actor, moment: Moment) -> Any:
    am_owner = and_(
        VISITS.c.owner_id == actor.account_id, VISITS.c.owner_agency_id == actor.agency_id
    )
    return (
        select(
            Entry.kind.label("entry_kind"),
            Entry.reference,
            Family.reference.label("family"),
            ClockRule.name.label("rule"),
            DEADLINES.c.state,
            DEADLINES.c.due_on,
            DEADLINES.c.due_at,
            VisitKind.name.label("visit_kind"),
            VISITS.c.state.label("visit_state"),
            VISITS.c.starts_at,
            VISITS.c.place,
            Other.name.label("other"),
            OthersAgency.name.label("others_agency"),
            WEEKS.c.monday,
            WEEKS.c.contacts,
            WEEKS.c.at_most,
        )
        .select_from(Entry)
        .join(Family, Family.id == Entry.family_id)
        .outerjoin(DEADLINES, DEADLINES.c.id == Entry.id)
        .outerjoin(ClockRule, ClockRule.id == DEADLINES.c.rule_id)
        .outerjoin(VISITS, VISITS.c.id == Entry.id)
        .outerjoin(VisitKind, VisitKind.id == VISITS.c.kind_id)
        .outerjoin(
            Other,
            or_(
                and_(am_owner, Other.id == VISITS.c.second_id),
                and_(~am_owner, Other.id == VISITS.c.owner_id),
            ),
        )
        .outerjoin(
            OthersAgency,
            or_(
                and_(am_owner, OthersAgency.id == VISITS.c.second_agency_id),
                and_(~am_owner, OthersAgency.id == VISITS.c.owner_agency_id),
            ),
        )
        .outerjoin(WEEKS, WEEKS.c.id == Entry.id)
        .where(
            Entry.family_id.in_(my_families(actor, moment)),
            Entry.kind.in_((EntryKind.DEADLINE, EntryKind.VISIT, EntryKind.FULL_WEEK)),
            or_(_due(actor), _visit(actor), _week(actor, moment)),
            readable(
                actor,
                reads_own_agency(actor, moment, Entry.family_id),
                gave_reason(actor, moment, Entry.family_id),
            ),
        )
        .order_by(DEADLINES.c.due_at, VISITS.c.starts_at, WEEKS.c.monday, Entry.id)
    )


AHEAD = Prepared(_ahead)


def mine(session: Session, actor: Actor, moment: Moment) -> Iterator[TodayRow]:
    """Yield what the reader or their agency has to do by a day.  One statement."""
    rows = AHEAD.run(
        session,
        actor,
        moment,
        soon=moment.now + timedelta(days=SETTINGS.due_soon_days),
        week_ago=moment.today - A_WEEK,
        weeks_ago=moment.today - ASKED_FOR,
    )
    for row in rows:
        match row.entry_kind:
            case EntryKind.DEADLINE:
                yield _clock_row(row, moment)
            case EntryKind.VISIT:
                yield _visit_row(row, moment)
            case _:
                yield _week_row(row, moment)


def _clock_row(row: Any, moment: Moment) -> TodayRow:
    runs = row.state is DeadlineState.RUNNING
    ends_with_the_day = row.due_at == clock.day_bounds(row.due_on)[1]
    return TodayRow(
        kind="clock",
        verb="See to" if runs else "Say why it was late",
        text=row.rule[:1].lower() + row.rule[1:] if runs else row.rule,
        href=f"/deadlines/{row.reference}/settle",
        family=row.family,
        due=row.due_on,
        due_word="due by",
        at=None if ends_with_the_day else row.due_at,
        late=moment.now >= row.due_at or not runs,
    )


def _visit_row(row: Any, moment: Moment) -> TodayRow:
    """Return what is next for one of its owners: to go, to say how it went, to add their part."""
    day = clock.local(row.starts_at).date()
    begun = row.starts_at <= moment.now
    done = row.visit_state is VisitState.DONE
    about = row.visit_kind[:1].lower() + row.visit_kind[1:]
    words = ("Add", f"your part of the {about}") if done else ("Record", f"how the {about} went")
    verb, text = words if begun else ("Go to", f"the {about}")
    return TodayRow(
        kind="record" if begun else "meeting",
        verb=verb,
        text=text,
        href=f"/visits/{row.reference}{'/record' if begun else ''}",
        family=row.family,
        who=row.other or "",
        agency=row.others_agency or "",
        due=day,
        due_word="was" if begun else "",
        at=row.starts_at,
        hint="" if begun else row.place.label,
        late=begun and day < moment.today,
    )


def _week_row(row: Any, moment: Moment) -> TodayRow:
    is_over = row.monday + A_WEEK <= moment.today
    return TodayRow(
        kind="week",
        verb="Note" if is_over else "Combine visits, or say why not:",
        text=f"what {row.contacts} contacts in a week did for the family"
        if is_over
        else f"{row.contacts} contacts in one week, the level is {row.at_most}",
        href=f"/full-weeks/{row.reference}/answer",
        family=row.family,
        due=row.monday,
        due_word="week from",
    )
