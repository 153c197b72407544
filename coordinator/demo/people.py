"""Who is in the demo: invented agencies, teams, people and posts, as plain tables."""

from coordinator.vocabulary import AgencyKind, PostKind, Procedure, Role

CMHT, CSC = "Northside Mental Health", "Eastway Children’s Services"
OFFICE = "Coordinator office"

AGENCIES = {CMHT: AgencyKind.CMHT, CSC: AgencyKind.CSC, OFFICE: AgencyKind.HOST}
DOMAINS = {CMHT: "northside.example", CSC: "eastway.example", OFFICE: "coordinator.example"}

# Invented, in the form of the Organisation Data Service's.
ODS_CODES = {CMHT: "DEMO01", CSC: "DEMO02"}

AREAS = ("Eastway", "Southgate")
# name: agency, duty line, duty inbox, area
TEAMS = {
    "Northside CMHT": (CMHT, "01632 960100", "duty.cmht@northside.example", "Eastway"),
    "Southgate CMHT": (CMHT, "01632 960105", "duty.southgate@northside.example", "Southgate"),
    "Northside Safeguarding": (CMHT, "01632 960110", "", ""),
    "Northside Psychology": (CMHT, "01632 960120", "", ""),
    "Eastway Family Support": (CSC, "01632 960200", "duty.families@eastway.example", "Eastway"),
    "Southgate Family Support": (CSC, "01632 960205", "duty.south@eastway.example", "Southgate"),
    "Eastway Safeguarding": (CSC, "01632 960210", "", ""),
    "Northside Information Governance": (CMHT, "01632 960130", "", ""),
    "Eastway Information Governance": (CSC, "01632 960230", "", ""),
    "Eastway Conferences": (CSC, "01632 960220", "", ""),
    OFFICE: (OFFICE, "01632 960300", "", ""),
}

# agency: name and address of a listed site
SITES = {
    CMHT: [("Northside House", "1 Northside Road"), ("Southgate Clinic", "8 Mill Lane")],
    CSC: [("Eastway Civic Centre", "Market Square"), ("Eastway Family Hub", "22 Park Street")],
}

# first name: team, role, profession
PEOPLE = {
    "Amira": ("Northside CMHT", Role.CARE_COORDINATOR, "Occupational therapist"),
    "Paula": ("Northside Psychology", Role.THERAPIST, "Psychologist"),
    "Cerys": ("Northside CMHT", Role.LINK_WORKER, "Nurse"),
    "Dana": ("Northside CMHT", Role.TEAM_MANAGER, "Nurse"),
    "Elif": ("Northside Safeguarding", Role.SAFEGUARDING_LEAD, "Nurse"),
    "Ewan": ("Northside Safeguarding", Role.SAFEGUARDING_LEAD, "Social worker"),
    "Gus": ("Northside CMHT", Role.CARE_COORDINATOR, "Nurse"),
    "Idris": ("Northside CMHT", Role.CARE_COORDINATOR, "Nurse"),
    "Maeve": ("Northside CMHT", Role.CARE_COORDINATOR, "Social worker"),
    "Priya": ("Southgate CMHT", Role.CARE_COORDINATOR, "Occupational therapist"),
    "Wale": ("Southgate CMHT", Role.TEAM_MANAGER, "Nurse"),
    "Ben": ("Eastway Family Support", Role.SOCIAL_WORKER, "Social worker"),
    "Bella": ("Eastway Family Support", Role.SOCIAL_WORKER, "Social worker"),
    "Nia": ("Eastway Family Support", Role.SOCIAL_WORKER, "Social worker"),
    "Colm": ("Eastway Family Support", Role.LINK_WORKER, "Social worker"),
    "Dev": ("Eastway Family Support", Role.TEAM_MANAGER, "Social worker"),
    "Omar": ("Southgate Family Support", Role.SOCIAL_WORKER, "Social worker"),
    "Ruth": ("Southgate Family Support", Role.TEAM_MANAGER, "Social worker"),
    "Esi": ("Eastway Safeguarding", Role.SAFEGUARDING_LEAD, "Social worker"),
    "Hana": ("Eastway Conferences", Role.CHAIR, "Social worker"),
    "Hugo": ("Eastway Conferences", Role.MINUTE_TAKER, ""),
    "Farah": (OFFICE, Role.ADMINISTRATOR, ""),
    "Petra": ("Northside Information Governance", Role.PRIVACY_OFFICER, ""),
    "Piers": ("Eastway Information Governance", Role.PRIVACY_OFFICER, ""),
}
# The seconded worker's second membership (E07).
SECONDED = [("Gus", "Eastway Family Support", Role.SOCIAL_WORKER)]

OFFICE_HOURS = "Monday to Friday, 9am to 5pm"
CAN_DO = (
    "Introduce you to the right person in {team}, help when somebody does not answer, and explain "
    "how {agency} works."
)
CANNOT_DO = "Hold a case, take a referral, or pass on what a worker has not agreed to share."

AT_NIGHT = "Every day, 5pm to 9am; weekends and bank holidays, all day"
# A number of their own, where it is not the team's.
NIGHT_PHONES = {"Northside Safeguarding": "01632 960199", "Eastway Safeguarding": "01632 960299"}

# kind, team, holder, deputy, days since it was confirmed
POSTS = [
    (PostKind.SAFEGUARDING_CHILDREN, "Northside Safeguarding", "Elif", "Ewan", 12),
    (PostKind.SAFEGUARDING_ADULTS, "Northside Safeguarding", "Ewan", "Elif", 31),
    (PostKind.SAFEGUARDING_CHILDREN, "Eastway Safeguarding", "Esi", "Dev", 71),
    (PostKind.SAFEGUARDING_ADULTS, "Eastway Safeguarding", None, "Esi", 20),
    (PostKind.LINK_WORKER, "Northside CMHT", "Cerys", "Idris", 9),
    (PostKind.LINK_WORKER, "Eastway Family Support", "Colm", "Nia", 15),
    (PostKind.LINK_WORKER, "Southgate Family Support", None, "Omar", 40),
    (PostKind.DUTY_DESK, "Northside CMHT", "Maeve", "Idris", 5),
    (PostKind.DUTY_DESK, "Eastway Family Support", "Nia", "Bella", 5),
    (PostKind.OUT_OF_HOURS, "Northside Safeguarding", None, None, 0),
    (PostKind.OUT_OF_HOURS, "Eastway Safeguarding", None, None, 0),
]

# Where guests' invitations may go.
GUEST_DOMAINS = {
    "healthvisiting.example": "Eastway Health Visiting",
    "surgery.example": "Mill Lane Surgery",
}

MEETING_KINDS = [
    ("Care plan review (CPA)", AgencyKind.CMHT, Procedure.CARE_PLAN_REVIEW),
    ("Initial child protection conference", AgencyKind.CSC, Procedure.INITIAL_CONFERENCE),
    ("Review child protection conference", AgencyKind.CSC, Procedure.REVIEW_CONFERENCE),
    ("Core group", AgencyKind.CSC, Procedure.CORE_GROUP),
    ("Child in need meeting", AgencyKind.CSC, Procedure.CHILD_IN_NEED),
    ("Team around the family", AgencyKind.CSC, Procedure.TEAM_AROUND),
    ("Strategy discussion", AgencyKind.CSC, Procedure.STRATEGY_DISCUSSION),
    ("Professionals’ meeting", None, None),
    ("Discharge meeting", AgencyKind.CMHT, Procedure.DISCHARGE),
]
