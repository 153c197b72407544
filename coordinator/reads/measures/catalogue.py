"""All measures, by their number; those that are to be kept up (M38) come first."""

from coordinator.reads.measures import leads, meetings, openness, work
from coordinator.reads.measures.frame import Measure

MEASURES: dict[str, Measure] = {
    one.number: one
    for one in (
        leads.CONFIRMED,
        meetings.INVITED,
        meetings.CAME,
        work.ANSWERED,
        work.DONE,
        meetings.NOTICE,
        meetings.HEARD,
        work.IN_FULL,
        work.ENOUGH,
        openness.PARENT_TOLD,
        work.NO_SERVICES,
        openness.REFERRED,
    )
}
