"""The kinds of the trail, and where mail stands."""

from coordinator.vocabulary.word import Word


class EventKind(Word):
    """The kinds by which the audit is filtered."""

    CONTACT = "contact", "Contact attempt"
    INVITATION = "invitation", "Invitation"
    REPLY = "reply", "Reply"
    LOOK = "look", "Look"
    SEARCH = "search", "Search"
    REFUSAL = "refusal", "Refusal"
    SHARING = "sharing", "Sharing"
    REQUEST = "request", "Information request"
    EMERGENCY = "emergency", "Emergency opening"
    CHANGE = "change", "Change"
    SIGN_IN = "sign-in", "Sign-in"
    EXPORT = "export", "Export"
    MAIL = "mail", "Mail"


class MailState(Word):
    """Where a message in the outbox stands."""

    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Handed to the mail server"
    FAILED = "failed", "Could not be sent"
    WITHHELD = "withheld", "Not sent: the person may no longer receive it"
