"""What people answered after meetings, by kind of meeting and agency, never by name (E34)."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.models.directory import Agency
from coordinator.models.meetings import MeetingKind
from coordinator.models.minutes import CheckCount
from coordinator.settings import SETTINGS
from coordinator.vocabulary import CheckAnswer, CheckQuestion


@dataclass(frozen=True)
class Shares:
    """The answers after meetings of a kind by people of an agency, each as a share in per cent."""

    kind: str
    agency: str
    answered: int
    questions: tuple[tuple[CheckQuestion, tuple[int, ...]], ...]


def shares(session: Session) -> tuple[Shares, ...]:
    """Return what may be shown: groups of at least so many answers, in order of their names.

    No order by result: it is no ranking.  One statement.
    """
    rows = session.execute(
        select(
            MeetingKind.name.label("kind"),
            Agency.name.label("agency"),
            CheckCount.question,
            CheckCount.answer,
            CheckCount.shown,
        )
        .join(MeetingKind, MeetingKind.id == CheckCount.kind_id)
        .join(Agency, Agency.id == CheckCount.agency_id)
        .where(CheckCount.shown > 0)
        .order_by(MeetingKind.name, Agency.name)
    )
    groups: dict[tuple[str, str], dict[tuple[CheckQuestion, CheckAnswer], int]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.agency), {})[row.question, row.answer] = row.shown
    found = []
    for (kind, agency), counts in groups.items():
        questions = []
        answered = 0
        for question in CheckQuestion:
            given = [counts.get((question, answer), 0) for answer in CheckAnswer]
            answered = max(answered, sum(given))
            whole = sum(given) or 1
            questions.append((question, tuple(round(100 * one / whole) for one in given)))
        if answered >= SETTINGS.shown_from:
            found.append(Shares(kind, agency, answered, tuple(questions)))
    return tuple(found)
