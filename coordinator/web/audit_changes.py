"""The verbs of the audit for a change of a record, and for what came of an act."""

from coordinator.vocabulary import Mechanism

# What a change was to: by table, for a new record and for a changed one.
CHANGED = {
    "families": ("opened the case", "changed the case"),
    "people": ("added somebody to the family", "changed what is said of somebody in the family"),
    "involvements": (
        "put {towards} on the case",
        "changed the part that {towards} has in the case",
    ),
    "join_requests": ("asked a team to join the case", "answered a request to join the case"),
    "exclusions": ("closed the family to a worker", "lifted the exclusion of a worker"),
    "emergency_openings": (
        "opened something in immediate danger",
        "reviewed what {towards} opened in immediate danger",
    ),
    "look_alerts": ("raised an alert about looks", "reviewed an alert about looks"),
    "oversights": ("gave a reason for looking", "changed a reason for looking"),
    "plans": ("started the plan", "changed the plan"),
    "what_helps": ("wrote what helps", "changed what helps"),
    "goals": ("added a goal", "changed a goal"),
    "turning_points": ("marked a turning point", "changed a turning point"),
    "goal_agreements": ("said whether their agency agrees with a goal", "changed an agreement"),
    "role_statements": ("wrote what a worker does and does not do", "changed what a worker does"),
    "actions": ("added an action", "changed an action"),
    "plan_signatures": ("signed the plan", "changed a signature"),
    "plan_versions": ("locked a signed version of the plan", "changed a signed version"),
    "worries": ("said that they are worried about a child", "went on with a worry"),
    "referrals": ("began a referral", "moved a referral on"),
    "referral_answers": ("wrote in a referral", "changed an answer in a referral"),
    "disagreements": ("said that they disagree", "settled a disagreement"),
    "disagreement_steps": (
        "gave {towards} a stage of a disagreement",
        "wrote down what came of a stage",
    ),
    "endings": (
        "planned the end of their agency’s help",
        "moved the end of an agency’s help on",
    ),
    "ending_items": (
        "said what becomes of something when help ends",
        "changed what becomes of something when help ends",
    ),
    "after_separations": ("opened an after-separation plan", "changed an after-separation plan"),
    "separation_parts": ("said who sees to what after a separation", "changed who sees to what"),
    "ended_parts": ("ended a part in the case with their agency’s help", "changed an ended part"),
    "handover_notes": (
        "handed the case over to {towards}",
        "changed the note for {towards}, who takes over",
    ),
    "notes": ("wrote a note", "changed a note"),
    "parents_words": ("wrote down the parent’s own words", "changed the parent’s own words"),
    "guests": (
        "added somebody who works with the family",
        "changed what is said of somebody who works with the family",
    ),
    "needs": ("wrote down how to meet and talk with somebody", "replaced how to meet and talk"),
    "safe_contacts": ("wrote down a safe contact", "ended a safe contact"),
    "information_requests": (
        "asked {towards} for information",
        "changed a request for information",
    ),
    "information_answers": ("wrote an answer", "said whether an answer is enough"),
    "challenges": ("put a request before both managers", "settled a challenged request"),
    "meetings": ("arranged a meeting", "changed a meeting"),
    "series_meetings": (
        "made a meeting part of a series",
        "asked people to the next meeting of a series",
    ),
    "supports": ("wrote down a regular appointment", "changed a regular appointment"),
    "support_sessions": (
        "wrote down how an appointment went",
        "corrected how an appointment went",
    ),
    "support_reviews": ("wrote down whether a support is enough", "changed an answer"),
    "invitations": ("changed an invitation", "wrote down whether {towards} came"),
    "agenda_parts": ("added a part to a meeting", "changed a part of a meeting"),
    "invitation_parts": ("asked somebody to a part", "asked somebody to a part no longer"),
    "part_attendances": ("wrote down who was there for a part", "changed who was there for a part"),
    "board_entries": ("wrote on the board of a meeting", "changed their words on a board"),
    "minutes": ("began the minutes of a meeting", "changed the minutes of a meeting"),
    "ground_rules": ("wrote the ground rules", "changed the ground rules"),
    "clock_rules": ("changed the limit of a clock", "changed a clock"),
    "deadlines": ("started a clock", "settled a clock"),
    "child_statuses": ("wrote down the status of a child", "ended the status of a child"),
    "conference_outcomes": ("wrote down what a conference decided", "changed an outcome"),
    "visit_kinds": ("added a kind of visit", "changed a kind of visit"),
    "visits": ("booked a visit", "changed a visit"),
    "visit_moves": ("moved a visit or gave it up", "changed why a visit was moved"),
    "visit_parts": ("added their part to a visit", "changed a part of a visit"),
    "full_weeks": ("asked about a week with many contacts", "counted a week anew"),
    "visit_comments": ("added what a parent says of a visit", "changed what a parent says"),
    "week_answers": ("answered about a week with many contacts", "changed an answer"),
    "entry_readers": ("named a reader", "took a named reader off"),
    "accounts": ("made the account of {towards}", "changed the account of {towards}"),
    "absences": ("said that {towards} is away", "changed when {towards} is away"),
    "departures": ("said that {towards} leaves", "moved the departure of {towards} on"),
    "handovers": ("said who takes over from a leaver", "changed who takes over from a leaver"),
    "memberships": ("gave {towards} a role", "changed a role of {towards}"),
    "calendar_feeds": (
        "made an address for their calendar",
        "ended the address of their calendar",
    ),
    "setup_links": ("made a set-up link", "used a set-up link"),
}
# By what came of it.
CAME_OF_IT = {
    "ending-acknowledged": "acknowledged that an agency’s help ends",
    "ending-overridden": "let their agency’s help end all the same, with a reason",
    "ending-finished": "ended their agency’s help",
    "ending-withdrawn": "took the end of their agency’s help back",
    "ending-returned": "took their agency’s help up again",
    "went-ahead": "let a meeting go ahead without the other agency",
    "copy-given": "wrote down that the parent has their copy",
    "no-quorum": "let a conference go ahead without a quorum",
}

CLOSED = {
    "actions.answer": "answered an action",
    "actions.finish": "closed an action",
    "actions.cancel": "cancelled an action",
    "requests.answer": "answered a request for information",
    "requests.withdraw": "withdrew a request for information",
    "requests.chase": "reminded {towards} of a request for information",
}
# What a line of the openness record says that passed between the staff and the parent.
WROTE_DOWN = {
    "explained": "wrote down that it was explained to the parent how we share",
    "told": "wrote down what the parent was told",
    "not-told": "wrote down that the parent is not told yet; the reason stands there",
    "asked-for-help": "wrote down that the parent asked for help",
    "chose-not-to-say": "wrote down what the parent chose not to say",
    "objection": "wrote down that the parent objects",
    "helped": "wrote down what help was given",
    "withdrawn": "wrote down that the parent withdrew an objection",
    "lead-agreed": "agreed in writing to share although the parent objects",
}
TRIED_TO_REACH = {
    Mechanism.TELEPHONE: "tried to phone",
    Mechanism.FACE_TO_FACE: "tried to see",
    Mechanism.TEXT_MESSAGE: "sent a text message to",
    Mechanism.EMAIL: "sent an email to",
    Mechanism.LETTER: "wrote a letter to",
    Mechanism.OTHER: "tried to reach",
}
