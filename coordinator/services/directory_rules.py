"""After how long posts are confirmed anew: an administrator sets it, from a day on."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.directory_rules import DirectoryRule

LONGEST = 400


@dataclass(frozen=True)
class Wanted:
    """The periods in calendar days, from which day on they hold, and why."""

    confirmed_every_days: int
    asked_before_days: int
    deputy_after_days: int
    manager_after_days: int
    answers_every_days: int
    from_date: date
    reason: str


def change(
    session: Session, actor: Actor, moment: Moment, version: int | None, wanted: Wanted
) -> None:
    """Write a new version of the periods; the others stay as they were.

    `version` is how many versions there were when the form was filled in.  Raises `ConflictError`
    if there is a newer one, and `InvalidError`.
    """
    there = session.scalar(select(func.count()).select_from(DirectoryRule)) or 0
    if version != there:
        raise ConflictError({}, there)
    problems = {}
    if not 1 <= wanted.confirmed_every_days <= LONGEST:
        problems["confirmed_every_days"] = f"Enter a number between 1 and {LONGEST}"
    if not 0 <= wanted.asked_before_days < wanted.confirmed_every_days:
        problems["asked_before_days"] = "Enter fewer days than the confirmation lasts"
    if not 0 <= wanted.deputy_after_days <= LONGEST:
        problems["deputy_after_days"] = f"Enter a number between 0 and {LONGEST}"
    if not wanted.deputy_after_days <= wanted.manager_after_days <= LONGEST:
        problems["manager_after_days"] = "The manager is asked with the deputy, or later"
    if not 1 <= wanted.answers_every_days <= LONGEST:
        problems["answers_every_days"] = f"Enter a number between 1 and {LONGEST}"
    if wanted.from_date < moment.today:
        problems["from_date"] = "It can hold from today on"
    if problems:
        raise InvalidError(problems)
    session.add(DirectoryRule(**vars(wanted), set_by_id=actor.account_id, set_at=moment.now))
    session.flush()
