"""The audit in plain words: one sentence for each kind of act, and the question above them."""

from datetime import timedelta

from coordinator.clock import local
from coordinator.forms.audit import OUTCOMES, AuditForm
from coordinator.reads.audit_events import AuditEvent
from coordinator.vocabulary import (
    NOT_REACHED,
    Attendance,
    EventKind,
    MailState,
    Mechanism,
    MeetingState,
    Outcome,
    ParentTold,
    Reply,
    Word,
)
from coordinator.web.presentation import clock_text, day_text, moment_text

HIDDEN_FAMILY = "a family you do not work with"
UNKNOWN_PAGE = "a page that does not exist or is not open to them"
WRITTEN_DOWN_LATER = timedelta(minutes=10)

# What somebody tried to do, or opened the page for: by permission (access/policy.py).
TRIED = {
    "today.read": "open Today",
    "sessions.switch-agency": "act for another agency",
    "sessions.stay": "stay signed in",
    "sessions.sign-out": "sign out",
    "directory.read": "read the directory",
    "directory.manage": "change the directory",
    "posts.confirm": "confirm a post",
    "accounts.manage": "manage accounts",
    "accounts.grant": "grant or end a role",
    "families.list": "list families",
    "families.open": "open a case",
    "families.find": "ask whether a family is known",
    "families.by-reference": "open a family by its reference",
    "families.read": "open the family’s page",
    "families.change": "change who belongs to the family",
    "families.give-reason": "give a reason for looking",
    "involvements.add": "put a worker on the case",
    "involvements.change": "change a worker’s part in the case",
    "join-requests.ask": "ask a team to join the case",
    "join-requests.read": "read a request to join a case",
    "join-requests.answer": "answer a request to join a case",
    "plans.read": "read the plan",
    "plans.write": "change the plan",
    "plans.share": "open the plan to the other agency",
    "plans.agree": "say whether an agency agrees",
    "plans.sign": "sign the plan",
    "actions.add": "add an action",
    "actions.change": "change an action",
    "actions.answer": "answer an action",
    "actions.finish": "close an action",
    "actions.cancel": "cancel an action",
    "sharing.read": "read what is shared and held back",
    "notes.add": "write a note",
    "levels.change": "change who may read something",
    "meetings.read": "read a meeting",
    "meetings.arrange": "arrange a meeting",
    "meetings.change": "change a meeting",
    "meetings.reply": "answer an invitation",
    "meetings.record": "record a meeting",
    "meeting-kinds.manage": "change the kinds of meeting",
    "contacts.read": "read the contact log",
    "contacts.log": "log a contact",
    "contacts.correct": "correct a contact",
    "audit.read": "read the audit",
    "audit.export": "download the audit",
    "demo.read-mail": "read the demo’s mail",
}
LOOKED = {
    "today.read": "looked at Today",
    "families.list": "looked at the list of families",
    "directory.read": "looked at the directory",
    "families.read": "looked at the family’s pages",
    "plans.read": "looked at the plan",
    "sharing.read": "looked at what is shared and held back",
    "meetings.read": "looked at a meeting",
    "contacts.read": "looked at the contact log",
    "join-requests.read": "looked at a request to join a case",
    "audit.read": "looked at the audit",
}
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
    "oversights": ("gave a reason for looking", "changed a reason for looking"),
    "plans": ("started the plan", "changed the plan"),
    "what_helps": ("wrote what helps", "changed what helps"),
    "goals": ("added a goal", "changed a goal"),
    "goal_agreements": ("said whether their agency agrees with a goal", "changed an agreement"),
    "role_statements": ("wrote what a worker does and does not do", "changed what a worker does"),
    "actions": ("added an action", "changed an action"),
    "plan_signatures": ("signed the plan", "changed a signature"),
    "plan_versions": ("locked a signed version of the plan", "changed a signed version"),
    "notes": ("wrote a note", "changed a note"),
    "meetings": ("arranged a meeting", "changed a meeting"),
    "invitations": ("changed an invitation", "wrote down whether {towards} came"),
    "entry_readers": ("named a reader", "took a named reader off"),
    "accounts": ("made the account of {towards}", "changed the account of {towards}"),
    "memberships": ("gave {towards} a role", "changed a role of {towards}"),
    "setup_links": ("made a set-up link", "used a set-up link"),
}
CLOSED = {
    "actions.answer": "answered an action",
    "actions.finish": "closed an action",
    "actions.cancel": "cancelled an action",
}
TRIED_TO_REACH = {
    Mechanism.TELEPHONE: "tried to phone",
    Mechanism.FACE_TO_FACE: "tried to see",
    Mechanism.TEXT_MESSAGE: "sent a text message to",
    Mechanism.EMAIL: "sent an email to",
    Mechanism.LETTER: "wrote a letter to",
    Mechanism.OTHER: "tried to reach",
}
OTHER_OUTCOMES: dict[str, str] = {
    ParentTold.YES: "Parent told",
    ParentTold.NOT_YET: "Parent not told yet",
    ParentTold.NOT_SAFE: "Not safe to tell the parent",
    ParentTold.NOT_PRACTICABLE: "Parent could not be told",
    "withdrawn": "Withdrawn",
    "held-back": "Held back",
    "not-invited": "Not invited",
    "known": "Known",
    "unknown": "Not known",
    "signed-in": "Signed in",
    "signed-out": "Signed out",
    "switched": "Switched agency",
    "refused": "Refused",
    "downloaded": "Downloaded",
}
WORDS: dict[EventKind, tuple[type[Word], ...]] = {
    EventKind.CONTACT: (Outcome,),
    EventKind.INVITATION: (Reply,),
    EventKind.REPLY: (Reply,),
    EventKind.CHANGE: (MeetingState, Attendance),
    EventKind.MAIL: (MailState,),
}
QUESTIONS = {
    EventKind.CONTACT: "Who tried to reach whom",
    EventKind.INVITATION: "Who invited whom",
    EventKind.REPLY: "Who answered which invitation",
    EventKind.LOOK: "Who looked at what",
    EventKind.SEARCH: "Who asked whether a family is known",
    EventKind.REFUSAL: "Who was refused what",
    EventKind.SHARING: "Who opened or held back what",
    EventKind.CHANGE: "Who changed what",
    EventKind.SIGN_IN: "Who signed in or out",
    EventKind.EXPORT: "Who downloaded what",
    EventKind.MAIL: "Which mail went to whom",
}


