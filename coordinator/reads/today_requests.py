"""Requests for information on one person’s page: to answer, judge, settle, or wait for."""

from collections.abc import Iterable, Iterator

from coordinator.access.sights import Moment
from coordinator.reads.request_rows import RequestRow
from coordinator.reads.today_rows import TodayRow
from coordinator.vocabulary import ChallengeOutcome, RequestState


def mine(waiting: Iterable[RequestRow], moment: Moment) -> Iterator[TodayRow]:
    """Yield what the reader is to answer, to judge, and as a manager to settle."""
    for row in waiting:
        here = f"/requests/{row.reference}"
        if row.for_me and _is_to_be_answered(row):
            yield TodayRow(
                kind="request",
                verb="Answer",
                text=f"{row.called}: {row.what}",
                href=here,
                family=row.family,
                who=row.asker,
                agency=row.askers_agency,
                due=row.due_on if row.state is RequestState.ASKED else moment.today,
                late=row.late,
            )
        elif row.mine and row.state is RequestState.ANSWERED and row.verdict is None:
            yield TodayRow(
                kind="judge",
                verb="Say",
                text=f"whether the answer is enough: {row.what}",
                href=here,
                family=row.family,
                who=row.whom,
                agency=row.whose_agency,
                due=moment.today,
                due_word="",
                hint=row.in_words,
            )
        elif row.challenged and row.outcome is None and not row.mine and not row.for_me:
            yield TodayRow(
                kind="settle",
                verb="Settle",
                text=f"a challenged request: {row.what}",
                href=here,
                family=row.family,
                who=f"{row.asker} asked {row.whom}",
                due=moment.today,
                due_word="",
            )


def others(waiting: Iterable[RequestRow]) -> Iterator[TodayRow]:
    """Yield what the reader asked and nobody has answered."""
    for row in waiting:
        if row.mine and row.state is RequestState.ASKED:
            yield TodayRow(
                kind="wait",
                verb=f"{row.whom}:",
                text=f"answer {row.called}: {row.what}",
                href=f"/requests/{row.reference}",
                family=row.family,
                agency=row.whose_agency,
                due=row.due_on,
                late=row.late,
            )


def _is_to_be_answered(row: RequestRow) -> bool:
    return row.state is RequestState.ASKED or row.outcome is ChallengeOutcome.MORE_SHARED
