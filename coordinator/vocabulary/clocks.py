"""Statutory and local clocks, and the legal and planning status of a child."""

from coordinator.vocabulary.word import Word


class Procedure(Word):
    """What a kind of meeting is to the rules, whatever an area calls it."""

    STRATEGY_DISCUSSION = "strategy-discussion", "Strategy discussion"
    INITIAL_CONFERENCE = "initial-conference", "Initial child protection conference"
    REVIEW_CONFERENCE = "review-conference", "Review child protection conference"
    CORE_GROUP = "core-group", "Core group"
    CHILD_IN_NEED = "child-in-need", "Child in need meeting"
    TEAM_AROUND = "team-around", "Team around the family"
    CARE_PLAN_REVIEW = "care-plan-review", "Care plan review"
    DISCHARGE = "discharge", "Discharge meeting"


CONFERENCES = (Procedure.INITIAL_CONFERENCE, Procedure.REVIEW_CONFERENCE)
# What no family meets who gets help because it wants to (I20).
OF_CHILD_PROTECTION = (Procedure.STRATEGY_DISCUSSION, Procedure.CORE_GROUP, *CONFERENCES)


class ClockEvent(Word):
    """What starts a clock, or meets it."""

    REFERRAL = "referral", "A referral was recorded"
    STRATEGY_DISCUSSION = "strategy-discussion", "A strategy discussion was held"
    SECTION_47 = "section-47", "A section 47 enquiry was started"
    INITIAL_PLANNED = "initial-conference-planned", "The initial conference that is arranged"
    INITIAL_CONFERENCE = "initial-conference", "An initial conference was held"
    PROTECTION_PLAN = "protection-plan", "A child protection plan was made"
    CORE_GROUP = "core-group", "A core group was held"
    REVIEW_PLANNED = "review-conference-planned", "The review conference that is arranged"
    REVIEW_CONFERENCE = "review-conference", "A review conference was held"
    CONFERENCE = "conference", "A conference was held"
    NOT_QUORATE = "not-quorate", "A conference was not quorate"
    BIRTH = "birth", "A baby with a plan made before birth was born"
    CARE_PLAN_REVIEW = "care-plan-review", "A care plan was reviewed"
    DISCHARGE = "discharge", "Somebody comes home from hospital"
    DISAGREEMENT = "disagreement", "Practitioners disagree"
    DISAGREEMENT_STAGE = "disagreement-stage", "A disagreement came to this stage"
    PROTECTION_ENDED = "protection-ended", "A child protection plan or care ended"
    CONTACTS_BOOKED = "contacts-booked", "The contacts that are booked for one week"


# What people record; the others the product knows by itself.
RECORDED_BY_HAND = (
    ClockEvent.REFERRAL,
    ClockEvent.BIRTH,
    ClockEvent.DISCHARGE,
    ClockEvent.DISAGREEMENT,
    ClockEvent.STRATEGY_DISCUSSION,
    ClockEvent.CARE_PLAN_REVIEW,
)


class Unit(Word):
    """What a limit counts."""

    HOURS = "hours", "hours"
    DAYS = "days", "days"
    WORKING_DAYS = "working-days", "working days"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"
    AGENCIES = "agencies", "other agencies"
    CONTACTS = "contacts", "contacts"

    def counted(self, number: int) -> str:
        """Return a number of these in words: `1 working day`, `2 other agencies`."""
        if number == 1:
            one = "other agency" if self is Unit.AGENCIES else self.label.removesuffix("s")
            return f"1 {one}"
        return f"{number} {self.label}"


# What counts no time.
NOT_OF_TIME = (Unit.AGENCIES, Unit.CONTACTS)


class Standing(Word):
    """Whose rule a limit is."""

    NATIONAL = "national", "National guidance"
    LOCAL = "local", "Local procedure"
    OURS = "ours", "Our own default"


class DeadlineState(Word):
    """A deadline runs until its event meets it, it is counted anew, or it is not needed."""

    RUNNING = "running", "Running"
    MET = "met", "Met"
    COUNTED_ANEW = "counted-anew", "Counted anew"
    NOT_NEEDED = "not-needed", "No longer needed"


class ChildStatus(Word):
    """The legal or planning status of one child (S25, I20)."""

    NONE = "none", "No plan or help now"
    EARLY_HELP = "early-help", "Early help"
    TEAM_AROUND = "team-around", "Team around the child"
    CHILD_IN_NEED = "child-in-need", "Child in need"
    SECTION_47 = "section-47", "Section 47 enquiry"
    PROTECTION_PLAN = "protection-plan", "Child protection plan"
    LOOKED_AFTER = "looked-after", "Looked after"
    CARE_PROCEEDINGS = "care-proceedings", "Care proceedings"
    INTERIM_CARE_ORDER = "interim-care-order", "Interim care order"
    CARE_ORDER = "care-order", "Care order"


# One status of each sort at a time: a child can have a plan while a court decides.
LEGAL_STATUSES = (
    ChildStatus.CARE_PROCEEDINGS,
    ChildStatus.INTERIM_CARE_ORDER,
    ChildStatus.CARE_ORDER,
)
VOLUNTARY_STATUSES = (
    ChildStatus.NONE,
    ChildStatus.EARLY_HELP,
    ChildStatus.TEAM_AROUND,
    ChildStatus.CHILD_IN_NEED,
)
# With these a child lives elsewhere than with the parent (S14).
AWAY_STATUSES = (
    ChildStatus.LOOKED_AFTER,
    ChildStatus.INTERIM_CARE_ORDER,
    ChildStatus.CARE_ORDER,
)
# Two plain sentences each, for the parent's copy and the child's page (S25).
EXPLAINED: dict[ChildStatus, str] = {
    ChildStatus.NONE: "There is no plan for your child with children’s services now."
    " You can ask for help at any time.",
    ChildStatus.EARLY_HELP: "You and the people who help you agreed on some extra help early on."
    " It is your choice, and you can say what would help or stop it.",
    ChildStatus.TEAM_AROUND: "The people who help your family meet with you and make one plan."
    " It is your choice, and the plan is yours too.",
    ChildStatus.CHILD_IN_NEED: "Your child can get help from children’s services to be well and to"
    " develop. You take part because you agreed to it, and you can say what should change.",
    ChildStatus.SECTION_47: "A social worker must find out whether your child is at risk of serious"
    " harm. They talk with you, your child and those who know you, and tell you what they found.",
    ChildStatus.PROTECTION_PLAN: "A meeting with you and the services decided that your child needs"
    " a plan to be kept safe. The plan says what has to change, who helps, and when it is looked at"
    " again.",
    ChildStatus.LOOKED_AFTER: "Your child lives with foster carers, relatives or in a home, and the"
    " council looks after them. You stay their parent, and there is a plan for seeing each other.",
    ChildStatus.CARE_PROCEEDINGS: "A family court is deciding what is best for your child."
    " You have the right to a solicitor, without paying, and to be heard.",
    ChildStatus.INTERIM_CARE_ORDER: "A court decided that the council shares responsibility for"
    " your child for now. It is not the last decision, and you have the right to a solicitor.",
    ChildStatus.CARE_ORDER: "A court decided that the council looks after your child and shares"
    " responsibility with you. You stay their parent and can ask the court to look at it again.",
}
