"""How the periods and limits of an area are grouped."""

from coordinator.vocabulary.word import Word


class SettingGroup(Word):
    """What a setting is about; the value stands in its page's address."""

    SIGNING_IN = "signing-in", "Signing in and out"
    CASES = "cases", "Cases and conversations"
    MEETINGS = "meetings", "Meetings"
    LOOKS = "looks", "Looks, searches and emergencies"
    MAIL = "mail", "Mail that does not leave"
    FIGURES = "figures", "Figures"
