"""What waits for one person because of openness with the parent, and of hidden notices."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.reads import hidden_notices, my_cases
from coordinator.reads.today_rows import TodayRow
from coordinator.settings import SETTINGS
from coordinator.vocabulary import OpennessKind


def not_told(cases: Mapping[str, my_cases.Case], moment: Moment) -> Iterator[TodayRow]:
    """Yield what I wanted to think of again by now: not told, or refused (S23, P02)."""
    for case in cases.values():
        for line in case.to_review:
            refused = line.told is OpennessKind.ASKED_FOR_HELP
            yield TodayRow(
                kind="not-told",
                verb="Ask for the help again:" if refused else "Ask yourself again:",
                text="it was refused" if refused else "has the parent been told?",
                href=f"/openness/{line.reference}/settle",
                family=case.reference,
                due=line.review_on,
                due_word="to think of again",
                late=line.review_on < moment.today,
                said=line.what,
            )


def explain(cases: Mapping[str, my_cases.Case], moment: Moment) -> Iterator[TodayRow]:
    """Yield the families whose parent nobody has told how we share (P04)."""
    for case in cases.values():
        if case.tell_how_we_share:
            yield TodayRow(
                kind="explain",
                verb="Explain",
                text="how we share",
                href=f"/families/{case.reference}/openness",
                family=case.reference,
                due=moment.today + timedelta(days=SETTINGS.due_soon_days),
                due_word="",
                hint="Parent not yet told how we share",
            )


def hidden(session: Session, actor: Actor, moment: Moment) -> Iterator[TodayRow]:
    """Yield the notices that colleagues of a safeguarding lead hid in the last days."""
    for item in hidden_notices.lately(session, actor, moment):
        yield TodayRow(
            kind="hidden-notice",
            verb="Read why",
            text="even the notice is hidden",
            href="/hidden-notices",
            family=item.family,
            who=item.by,
            due=moment.today,
            due_word="hidden",
            at=item.at,
            said=item.reason,
            phone=item.phone,
        )
