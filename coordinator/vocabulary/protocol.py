"""The joint protocol: what of the records shows that a step is done."""

from coordinator.vocabulary.word import Word


class Evidence(Word):
    """What a step of the joint protocol can be bound to (E31); a query of its own for each."""

    BOTH_ON_CASE = "both-on-case", "Both agencies have a worker on the case"
    CHILDREN_ASKED = "children-asked", "Somebody asked about children"
    PLAN_OPEN = "plan-open", "The plan is open to both agencies"
    WHAT_HELPS = "what-helps-open", "What helps is written down and open to both"
    TALKED = "talked", "The agencies talked within the agreed time"
    BOTH_INVITED = "both-invited", "Both agencies were asked to the last meeting"
    BOTH_SIGNED = "both-signed", "Both agencies signed the plan"
    COPY_GIVEN = "copy-given", "A parent has a copy of what a meeting decided"
    LEADS_CONFIRMED = "leads-confirmed", "Both safeguarding leads are confirmed in the directory"
