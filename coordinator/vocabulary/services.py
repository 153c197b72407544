"""Local services that a parent or child can be helped by."""

from coordinator.vocabulary.word import Word


class OnPregnancy(Word):
    """What happens to somebody's place in a service when they become pregnant (P08)."""

    GOES_ON = "goes-on", "Goes on through pregnancy and birth"
    ENDS = "ends", "Ends on pregnancy"
    SPECIALIST = "specialist", "Is for pregnancy and the time after birth"
    NOT_KNOWN = "not-known", "Not known yet: ask the service"
