"""What is asked, answered, held back, told and opened when there is danger."""

from coordinator.vocabulary.word import Word


class BasisKind(Word):
    """What kind of lawful basis a reason for sharing is (UK GDPR, article 6)."""

    LEGAL_OBLIGATION = "legal-obligation", "Legal obligation"
    PUBLIC_TASK = "public-task", "Public task"
    VITAL_INTERESTS = "vital-interests", "Vital interests"
    CONSENT = "consent", "Consent"


class MentalHealthView(Word):
    """Whether a concern rests on how somebody's mental health shows, and the view of it (S05)."""

    NOT_ABOUT = "not-about", "No"
    SOUGHT = "sought", "Yes, and I asked for the care coordinator’s view"
    NOT_SOUGHT = "not-sought", "Yes, and I have not asked for the care coordinator’s view yet"


class Decision(Word):
    """What was decided about sharing an entry; not sharing is a decision too."""

    OPENED = "opened", "Opened further"
    NARROWED = "narrowed", "Narrowed"
    NOT_SHARED = "not-shared", "Not shared for now"


class RequestState(Word):
    """Where a request for information stands."""

    ASKED = "asked", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


class AnswerKind(Word):
    """How a request for information was answered."""

    FULL = "full", "In full"
    SUMMARY = "summary", "In summary"
    NOT_HELD = "not-held", "We do not hold it"
    DECLINED = "declined", "Declined, with a reason"


class Verdict(Word):
    """Whether an answer was what its requester needed."""

    ENOUGH = "enough", "Yes, it is enough"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class ChallengeOutcome(Word):
    """How both managers settled a challenged answer."""

    MORE_SHARED = "more-shared", "More is shared"
    ANSWER_STANDS = "answer-stands", "The answer stands"
    OTHER_WAY = "other-way", "Settled in another way"


class AdviceOutcome(Word):
    """What a lead advises somebody who is not sure whether to share."""

    SHARE = "share", "Share it"
    SHARE_LESS = "share-less", "Share less of it"
    DO_NOT_SHARE = "do-not-share", "Do not share it"


class OpennessKind(Word):
    """What passed between the staff and the parent about sharing, in both directions."""

    EXPLAINED = "explained", "How we share was explained"
    TOLD = "told", "We told the parent"
    NOT_TOLD = "not-told", "We have not told the parent yet"
    ASKED_FOR_HELP = "asked-for-help", "The parent told us, and asked for help"
    CHOSE_NOT_TO_SAY = "chose-not-to-say", "The parent chose not to say"
    OBJECTION = "objection", "The parent objects to sharing"


class Settled(Word):
    """How a line of the openness record came to its end."""

    TOLD = "told", "Told since"
    HELPED = "helped", "Help was given"
    WITHDRAWN = "withdrawn", "Withdrawn by the parent"
    LEAD_AGREED = "lead-agreed", "A safeguarding lead agreed to share all the same"


class Danger(Word):
    """Why somebody opens what is held back from them, at once."""

    CHILD = "child", "A child is in immediate danger"
    ADULT = "adult", "An adult is in immediate danger"


class ReviewOutcome(Word):
    """What came of a review of an emergency opening, or of an alert."""

    JUSTIFIED = "justified", "Justified"
    LEARNING = "learning", "Justified; something to learn"
    NOT_JUSTIFIED = "not-justified", "Not justified; taken further"


class AlertKind(Word):
    """Why a look, or a number of looks, is put before the privacy officer."""

    SAME_NAME = "same-name", "Looked at a family of the same surname"
    COLLEAGUE = "colleague", "Looked at a family with a colleague in it"
    MANY_FAMILIES = "many-families", "Looked at many families in an hour"
    MANY_LOOKS = "many-looks", "Looked often at a family without working on its case"
    WITHOUT_ROLE = "without-role", "Looked at several families without working with them"
    MANY_SEARCHES = "many-searches", "Searched often in an hour"
    REFUSED_OFTEN = "refused-often", "Was refused often in an hour"
