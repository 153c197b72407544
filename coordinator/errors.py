"""What can go wrong, in the product's own words; the door turns each into a page."""

from collections.abc import Callable, Mapping


class CoordinatorError(Exception):
    """The base of every error that has a page."""


class NotFoundError(CoordinatorError):
    """Out of sight, or not there: the two must look the same (404)."""


class DeniedError(CoordinatorError):
    """In sight, but not allowed (403).  `reason` is a sentence for the person who is refused."""

    def __init__(self, reason: str) -> None:
        """Keep the sentence."""
        super().__init__(reason)
        self.reason = reason


class InvalidError(CoordinatorError):
    """A service refuses what was typed (422); `problems` maps a form field to a sentence.

    The empty field name means the form as a whole.
    """

    def __init__(self, problems: Mapping[str, str] | str) -> None:
        """Take a mapping of field to sentence, or one sentence for the whole form."""
        self.problems = {"": problems} if isinstance(problems, str) else dict(problems)
        super().__init__("; ".join(self.problems.values()))


def all_said(*acts: Callable[[], object]) -> None:
    """Do each of these, and raise one `InvalidError` with all that they refuse."""
    problems: dict[str, str] = {}
    for act in acts:
        try:
            act()
        except InvalidError as refused:
            for field, sentence in refused.problems.items():
                earlier = problems.get(field)
                problems[field] = f"{earlier}. {sentence}" if earlier else sentence
    if problems:
        raise InvalidError(problems)


class ConflictError(CoordinatorError):
    """Somebody else changed the record since the form was shown (409).

    `current` holds the stored text of each field in the form, so that both can be shown.
    """

    def __init__(self, current: Mapping[str, str], version: int) -> None:
        """Keep the stored texts and the version that a second attempt must name."""
        super().__init__("somebody else changed this")
        self.current = dict(current)
        self.version = version


class NoActorError(CoordinatorError):
    """A change reached the database with nobody acting: a programming error, never a page."""


class TrailBypassedError(CoordinatorError):
    """A bulk statement would have changed records without the trail: a programming error."""


class WallBypassedError(CoordinatorError):
    """Rows would pass the second wall by; that is a programming error."""
