"""What a list said before is kept, with who changed it and when: the one way for all lists."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.models.former_words import FormerWords
from coordinator.vocabulary import WordList


class Saying(Protocol):
    """A row of a list, which can tell in words what it says."""

    @property
    def said(self) -> str:
        """What it says."""


@contextmanager
def keeping(
    session: Session, actor: Actor, moment: Moment, which: WordList, row: str, record: Saying
) -> Iterator[None]:
    """Let a row be changed inside, and keep what it said before if it then says something else."""
    before = record.said
    yield
    if record.said != before:
        keep(session, actor, moment, which, row, before)
    session.flush()


def keep(
    session: Session, actor: Actor, moment: Moment, which: WordList, row: str, said: str
) -> None:
    """Keep what a row said; `row` is its reference, "" in a list that is one text."""
    session.add(
        FormerWords(
            list=which, row=row, said=said, changed_by_id=actor.account_id, changed_at=moment.now
        )
    )
