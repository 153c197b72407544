"""The progress timeline of a family: what went well, a dated line each (S20).

It tells progress and no failure: nothing missed, refused or declined, and no score.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.prepared_family import Prepared
from coordinator.access.sights import FamilyInSight
from coordinator.models.accounts import Account
from coordinator.models.boards import BoardEntry
from coordinator.models.entries import Entry, EntryVersion
from coordinator.models.families import Person
from coordinator.models.guests import Guest
from coordinator.models.plans import Goal, GoalAgreement, PlanVersion, WhatHelps
from coordinator.models.progress import TurningPoint
from coordinator.reads.dated_lines import day_of, line, readable_lines
from coordinator.reads.request_rows import ANSWERS, REQUESTS
from coordinator.settings import SETTINGS
from coordinator.vocabulary import Agreement, AnswerKind, BoardSide, EntryKind, WhoseWords

TURNS = cast("Table", TurningPoint.__table__)
GOALS = cast("Table", Goal.__table__)
BOARD = cast("Table", BoardEntry.__table__)
HELPS = cast("Table", WhatHelps.__table__)
_Asked = aliased(Entry, name="asked", flat=True)
_Speaker = aliased(Account, name="speaker")
BOTH = 2


@dataclass(frozen=True)
class Step:
    """One line: what it is, the day in London, the words, whose they are, and where to read on.

    `path` is below the family's own address, or a whole one where it begins with a stroke.  What is
    `private` is never printed: nobody but its readers is to learn that it exists.
    """

    what: str
    day: date
    text: str
    who: str
    agency: str
    path: str
    turning: bool
    private: bool
    whose: WhoseWords | None


@dataclass(frozen=True)
class Timeline:
    """One page of the timeline, the newest day first, and whether there is an older one."""

    steps: tuple[Step, ...]
    more: bool


def replaced() -> ColumnElement[bool]:
    """Return the condition that an agency said something newer of the same goal."""
    later = aliased(GoalAgreement)
    return (
        select(later.id)
        .where(
            later.goal_id == GoalAgreement.goal_id,
            later.agency_id == GoalAgreement.agency_id,
            later.id > GoalAgreement.id,
        )
        .correlate(GoalAgreement)
        .exists()
    )


def _agreed_at() -> Any:
    """Return since when both agencies agree with a goal as it stands, or stood when reached."""
    newest = aliased(EntryVersion)
    words_version = (
        select(func.max(newest.version))
        .where(
            newest.entry_id == Entry.id,
            or_(GOALS.c.reached_at.is_(None), newest.at < GOALS.c.reached_at),
        )
        .correlate(Entry, GOALS)
        .scalar_subquery()
    )
    return (
        select(func.max(GoalAgreement.at))
        .where(
            GoalAgreement.goal_id == Entry.id,
            GoalAgreement.goal_version == words_version,
            GoalAgreement.agreement == Agreement.AGREED,
            ~replaced(),
        )
        .having(func.count(GoalAgreement.agency_id.distinct()) >= BOTH)
        .correlate(Entry, GOALS)
        .scalar_subquery()
    )


def lines() -> tuple[Select[Any], ...]:
    """Return the kinds of line that tell what went well."""
    agreed = _agreed_at()
    said_by = func.coalesce(_Speaker.name, Guest.name, Person.name, Account.name)
    return (
        line(
            EntryKind.TURNING_POINT,
            "turning",
            Entry.created_at,
            TURNS.c.text,
            day=TURNS.c.happened_on,
            whose=TURNS.c.whose,
        ).join(TURNS, TURNS.c.id == Entry.id),
        line(EntryKind.GOAL, "agreed", agreed, GOALS.c.text)
        .join(GOALS, GOALS.c.id == Entry.id)
        .where(agreed.is_not(None)),
        line(EntryKind.GOAL, "reached", GOALS.c.reached_at, GOALS.c.text)
        .join(GOALS, GOALS.c.id == Entry.id)
        .where(GOALS.c.reached_at.is_not(None)),
        line(EntryKind.PLAN, "signed", PlanVersion.locked_at, number=PlanVersion.number).join(
            PlanVersion, PlanVersion.plan_id == Entry.id
        ),
        line(EntryKind.BOARD_ENTRY, "strength", Entry.created_at, BOARD.c.text, who=said_by)
        .join(BOARD, BOARD.c.id == Entry.id)
        .outerjoin(_Speaker, _Speaker.id == BOARD.c.said_by_account_id)
        .outerjoin(Guest, Guest.id == BOARD.c.said_by_guest_id)
        .outerjoin(Person, Person.id == BOARD.c.said_by_person_id)
        .where(BOARD.c.side == BoardSide.STRENGTH, BOARD.c.answers_id.is_(None)),
        line(
            EntryKind.INFORMATION_ANSWER,
            "fresh",
            Entry.created_at,
            ANSWERS.c.text,
            about=_Asked.reference,
        )
        .join(ANSWERS, ANSWERS.c.id == Entry.id)
        .join(REQUESTS, REQUESTS.c.id == ANSWERS.c.request_id)
        .join(_Asked, _Asked.id == REQUESTS.c.id)
        .where(
            REQUESTS.c.fresh_view,
            ANSWERS.c.answer.in_((AnswerKind.FULL, AnswerKind.SUMMARY)),
        ),
        line(EntryKind.WHAT_HELPS, "helps", Entry.created_at, HELPS.c.text).join(
            HELPS, HELPS.c.id == Entry.id
        ),
        # That there are words of her own, for who reads them; what they say stands on their page.
        line(EntryKind.PARENTS_WORDS, "words", Entry.created_at),
    )


OF_FAMILY = Prepared(lambda actor, family: readable_lines(actor, family, lines()))
NAMES = {
    "turning": "Turning point",
    "agreed": "Goal agreed by both agencies",
    "reached": "Goal reached",
    "signed": "Plan signed by both agencies",
    "strength": "Strength",
    "fresh": "Fresh view",
    "helps": "What helps, written with the parent or carer",
    "words": "The parent’s own words",
}


def of_family(
    session: Session,
    actor: Actor,
    family: FamilyInSight,
    page: int = 1,
    size: int = SETTINGS.page_size,
) -> Timeline:
    """Return what of a family's progress the actor may read, the newest first.  One statement.

    A turning point stands on its own day, everything else on the day on which it was written.
    """
    rows = sorted(
        OF_FAMILY.run(session, actor, family),
        key=lambda row: (day_of(row), row.at, row.id),
        reverse=True,
    )
    skipped = (page - 1) * size
    steps = tuple(_step(row) for row in rows[skipped : skipped + size])
    return Timeline(steps, len(rows) > skipped + size)


def _step(row: Any) -> Step:
    named = row.what not in ("agreed", "reached", "signed")
    paths = {
        "signed": f"plan/versions/{row.number}",
        "fresh": f"/requests/{row.about}",
        "words": "parents-words",
    }
    number = f": version {row.number}" if row.number else ""
    return Step(
        what=f"{NAMES[row.what]}{number}",
        day=day_of(row),
        text=row.text,
        who=row.who if named else "",
        agency=row.agency if named and row.what != "strength" else "",
        path=paths.get(row.what, ""),
        turning=row.what == "turning",
        private=row.what == "words",
        whose=WhoseWords(row.whose) if row.whose else None,
    )
