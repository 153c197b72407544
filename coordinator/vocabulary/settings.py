"""How the periods and limits of an area are grouped, and which lists keep their old words."""

from coordinator.vocabulary.word import Word


class SettingGroup(Word):
    """What a setting is about; the value stands in its page's address."""

    SIGNING_IN = "signing-in", "Signing in and out"
    CASES = "cases", "Cases and conversations"
    MEETINGS = "meetings", "Meetings"
    LOOKS = "looks", "Looks, searches and emergencies"
    MAIL = "mail", "Mail that does not leave"
    FIGURES = "figures", "Figures"


class WordList(Word):
    """A list of an administrator whose rows keep what they said before."""

    AREAS = "areas", "Areas"
    MEETING_KINDS = "meeting-kinds", "Kinds of meeting"
    VISIT_KINDS = "visit-kinds", "Kinds of visit"
    GROUND_RULES = "ground-rules", "Ground rules of meetings"
    GUEST_DOMAINS = "guest-domains", "Where guests’ invitations may go"
