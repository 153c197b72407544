"""Mistakes that somebody could make, each as a change of a few words of the real code.

They are of the kinds that were found in neighbouring systems and in the models of
assurance/threats.md and assurance/noninterference.md.
"""

from faults import Fault
from seeded_in_exclusions import OF_EXCLUSIONS
from seeded_in_the_database import IN_THE_DATABASE
from seeded_in_turnover import IN_TURNOVER
from seeded_in_what_leaves import OF_WHAT_LEAVES
from seeded_places import (
    ACTOR,
    DOOR,
    DOOR_TESTS,
    ENTRIES,
    FIND,
    MACHINE,
    MATRIX,
    POLICY,
    RULES,
    SCOPE,
    SESSIONS,
    WAYS,
    seen_by,
)

FAULTS = [
    *OF_EXCLUSIONS,
    *OF_WHAT_LEAVES,
    *IN_THE_DATABASE,
    *IN_TURNOVER,
    # Wrong logic in the one sharing rule.
    Fault(
        "an exclusion counts only once it is lifted",
        SCOPE,
        "kept_out.lifted_at.is_(None)",
        "kept_out.lifted_at.is_not(None)",
        MACHINE,
    ),
    Fault(
        "an exclusion is looked up for the family alone",
        SCOPE,
        "kept_out.account_id == account_id,\n        ",
        "",
        MACHINE,
    ),
    Fault(
        "own agency means any agency",
        SCOPE,
        "and_(Entry.level == Level.OWN_AGENCY, here, own_agency)",
        "and_(Entry.level == Level.OWN_AGENCY, own_agency)",
        MACHINE,
    ),
    Fault(
        "a chair reads what is for an agency",
        SCOPE,
        "and_(Entry.level == Level.OWN_AGENCY, here, own_agency)",
        "and_(Entry.level == Level.OWN_AGENCY, here)",
        MACHINE,
    ),
    Fault(
        "an author reads their words for another agency, too",
        SCOPE,
        "and_(Entry.author_id == actor.account_id, here)",
        "Entry.author_id == actor.account_id",
        MACHINE,
    ),
    Fault(
        "being named is enough whoever is named",
        SCOPE,
        "EntryReader.entry_id == Entry.id, EntryReader.account_id == actor.account_id",
        "EntryReader.entry_id == Entry.id",
        MACHINE,
    ),
    Fault(
        "a lead reads what is the parent’s own",
        SCOPE,
        "and_(here, Entry.level != Level.PARENTS_OWN, gave_reason)",
        "and_(here, gave_reason)",
        MACHINE,
    ),
    Fault(
        "a lead reads what the other agency limited",
        SCOPE,
        "and_(here, Entry.level != Level.PARENTS_OWN, gave_reason)",
        "and_(Entry.level != Level.PARENTS_OWN, gave_reason)",
        MACHINE,
    ),
    Fault(
        "a notice is left although even the notice is hidden",
        SCOPE,
        "Entry.notice == Notice.EVERYONE,",
        "Entry.notice != Notice.OWN_AGENCY,",
        seen_by("Eastway on the case"),
    ),
    Fault(
        "my own cases include those of my other agency",
        SCOPE,
        "mine.agency_id == actor.agency_id,\n        ",
        "",
        "tests/test_roles.py tests/test_families.py " + seen_by("Seconded"),
    ),
    # Stale access.
    Fault(
        "an involvement never ends",
        ACTOR,
        "and_(table.starts_on <= day, or_(table.ends_on.is_(None), table.ends_on >= day))",
        "table.starts_on <= day",
        MACHINE,
    ),
    Fault(
        "an involvement begins before its first day",
        ACTOR,
        "and_(table.starts_on <= day, or_(table.ends_on.is_(None), table.ends_on >= day))",
        "or_(table.ends_on.is_(None), table.ends_on >= day)",
        MACHINE,
    ),
    Fault("a reason lasts for ever", WAYS, "given.until > moment.now,\n", "\n", MACHINE),
    Fault(
        "an ended session still acts",
        ACTOR,
        "SignInSession.ended_at.is_(None),\n",
        "\n",
        SESSIONS,
    ),
    Fault(
        "a closed account still acts",
        ACTOR,
        "or_(Account.closed_at.is_(None), Account.closed_at > now),",
        "",
        "tests/test_accounts.py " + SESSIONS,
    ),
    Fault(
        "a withdrawn invitation still opens the meeting",
        ENTRIES,
        "Invitation.removed_at.is_(None),",
        "",
        "tests/test_invitations.py tests/test_meetings.py",
    ),
    # The record under a URL.
    Fault(
        "a family is found without asking for exclusions",
        FIND,
        'Family.reference == bindparam("reference"), not_excluded(actor, Family.id)',
        'Family.reference == bindparam("reference")',
        MACHINE,
    ),
    Fault(
        "a member of a family is found by reference alone",
        FIND,
        ".where(Person.reference == reference, not_excluded(actor, Family.id))",
        ".where(Person.reference == reference)",
        seen_by("Excluded practitioner"),
    ),
    Fault(
        "a request to another team is found",
        FIND,
        "JoinRequest.team_id.in_(actor.team_ids),\n",
        "\n",
        MATRIX + " tests/test_involvements.py",
    ),
    Fault(
        "a person with no way to a family is taken for a worker",
        WAYS,
        "return Way.INVITED if invited else None",
        "return Way.INVITED",
        MACHINE,
    ),
    Fault(
        "an agency's lead needs no staff on the case",
        WAYS,
        "WORKER.family_id == family_id,\n        WORKER.agency_id == actor.agency_id,\n"
        "        current(WORKER, moment.today),\n    )\n    return [",
        "WORKER.family_id == family_id,\n    )\n    return [",
        MACHINE,
    ),
    # The policy.
    Fault(
        "an administrator changes their own rights",
        POLICY,
        "all_of(r.is_an_administrator, r.is_somebody_else)",
        "r.is_an_administrator",
        "tests/test_accounts.py",
    ),
    Fault(
        "a chair writes as a worker does",
        RULES,
        " and family.case_role in WORKING_ROLES",
        "",
        "tests/test_roles.py tests/test_involvements.py tests/test_plans.py",
    ),
    Fault(
        "what goes wrong in a rule is allowed",
        POLICY,
        'return Decision(allowed=False, reason="This could not be decided, so it is refused.")',
        'return Decision(allowed=True, reason="")',
        DOOR_TESTS,
    ),
    Fault(
        "the policy is asked only for what changes",
        DOOR,
        "        _check(actor, permission, record)\n        records",
        "        if writing:\n            _check(actor, permission, record)\n        records",
        MATRIX,
    ),
]
