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
