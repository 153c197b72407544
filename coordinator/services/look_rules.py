"""Which looks somebody should ask about: rules over the trail, without a database (threats, 5).

What may be a coincidence is put before a person, who decides.  No rule counts how well or how much
somebody works, and no two workers are ever compared.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from coordinator import clock
from coordinator.settings import SETTINGS, Settings
from coordinator.vocabulary import AlertKind, EventKind

AN_HOUR = timedelta(hours=1)

Pair = tuple[int, int]


@dataclass(frozen=True)
class Seen:
    """One look, search or refusal of the trail.

    `asked`: the page was put before them, such as a request to their team.
    """

    seq: int
    at: datetime
    kind: EventKind
    account_id: int
    agency_id: int | None
    family_id: int | None = None
    asked: bool = False

    @property
    def day(self) -> date:
        """The day in London."""
        return clock.local(self.at).date()


@dataclass(frozen=True)
class Finding:
    """An alert to be raised, about the act with which it came to be one."""

    kind: AlertKind
    seen: Seen
    family_id: int | None
    looks: int

    @property
    def key(self) -> tuple[AlertKind, int, int | None, date]:
        """What is raised once: kind, person, family, London day."""
        return self.kind, self.seen.account_id, self.family_id, self.seen.day


def _no(_seen: Seen) -> bool:
    return False


@dataclass(frozen=True)
class Known:
    """What the rules ask about a look: who is whom, and who works with whom on that day.

    `on_the_case`: has a role on the case, or is asked to a meeting about it.  `oversees`: manages
    a team on it.
    """

    same_name: Callable[[Seen], bool] = field(default=_no)
    colleague: Callable[[Seen], bool] = field(default=_no)
    on_the_case: Callable[[Seen], bool] = field(default=_no)
    oversees: Callable[[Seen], bool] = field(default=_no)

    def has_a_part(self, seen: Seen) -> bool:
        """Whether the page came to them, or they work with the family."""
        return seen.asked or self.on_the_case(seen)


def findings(
    new: Iterable[Seen], earlier: Iterable[Seen], known: Known, limits: Settings = SETTINGS
) -> Iterator[Finding]:
    """Yield what the new acts give rise to; one finding may come again for a later act.

    `earlier` holds what the same people did before: in that hour, on that London day, and of looks
    without a part in the case in the last days.  It may hold the new acts, too.
    """
    fresh = {seen.seq: seen for seen in new}
    acts = {seen.seq: seen for seen in earlier} | fresh
    before: dict[int, list[Seen]] = defaultdict(list)
    for seen in sorted(acts.values(), key=_order):
        mine = before[seen.account_id]
        mine.append(seen)
        if seen.seq in fresh:
            yield from _of(seen, mine, known, limits)


def _of(seen: Seen, before: list[Seen], known: Known, limits: Settings) -> Iterator[Finding]:
    if seen.kind is EventKind.LOOK and seen.family_id:
        yield from _of_this_look(seen, known)
        yield from _of_many_looks(seen, before, known, limits)
    often = {
        EventKind.SEARCH: (AlertKind.MANY_SEARCHES, limits.searches_alert),
        EventKind.REFUSAL: (AlertKind.REFUSED_OFTEN, limits.refusals_alert),
    }
    if seen.kind in often:
        kind, limit = often[seen.kind]
        number = len(_since(seen.at - AN_HOUR, before, seen.kind))
        if number >= limit:
            yield Finding(kind, seen, None, number)


def _order(seen: Seen) -> tuple[datetime, int]:
    return seen.at, seen.seq


def _since(start: datetime, acts: list[Seen], kind: EventKind) -> list[Seen]:
    first = bisect_left(acts, start, key=lambda seen: seen.at)
    return [seen for seen in acts[first:] if seen.kind is kind]


def _of_this_look(seen: Seen, known: Known) -> Iterator[Finding]:
    if known.same_name(seen):
        yield Finding(AlertKind.SAME_NAME, seen, seen.family_id, 1)
    if known.colleague(seen):
        yield Finding(AlertKind.COLLEAGUE, seen, seen.family_id, 1)


def _of_many_looks(
    seen: Seen, before: list[Seen], known: Known, limits: Settings
) -> Iterator[Finding]:
    hour = {look.family_id for look in _since(seen.at - AN_HOUR, before, EventKind.LOOK)} - {None}
    if len(hour) >= limits.families_alert:
        yield Finding(AlertKind.MANY_FAMILIES, seen, None, len(hour))
    if known.has_a_part(seen):
        return
    start = clock.day_bounds(seen.day)[0]
    of_family = [
        look
        for look in _since(start, before, EventKind.LOOK)
        if look.family_id == seen.family_id and not known.has_a_part(look)
    ]
    if len(of_family) >= limits.looks_without_role:
        yield Finding(AlertKind.MANY_LOOKS, seen, seen.family_id, len(of_family))
    if known.oversees(seen):
        return
    days = timedelta(days=limits.families_without_role_days)
    without = {
        look.family_id
        for look in _since(seen.at - days, before, EventKind.LOOK)
        if look.family_id and not known.has_a_part(look) and not known.oversees(look)
    }
    if len(without) >= limits.families_without_role:
        yield Finding(AlertKind.WITHOUT_ROLE, seen, seen.family_id, len(without))
