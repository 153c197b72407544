"""Seeded faults in exclusions, in references, and in what tells without a word."""

from faults import Fault
from seeded_places import ENTRIES, FIND, LETTERS, seen_by

FINDING = "coordinator/services/finding.py"
EMERGENCIES = "coordinator/access/find_emergencies.py"

OF_EXCLUSIONS = [
    Fault(
        "a cancellation goes to somebody who must not know of the family",
        LETTERS,
        "    if not session.scalar(select(may_know(message.account_id, meeting.family_id))):",
        "    if False:",
        seen_by("Excluded practitioner"),
    ),
    Fault(
        "mail about an emergency goes to somebody who must not know of the family",
        "coordinator/access/emergency_letters.py",
        "    if not opening.answers or not opening.may_know:",
        "    if not opening.answers:",
        seen_by("Excluded lead"),
    ),
    Fault(
        "an emergency is found without asking for exclusions",
        EMERGENCIES,
        'EmergencyOpening.reference == bindparam("reference"),\n'
        "            not_excluded(actor, Family.id),\n",
        'EmergencyOpening.reference == bindparam("reference"),\n',
        seen_by("Excluded lead"),
        second_wall=False,
    ),
    Fault(
        "an involvement is found by reference alone",
        FIND,
        ".where(Involvement.reference == reference, not_excluded(actor, Family.id))",
        ".where(Involvement.reference == reference)",
        seen_by("Excluded practitioner"),
    ),
    Fault(
        "an entry is found without asking for exclusions",
        ENTRIES,
        "                not_excluded(actor, Family.id),\n                readable(",
        "                readable(",
        seen_by("Excluded practitioner"),
    ),
    Fault(
        "references are counted, so that each tells how many there are",
        "coordinator/models/base.py",
        "return self.next.pop(0) if self.next else self.source()",
        "self.n = getattr(self, 'n', 0) + 1\n"
        "        return self.next.pop(0) if self.next else f'{self.n:09}'",
        seen_by("Northside elsewhere"),
    ),
    Fault(
        "a name is found by its first letters",
        FINDING,
        "Person.match_name == match_name(name)",
        "Person.match_name.startswith(match_name(name))",
        seen_by("Eastway elsewhere"),
    ),
    Fault(
        "what is there and out of sight takes one more statement",
        FIND,
        "row = FAMILY.run(session, actor, moment, reference=reference).one_or_none()\n",
        "row = FAMILY.run(session, actor, moment, reference=reference).one_or_none()\n"
        "    _ = session.execute(select(1)) if row else None\n",
        seen_by("Eastway elsewhere"),
    ),
    Fault(
        "what is there and out of sight is forbidden and not missing",
        FIND,
        "    way = way_of(row) if row else None\n    return sight_of(row, way) if way else None\n",
        "    way = way_of(row) if row else None\n"
        "    from coordinator.access.sights import Way\n"
        "    return sight_of(row, way or Way.INVITED) if row else None\n",
        seen_by("Eastway elsewhere"),
    ),
]
