"""Agencies, roles, posts, the people of a family, and why somebody asks for something."""

from coordinator.vocabulary.word import Word


class AgencyKind(Word):
    """What an agency is; it decides which agency is the partner of which."""

    CMHT = "cmht", "Community mental health"
    CSC = "csc", "Children’s social care"
    HOST = "host", "Coordinator office"


class Role(Word):
    """What a membership lets a person do.  Profession is a separate, powerless field (E01)."""

    CARE_COORDINATOR = "care-coordinator", "Care coordinator"
    SOCIAL_WORKER = "social-worker", "Children and families social worker"
    THERAPIST = "therapist", "Therapist or psychologist"
    LINK_WORKER = "link-worker", "Link worker"
    TEAM_MANAGER = "team-manager", "Team manager"
    SAFEGUARDING_LEAD = "safeguarding-lead", "Safeguarding lead"
    CHAIR = "chair", "Conference chair"
    MINUTE_TAKER = "minute-taker", "Minute taker"
    PRIVACY_OFFICER = "privacy-officer", "Privacy officer"
    ADMINISTRATOR = "administrator", "Administrator"


PRACTITIONER_ROLES = frozenset(
    {Role.CARE_COORDINATOR, Role.SOCIAL_WORKER, Role.THERAPIST, Role.LINK_WORKER}
)


class CaseRole(Word):
    """What a person is to one family, in an involvement."""

    CARE_COORDINATOR = "care-coordinator", "Care coordinator"
    SOCIAL_WORKER = "social-worker", "Social worker"
    THERAPIST = "therapist", "Therapist or psychologist"
    LINK_WORKER = "link-worker", "Link worker"
    CHAIR = "chair", "Chair"
    MINUTE_TAKER = "minute-taker", "Minute taker"
    OTHER = "other", "Other worker"


class GuestRole(Word):
    """Who somebody outside the two agencies is to the family (P13, E40, S12, S20)."""

    HEALTH_VISITOR = "health-visitor", "Health visitor"
    MIDWIFE = "midwife", "Midwife"
    GP = "gp", "GP"
    NURSE = "nurse", "Nurse"
    WARD = "ward", "Ward or maternity unit"
    SCHOOL = "school", "School or nursery"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    FOSTER_CARER = "foster-carer", "Foster carer"
    CONTACT_SUPERVISOR = "contact-supervisor", "Contact supervisor"
    ADVOCATE = "advocate", "Advocate"
    SUPPORTER = "supporter", "Supporter"
    OTHER = "other", "Somebody else"


class PostKind(Word):
    """A post that somebody holds for a time; kept apart from the person (E06)."""

    SAFEGUARDING_CHILDREN = "safeguarding-children-lead", "Safeguarding children lead"
    SAFEGUARDING_ADULTS = "safeguarding-adults-lead", "Safeguarding adults lead"
    NAMED_PROFESSIONAL = "named-professional", "Named professional"
    DESIGNATED_PROFESSIONAL = "designated-professional", "Designated professional"
    LINK_WORKER = "link-worker", "Link worker"
    CHAMPION = "champion", "Champion"
    DUTY_DESK = "duty-desk", "Duty desk"
    OUT_OF_HOURS = "out-of-hours", "Out of hours"
    PRIVACY_OFFICER = "privacy-officer", "Privacy officer"
    TEAM_MANAGER = "team-manager", "Team manager"


class Relation(Word):
    """A person's place in the family.  Free words of the family's own stand beside it."""

    PARENT_OR_CARER = "parent-or-carer", "Parent or carer"
    CHILD = "child", "Child"
    PARTNER = "partner", "Partner"
    OTHER_CARER = "other-carer", "Other carer or relative"


class ChildrenAsked(Word):
    """Whether anybody asked about children; "not asked" is an honest answer (E49)."""

    YES = "yes", "Yes, there are children"
    NO = "no", "No children at home or in regular contact"
    NOT_ASKED = "not-asked", "Not asked yet"


class FindReason(Word):
    """Why somebody asks whether a family is known (E09)."""

    REFERRAL = "referral", "A referral or a request that I am answering"
    CHILD_AT_RISK = "child-at-risk", "I am worried about a child"
    ADULT_AT_RISK = "adult-at-risk", "I am worried about an adult"
    ASSESSMENT = "assessment", "An assessment or an enquiry that I am doing"
    MEETING = "meeting", "A meeting or a conference that I am preparing"
    ASKED_BY_FAMILY = "asked-by-family", "The family asked me to"


class JoinState(Word):
    """A request to the other agency to name a worker for a family."""

    ASKED = "asked", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class LinkReason(Word):
    """Why somebody needs a set-up link."""

    NEW_ACCOUNT = "new-account", "The account is new"
    FORGOTTEN_PASSWORD = "forgotten-password", "The password is forgotten"
    LOST_SECOND_FACTOR = "lost-second-factor", "The phone with the second factor is lost"