def said(event: AuditEvent) -> str:
    """Return what was done, in plain words."""
    match event.kind:
        case EventKind.CONTACT:
            return _contact(event)
        case EventKind.INVITATION | EventKind.REPLY:
            return _invitation(event)
        case EventKind.REFUSAL:
            tried = TRIED.get(event.action, "do something")
            where = f": {UNKNOWN_PAGE}" if event.unknown_page else ""
            return f"tried to {tried} and was refused{where}"
        case EventKind.LOOK:
            opened = f"opened the form to {TRIED.get(event.action, 'do something')}"
            return LOOKED.get(event.action, opened)
        case EventKind.CHANGE:
            return _change(event)
        case _:
            return _other(event)


def whom(event: AuditEvent) -> str:
    """Return towards whom it was: a worker or a team by name, a family's member never."""
    if event.towards_self:
        return ""
    if event.towards:
        return event.towards
    if event.kind is EventKind.CONTACT:
        return "a member of the family" if event.towards_family else "somebody else"
    return ""


def who(event: AuditEvent) -> str:
    """Return who did it; the tool itself has no name of a person."""
    if event.who:
        return event.who
    return "The tool itself" if event.service else "Somebody not signed in"


def family(event: AuditEvent) -> str:
    """Return the reference, or that there is one which the reader may not know."""
    return HIDDEN_FAMILY if event.hidden_family else event.family


