"""All measures, by their number."""

from coordinator.reads.measures import leads, meetings, work
from coordinator.reads.measures.frame import Measure

MEASURES: dict[str, Measure] = {
    one.number: one
    for one in (leads.CONFIRMED, meetings.INVITED, meetings.CAME, work.ANSWERED, work.DONE)
}
