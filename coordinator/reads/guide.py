"""What the guide says to one kind of agency, and the runs of it that wait for their owner (E28)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.prepared import Prepared
from coordinator.access.scope import my_families
from coordinator.access.sights import Moment
from coordinator.access.worry_sights import WorryInSight
from coordinator.models.accounts import Account
from coordinator.models.families import Family, Person
from coordinator.models.referral_settings import GuideWords
from coordinator.models.worries import Worry, WorryStep
from coordinator.vocabulary import AgencyKind, GuideStep, Relation

# Whoever belongs to no agency that works with families reads what the office reads.
WITHOUT_AGENCY = AgencyKind.HOST


@dataclass(frozen=True)
class WordsVersion:
    """What one screen said from an instant on; `set_by` is empty for the first words."""

    kind: AgencyKind
    step: GuideStep
    text: str
    set_by: str
    set_at: datetime | None

    @property
    def paragraphs(self) -> list[str]:
        """The text, parted at its blank lines."""
        return [part for part in self.text.split("\n\n") if part.strip()]


@dataclass(frozen=True)
class Run:
    """When a run of the guide began, and when it reached each step."""

    started_at: datetime
    steps: tuple[tuple[GuideStep, datetime], ...]


def _families(actor: Actor, moment: Moment) -> Any:
    return (
        select(Family.reference, Person.name)
        .outerjoin(Person, and_(Person.family_id == Family.id, Person.relation != Relation.CHILD))
        .where(Family.id.in_(my_families(actor, moment)))
        .order_by(Family.id, Person.id)
    )


FAMILIES = Prepared(_families)


def families(session: Session, actor: Actor, moment: Moment) -> dict[str, str]:
    """Return the actor's own families by reference, with their adults' names.  One statement."""
    found: dict[str, list[str]] = {}
    for reference, name in FAMILIES.run(session, actor, moment):
        found.setdefault(reference, []).extend([name] if name else [])
    return {reference: ", ".join(names) for reference, names in found.items()}


def words(session: Session, kind: AgencyKind | None, step: GuideStep) -> list[str]:
    """Return the paragraphs of one screen for one kind of agency.  One statement."""
    text = session.scalar(
        select(GuideWords.text)
        .where(GuideWords.kind == (kind or WITHOUT_AGENCY), GuideWords.step == step)
        .order_by(GuideWords.id.desc())
        .limit(1)
    )
    return [part for part in (text or "").replace("\r", "").split("\n\n") if part.strip()]


def history(session: Session) -> tuple[WordsVersion, ...]:
    """Return all that the screens said and say, the newest first.  One statement."""
    rows = session.execute(
        select(GuideWords.kind, GuideWords.step, GuideWords.text, Account.name, GuideWords.set_at)
        .outerjoin(Account, Account.id == GuideWords.set_by_id)
        .order_by(GuideWords.id.desc())
    )
    return tuple(WordsVersion(row[0], row[1], row[2], row[3] or "", row[4]) for row in rows)


def run(session: Session, worry: WorryInSight) -> Run:
    """Return one run with the time of each step.  One statement."""
    rows = session.execute(
        select(Worry.started_at, WorryStep.step, WorryStep.at)
        .join(WorryStep, WorryStep.worry_id == Worry.id)
        .where(Worry.id == worry.id)
        .order_by(WorryStep.at)
    ).all()
    return Run(rows[0].started_at, tuple((row.step, row.at) for row in rows))
