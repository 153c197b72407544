"""What somebody holds, counted: what must have another holder when they leave (E06).

It counts, and shows nothing: an administrator, who sees no family, reads the sums alone, and the
manager of a team sees the references of the families that they oversee (docs/decisions/0027).

What of each table counts (docs/decisions/0036):

- held by name, and handed over: involvements, open actions, requests for information, invitations
  and the lead of meetings to come, minutes that are not closed, planned visits, the stage of a
  disagreement (`Kind`, family by family); posts, and deputies' places (reads/departures.py);
- held as the holder of a safeguarding post: questions to a lead and what leads settle, which go
  to another lead (reads/left_over.py);
- begun: series of meetings, referrals, what was asked of others, disagreements that were raised.
  An author never changes: colleagues on the case carry it on (access/departure_rules.py);
- held by a team: referrals, requests, actions and questions to join that its duty desk has, which
  only the last one to leave a team leaves without anybody (reads/left_over.py);
- private: forms that were not sent, and runs of the guide "I am worried about a child": how many
  there are is all that others learn (reads/left_over.py); they end with the access.

Nothing else has an open holder: a role statement, a signature, a vote, a contact, a note and an
answer say who did it, and stay as they are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.orm import join as sql_join

from coordinator import clock
from coordinator.access.sights import Moment
from coordinator.access.ways import has_left
from coordinator.models.disagreements import Disagreement, DisagreementStep
from coordinator.models.families import Involvement
from coordinator.models.information_requests import InformationRequest
from coordinator.models.meetings import Invitation, Meeting
from coordinator.models.minutes import Minutes
from coordinator.models.plans import Action
from coordinator.models.referrals import Referral
from coordinator.models.series import SeriesMeeting
from coordinator.models.visits import Visit
from coordinator.vocabulary import (
    OPEN_ACTION_STATES,
    REFERRAL_OUTCOMES,
    DisagreementStage,
    MeetingState,
    ReferralState,
    RequestState,
    VisitState,
)

UNANSWERED = (ReferralState.DRAFT, ReferralState.SENT, ReferralState.ACKNOWLEDGED)


class Kind(Enum):
    """What can be held in a family: one of them and several, in words."""

    CASE = "role on the case", "roles on the case"
    ACTION = "open action", "open actions"
    REQUEST = "request for information", "requests for information"
    INVITATION = "invitation", "invitations"
    LEADING = "meeting to chair or minute", "meetings to chair or minute"
    VISIT = "visit", "visits"
    STAGE = "disagreement to settle", "disagreements to settle"
    SERIES = "series of meetings", "series of meetings"
    REFERRAL = "referral without an answer", "referrals without an answer"
    ASKED = "question to others", "questions to others"

    def counted(self, number: int) -> str:
        """Write so many of them."""
        return f"{number} {self.value[0] if number == 1 else self.value[1]}"


@dataclass
class Part:
    """What an account holds in one family for one agency."""

    account_id: int
    family_id: int
    agency_id: int
    counts: Counter[Kind] = field(default_factory=Counter)

    @property
    def in_words(self) -> str:
        """Write the counts: `1 role on the case, 2 open actions`."""
        return in_words(self.counts)


def in_words(counts: Mapping[Kind, int]) -> str:
    """Write counts in the order of the kinds."""
    return ", ".join(kind.counted(counts[kind]) for kind in Kind if counts[kind])


def after(
    session: Session,
    moment: Moment,
    leavers: Mapping[int, date],
    only: Any = None,
) -> list[Part]:
    """Return what these accounts hold after their last days, family by family.  One statement.

    `leavers` are last days by account.  `only` selects the ids of the families that are asked
    about.
    """
    if not leavers:
        return []
    last = min(leavers.values())
    rows = session.execute(
        union_all(
            *(
                _counted(kind, source, list(leavers), only)
                for kind, source in _sources(moment, last)
            )
        )
    ).all()
    parts: dict[tuple[int, int, int], Part] = {}
    for row in rows:
        key = (row.account_id, row.family_id, row.agency_id)
        parts.setdefault(key, Part(*key)).counts[Kind[row.kind]] += row.number
    return [parts[key] for key in sorted(parts)]


@dataclass(frozen=True)
class _Source:
    """Where a kind is found: whose it is, in which family and agency, and what holds it open."""

    account: Any
    family: Any
    agency: Any
    open: ColumnElement[bool]
    tables: Any = None
    each: Any = None


def _counted(kind: Kind, source: _Source, who: list[int], only: Any) -> Any:
    conditions: list[ColumnElement[bool]] = [source.account.in_(who), source.open]
    if only is not None:
        conditions.append(source.family.in_(only))
    number = func.count() if source.each is None else func.count(source.each.distinct())
    chosen = select(
        literal(kind.name).label("kind"),
        source.account.label("account_id"),
        source.family.label("family_id"),
        source.agency.label("agency_id"),
        number.label("number"),
    )
    if source.tables is not None:
        chosen = chosen.select_from(source.tables)
    return chosen.where(*conditions).group_by(source.account, source.family, source.agency)


def _sources(moment: Moment, last: date) -> list[tuple[Kind, _Source]]:
    to_come = and_(
        Meeting.state == MeetingState.PLANNED,
        Meeting.starts_at >= max(clock.day_bounds(last)[1], moment.now),
    )
    return [*_by_name(to_come, last), *_begun(moment, to_come)]


def _by_name(to_come: Any, last: date) -> list[tuple[Kind, _Source]]:
    case, action, asked, step = Involvement, Action, InformationRequest, DisagreementStep
    there = or_(case.ends_on.is_(None), case.ends_on > last)
    to_do = action.state.in_(OPEN_ACTION_STATES)
    leads = or_(
        Meeting.chair_id == Invitation.account_id, Meeting.minute_taker_id == Invitation.account_id
    )
    planned = Visit.state == VisitState.PLANNED
    stage = and_(step.ended_at.is_(None), step.stage != DisagreementStage.LEADS)
    stages = sql_join(Disagreement, step, step.disagreement_id == Disagreement.id)
    return [
        (Kind.CASE, _Source(case.account_id, case.family_id, case.agency_id, there)),
        (
            Kind.ACTION,
            _Source(action.owner_account_id, action.family_id, action.owner_agency_id, to_do),
        ),
        (
            Kind.REQUEST,
            _Source(
                asked.asked_account_id,
                asked.family_id,
                asked.asked_agency_id,
                asked.state == RequestState.ASKED,
            ),
        ),
        (Kind.INVITATION, _invited(to_come)),
        (Kind.LEADING, _invited(and_(leads, is_not_closed()))),
        (Kind.VISIT, _Source(Visit.owner_id, Visit.family_id, Visit.owner_agency_id, planned)),
        (Kind.VISIT, _Source(Visit.second_id, Visit.family_id, Visit.second_agency_id, planned)),
        (
            Kind.STAGE,
            _Source(step.owner_id, Disagreement.family_id, step.owner_agency_id, stage, stages),
        ),
    ]


def _begun(moment: Moment, to_come: Any) -> list[tuple[Kind, _Source]]:
    """Return what somebody began: theirs until they have left, and then their colleagues'."""

    def source(of: Any, open_: Any, tables: Any = None, each: Any = None) -> _Source:
        there = ~has_left(of.author_id, of.agency_id, moment)
        return _Source(of.author_id, of.family_id, of.agency_id, and_(open_, there), tables, each)

    unread = and_(Referral.state.in_(REFERRAL_OUTCOMES), Referral.outcome_read_at.is_(None))
    series = sql_join(Meeting, SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
    return [
        (Kind.SERIES, source(Meeting, to_come, series, SeriesMeeting.first_id)),
        (Kind.REFERRAL, source(Referral, or_(Referral.state.in_(UNANSWERED), unread))),
        (
            Kind.ASKED,
            source(InformationRequest, InformationRequest.state == RequestState.ASKED),
        ),
        (Kind.ASKED, source(Disagreement, Disagreement.settled_at.is_(None))),
    ]


def is_not_closed() -> ColumnElement[bool]:
    """Return the condition that a meeting is to come, or that its minutes are not closed."""
    written = exists().where(Minutes.meeting_id == Meeting.id, Minutes.closed_at.is_(None))
    return or_(
        Meeting.state == MeetingState.PLANNED, and_(Meeting.state == MeetingState.HELD, written)
    )


def _invited(open_: ColumnElement[bool]) -> _Source:
    mine = (Invitation.account_id, Meeting.family_id, Invitation.agency_id)
    asked = sql_join(Meeting, Invitation, Invitation.meeting_id == Meeting.id)
    return _Source(*mine, and_(Invitation.removed_at.is_(None), open_), asked)
