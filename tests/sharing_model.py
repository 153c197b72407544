"""Who may read what, written a second time: from the rules in words, not from the product's code.

The rules are those of the sharing levels: an exclusion comes first; then being on the case, or
overseeing it; then the level.  Plain sets and dates, no database (assurance/noninterference, 4.5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

OPEN, OWN, NAMED, SAFE, PARENTS = "open", "own-agency", "named", "safe-contact", "parents-own"
READS_OPEN_ONLY = {"chair", "minute-taker", "link-worker"}


@dataclass
class Involved:
    """Somebody on a case, for an agency and a team, from one day to another, both included."""

    who: str
    agency: str
    team: str
    role: str
    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass
class Said:
    """Something said about the family."""

    author: str
    agency: str
    level: str
    readers: set[str] = field(default_factory=set)


@dataclass
class Case:
    """One family: who is involved, kept from it, looks with a reason until when, and what is said.

    `manages` and `leads` are pairs of a person with a team, or with an agency.
    """

    manages: set[tuple[str, str]]
    leads: set[tuple[str, str]]
    involved: list[Involved] = field(default_factory=list)
    excluded: set[str] = field(default_factory=set)
    reasons: dict[tuple[str, str], datetime] = field(default_factory=dict)
    said: dict[int, Said] = field(default_factory=dict)

    def way(self, who: str, agency: str, now: datetime, day: date) -> str | None:
        """Return how the family is in sight of this person, acting for this agency."""
        here = [i for i in self.involved if i.on(day)]
        if who in self.excluded:
            return None
        if any((i.who, i.agency) == (who, agency) for i in here):
            return "on the case"
        if any((who, i.team) in self.manages and i.agency == agency for i in here):
            return "manager"
        if (who, agency) in self.leads and any(i.agency == agency for i in here):
            return "lead" if self.gave_reason(who, agency, now) else "lead without reason"
        return None

    def gave_reason(self, who: str, agency: str, now: datetime) -> bool:
        """Whether a lead of the agency said why they look, not too long ago."""
        until = self.reasons.get((who, agency))
        return (who, agency) in self.leads and until is not None and now < until

    def reads(self, who: str, agency: str, now: datetime, day: date) -> set[int]:
        """Return what this person reads of the family, acting for this agency."""
        way = self.way(who, agency, now, day)
        if way in (None, "lead without reason"):
            return set()
        return {n for n, said in self.said.items() if self._reads(said, way, who, agency, day)}

    def _reads(self, said: Said, way: str | None, who: str, agency: str, day: date) -> bool:
        mine = [i for i in self.involved if i.on(day) and (i.who, i.agency) == (who, agency)]
        of_the_circle = way in ("manager", "lead") or any(
            i.role not in READS_OPEN_ONLY for i in mine[:1]
        )
        return (
            said.level == OPEN
            or who in said.readers
            or (said.agency == agency and said.author == who)
            or (said.agency == agency and said.level == OWN and of_the_circle)
            or (said.agency == agency and said.level != PARENTS and way == "lead")
        )
