"""What the policy is told of the end of one agency's help, and of the past that stays in sight."""

from dataclasses import dataclass
from datetime import date

from coordinator.access.sights import EntryInSight
from coordinator.vocabulary import CaseRole


@dataclass(frozen=True)
class EndingInSight(EntryInSight):
    """The end of the help of the author's agency.

    `acknowledged` by the other agency; `overridden`: a manager let it end without, or too early.
    `open`: neither finished nor taken back.  `may_return`: finished, and the way back is open.
    """

    acknowledged: bool
    overridden: bool
    open: bool
    may_return: bool


@dataclass(frozen=True)
class PastInSight:
    """A family whose case somebody worked on until their agency's help ended, after `until`."""

    id: int
    reference: str
    until: date
    role: CaseRole
