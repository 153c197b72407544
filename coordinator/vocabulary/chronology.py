"""The strands of a family's chronology, and why somebody takes it out of the tool."""

from coordinator.vocabulary.word import Word


class Strand(Word):
    """What a line of the chronology belongs to; its list is filtered by it."""

    CONTACTS = "contacts", "Contacts and visits"
    MEETINGS = "meetings", "Meetings and decisions"
    SHARING = "sharing", "Asked, shared and told"
    PLAN = "plan", "Plan and actions"
    PEOPLE = "people", "Who came, who left"
    STRENGTHS = "strengths", "What went well"
    WORRIES = "worries", "Worries, needs and notes"
    DISPUTES = "disputes", "What somebody says is wrong"


class ExportReason(Word):
    """Why a chronology leaves the tool; it stands in the trail and on the export itself."""

    COURT = "court", "A court, or legal advice"
    REVIEW = "review", "A review of how the agencies worked together"
    CONFERENCE = "conference", "A conference or a strategy discussion"
    COMPLAINT = "complaint", "A complaint, or an allegation"
    SUPERVISION = "supervision", "Supervision of the case"
    INSPECTION = "inspection", "An inspection"


class ExportAs(Word):
    """As what it leaves."""

    PAPER = "printed", "A page to print"
    TABLE = "downloaded", "A table for a spreadsheet (CSV)"