def outcome(event: AuditEvent) -> str:
    """Return what came of it."""
    if event.kind is EventKind.REFUSAL:
        return "Refused"
    for words in WORDS.get(event.kind, ()):
        if event.outcome in {word.value for word in words}:
            return words(event.outcome).label
    plain = event.outcome.replace("-", " ").capitalize()
    return OTHER_OUTCOMES.get(event.outcome, plain)


def colour(event: AuditEvent) -> str:
    """Return the colour of the outcome's tag."""
    if not event.allowed:
        return "red"
    if event.kind is EventKind.CONTACT:
        return "orange" if event.outcome in NOT_REACHED else "green"
    return "grey"


def question(form: AuditForm, names: dict[str, str]) -> str:
    """Return what the form asks, as a sentence; `names` are by reference."""
    kinds, reference = form.kinds.data or [], form.reference
    person, agency = form.person.data, form.agency.data
    since, until = form.since.data, form.until.data
    came_of_it = form.outcome.data
    if form.not_reached.data:
        words = "Who tried in vain to reach the other agency"
    else:
        words = QUESTIONS[EventKind(kinds[0])] if len(kinds) == 1 else "Who did what"
    parts = [
        f" about {reference}" if reference else "",
        f", by or towards {names[person]}" if person else "",
        f", acting for {names[agency]}" if agency else "",
        f", with the outcome “{OUTCOMES[came_of_it]}”" if came_of_it else "",
    ]
    if since and until:
        parts.append(f", between {day_text(since)} and {day_text(until)}")
    elif since or until:
        parts.append(f", from {day_text(since)} on" if since else f", until {day_text(until)}")
    return f"{words}{''.join(parts)}?"


def _contact(event: AuditEvent) -> str:
    verb = TRIED_TO_REACH[event.mechanism] if event.mechanism else "tried to reach"
    when = ""
    tried_at = event.attempted_at
    if tried_at and event.at - tried_at > WRITTEN_DOWN_LATER:
        same_day = local(tried_at).date() == local(event.at).date()
        when = f" at {clock_text(tried_at)}" if same_day else f" on {moment_text(tried_at)}"
    return f"{'corrected: ' if event.corrects else ''}{verb} {whom(event)}{when}"


def _invitation(event: AuditEvent) -> str:
    meeting = f"“{event.meeting}” on {day_text(event.meeting_on)}" if event.meeting else "a meeting"
    if event.kind is EventKind.REPLY:
        return f"answered the invitation to {meeting}"
    if event.outcome == "withdrawn":
        return f"took back the invitation of {whom(event)} to {meeting}"
    if not event.towards:
        return f"did not invite the partner agency to {meeting}"
    return f"invited {event.towards if not event.towards_self else 'themselves'} to {meeting}"


def _change(event: AuditEvent) -> str:
    if event.record_kind == "actions" and not event.added:
        return CLOSED.get(event.action, "changed an action")
    new, changed = CHANGED.get(event.record_kind, ("", ""))
    thing = event.record_kind.replace("_", " ") or "something"
    words = (new or f"added to {thing}") if event.added else (changed or f"changed {thing}")
    return words.format(towards=event.towards or "somebody")


def _other(event: AuditEvent) -> str:
    match event.kind:
        case EventKind.SEARCH:
            return "asked whether a family is known"
        case EventKind.SHARING:
            held = event.outcome == "held-back"
            return "held something back" if held else "opened something to more readers"
        case EventKind.SIGN_IN if event.record_kind == "setup_links":
            return f"made a set-up link for {event.towards or 'somebody'}"
        case EventKind.SIGN_IN:
            return {"signed-out": "signed out", "switched": "acted for another agency"}.get(
                event.outcome, "signed in" if event.allowed else "could not sign in"
            )
        case EventKind.EXPORT:
            return "downloaded the audit" if event.action.startswith("audit") else "downloaded"
        case _:
            return f"mail to {whom(event)}".strip()
