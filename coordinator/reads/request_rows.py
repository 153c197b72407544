"""A request for information as one row, with what became of it.

An answer, a verdict and a challenge are for exactly those who read the request: the same level and
the same readers (services/information_requests.py).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, func, select
from sqlalchemy.orm import aliased

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Team
from coordinator.models.entries import Entry
from coordinator.models.families import Family
from coordinator.models.information_requests import (
    Challenge,
    InformationAnswer,
    InformationRequest,
)
from coordinator.vocabulary import (
    AnswerKind,
    ChallengeOutcome,
    Level,
    RequestState,
    Verdict,
)

REQUESTS = cast("Table", InformationRequest.__table__)
ANSWERS = cast("Table", InformationAnswer.__table__)
CHALLENGES = cast("Table", Challenge.__table__)
_Asker, _Asked = aliased(Account, name="asker"), aliased(Account, name="asked")
_AskersAgency = aliased(Agency, name="askers_agency")
_AskedAgency = aliased(Agency, name="asked_agency")
LATEST = ANSWERS.alias("latest")
_OLDER = ANSWERS.alias("older")
_FIRST = aliased(Entry, name="first")


@dataclass(frozen=True)
class RequestRow:
    """A request in a list.  `whom` is a person, or the desk of a team; `mine` is one's own."""

    reference: str
    family: str
    what: str
    asker: str
    askers_agency: str
    whom: str
    whose_agency: str
    at: datetime
    due_on: date
    state: RequestState
    late: bool
    internal: bool
    level: Level
    answer: AnswerKind | None
    verdict: Verdict | None
    took: timedelta | None
    challenged: bool
    outcome: ChallengeOutcome | None
    fresh_view: bool
    mine: bool
    for_me: bool

    @property
    def called(self) -> str:
        """What is asked for, in a sentence."""
        return "the request for a fresh view" if self.fresh_view else "the request for information"

    @property
    def answer_for(self) -> str:
        """Who will read the answer, for the person who writes it."""
        if self.level is Level.OPEN:
            return "Both agencies on the case can read your answer."
        if self.level is Level.OWN_AGENCY:
            return "Your agency on the case can read your answer."
        managers = ", and the managers" if self.challenged else ""
        return f"Only {self.asker}{managers} can read your answer."

    @property
    def in_words(self) -> str:
        """Where it stands, in a word or two."""
        if self.challenged and self.outcome is None:
            return "With both managers"
        if self.answer is not None:
            return ANSWERED[self.answer]
        return STATES[self.state]

    @property
    def colour(self) -> str:
        """The colour of its state."""
        if self.late:
            return "red"
        if self.challenged and self.outcome is None:
            return "orange"
        if self.answer is not None:
            return "green" if self.answer in (AnswerKind.FULL, AnswerKind.SUMMARY) else "grey"
        return "grey" if self.state is RequestState.WITHDRAWN else "blue"


STATES = {
    RequestState.ASKED: "Waiting",
    RequestState.ANSWERED: "Answered",
    RequestState.WITHDRAWN: "Withdrawn",
}
ANSWERED = {
    AnswerKind.FULL: "Answered in full",
    AnswerKind.SUMMARY: "Answered in summary",
    AnswerKind.NOT_HELD: "Not held",
    AnswerKind.DECLINED: "Declined",
}

COLUMNS = (
    Entry.id.label("id"),
    Entry.reference.label("reference"),
    Entry.family_id.label("family_id"),
    Family.reference.label("family"),
    Entry.author_id.label("author_id"),
    Entry.agency_id.label("agency_id"),
    Entry.level.label("level"),
    Entry.created_at.label("at"),
    REQUESTS.c.what,
    REQUESTS.c.why,
    REQUESTS.c.decision,
    REQUESTS.c.due_on,
    REQUESTS.c.state,
    REQUESTS.c.asked_account_id,
    REQUESTS.c.asked_team_id,
    REQUESTS.c.asked_agency_id,
    REQUESTS.c.about_entry_id,
    REQUESTS.c.fresh_view,
    _Asker.name.label("asker"),
    _AskersAgency.name.label("askers_agency"),
    _Asked.name.label("asked"),
    Team.name.label("team"),
    _AskedAgency.name.label("whose_agency"),
    LATEST.c.answer,
    LATEST.c.verdict,
    select(func.min(_FIRST.created_at))
    .join(ANSWERS, ANSWERS.c.id == _FIRST.id)
    .where(ANSWERS.c.request_id == Entry.id)
    .correlate(Entry)
    .scalar_subquery()
    .label("answered_at"),
    CHALLENGES.c.at.label("challenged_at"),
    CHALLENGES.c.outcome,
)


def requests_from(statement: Select[Any]) -> Select[Any]:
    """Return the statement over entries that are requests, with the tables of `COLUMNS`."""
    newest = (
        select(func.max(_OLDER.c.id))
        .where(_OLDER.c.request_id == Entry.id)
        .correlate(Entry)
        .scalar_subquery()
    )
    return (
        statement.select_from(Entry)
        .join(REQUESTS, REQUESTS.c.id == Entry.id)
        .join(Family, Family.id == Entry.family_id)
        .join(_Asker, _Asker.id == Entry.author_id)
        .join(_AskersAgency, _AskersAgency.id == Entry.agency_id)
        .outerjoin(_Asked, _Asked.id == REQUESTS.c.asked_account_id)
        .outerjoin(Team, Team.id == REQUESTS.c.asked_team_id)
        .join(_AskedAgency, _AskedAgency.id == REQUESTS.c.asked_agency_id)
        .outerjoin(LATEST, LATEST.c.id == newest)
        .outerjoin(CHALLENGES, CHALLENGES.c.request_id == Entry.id)
    )


def row_of(row: Any, actor: Actor, moment: Moment, *, mine: bool = False) -> RequestRow:
    """Return a row of `COLUMNS` as this reader sees it, who may carry it on (`mine`)."""
    return RequestRow(
        reference=row.reference,
        family=row.family,
        what=row.what,
        asker=row.asker,
        askers_agency=row.askers_agency,
        whom=row.asked or f"Duty desk of {row.team}",
        whose_agency=row.whose_agency,
        at=row.at,
        due_on=row.due_on,
        state=row.state,
        late=row.state is RequestState.ASKED and row.due_on < moment.today,
        internal=row.agency_id == row.asked_agency_id and not row.fresh_view,
        level=row.level,
        answer=row.answer,
        verdict=row.verdict,
        took=row.answered_at - row.at if row.answered_at else None,
        challenged=row.challenged_at is not None,
        outcome=row.outcome,
        fresh_view=row.fresh_view,
        mine=mine or (row.author_id == actor.account_id and row.agency_id == actor.agency_id),
        for_me=row.asked_agency_id == actor.agency_id
        and (row.asked_account_id == actor.account_id or row.asked_team_id in actor.team_ids),
    )
