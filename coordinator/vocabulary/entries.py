"""What an entry is, who may read it, and the facts of sharing it."""

from coordinator.vocabulary.word import Word


class EntryKind(Word):
    """Each kind of thing that is said about a family; its table has the same name."""

    PLAN = "plan", "Shared plan"
    WHAT_HELPS = "what-helps", "What helps"
    GOAL = "goal", "Goal"
    ACTION = "action", "Action"
    ROLE_STATEMENT = "role-statement", "Role on the plan"
    NOTE = "note", "Note"
    SHARING = "sharing", "Sharing record"
    MEETING = "meeting", "Meeting"
    CONTACT_ATTEMPT = "contact-attempt", "Contact attempt"
    INFORMATION_REQUEST = "information-request", "Information request"
    INFORMATION_ANSWER = "information-answer", "Answer to a request"
    ADVICE = "advice", "Question to a lead"
    OPENNESS = "openness", "What the parent was told"
    SAFE_CONTACT = "safe-contact", "Safe contact"
    PARENTS_WORDS = "parents-words", "In the parent’s own words"
    AGENDA_PART = "agenda-part", "Part of a meeting"
    MINUTES = "minutes", "Minutes of a meeting"
    BOARD_ENTRY = "board-entry", "Strength, worry or need"
    CHILD_STATUS = "child-status", "Status of a child"
    CONFERENCE_OUTCOME = "conference-outcome", "Outcome of a conference"
    DEADLINE = "deadline", "Due by"
    NEEDS = "needs", "How to meet and talk"
    VISIT = "visit", "Visit"
    FULL_WEEK = "full-week", "Week with many contacts"
    SUPPORT = "support", "Regular appointment"
    REFERRAL = "referral", "Referral"
    DISAGREEMENT = "disagreement", "Professional disagreement"
    TURNING_POINT = "turning-point", "Turning point"
    PROTOCOL_MARK = "protocol-mark", "Step of the joint protocol, marked by hand"
    HANDOVER_NOTE = "handover-note", "Handover note"
    LINK_REQUEST = "link-request", "Request to a link worker"
    ENDING = "ending", "End of one agency’s help"
    AFTER_SEPARATION = "after-separation", "After-separation plan"
    RAISED_NEED = "raised-need", "Need raised, not answered"
    DESK_TALK = "desk-talk", "Planned talk at a shared desk"
    SUPERVISION = "supervision", "Supervision"


PLAN_KINDS = (
    EntryKind.PLAN,
    EntryKind.WHAT_HELPS,
    EntryKind.GOAL,
    EntryKind.ACTION,
    EntryKind.ROLE_STATEMENT,
)


class Level(Word):
    """Who may read an entry (spec/sharing.md, five sharing levels)."""

    OPEN = "open", "Open to both agencies on the case"
    OWN_AGENCY = "own-agency", "Own agency only"
    NAMED = "named", "Named people only"
    SAFE_CONTACT = "safe-contact", "Safe contact: named people, never printed"
    PARENTS_OWN = "parents-own", "The parent decides who"


class Notice(Word):
    """Who is told that a restricted entry exists (spec/sharing.md, notice instead of secrecy)."""

    NOBODY = "nobody", "Nobody: hide even the notice"
    OWN_AGENCY = "own-agency", "People of the author’s agency on the case"
    EVERYONE = "everyone", "Everyone on the case"


DEFAULT_NOTICE = {
    Level.OPEN: Notice.EVERYONE,
    Level.OWN_AGENCY: Notice.EVERYONE,
    Level.NAMED: Notice.OWN_AGENCY,
    Level.SAFE_CONTACT: Notice.NOBODY,
    Level.PARENTS_OWN: Notice.NOBODY,
}


class ParentTold(Word):
    """Whether the parent was told about an act of sharing (spec/sharing.md, three facts)."""

    YES = "yes", "Yes, told"
    NOT_YET = "not-yet", "Not yet, will be told"
    NOT_SAFE = "not-safe", "Not safe to tell"
    NOT_PRACTICABLE = "not-practicable", "Not practicable"


class Purpose(Word):
    """Why something is shared."""

    SAFEGUARDING_CHILD = "safeguarding-child", "To keep a child safe"
    SAFEGUARDING_ADULT = "safeguarding-adult", "To keep an adult safe"
    JOINT_PLAN = "joint-plan", "To plan help for the family together"
    MEETING = "meeting", "To prepare a meeting or a decision"
    OTHER = "other", "Something else"


class WhoseWords(Word):
    """In whose words a turning point is told (S20)."""

    PARENT = "parent", "The parent’s or carer’s"
    WORKER = "worker", "A worker’s"
