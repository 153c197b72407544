"""What waits for one person, most urgent first, grouped by when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.reads import (
    actions,
    conversations,
    join_requests,
    look_alerts,
    my_cases,
    my_meetings,
    raised_needs,
    today_ahead,
    today_concerns,
    today_desks,
    today_endings,
    today_handovers,
    today_leaving,
    today_library,
    today_links,
    today_matters,
    today_meetings,
    today_minutes,
    today_openness,
    today_pairs,
    today_posts,
    today_questions,
    today_requests,
    today_sharing,
    today_supervision,
    today_worries,
    undelivered,
    waiting_requests,
)
from coordinator.reads import today_rows as rows
from coordinator.reads.today_desks import HereLine
from coordinator.reads.today_rows import TodayRow
from coordinator.settings import SETTINGS

# The order of rows with one date: first what keeps somebody else waiting.
ORDER = (
    "danger",
    "need",
    "worry",
    "referral",
    "outcome",
    "disagreement",
    "handover",
    "ending",
    "undelivered",
    "alert",
    "unreached",
    "call",
    "join",
    "advice",
    "link",
    "request",
    "settle",
    "advised",
    "answer",
    "question",
    "voice",
    "invitation",
    "view",
    "remind",
    "declined",
    "judge",
    "do",
    "clock",
    "week",
    "record",
    "minutes",
    "meeting",
    "check",
    "review",
    "talk",
    "slot",
    "leaving",
    "post",
    "library",
)


@dataclass(frozen=True)
class TodayPage:
    """What waits, by when; `cases` are the reader's own, `here` who is at their site today."""

    late: tuple[TodayRow, ...]
    today: tuple[TodayRow, ...]
    this_week: tuple[TodayRow, ...]
    later: tuple[TodayRow, ...]
    others: tuple[TodayRow, ...]
    cases: tuple[str, ...]
    here: tuple[HereLine, ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, str, tuple[TodayRow, ...]], ...]:
        """The groups that have rows: (key, heading, rows)."""
        named = (
            ("late", "Late", self.late),
            ("today", "Today", self.today),
            ("this-week", "This week", self.this_week),
            ("later", "Later", self.later),
            ("others", "Waiting for others", self.others),
        )
        return tuple(group for group in named if group[2])


def whole(session: Session, actor: Actor, moment: Moment) -> TodayPage:
    """Return what waits for the actor.  As many statements however many families there are."""
    cases = my_cases.mine(session, actor, moment)
    waiting = actions.waiting_for(session, actor, moment)
    planned = my_meetings.planned(session, actor, moment)
    joins = join_requests.waiting(session, actor, moment)
    asked = waiting_requests.waiting_for(session, actor, moment)
    matters = today_matters.of(session, actor, moment)
    talk = conversations.due(session, actor, moment)
    mine = [
        *rows.emergencies(session, actor, moment),
        *look_alerts.waiting(session, actor, moment),
        *undelivered.waiting(session, actor, moment),
        *raised_needs.mine(matters),
        *rows.calls(talk.calls),
        *rows.joins(joins.to_answer, moment),
        *today_posts.mine(actor),
        *rows.invitations(planned, moment),
        *today_requests.mine(asked, moment),
        *today_sharing.mine(matters, moment),
        *today_worries.mine(matters, moment),
        *today_leaving.mine(matters),
        *today_library.mine(matters, moment),
        *today_handovers.mine(matters),
        *today_questions.mine(matters, moment),
        *today_links.mine(matters, moment),
        *today_pairs.mine(matters, moment),
        *today_concerns.mine(matters, moment),
        *today_supervision.mine(matters),
        *today_endings.mine(matters, moment),
        *today_desks.mine(matters, moment),
        *rows.actions(waiting, moment),
        *rows.meetings(planned, moment),
        *today_meetings.mine(planned, moment),
        *today_minutes.mine(session, actor, moment),
        *today_ahead.mine(session, actor, moment),
        *rows.talks(talk.talks),
        *rows.children(cases, moment),
        *today_openness.not_told(cases, moment),
        *today_openness.explain(cases, moment),
        *today_openness.hidden(session, actor, moment),
    ]
    others = [
        *rows.others(waiting, moment),
        *today_requests.others(asked),
        *today_sharing.others(matters, moment),
        *today_worries.others(matters, moment),
        *today_links.others(matters, moment),
        *today_endings.others(matters),
        *rows.unanswered(planned),
        *rows.asked(joins.asked),
    ]
    week = moment.today + timedelta(days=SETTINGS.due_soon_days)
    groups: dict[str, list[TodayRow]] = {"late": [], "today": [], "week": [], "later": []}
    for row in sorted(mine, key=_urgency):
        due = row.due or moment.today
        when = "today" if due <= moment.today else "week" if due <= week else "later"
        groups["late" if row.late else when].append(_named(row, cases))
    late, today, this_week, later = (tuple(group) for group in groups.values())
    waits = tuple(_named(row, cases) for row in others)
    here = today_desks.here(matters, moment)
    return TodayPage(late, today, this_week, later, waits, cases=tuple(cases), here=here)


def _urgency(row: TodayRow) -> tuple[date, int]:
    return row.due or date.min, ORDER.index(row.kind) if row.kind in ORDER else len(ORDER)


def _named(row: TodayRow, cases: Mapping[str, my_cases.Case]) -> TodayRow:
    """Name the adults of a family on whose case the reader is, and of no other."""
    case = cases.get(row.family)
    return replace(row, people=case.people) if case else row
