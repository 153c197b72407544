"""What the records show of the joint protocol, as far as whoever asks may read them (E31).

Each evidence is a column over families, so that one statement answers for one family and for all of
a manager's.  An entry counts only by the one sharing rule; what the reader may not read is not
there for them.
"""

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, exists, func, select

from coordinator.access.actor import Actor, current
from coordinator.access.scope import readable
from coordinator.access.sights import Moment
from coordinator.access.ways import gave_reason, reads_own_agency
from coordinator.models.directory import Agency, Post, PostHolding
from coordinator.models.entries import Entry
from coordinator.models.families import Family, Involvement
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.plans import Plan, PlanVersion, WhatHelps
from coordinator.reads.contact_attempts import CONTACTS, conversation
from coordinator.settings import SETTINGS
from coordinator.vocabulary import (
    AgencyKind,
    ChildrenAsked,
    Evidence,
    Level,
    MeetingState,
    PostKind,
)

PLANS, HELPS, MEETINGS = (cast("Table", kind.__table__) for kind in (Plan, WhatHelps, Meeting))
PARTNERS = (AgencyKind.CMHT, AgencyKind.CSC)


def columns(actor: Actor, moment: Moment) -> list[Any]:
    """Return the columns over `Family`: one for each evidence, and what links need.

    `meeting` is the last one and `both_asked` whether both agencies were asked to it; `copy_of` is
    the last of which a parent has a copy; `signed` is the last version that both signed.
    """
    found = {
        Evidence.BOTH_ON_CASE: and_(*(_on_the_case(kind, moment) for kind in PARTNERS)),
        Evidence.CHILDREN_ASKED: Family.children_asked != ChildrenAsked.NOT_ASKED,
        Evidence.PLAN_OPEN: _there(actor, moment, PLANS, Entry.level == Level.OPEN),
        Evidence.WHAT_HELPS: _there(actor, moment, HELPS, Entry.level == Level.OPEN),
        Evidence.TALKED: _there(
            actor,
            moment,
            CONTACTS,
            CONTACTS.c.attempted_at >= moment.now - timedelta(SETTINGS.days_between_conversations),
            conversation(),
        ),
        Evidence.LEADS_CONFIRMED: and_(*(_lead_confirmed(kind, moment) for kind in PARTNERS)),
    }
    asked = and_(*(_asked(kind) for kind in PARTNERS))
    copy = Invitation.copy_given_on.is_not(None)
    return [
        *(condition.label(evidence.name) for evidence, condition in found.items()),
        _last_meeting(actor, moment, Entry.reference).label("meeting"),
        _last_meeting(actor, moment, asked).label("both_asked"),
        _last_meeting(
            actor, moment, Entry.reference, _invitation(Invitation.person_id.is_not(None), copy)
        ).label("copy_of"),
        _signed(actor, moment).label("signed"),
    ]


def ticked(row: Any) -> frozenset[Evidence]:
    """Return which evidences the columns of this row show."""
    shown = {
        evidence: getattr(row, evidence.name)
        for evidence in Evidence
        if hasattr(row, evidence.name)
    }
    shown |= {
        Evidence.BOTH_INVITED: row.both_asked,
        Evidence.COPY_GIVEN: row.copy_of,
        Evidence.BOTH_SIGNED: row.signed,
    }
    return frozenset(evidence for evidence, there in shown.items() if there)


def _on_the_case(kind: AgencyKind, moment: Moment) -> ColumnElement[bool]:
    return exists().where(
        Involvement.family_id == Family.id,
        current(Involvement, moment.today),
        Agency.id == Involvement.agency_id,
        Agency.kind == kind,
    )


def _may_be_read(actor: Actor, moment: Moment) -> ColumnElement[bool]:
    return and_(
        Entry.family_id == Family.id,
        readable(
            actor,
            reads_own_agency(actor, moment, Entry.family_id),
            gave_reason(actor, moment, Entry.family_id),
        ),
    )


def _there(actor: Actor, moment: Moment, table: Table, *conditions: Any) -> ColumnElement[bool]:
    return exists().where(Entry.id == table.c.id, _may_be_read(actor, moment), *conditions)


def _last_meeting(actor: Actor, moment: Moment, what: Any, *conditions: Any) -> Any:
    """Return this of the last meeting that was not cancelled and that the reader may read."""
    return (
        select(what)
        .select_from(Entry)
        .join(MEETINGS, MEETINGS.c.id == Entry.id)
        .where(
            _may_be_read(actor, moment),
            MEETINGS.c.state != MeetingState.CANCELLED,
            *conditions,
        )
        .order_by(MEETINGS.c.starts_at.desc(), Entry.id.desc())
        .limit(1)
        .correlate(Family)
        .scalar_subquery()
    )


def _invitation(*conditions: Any) -> ColumnElement[bool]:
    return exists().where(
        Invitation.meeting_id == MEETINGS.c.id, Invitation.removed_at.is_(None), *conditions
    )


def _asked(kind: AgencyKind) -> ColumnElement[bool]:
    return _invitation(Agency.id == Invitation.agency_id, Agency.kind == kind)


def _signed(actor: Actor, moment: Moment) -> Any:
    """Return the number of the last version that both agencies signed."""
    return (
        select(func.max(PlanVersion.number))
        .join(Entry, Entry.id == PlanVersion.plan_id)
        .where(_may_be_read(actor, moment))
        .correlate(Family)
        .scalar_subquery()
    )


def _lead_confirmed(kind: AgencyKind, moment: Moment) -> ColumnElement[bool]:
    """Return the condition that an agency on the case has a lead who need not be asked again."""
    return exists().where(
        Involvement.family_id == Family.id,
        current(Involvement, moment.today),
        Agency.id == Involvement.agency_id,
        Agency.kind == kind,
        Post.agency_id == Agency.id,
        Post.kind == PostKind.SAFEGUARDING_CHILDREN,
        PostHolding.post_id == Post.id,
        PostHolding.deputy.is_(False),
        PostHolding.confirmed_on.is_not(None),
        PostHolding.asked_on.is_(None),
        current(PostHolding, moment.today),
    )
