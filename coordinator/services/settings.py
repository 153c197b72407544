"""How an administrator changes periods and limits: each change is a row, in force at once."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from coordinator.access.actor import Actor
from coordinator.access.sights import Moment
from coordinator.errors import ConflictError, InvalidError
from coordinator.models.settings import SettingChange
from coordinator.settings import KNOWN, held
from coordinator.vocabulary import SettingGroup

NO_NUMBER = -1


def check(group: SettingGroup, wanted: Mapping[str, int]) -> dict[str, int]:
    """Return which settings of a group these numbers would change.

    Raises `InvalidError` beside each that is no number or not allowed, and if none would change.
    """
    mine = [setting for setting in KNOWN.values() if setting.group is group]
    problems = {
        setting.name: setting.refusal
        for setting in mine
        if not setting.allows(wanted.get(setting.name, NO_NUMBER))
    }
    if problems:
        raise InvalidError(problems)
    now = held()
    changed = {one.name: wanted[one.name] for one in mine if one.of(now) != wanted[one.name]}
    if not changed:
        raise InvalidError("Nothing is changed: these are the numbers that hold now")
    return changed


def change(
    session: Session,
    actor: Actor,
    moment: Moment,
    group: SettingGroup,
    version: int | None,
    wanted: Mapping[str, int],
    reason: str,
) -> None:
    """Let these numbers hold from now on, whoever asks next.

    `version` is the number of the newest change when the form was filled in.  Raises what `check`
    raises, and `ConflictError` if there is a newer one.
    """
    newest = session.scalar(select(func.max(SettingChange.number))) or 0
    if version != newest:
        now = held()
        said = {one.name: str(one.of(now)) for one in KNOWN.values() if one.group is group}
        raise ConflictError(said, newest)
    for number, (name, value) in enumerate(check(group, wanted).items(), newest + 1):
        session.add(
            SettingChange(
                number=number,
                name=name,
                value=value,
                reason=reason,
                set_by_id=actor.account_id,
                set_at=moment.now,
            )
        )
    try:
        session.flush()
    except IntegrityError as taken:
        # Another administrator had this number first: the door tries again, and finds theirs.
        raise StaleDataError from taken
