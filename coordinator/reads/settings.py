"""The periods and limits as they hold, and every number that held before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordinator.models.accounts import Account
from coordinator.models.settings import SettingChange
from coordinator.settings import FIRST, KNOWN, Setting, held
from coordinator.vocabulary import SettingGroup


@dataclass(frozen=True)
class Change:
    """One change of one setting; `was` and `became` are numbers of its unit."""

    number: int
    setting: Setting
    was: int
    became: int
    reason: str
    set_by: str
    set_at: datetime
    holds: bool

    @property
    def from_words(self) -> str:
        """What held before, in words."""
        return self.setting.said(self.was)

    @property
    def to_words(self) -> str:
        """What held from then on, in words."""
        return self.setting.said(self.became)


@dataclass(frozen=True)
class Row:
    """A setting as it holds, and its last change if there was one."""

    setting: Setting
    number: int
    last: Change | None

    @property
    def words(self) -> str:
        """What holds, in words."""
        return self.setting.said(self.number)


@dataclass(frozen=True)
class Group:
    """The settings of one group in the order of the list; `last` is its newest change."""

    group: SettingGroup
    rows: tuple[Row, ...]
    last: Change | None


@dataclass(frozen=True)
class Page:
    """All groups; `version` is the number of the newest change, 0 before the first."""

    groups: tuple[Group, ...]
    version: int


def everything(session: Session) -> Page:
    """Return all settings with who changed what last.  One statement."""
    changes = _changes(session)
    last = {change.setting.name: change for change in changes}
    now = held()
    groups = []
    for group in SettingGroup:
        mine = [setting for setting in KNOWN.values() if setting.group is group]
        rows = tuple(Row(one, one.of(now), last.get(one.name)) for one in mine)
        newest = [change for change in changes if change.setting.group is group][-1:]
        groups.append(Group(group, rows, newest[0] if newest else None))
    return Page(tuple(groups), changes[-1].number if changes else 0)


def history(session: Session, group: SettingGroup) -> tuple[Change, ...]:
    """Return every change of a group, the newest first.  One statement."""
    return tuple(reversed([one for one in _changes(session) if one.setting.group is group]))


def _changes(session: Session) -> list[Change]:
    rows = session.execute(
        select(
            SettingChange.number,
            SettingChange.name,
            SettingChange.value,
            SettingChange.reason,
            Account.name.label("set_by"),
            SettingChange.set_at,
            func.max(SettingChange.number).over(partition_by=SettingChange.name).label("newest"),
        )
        .join(Account, Account.id == SettingChange.set_by_id)
        .where(SettingChange.name.in_(KNOWN))
        .order_by(SettingChange.number)
    )
    before = {name: setting.of(FIRST) for name, setting in KNOWN.items()}
    changes = []
    for row in rows:
        setting = KNOWN[row.name]
        changes.append(
            Change(
                row.number,
                setting,
                before[row.name],
                row.value,
                row.reason,
                row.set_by,
                row.set_at,
                row.number == row.newest,
            )
        )
        before[row.name] = row.value
    return changes
