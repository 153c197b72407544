"""The measures of a manager: over which time, and whether what was agreed is kept up."""

from coordinator.vocabulary.word import Word


class MeasurePeriod(Word):
    """Over which time a measure is counted; it ends today."""

    MONTH = "month", "Last month"
    QUARTER = "quarter", "Last three months"
    YEAR = "year", "Last twelve months"

    @property
    def months(self) -> int:
        """How many months it takes."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


class KeptUp(Word):
    """Whether a share held against 3 and 12 months before (M38, E60)."""

    KEPT = "kept", "Kept up"
    BETTER = "better", "Better"
    SLIPPING = "slipping", "Slipping"
    UNKNOWN = "unknown", "Too few to compare"
